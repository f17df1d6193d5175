"""Each constraint of files brought in, violated once."""

from borgere.models import Indlaesning
from tests.factories import BrugerFactory


def fil(**felter):
    return Indlaesning.objects.create(
        **{"art": "borgere", "filnavn": "b.csv", "bestilt_af": BrugerFactory()} | felter
    )


def to_ens_linjer():
    indlaesning = fil()
    indlaesning.raekker.create(nr=2)
    indlaesning.raekker.create(nr=2)


BRUD = {
    "indlaesning_valg_kendte": lambda: fil(art="hemmeligt"),
    "indlaesning_fil_kun_mens_den_laeses": lambda: fil(status="indlaest", fil=b"x"),
    "indlaesningsraekke_nr_entydigt": to_ens_linjer,
}
