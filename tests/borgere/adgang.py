"""Who gets through to each address of the app, written out by hand: the matrix is what is tested."""

from importlib import import_module
from pathlib import Path

from tests.factories import DokumentFactory

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
TEAM = {
    "teammedlem",
    "moedeleder",
    "sundhedskoordinator",
    "virksomhedskonsulent",
    "familieafdeling",
    "uddannelsesvejleder",
    "faglig_konsulent",
}


ADGANG = {
    "borgere:sag_liste": {
        "roller": SAGSBEHANDLERE | TEAM | {"teamleder", "mentor"},
        "opslag": 1,
    },
    "borgere:sag_ny": {"roller": SAGSBEHANDLERE},
    "borgere:sag_afslut": {"objekt": "sag", "roller": SAGSBEHANDLERE, "noedadgang": 403},
    "borgere:tildel": {"objekt": "sag", "roller": SAGSBEHANDLERE, "noedadgang": 403},
    "borgere:borger": {
        "objekt": "sag",
        "roller": SAGSBEHANDLERE | {"faglig_konsulent"} | {"teamleder"},
    },
    "borgere:borger_ret": {"objekt": "sag", "roller": SAGSBEHANDLERE},
    "borgere:borger_adresse": {
        "metode": "post",
        "objekt": "sag",
        "roller": SAGSBEHANDLERE | {"faglig_konsulent", "teamleder"},
    },
    "borgere:personnummer": {
        "metode": "post",
        "objekt": "sag",
        "roller": SAGSBEHANDLERE | {"faglig_konsulent", "teamleder"},
    },
    "borgere:dokumenter": {
        "objekt": "sag",
        "roller": SAGSBEHANDLERE | {"faglig_konsulent"} | {"teamleder"},
    },
    "borgere:dokument": {
        "objekt": lambda sag, bruger: {"pk": DokumentFactory(sag=sag).pk},
        "roller": SAGSBEHANDLERE | {"faglig_konsulent", "teamleder"},
    },
    "borgere:journal": {"objekt": "sag", "roller": SAGSBEHANDLERE | {"teamleder"}},
}
# Each subject brings its own: `tests/borgere/adgang_<subject>.py`.
for fil in sorted(Path(__file__).parent.glob("adgang_*.py")):
    ADGANG |= import_module(f"tests.borgere.{fil.stem}").ADGANG
