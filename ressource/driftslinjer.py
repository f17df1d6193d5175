"""What the floors above have to say on the administrator's Overblik: one line each, of no case.

An app declares its line in `ready`, for this floor does not know the floors above.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Driftslinje:
    """A sentence and the badge beside it."""

    tekst: str
    slags: str
    maerke: str


_kilder: list[Callable[[], Driftslinje | None]] = []


def kilde(find: Callable[[], Driftslinje | None]) -> None:
    """Let `find` say a line each time the page is shown; None says nothing."""
    if find not in _kilder:
        _kilder.append(find)


def linjer() -> list[Driftslinje]:
    """What there is to say now, in the order it was declared."""
    return [linje for find in _kilder if (linje := find())]
