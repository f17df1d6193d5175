"""Who gets through to the complaints."""

from tests.factories import AfgoerelseFactory, IndstillingFactory, KlageFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
LAESERE = SAGSBEHANDLERE | {"teamleder"}


def _klage(sag, bruger):
    klage = sag.klager.first()
    if klage is None:
        indstilling = IndstillingFactory(punkt__sag=sag, afsluttet=True)
        klage = KlageFactory(afgoerelse=AfgoerelseFactory(indstilling=indstilling, truffet=True))
    return {"pk": sag.pk, "klage_pk": klage.pk}


_SKRIV = {"metode": "post", "objekt": _klage, "roller": SAGSBEHANDLERE}

ADGANG = {
    "rehabilitering:klager": {"roller": LAESERE, "opslag": 1},
    "rehabilitering:sag_klager": {"objekt": "sag", "roller": LAESERE},
    "rehabilitering:klage": {"objekt": _klage, "roller": LAESERE},
    "rehabilitering:klage_brev": _SKRIV | {"data": {"brev": "genvurdering"}},
    "rehabilitering:klage_pakke": _SKRIV,
    "rehabilitering:klage_aendring": _SKRIV,
}
