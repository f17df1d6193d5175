"""Who gets through to the municipality's letters."""

from rehabilitering.models import Brevskabelon

LAESERE = {"administrator", "faglig_konsulent", "teamleder"}


def _brev(sag, bruger):
    return {"kode": "partshoering"}


def _version(sag, bruger):
    return {"kode": "partshoering", "nr": 1}


def _udkast(sag, bruger):
    """A draft somebody else has written."""
    Brevskabelon.objects.get_or_create(
        kode="klage_videre",
        nr=2,
        defaults={"overskrift": "Din klage", "tekst": "{modtaget_dato} {sendt_dato}"},
    )
    return {"kode": "klage_videre"}


# The letters are the municipality's, of no case.
_TEKSTER = {"objekt": _brev, "sag": False, "roller": LAESERE, "udenfor": None, "opslag": 0}

ADGANG = {
    "rehabilitering:brevskabeloner": {"roller": LAESERE},
    "rehabilitering:brevskabelon": _TEKSTER,
    "rehabilitering:brevskabelon_ret": _TEKSTER | {"roller": {"administrator"}},
    "rehabilitering:brevskabelon_pdf": _TEKSTER | {"objekt": _version},
    "rehabilitering:brevskabelon_skift": _TEKSTER
    | {"objekt": _udkast, "metode": "post", "roller": {"administrator"}},
    "rehabilitering:brevskabelon_svar": _TEKSTER
    | {"objekt": _udkast, "metode": "post", "roller": {"faglig_konsulent", "teamleder"}},
}
