"""Who gets through to the catalogue of effort types."""

from rehabilitering.models import Indsatstype


def _type(sag, bruger):
    return {"pk": Indsatstype.objects.get(kode="kursus").pk}


# The catalogue is the municipality's, of no case.
_KATALOG = {"sag": False, "roller": {"administrator"}, "udenfor": None, "opslag": 0}

ADGANG = {
    "rehabilitering:indsatstyper": {"roller": {"administrator"}},
    "rehabilitering:indsatstype_ny": {"roller": {"administrator"}},
    "rehabilitering:indsatstype_ret": _KATALOG | {"objekt": _type},
}
