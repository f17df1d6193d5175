"""What waits for the administrator: a correction of the rule set that lies ready."""

from datetime import timedelta

from rehabilitering.services import regelsaet
from ressource.demo.bygger import Scene
from ressource.models import Regelsaet

_FRA = 14


def opret(scene: Scene) -> None:
    """Let the cut-off of R2026 move on a day ahead, once; nothing that is in force changes."""
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
