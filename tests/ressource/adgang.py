"""Who gets through to the ground's addresses and to the assembly's."""

from ressource.beskeder import opret
from ressource.models import GemtVisning, Rolle
from tests.borgere.adgang import SAGSBEHANDLERE, TEAM

_ALLE = set(Rolle.values)


def _egen_besked(_sag, bruger):
    return {"pk": opret(bruger, noegle=f"adgang:{bruger.pk}", emne="Prøve", tekst="Prøve.").pk}


def _egen_visning(_sag, bruger):
    egen = GemtVisning.objects.create(bruger=bruger, side="arbejdsliste", navn="Prøve")
    return {"pk": egen.pk}


# Of no case, and one's own wherever one stands.
_EN_VISNING = {"udenfor": None, "opslag": 0, "sag": False}

ADGANG = {
    "visning_gem": _EN_VISNING
    | {
        "metode": "post",
        "objekt": lambda _sag, _bruger: {"liste": "arbejdsliste"},
        "roller": SAGSBEHANDLERE,
        "data": {"navn": "Mine", "forespoergsel": "vis=overskredet"},
    },
    "visning": _EN_VISNING | {"objekt": _egen_visning, "roller": _ALLE},
    "visning_slet": _EN_VISNING | {"metode": "post", "objekt": _egen_visning, "roller": _ALLE},
    "beskeder": {"roller": _ALLE},
    # Of no case, and one's own wherever one stands.
    "besked": {"objekt": _egen_besked, "roller": _ALLE, "udenfor": None, "opslag": 0},
    "kalender": {"roller": _ALLE},
    "kalender_ny": {"metode": "post", "roller": _ALLE},
    "kalender_stop": {"metode": "post", "roller": _ALLE},
    "overblik": {
        "roller": set(Rolle.values),
        # These see figures, rule sets or the log itself; everybody else a list of citizens.
        "opslag": set(Rolle.values) - {"leder", "administrator", "revisor"},
    },
    "logget_ind": {"roller": set(Rolle.values)},
    "sag": {"objekt": "sag", "roller": SAGSBEHANDLERE | TEAM | {"mentor"} | {"teamleder"}},
}
