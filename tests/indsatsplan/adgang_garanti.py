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


def _ufaerdigt(sag, bruger):
    """A draft that is refused for its text: who may begin the round is the service's test."""
    forloeb = _forloeb(sag)
    aabent = forloeb.genforelaeggelser.first()
    tekst = "(Skriv, hvorfor intet er begyndt.)"
    return {"pk": (aabent or GenforelaeggelseFactory(forloeb=forloeb, tekst=tekst)).pk}


ADGANG = {
    "indsatsplan:fritagelse_ny": {"objekt": _sag, "roller": KOORDINERENDE},
    "indsatsplan:fritagelse": {"objekt": _fritagelse, "roller": KOORDINERENDE},
    "indsatsplan:fritagelse_fjern": {
        "metode": "post",
        "objekt": _fritagelse,
        "roller": KOORDINERENDE,
    },
    "indsatsplan:genforelaeggelse": {"objekt": _sag, "roller": KOORDINERENDE},
    "indsatsplan:genforelaeg": {"metode": "post", "objekt": _ufaerdigt, "roller": KOORDINERENDE},
    "indsatsplan:saerlige_grunde": {"metode": "post", "objekt": _udkast, "roller": KOORDINERENDE},
    "indsatsplan:genforelaeggelse_pdf": {"objekt": _udkast, "roller": LAESERE},
}
