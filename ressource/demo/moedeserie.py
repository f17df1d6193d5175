"""The team's weekly meetings as a series, with a deputy, and a break in the next one."""

from datetime import date, timedelta

from borgere.models import Tildeling
from rehabilitering.models import (
    Fastmedlem,
    Moededeltager,
    Moedepause,
    Moedeserie,
    Sagspakke,
    Teammoede,
)
from rehabilitering.services.moede import adgang_til
from ressource.demo.bygger import Scene
from ressource.demo.bygger_moede import FAST_HOLD
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

# Who comes if the member cannot. Ali cannot come to the next meeting, so Bent does.
STEDFORTRAEDERE = {"teammedlem": "inge.mose", "ali.demir": "bent.kjaer"}
AFBUD = "ali.demir"


def opret(scene: Scene) -> None:
    """The meetings ahead become one series; the first of them has the break and the deputy."""
    kommende = sorted(dag for dag in scene.moeder if dag >= scene.tid.i_dag)
    moeder = [scene.moeder[dag] for dag in kommende]
    _serie(scene, moeder)
    for moede in moeder:
        for for_, ind in STEDFORTRAEDERE.items():
            moede.deltagere.filter(bruger=scene.hold[for_]).update(stedfortraeder=scene.hold[ind])
    _pause(scene, moeder[0])
    _traed_ind(scene, moeder[0])


def _serie(scene: Scene, moeder: list[Teammoede]) -> None:
    foerste, koordinator = moeder[0], scene.hold["moedekoordinator"]
    # The week after the last meeting is left out.
    fri = _dag_i_serien(foerste.dato, moeder[-1].dato) + timedelta(weeks=1)
    serie = gem(
        Moedeserie(
            ugedag=foerste.dato.weekday(),
            fra_dato=foerste.dato,
            til_dato=fri,
            undtagelser=[fri],
            start=foerste.start,
            slut=foerste.slut,
            sted=foerste.sted,
            kapacitet=foerste.kapacitet,
            minutter_pr_sag=foerste.minutter_pr_sag,
            moedeleder=foerste.moedeleder,
            oprettet_af=koordinator,
            oprettet_den=foerste.oprettet_den,
        )
    )
    for brugernavn, fagomraade, mandat in FAST_HOLD:
        stedfortraeder = scene.hold.get(STEDFORTRAEDERE.get(brugernavn, ""))
        gem(
            Fastmedlem(
                serie=serie,
                bruger=scene.hold[brugernavn],
                fagomraade=fagomraade,
                mandat=mandat,
                stedfortraeder=stedfortraeder,
            )
        )
    for moede in moeder:
        moede.serie, moede.serie_dato = serie, _dag_i_serien(foerste.dato, moede.dato)
        moede.save(update_fields=["serie", "serie_dato"])
    scene.haendelse(
        serie, "moede.serie_oprettet", serie.oprettet_den, koordinator, antal=len(moeder)
    )


def _dag_i_serien(foerste: date, dag: date) -> date:
    """The series' own day, on the weekday of `foerste`, of a meeting that was moved to `dag`."""
    return dag - timedelta(days=(dag.weekday() - foerste.weekday()) % 7)


def _pause(scene: Scene, moede: Teammoede) -> None:
    koordinator = scene.hold["moedekoordinator"]
    gem(Moedepause(moede=moede, efter_plads=2, minutter=15))
    sat = klok(scene.tid.foer(2), "9.30")
    scene.haendelse(moede, "moede.pause_tilfoejet", sat, koordinator, efter=2, minutter=15)


def _traed_ind(scene: Scene, moede: Teammoede) -> None:
    """The deputy sits for the one who sent apologies, and reads the cases instead."""
    meldt, koordinator = klok(scene.tid.foer(1), "8.40"), scene.hold["moedekoordinator"]
    fravaerende = moede.deltagere.get(bruger=scene.hold[AFBUD])
    fravaerende.afbud_den = meldt
    fravaerende.save(update_fields=["afbud_den"])
    ind = gem(
        Moededeltager(
            moede=moede,
            bruger=fravaerende.stedfortraeder,
            fagomraade=fravaerende.fagomraade,
            mandat=fravaerende.mandat,
            traeder_ind_for=fravaerende,
        )
    )
    for pakke in Sagspakke.objects.filter(punkt__moede=moede).select_related("punkt__sag"):
        sag = pakke.punkt.sag
        adgange = sag.tildelinger.filter(bruger=fravaerende.bruger, art=Tildeling.Art.TEAMMOEDE)
        adgange.update(til_dato=meldt.date())
        gem(
            Tildeling(
                sag=sag,
                bruger=ind.bruger,
                art=Tildeling.Art.TEAMMOEDE,
                fra_dato=meldt.date(),
                til_dato=adgang_til(moede, sag),
            )
        )
    scene.haendelse(fravaerende, "moede.afbud", meldt, koordinator, bruger=fravaerende.bruger_id)
    scene.haendelse(
        ind,
        "moede.stedfortraeder_ind",
        meldt + timedelta(minutes=2),
        koordinator,
        bruger=ind.bruger_id,
        for_=fravaerende.bruger_id,
    )
