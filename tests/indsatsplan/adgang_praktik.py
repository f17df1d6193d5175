"""Who gets through to the praktikker, their agreement text and the register of companies."""

from indsatsplan import services
from tests.factories import (
    IndsatstrinFactory,
    PraktikFactory,
    RessourceforloebFactory,
    VirksomhedFactory,
    VirksomhedskontaktFactory,
)

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
SKRIVER = {"koordinerende", "virksomhedskonsulent"}
LAESER = SAGSBEHANDLERE | {"virksomhedskonsulent", "teamleder"}
REGISTER = SAGSBEHANDLERE | {"virksomhedskonsulent"}
# A company is of no case and of no citizen: nothing to be outside of, nothing to log.
AF_INGEN_SAG = {"udenfor": None, "opslag": 0, "sag": False}


def _forloeb(sag):
    return sag.forloeb.first() or RessourceforloebFactory(sag=sag)


def _med_forloeb(sag, bruger):
    return {"pk": _forloeb(sag).sag_id}


def _praktik(sag, bruger):
    return {"pk": PraktikFactory(indsats__forloeb=_forloeb(sag)).indsats_id}


def _med_tekst(sag, bruger):
    praktik = PraktikFactory(indsats__forloeb=_forloeb(sag))
    IndsatstrinFactory(indsats=praktik.indsats)
    services.lav_bevilling(praktik, af=bruger)
    return {"pk": praktik.indsats_id}


def _virksomhed(sag, bruger):
    return {"pk": VirksomhedFactory().pk}


def _kontakt(sag, bruger):
    return {"pk": VirksomhedskontaktFactory().pk}


ADGANG = {
    "indsatsplan:praktik": {"objekt": _praktik, "roller": LAESER},
    "indsatsplan:praktik_ny": {"objekt": _med_forloeb, "roller": SKRIVER},
    "indsatsplan:praktik_ret": {"objekt": _praktik, "roller": SKRIVER},
    "indsatsplan:bevillingstekst": {"objekt": _praktik, "roller": SKRIVER},
    "indsatsplan:bevillingstekst_pdf": {"objekt": _med_tekst, "roller": SKRIVER},
    "indsatsplan:virksomheder": {"roller": REGISTER},
    "indsatsplan:virksomhed": {"objekt": _virksomhed, "roller": REGISTER, **AF_INGEN_SAG},
    "indsatsplan:virksomhed_ny": {"roller": SKRIVER},
    "indsatsplan:virksomhed_ret": {"objekt": _virksomhed, "roller": SKRIVER, **AF_INGEN_SAG},
    "indsatsplan:virksomhed_kontakt_ny": {"objekt": _virksomhed, "roller": SKRIVER, **AF_INGEN_SAG},
    "indsatsplan:virksomhed_kontakt": {"objekt": _kontakt, "roller": SKRIVER, **AF_INGEN_SAG},
}
