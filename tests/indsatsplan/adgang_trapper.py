"""Who gets through to the addresses of steps, hours and absence."""

from tests.factories import (
    FaktiskTimetalFactory,
    IndsatsFactory,
    IndsatsfravaerFactory,
    IndsatstrinFactory,
    RessourceforloebFactory,
)

SKRIVERE = {"koordinerende", "virksomhedskonsulent"}


def _indsats(sag):
    forloeb = sag.forloeb.first() or RessourceforloebFactory(sag=sag)
    return forloeb.indsatser.first() or IndsatsFactory(forloeb=forloeb, i_gang=True)


def indsats(sag, bruger):
    return {"pk": _indsats(sag).pk}


def _raekke(fabrik):
    def byg(sag, bruger):
        indsats = _indsats(sag)
        findes = fabrik._meta.model.objects.filter(indsats=indsats, fjernet_den=None).first()
        return {"pk": (findes or fabrik(indsats=indsats)).pk}

    return byg


def _adresse(objekt):
    return {"metode": "post", "objekt": objekt, "roller": SKRIVERE}


TRIN, TIMER, FRAVAER = (
    _raekke(f) for f in (IndsatstrinFactory, FaktiskTimetalFactory, IndsatsfravaerFactory)
)
ADGANG = {
    "indsatsplan:trin_ny": _adresse(indsats),
    "indsatsplan:trin": _adresse(TRIN),
    "indsatsplan:trin_fjern": _adresse(TRIN),
    "indsatsplan:trin_som_planlagt": _adresse(TRIN),
    "indsatsplan:timer_ny": _adresse(indsats),
    "indsatsplan:timer": _adresse(TIMER),
    "indsatsplan:timer_fjern": _adresse(TIMER),
    "indsatsplan:fravaer_ny": _adresse(indsats),
    "indsatsplan:fravaer": _adresse(FRAVAER),
    "indsatsplan:fravaer_fjern": _adresse(FRAVAER),
}
