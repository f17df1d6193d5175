"""Bringing in is the teamleder's, and a file is its owner's alone."""

from borgere.models import Indlaesning

_ROLLER = {"teamleder"}


def _fil(sag, bruger):
    """A file that has been read, with one bad row."""
    fil = Indlaesning.objects.create(
        art="borgere", status="kontrolleret", filnavn="b.csv", bestilt_af=bruger, antal=1
    )
    fil.raekker.create(
        nr=2,
        data={"personnummer": "7403879876", "fornavn": "Zenobia"},
        fejl={"efternavn": "Feltet efternavn er tomt. Skriv det."},
    )
    return fil


def _en_fil(sag, bruger):
    return {"pk": _fil(sag, bruger).pk}


def _en_raekke(sag, bruger):
    return _en_fil(sag, bruger) | {"nr": 2}


# The owner's circle to a case is nothing to the file.
_VIS = {"roller": _ROLLER, "objekt": _en_fil, "udenfor": None, "sag": False}
_GOER = _VIS | {"metode": "post"}

ADGANG = {
    "borgere:indlaesning_liste": {"roller": _ROLLER},
    "borgere:indlaesning_skabelon": {
        "roller": _ROLLER,
        "objekt": lambda sag, bruger: {"art": "borgere", "endelse": "csv"},
        "udenfor": None,
        "sag": False,
        "opslag": 0,
    },
    "borgere:indlaesning": _VIS,
    "borgere:indlaesning_fejlfil": _VIS,
    "borgere:indlaesning_fortryd": _VIS | {"opslag": 0},
    "borgere:indlaesning_udelad_fejl": _VIS | {"opslag": 0},
    "borgere:indlaesning_fortsaet": _GOER,
    "borgere:indlaesning_udfoer": _GOER,
    "borgere:indlaesning_raekke": _VIS | {"objekt": _en_raekke},
    "borgere:indlaesning_raekke_udelad": _VIS | {"objekt": _en_raekke, "opslag": 0},
    "borgere:indlaesning_raekke_medtag": _GOER | {"objekt": _en_raekke},
}
