"""What has been looked at, and the teamleder's spot checks of it: one concluded, one begun."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from borgere.models import Saerligadgang, Sag, Tildeling
from ressource.adgang import maa
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok
from ressource.models import Bruger, Opslag, Stikproeve, Stikproevelinje, Team

DAGE = 60
# Each screen, and the action that opens it.
SKAERME = {
    "sag": "sag.se",
    "borger": "borger.se",
    "plan": "plan.se",
    "journal": "journal.se",
    "dokumenter": "dokument.se",
    "opfoelgning": "opfoelgning.se",
}


def opret(scene: Scene) -> None:
    """Two months of look-ups by the team's people, and two spot checks among them."""
    alle = [*_arbejde(scene), *_aabninger(), *_uden_grund(scene)]
    for opslag in sorted(alle, key=lambda o: o.tidspunkt):
        gem(opslag)
    leder = scene.hold["teamleder"]
    if leder.team:
        foerste = scene.tid.i_dag.replace(day=1)
        _afsluttet(scene, leder, leder.team, foerste - timedelta(days=1))
        _aaben(leder, leder.team, scene.tid.foer(1))


def _arbejde(scene: Scene) -> Iterator[Opslag]:
    """Whoever is in a case's circle opens it some days of the month."""
    for sag in scene.sager.values():
        for tildeling in sag.tildelinger.select_related("bruger").order_by("pk"):
            yield from _arbejdsdage(scene, sag, tildeling)


def _arbejdsdage(scene: Scene, sag: Sag, tildeling: Tildeling) -> Iterator[Opslag]:
    skaerme = [s for s, handling in SKAERME.items() if maa(tildeling.bruger, handling)]
    forskydning = sag.pk + tildeling.bruger_id
    for dage in range(DAGE, 0, -1):
        dag = scene.tid.i_dag - timedelta(days=dage)
        gaelder = tildeling.fra_dato <= dag and (
            tildeling.til_dato is None or dag <= tildeling.til_dato
        )
        if not skaerme or not gaelder or dag.weekday() > 4 or (dage + forskydning) % 9:
            continue
        for nr in range(1 + (dage + forskydning) % 3):
            tidspunkt = klok(dag, f"{8 + forskydning % 6}.{10 + nr * 7:02d}")
            yield _opslag(sag, tildeling.bruger, skaerme[(dage + nr) % len(skaerme)], tidspunkt)


def _aabninger() -> Iterator[Opslag]:
    """What the openings with a reason were used for."""
    adgange = Saerligadgang.objects.select_related("sag__borger", "bruger").order_by("pk")
    for adgang in adgange:
        for nr, skaerm in enumerate(("sag", "plan", "journal")):
            tidspunkt = adgang.fra_tid + timedelta(minutes=3 * nr)
            yield _opslag(adgang.sag, adgang.bruger, skaerm, tidspunkt, formaal="nødadgang")


def _uden_grund(scene: Scene) -> Iterator[Opslag]:
    """Somebody who had nothing to do with the case: what a spot check is for."""
    dag = scene.tid.foer(36)
    for skaerm, klokken in (("borger", "15.50"), ("journal", "15.52")):
        yield _opslag(scene.sager["Eva"], scene.hold["peter.lykke"], skaerm, klok(dag, klokken))


def _opslag(
    sag: Sag, bruger: Bruger, skaerm: str, tidspunkt: datetime, formaal: str = ""
) -> Opslag:
    return Opslag(
        tidspunkt=tidspunkt,
        bruger=bruger,
        roller=",".join(bruger.roller),
        organisation=bruger.organisation,
        handling=Opslag.Handling.SE,
        objekt=skaerm,
        sag_id=sag.pk,
        borger_noegle=sag.borger.noegle,
        formaal=formaal,
    )


def _blandt(team: Team, fra: date, til: date) -> list[Opslag]:
    """The team's look-ups of the period, in order."""
    return list(
        Opslag.objects.filter(
            bruger__team=team,
            tidspunkt__gte=klok(fra, "0.00"),
            tidspunkt__lt=klok(til + timedelta(days=1), "0.00"),
        ).order_by("pk")
    )


def _hver(opslag: Sequence[Opslag], antal: int) -> Iterator[Opslag]:
    """About `antal` of them, evenly spread."""
    skridt = max(1, len(opslag) // antal)
    return iter(opslag[::skridt][:antal])


def _stikproeve(leder: Bruger, team: Team, fra: date, til: date, udtaget: date) -> Stikproeve:
    return gem(
        Stikproeve(
            team=team,
            fra_dato=fra,
            til_dato=til,
            udtaget_den=klok(udtaget, "14.10"),
            udtaget_af=leder,
            antal_opslag=len(_blandt(team, fra, til)),
        )
    )


def _afsluttet(scene: Scene, leder: Bruger, team: Team, til: date) -> None:
    """Last month's: one look-up had no ground, and was taken up."""
    fra = min(til.replace(day=1), scene.tid.foer(40))
    proeve = _stikproeve(leder, team, fra, til, til)
    alle = _blandt(team, fra, til)
    uden = [o for o in alle if o.bruger == scene.hold["peter.lykke"]][:1]
    for opslag in sorted({*_hver(alle, 9), *uden}, key=lambda o: o.pk):
        linje = Stikproevelinje(stikproeve=proeve, opslag=opslag, vurdering="begrundet")
        if opslag in uden:
            linje.vurdering = "uberettiget"
            linje.bemaerkning = "Havde ingen opgave på sagen. Taget op i en samtale."
        gem(linje)
    proeve.konklusion = (
        "Ét opslag er uberettiget. Det er taget op med medarbejderen og meldt til "
        "databeskyttelsesrådgiveren. Resten hører til opgaven."
    )
    proeve.afsluttet_den = min(klok(til, "15.40"), timezone.now())
    proeve.save(update_fields=["konklusion", "afsluttet_den"])


def _aaben(leder: Bruger, team: Team, til: date) -> None:
    """This month's: the first few are judged."""
    fra = til - timedelta(days=30)
    proeve = _stikproeve(leder, team, fra, til, til)
    for nr, opslag in enumerate(_hver(_blandt(team, fra, til), 8)):
        gem(
            Stikproevelinje(
                stikproeve=proeve, opslag=opslag, vurdering="begrundet" if nr < 3 else ""
            )
        )
