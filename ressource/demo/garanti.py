"""A guarantee that has run out: an exemption that moved it, and a draft to the team half written."""

from datetime import timedelta

from indsatsplan.genforelaeggelse import foerste_udkast
from indsatsplan.models import Fritagelse, Genforelaeggelse
from ressource.demo.bygger import Scene
from ressource.demo.bygger_forloeb import Forloebsbygger
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

_INDLAGT_EFTER, _INDLAGT_DAGE = 60, 21
_UDKAST_FOR = 3


def skriv(scene: Scene, sag: Forloebsbygger) -> None:
    """Let the citizen of `sag` have been in hospital, and the draft lie open."""
    forloeb = sag.forloeb_
    af = scene.hold["koordinerende"]
    fra = forloeb.start_dato + timedelta(days=_INDLAGT_EFTER)
    til = fra + timedelta(days=_INDLAGT_DAGE - 1)
    fritagelse = gem(
        Fritagelse(
            forloeb=forloeb,
            art=Fritagelse.Art.FRITAGET,
            fra_dato=fra,
            til_dato=til,
            begrundelse="Indlagt og derefter til genoptræning.",
        )
    )
    scene.haendelse(fritagelse, "plan.fritagelse_gemt", klok(til, "10.20"), af, sag=sag.sag)
    dag = scene.tid.foer(_UDKAST_FOR)
    udkast = gem(
        Genforelaeggelse(
            forloeb=forloeb,
            tekst=foerste_udkast(forloeb, dag),
            oprettet_af=af,
            oprettet_den=klok(dag, "9.05"),
        )
    )
    scene.haendelse(udkast, "plan.genforelaeggelse_gemt", klok(dag, "9.05"), af, sag=sag.sag)
