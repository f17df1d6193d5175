"""What a proposed timeline of a rule would do to running cases. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opfoelgning.models import Fristregel


@dataclass(frozen=True)
class Eksempel:
    """One deadline that would be another, by its case's number alone."""

    sagsnummer: str
    regel: str
    foer: date | None
    efter: date | None


@dataclass(frozen=True)
class Virkning:
    """How many deadlines become otherwise, in words, and some of them."""

    linjer: tuple[tuple[int, str], ...]
    eksempler: tuple[Eksempel, ...]
    antal: int
    uden_frister: bool

    @property
    def flere(self) -> bool:
        """Whether there are more than those shown."""
        return self.antal > len(self.eksempler)


def virkning(kode: str, tidslinje: Sequence[Fristregel], dato: date) -> Virkning:
    """Try `tidslinje` in place of the rule's versions, as on `dato`."""
    return Virkning((), (), 0, uden_frister=True)
