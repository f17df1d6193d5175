"""A draft of an indstilling written through the services, as the live page does it."""

from rehabilitering.rettelse import Rettelse
from rehabilitering.services import indstilling_kladde as kladder


def skriv(indstilling, data, raekker=(), *, af):
    """The draft with `data` in its head and exactly the lines of `raekker`, in their order."""
    for linje in indstilling.linjer.gaeldende():
        kladder.fjern_linje(indstilling, linje.pk, af=af)
    linjer = {}
    for felter in raekker:
        linje = kladder.tilfoej_linje(indstilling, felter["indsatstype"], af=af)
        linjer[linje.pk] = Rettelse(felter)
    indstilling.refresh_from_db()
    kladder.gem(indstilling, Rettelse(data, laas=indstilling.laas), linjer, af=af)
    indstilling.refresh_from_db()
    return indstilling
