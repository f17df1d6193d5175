"""Who gets through to the ground's addresses and to the assembly's."""

from ressource.models import Rolle
from tests.borgere.adgang import SAGSBEHANDLERE, TEAM

ADGANG = {
    "overblik": {"roller": set(Rolle.values)},
    "sag": {"objekt": "sag", "roller": SAGSBEHANDLERE | TEAM | {"mentor"}},
}
