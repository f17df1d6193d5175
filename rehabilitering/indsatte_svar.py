"""The sundhedskoordinator's answers as the documents show them: the words, and where they are from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from borgere.models import Sag
from rehabilitering.models import (
    ForberedendeDel,
    Indstilling,
    Sparringsbooking,
    Svarindsaettelse,
)
from rehabilitering.models.sparringsbooking import SparringsbookingQuerySet
from rehabilitering.services.forberedelse import Afsnitslinje
from ressource.adgang import maa
from ressource.models import Bruger


@dataclass(frozen=True)
class Svarlinje:
    """An answer, the sections it is put into, and its place in the document at hand, if any.

    `kan_aabnes`: whether the reader may open the source.
    """

    booking: Sparringsbooking
    steder: str
    indsaettelse: Svarindsaettelse | None
    kan_aabnes: bool


def sagens(sag: Sag) -> SparringsbookingQuerySet:
    """The answers of a case, newest first, with what a source is told by. Two statements."""
    return (
        Sparringsbooking.objects.filter(sag=sag, besvaret_den__isnull=False)
        .select_related("tid", "besvaret_af")
        .prefetch_related("spoergsmaal")
        .order_by("-besvaret_den", "-pk")
    )


def i_forberedende_del(
    sag: Sag,
    del_: ForberedendeDel | None,
    linjer: Sequence[Afsnitslinje],
    *,
    laeser: Bruger,
    kode: str = "",
) -> list[Svarlinje]:
    """Every answer of the case, with the sections of `del_` it stands in; those in `kode` first.

    One statement where there is no answer, else three.
    """
    her = Svarindsaettelse.objects.gaeldende().filter(
        forberedende_del=del_.pk if del_ else None, indstilling=None
    )
    numre = {linje.kode: linje.nr for linje in linjer}
    kan_aabnes = maa(laeser, "sparring.se_booking")
    svar = []
    for booking in sagens(sag).prefetch_related(
        Prefetch("indsaettelser", queryset=her, to_attr="indsat_her")
    ):
        indsatte: list[Svarindsaettelse] = booking.indsat_her  # type: ignore[attr-defined]
        steder = _steder({numre[i.kode] for i in indsatte if i.kode in numre})
        i_afsnittet = next((i for i in indsatte if i.kode == kode), None)
        svar.append(Svarlinje(booking, steder, i_afsnittet, kan_aabnes))
    return sorted(svar, key=lambda linje: linje.indsaettelse is None)


def i_indstilling(sag: Sag, indstilling: Indstilling | None, *, laeser: Bruger) -> list[Svarlinje]:
    """Every answer of the case, with its place in `indstilling`; those that stand in it first."""
    indsatte = {}
    if indstilling:
        indsatte = {i.booking_id: i for i in indstilling.indsatte_svar.gaeldende()}
    kan_aabnes = maa(laeser, "sparring.se_booking")
    svar = [Svarlinje(booking, "", indsatte.get(booking.pk), kan_aabnes) for booking in sagens(sag)]
    return sorted(svar, key=lambda linje: linje.indsaettelse is None)


def indsatte(del_: ForberedendeDel, tidspunkt: datetime) -> list[Sparringsbooking]:
    """The answers that stood in the part then, each once, oldest first: what its PDF prints."""
    bookinger = del_.indsatte_svar.stod(tidspunkt).values("booking")
    return list(sagens(del_.sag).filter(pk__in=bookinger).order_by("besvaret_den", "pk"))


def _steder(numre: set[int]) -> str:
    """`4`, `4 og 5`, `4, 5 og 6`; empty for none."""
    *foerste, sidste = [str(nr) for nr in sorted(numre)] or [""]
    return f"{', '.join(foerste)} og {sidste}" if foerste else sidste
