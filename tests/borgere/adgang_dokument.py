"""Who gets through to documents, the journal and own reminders."""

from tests.borgere.test_models import notat
from tests.factories import DokumentFactory, HuskeseddelFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
HUSKER = SAGSBEHANDLERE | {"faglig_konsulent"}


def en_huskeseddel(sag, bruger):
    return {"pk": HuskeseddelFactory(sag=sag, bruger=bruger).pk}


ADGANG = {
    "borgere:dokument_nyt": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "borgere:dokument_udgave": {
        "objekt": lambda sag, bruger: {"pk": DokumentFactory(sag=sag).pk},
        "roller": SAGSBEHANDLERE,
    },
    "borgere:journal_udskrift": {"objekt": "sag", "roller": SAGSBEHANDLERE | {"teamleder"}},
    "borgere:notat_ret": {
        "objekt": lambda sag, bruger: {"pk": notat(sag).pk},
        "roller": SAGSBEHANDLERE,
    },
    "borgere:huskesedler": {"objekt": "sag", "roller": HUSKER},
    "borgere:huskeseddel_klaret": {"metode": "post", "objekt": en_huskeseddel, "roller": HUSKER},
    "borgere:huskeseddel_flyt": {"objekt": en_huskeseddel, "roller": HUSKER},
    "borgere:huskeseddel_overtag": {"metode": "post", "objekt": en_huskeseddel, "roller": HUSKER},
}
