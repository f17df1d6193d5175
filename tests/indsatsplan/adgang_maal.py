"""Who gets through to the addresses of goals and milestones."""

from tests.factories import DelmaalFactory, MaalFactory, RessourceforloebFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
KOORDINERENDE = {"koordinerende"}


def _maal(sag):
    forloeb = sag.forloeb.first() or RessourceforloebFactory(sag=sag)
    return forloeb.maal.first() or MaalFactory(forloeb=forloeb, rang=1)


def forloeb(sag, bruger):
    return {"pk": _maal(sag).forloeb.sag_id}


def maal(sag, bruger):
    return {"pk": _maal(sag).pk}


def delmaal(sag, bruger):
    return {"pk": DelmaalFactory(maal=_maal(sag)).pk}


def _skriv(objekt, metode="post"):
    return {"metode": metode, "objekt": objekt, "roller": KOORDINERENDE}


ADGANG = {
    "indsatsplan:maal_ny": _skriv(forloeb, "get"),
    "indsatsplan:maal": _skriv(maal, "get"),
    "indsatsplan:maal_flyt": _skriv(maal),
    "indsatsplan:maal_naaet": _skriv(maal),
    "indsatsplan:maal_ud": _skriv(maal),
    "indsatsplan:maal_udgaver": {"objekt": maal, "roller": SAGSBEHANDLERE | {"teamleder"}},
    "indsatsplan:delmaal_ny": _skriv(maal, "get"),
    "indsatsplan:delmaal": _skriv(delmaal, "get"),
    "indsatsplan:delmaal_ud": _skriv(delmaal),
}
