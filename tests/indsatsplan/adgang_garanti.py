"""Who gets through to the guarantee's addresses."""

from tests.factories import FritagelseFactory, GenforelaeggelseFactory, RessourceforloebFactory

KOORDINERENDE = {"koordinerende"}
LAESERE = {"sagsbehandler", "koordinerende", "teamleder"}


def _forloeb(sag):
    return sag.forloeb.first() or RessourceforloebFactory(sag=sag)


def _sag(sag, bruger):
    return {"pk": _forloeb(sag).sag_id}


def _fritagelse(sag, bruger):
    forloeb = _forloeb(sag)
    return {"pk": (forloeb.fritagelser.first() or FritagelseFactory(forloeb=forloeb)).pk}


def _udkast(sag, bruger):
    forloeb = _forloeb(sag)
    return {
        "pk": (forloeb.genforelaeggelser.first() or GenforelaeggelseFactory(forloeb=forloeb)).pk
    }


ADGANG = {
    "indsatsplan:fritagelse_ny": {"objekt": _sag, "roller": KOORDINERENDE},
    "indsatsplan:fritagelse": {"objekt": _fritagelse, "roller": KOORDINERENDE},
    "indsatsplan:fritagelse_fjern": {
        "metode": "post",
        "objekt": _fritagelse,
        "roller": KOORDINERENDE,
    },
    "indsatsplan:genforelaeggelse": {"objekt": _sag, "roller": KOORDINERENDE},
    "indsatsplan:genforelaeg": {"metode": "post", "objekt": _udkast, "roller": KOORDINERENDE},
    "indsatsplan:saerlige_grunde": {"metode": "post", "objekt": _udkast, "roller": KOORDINERENDE},
    "indsatsplan:genforelaeggelse_pdf": {"objekt": _udkast, "roller": LAESERE},
}
