"""Who gets through to the texts laid aside."""

from tests.rehabilitering.adgang_forberedelse import SAGSBEHANDLERE

ADGANG = {"rehabilitering:sidelagte_tekster": {"objekt": "sag", "roller": SAGSBEHANDLERE}}
