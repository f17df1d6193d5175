"""The short notice on lists: cases of protected citizens that one may open with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from borgere.models import Sag
from ressource.adgang import maa
from ressource.models import Bruger

# A notice, not a list: the rest come up as these are opened.
VIS_HOEJST = 10


@dataclass(frozen=True)
class Beskyttede:
    """Id and case number of each, the oldest case first, and whether there are more."""

    sager: list[tuple[int, str]]
    flere: bool

    @classmethod
    def af(cls, sager: Sequence[tuple[int, str]]) -> Self:
        """From the first `VIS_HOEJST` + 1 of them."""
        return cls(list(sager[:VIS_HOEJST]), flere=len(sager) > VIS_HOEJST)


def beskyttede(bruger: Bruger) -> Beskyttede:
    """The open cases behind the further gate for `bruger`. One statement, none for those without.

    For `borgere/_bag_beskyttelse.html`. Case numbers only, so the page's own log row covers it.
    """
    if not maa(bruger, "adgang.beskyttet"):
        return Beskyttede.af([])
    bag = Sag.objects.bag_beskyttelse(bruger).aabne().order_by("oprettet_dato", "pk")
    return Beskyttede.af(list(bag.values_list("pk", "sagsnummer")[: VIS_HOEJST + 1]))
