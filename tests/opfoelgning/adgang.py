"""Who gets through to each address of the app; a subject may list its own in `adgang_<subject>.py`."""

from importlib import import_module
from pathlib import Path

from borgere.models import Fase
from ressource.models import Rolle
from tests.factories import OpfoelgningsmoedeFactory, PaamindelseFactory
from tests.opfoelgning.sager import frist

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}


def et_moede(sag, bruger):
    return {"pk": OpfoelgningsmoedeFactory(sag=sag).pk}


def et_holdt_moede(sag, bruger):
    return {"pk": OpfoelgningsmoedeFactory(sag=sag, afholdt=True).pk}


def en_frist(sag, bruger):
    return {"pk": frist(sag, 3, anker=bruger.pk).pk}


def en_paamindelse(sag, bruger):
    en = frist(sag, 3, anker=bruger.pk)
    return {"pk": PaamindelseFactory(frist=en, bruger=bruger).pk}


ADGANG = {
    "opfoelgning:liste": {
        "objekt": "sag",
        "fase": Fase.PLAN,
        "roller": SAGSBEHANDLERE | {"mentor", "teamleder"},
    },
    "opfoelgning:moede_ny": {"objekt": "sag", "fase": Fase.PLAN, "roller": SAGSBEHANDLERE},
    "opfoelgning:moede": {
        "objekt": et_moede,
        "fase": Fase.PLAN,
        "roller": SAGSBEHANDLERE | {"mentor", "teamleder"},
    },
    "opfoelgning:moede_aflys": {
        "objekt": et_moede,
        "fase": Fase.PLAN,
        "roller": SAGSBEHANDLERE,
    },
    "opfoelgning:moede_udeblev": {
        "objekt": et_moede,
        "fase": Fase.PLAN,
        "roller": SAGSBEHANDLERE,
    },
    "opfoelgning:moede_kopi": {
        "objekt": et_holdt_moede,
        "fase": Fase.PLAN,
        "roller": SAGSBEHANDLERE,
    },
    "opfoelgning:frist_hvorfor": {
        "objekt": en_frist,
        "roller": SAGSBEHANDLERE | {"faglig_konsulent", "teamleder"},
    },
    "opfoelgning:paamindelser": {"roller": set(Rolle.values), "opslag": 1},
    "opfoelgning:paamindelsesvalg": {"roller": set(Rolle.values)},
    "opfoelgning:paamindelser_laest": {"metode": "post", "roller": set(Rolle.values)},
    "opfoelgning:paamindelse_laest": {
        "metode": "post",
        "objekt": en_paamindelse,
        "roller": set(Rolle.values),
    },
}
for _fil in sorted(Path(__file__).parent.glob("adgang_*.py")):
    ADGANG |= import_module(f"tests.opfoelgning.{_fil.stem}").ADGANG
