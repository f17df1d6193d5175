"""Who gets through to the ground's addresses and to the assembly's."""

from ressource.models import Rolle
from tests.borgere.adgang import SAGSBEHANDLERE, TEAM

ADGANG = {
    "overblik": {
        "roller": set(Rolle.values),
        # These see figures, rule sets or the log itself; everybody else a list of citizens.
        "opslag": set(Rolle.values) - {"leder", "administrator", "revisor"},
    },
    "sag": {"objekt": "sag", "roller": SAGSBEHANDLERE | TEAM | {"mentor"} | {"teamleder"}},
}
