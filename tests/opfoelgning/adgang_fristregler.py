"""Who gets through to the deadline rules and to all deadlines of a case."""

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def _en_regel(sag, bruger):
    return {"kode": "FOERSTE_OPFOELGNING"}


# The rules are the municipality's, of no case.
_REGLEN = {
    "objekt": _en_regel,
    "sag": False,
    "roller": {"administrator"},
    "udenfor": None,
    "opslag": 0,
}

ADGANG = {
    "opfoelgning:fristregler": {"roller": {"administrator"}},
    "opfoelgning:fristregel": _REGLEN,
    "opfoelgning:fristregel_ret": _REGLEN,
    "opfoelgning:fristregel_luk": _REGLEN,
    "opfoelgning:sag_frister": {
        "objekt": "sag",
        "roller": SAGSBEHANDLERE | {"faglig_konsulent", "teamleder"},
    },
}
