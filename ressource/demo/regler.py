"""The administrator's rules: a correction that lies ready, and a deadline rule with a history."""

from datetime import timedelta

from opfoelgning.models import Fristregel
from opfoelgning.services.fristregler import ret_fristregel
from rehabilitering.services import regelsaet
from ressource.demo.bygger import Scene
from ressource.models import Regelsaet

_FRA = 14
_FRISTREGEL, _FRISTREGEL_SIDEN = "RETUR_SVAR", 90


def opret(scene: Scene) -> None:
    """Make both, once. No rule set in force changes, and no deadline gets another date."""
    _regelsaet(scene)
    _fristregel(scene)


def _regelsaet(scene: Scene) -> None:
    """Let the cut-off of R2026 move on a day ahead."""
    r2026 = Regelsaet.objects.get(kode="R2026")
    if r2026.er_aktivt or r2026.versioner.exists():
        return
    regelsaet.ret(
        r2026,
        {"nye_forloeb_til": "2026-06-30"},
        begrundelse="Eksempel: Det er slået op, at nye forløb kan begynde til og med 30. juni 2026.",
        gaelder_fra=scene.tid.i_dag + timedelta(days=_FRA),
        version=r2026.version,
        af=scene.hold["administrator"],
    )


def _fristregel(scene: Scene) -> None:
    """Let the teamleder see a case sent back, and not sent in again, some days sooner."""
    if Fristregel.objects.filter(kode=_FRISTREGEL).count() > 1:
        return
    ret_fristregel(
        _FRISTREGEL,
        {"eskalering_dage": 5},
        gaelder_fra=scene.tid.i_dag - timedelta(days=_FRISTREGEL_SIDEN),
        begrundelse="Sager, der er sendt retur, må ikke ligge stille.",
        laas=None,
        af=scene.hold["administrator"],
    )
