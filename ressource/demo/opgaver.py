"""Tasks after the team meeting: some done, some open, and the eftermøde held where it is long ago."""

from datetime import date, timedelta

from django.db.models import Min, Q

from opfoelgning.models import Eftermoede, Opfoelgningsmoede, Opgave
from opfoelgning.services.logistik import gem_nye
from rehabilitering.models import Indstilling
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok
from ressource.models import Bruger

# Held right after the meeting, with what the citizen took along; Bo's is still to be held.
HOLDT = {
    "Ibrahim": "Nu ved jeg, at det ikke er slut. Jeg vil gerne i gang.",
    "Eva": "Det var godt, at min søster var med. Jeg turde sige det hele.",
    "Ole": "Jeg skal ikke tilbage til det, jeg ikke kan.",
}
# Nobody leaves tasks open so long.
LAENGE_SIDEN = timedelta(weeks=4)


def opret(scene: Scene) -> None:
    """The tasks of every indstilling told so far; those of meetings long ago were done on their day."""
    fundne = Indstilling.objects.afsluttede().filter(sag__in=scene.sager.values())
    for indstilling in fundne.select_related("sag__borger").order_by("moede_dato", "pk"):
        opgaver = gem_nye(indstilling)
        tidspunkt = indstilling.afsluttet_den
        if not opgaver or tidspunkt is None:
            continue
        sag, af = indstilling.sag, indstilling.afsluttet_af
        scene.haendelse(indstilling, "opgaver.dannet", tidspunkt, af, sag=sag, antal=len(opgaver))
        ord_ = HOLDT.get(sag.borger.fornavn, "")
        er_gammel = scene.tid.i_dag - indstilling.moede_dato > LAENGE_SIDEN
        ansvarlig = sag.tildelinger.ansvarlige().latest("fra_dato").bruger
        _goer(scene, opgaver, ansvarlig, _sket(indstilling), alle=bool(ord_) or er_gammel)
        if ord_:
            _hold(scene, indstilling, ord_)


def _sket(indstilling: Indstilling) -> dict[str, date]:
    """When the case itself did a line, by its code: what `logistik.GJORT_AF` ticks elsewhere."""
    sag, moedet = indstilling.sag, indstilling.moede_dato
    status = Opfoelgningsmoede.Status
    moeder = sag.opfoelgningsmoeder.filter(tidspunkt__date__gte=moedet).aggregate(
        aftalt=Min("aftalt_dato", filter=Q(status__in=[status.PLANLAGT, status.AFHOLDT])),
        holdt=Min("afholdt_dato", filter=Q(status=status.AFHOLDT)),
    )
    truffet = sag.afgoerelser.filter(indstilling=indstilling).aggregate(d=Min("afgoerelse_dato"))
    dage = {
        "indstilling_paa_skrift": indstilling.udleveringer.aggregate(d=Min("dato"))["d"],
        "aftal_opfoelgning": moeder["aftalt"],
        "foerste_opfoelgning": moeder["holdt"],
        "afgoerelse": truffet["d"],
    }
    return {kode: max(dag, moedet) for kode, dag in dage.items() if dag}


def _goer(
    scene: Scene, opgaver: list[Opgave], ansvarlig: Bruger, sket: dict[str, date], *, alle: bool
) -> None:
    """Done: what has happened, and what has had its day; the eftermøde's only with `alle`."""
    for opgave in opgaver:
        dag = sket.get(opgave.trin.kode) if opgave.trin else None
        if dag is None and opgave.frist_dato < scene.tid.i_dag:
            dag = opgave.frist_dato if alle or not opgave.paa_eftermoedet else None
        if dag and dag <= scene.tid.i_dag:
            opgave.udfoert_dato, opgave.udfoert_af = dag, ansvarlig
            opgave.save(update_fields=["udfoert_dato", "udfoert_af"])


def _hold(scene: Scene, indstilling: Indstilling, ord_: str) -> None:
    tildelinger = indstilling.sag.tildelinger.gaeldende(indstilling.moede_dato).ansvarlige()
    dag, tildeling = indstilling.moede_dato, tildelinger.select_related("bruger").first()
    if tildeling is None:
        return
    moede = gem(
        Eftermoede(
            indstilling=indstilling,
            borgerens_ord=ord_,
            plan_udleveret_dato=dag,
            holdt_dato=dag,
            holdt_af=tildeling.bruger,
            laas=1,
        )
    )
    sag = indstilling.sag
    scene.haendelse(moede, "eftermoede.holdt", klok(dag, "13.10"), tildeling.bruger, sag=sag)
