"""The sundhedskoordinator's slots, this week and the next two, and who has booked them."""

from datetime import date, datetime, timedelta

from borgere.models import Tildeling
from rehabilitering.models import Sparringsbooking, Sparringsspoergsmaal, Sparringstid
from rehabilitering.services.sparring import ADGANG_EFTER_TID
from ressource.datoer import dage
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok
from ressource.kalender import lukkede_dage, ugens_mandag

# ISO weekdays and the half hours of each.
TIDER = {
    1: ("9.00", "9.30", "10.00", "10.30", "11.00"),
    2: ("9.00", "9.30", "10.30", "11.00"),
    3: ("9.30", "10.00", "10.30"),
    5: ("9.00", "9.30", "10.00", "10.30"),
}
UGER = 3
LAENGDE = timedelta(minutes=30)


def opret(scene: Scene) -> None:
    """Slots on open days; some booked with questions waiting, some answered, most free."""
    mandag = ugens_mandag(scene.tid.i_dag)
    sidste = mandag + timedelta(days=7 * UGER - 1)
    lukket = lukkede_dage(mandag, sidste)
    tider = [
        _tid(scene, klok(dag, tidspunkt), er_video=dag.isoweekday() == 3)
        for dag in dage(mandag, sidste)
        if dag not in lukket
        for tidspunkt in TIDER.get(dag.isoweekday(), ())
    ]
    kommende = [tid for tid in tider if tid.start >= klok(scene.tid.om(1), "0.00")]
    spoergsmaal = list(Sparringsspoergsmaal.objects.order_by("raekkefoelge", "pk"))
    _book(
        scene,
        kommende[2],
        "Rie",
        spoergsmaal[1:3],
        "Kan hun begynde med to timer om ugen på en gård?",
    )
    _book(
        scene,
        kommende[5],
        "Hassan",
        spoergsmaal[3:4],
        "Må han stå ved et samlebånd?",
        med_borger=True,
    )
    _book(scene, kommende[8], "Martin", [], "Angsten er taget til. Skal praktikken vente?")
    gaaede = [tid for tid in tider if tid.start < klok(scene.tid.i_dag, "0.00")]
    if gaaede:
        # Held this week: the answer is still to be written.
        _book(scene, gaaede[-1], "Gerda", spoergsmaal[:1], "Hvor mange timer kan hun begynde med?")
    # Martin was to be there, and nobody heard from him.
    kom_ikke = _tid(scene, klok(scene.tid.foer(12), "13.00"))
    _book(scene, kom_ikke, "Martin", spoergsmaal[:1], "", med_borger=True, udeblevet="borger")
    _besvaret(
        scene, 60, "Per", spoergsmaal[1:2], "",
        "Per kan godt fungere på en arbejdsplads, når oplæringen er langsom, og kollegerne støtter ham. "
        "Aftal én kontaktperson, og vis opgaven i stedet for at forklare den.",
    )  # fmt: skip
    _besvaret(
        scene, 33, "Anne", spoergsmaal[1:4:2], "",
        "Korte dage i et lille team er forsvarligt. En fast kontaktperson anbefales, og ændringer bør "
        "varsles dagen før.",
    )  # fmt: skip
    _besvaret(
        scene, 26, "Eva", [], "Er tre dage om ugen for meget nu?",
        "Tre dage kan godt holde, når der er en hviledag imellem. Hold øje med søvnen.",
    )  # fmt: skip


def _tid(scene: Scene, start: datetime, *, er_video: bool = False) -> Sparringstid:
    lagt_ud = klok(scene.tid.foer((scene.tid.i_dag - start.date()).days + 45), "9.15")
    return gem(
        Sparringstid(
            sundhedskoordinator=scene.hold["sundhedskoordinator"],
            start=start,
            slut=start + LAENGDE,
            sted="Video" if er_video else "Rådhuset, lokale 2",
            er_video=er_video,
            oprettet_af=scene.hold["moedekoordinator"],
            oprettet_den=lagt_ud,
            udgivet_af=scene.hold["moedekoordinator"],
            udgivet_den=lagt_ud,
        )
    )


def _besvaret(
    scene: Scene,
    dage_siden: int,
    fornavn: str,
    spoergsmaal: list[Sparringsspoergsmaal],
    eget: str,
    svar: str,
) -> None:
    tid = _tid(scene, klok(scene.tid.foer(dage_siden), "13.00"))
    _book(scene, tid, fornavn, spoergsmaal, eget, svar)


def _book(
    scene: Scene,
    tid: Sparringstid,
    fornavn: str,
    spoergsmaal: list[Sparringsspoergsmaal],
    eget: str,
    svar: str = "",
    *,
    med_borger: bool = False,
    udeblevet: str = "",
) -> None:
    """Booked some days before the slot; the sundhedskoordinator then sees the case."""
    sag = scene.sager[fornavn]
    booket = _booket(scene, tid.start.date())
    af = sag.tildelinger.gaeldende(booket.date()).ansvarlige().get().bruger
    booking = gem(
        Sparringsbooking(
            tid=tid,
            sag=sag,
            eget_spoergsmaal=eget,
            med_borger=med_borger,
            # Who comes with the citizen brings a second professional along.
            fagperson=scene.hold["virksomhedskonsulent"] if med_borger else None,
            udeblevet=udeblevet,
            udeblevet_af=af if udeblevet else None,
            udeblevet_den=tid.slut if udeblevet else None,
            sagsbehandler=af,
            booket_af=af,
            booket_den=booket,
            svar=svar,
            er_afklaret=True if svar else None,
            besvaret_af=tid.sundhedskoordinator if svar else None,
            besvaret_den=tid.slut + timedelta(minutes=25) if svar else None,
        )
    )
    booking.spoergsmaal.set(spoergsmaal)
    gem(
        Tildeling(
            sag=sag,
            bruger=tid.sundhedskoordinator,
            art=Tildeling.Art.SPARRING,
            fra_dato=booket.date(),
            til_dato=tid.start.date() + ADGANG_EFTER_TID,
        )
    )
    scene.haendelse(booking, "sparring.booket", booket, af, sag=sag, tid=tid.pk)
    if booking.udeblevet_den:
        scene.haendelse(
            booking, "sparring.udeblevet", booking.udeblevet_den, af, sag=sag, hvem=udeblevet
        )
    if booking.besvaret_den:
        scene.haendelse(
            booking,
            "sparring.besvaret",
            booking.besvaret_den,
            tid.sundhedskoordinator,
            sag=sag,
            afklaret=True,
        )


def _booket(scene: Scene, dag: date) -> datetime:
    return klok(scene.tid.foer(max((scene.tid.i_dag - dag).days, 0) + 6), "12.30")
