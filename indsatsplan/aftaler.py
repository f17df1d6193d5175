"""Follow-ups as the plan shows them: marks on the timeline, «næste gang vi ses» on the print.

Meetings belong to the floor above, which declares here where they come from (`kilde`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from borgere.models import Sag


@dataclass(frozen=True, slots=True)
class Aftale:
    """One follow-up: agreed, or held. Cancelled and missed ones are left out."""

    nr: int
    tidspunkt: datetime
    sted: str
    er_holdt: bool
    url: str = ""
    # What they thought the next half year may bring, when it was held.
    skitse: str = ""

    @property
    def dato(self) -> date:
        """The day in Denmark."""
        return timezone.localtime(self.tidspunkt).date()


Kilde = Callable[[Sag], list[Aftale]]
_kilder: list[Kilde] = []


def kilde(hent: Kilde) -> None:
    """Declare a source of a case's follow-ups. Called once, by the `ready` of the app above."""
    if hent not in _kilder:
        _kilder.append(hent)


def for_sag(sag: Sag) -> list[Aftale]:
    """The case's follow-ups in order of time."""
    return sorted((a for hent in _kilder for a in hent(sag)), key=lambda a: (a.tidspunkt, a.nr))


def naeste(aftaler: list[Aftale], nu: datetime) -> Aftale | None:
    """The first agreed follow-up that has not been."""
    return next((a for a in aftaler if not a.er_holdt and a.tidspunkt >= nu), None)


def skitse(aftaler: list[Aftale], dag: date) -> str:
    """What was last sketched together, at a follow-up held on `dag` or before; empty for nothing."""
    holdte = [a.skitse for a in aftaler if a.er_holdt and a.dato <= dag and a.skitse.strip()]
    return " ".join(holdte[-1].split()) if holdte else ""
