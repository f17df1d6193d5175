"""Calendars in the format everybody reads (iCalendar, RFC 5545): a feed per user, and attachments.

An app contributes with a function that gives a user's appointments (`bidrag`, called by its
`ready`). An appointment holds no personal data: what it is, when and where; who, stands behind the
address it leads to.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from ressource.models import Bruger


@dataclass(frozen=True)
class Aftale:
    """One appointment. `uid` is the same all its life, and `sekvens` grows each time it changes."""

    uid: str
    titel: str
    start: datetime
    slut: datetime
    # When it was made or last changed; never «now», or every feed would differ from the last.
    aendret: datetime
    sted: str = ""
    # A path of this house.
    sti: str = ""
    sekvens: int = 0
    er_aflyst: bool = False
    # Whether it takes up the time; a slot nobody has booked does not.
    er_optaget: bool = True


Bidrag = Callable[[Bruger], Iterable[Aftale]]
_bidrag: list[Bidrag] = []


def bidrag(funktion: Bidrag) -> Bidrag:
    """Let `funktion` put a user's appointments in the feed; in a constant number of statements."""
    if funktion not in _bidrag:
        _bidrag.append(funktion)
    return funktion


def aftaler(bruger: Bruger) -> list[Aftale]:
    """Everything in the user's feed, in the order of time."""
    fundne = [aftale for funktion in _bidrag for aftale in funktion(bruger)]
    return sorted(fundne, key=lambda aftale: (aftale.start, aftale.uid))


def aftryk(alle: Iterable[Aftale]) -> str:
    """What tells one content of a feed from another, as an `ETag`, quotes included."""
    indhold = repr([astuple(aftale) for aftale in alle])
    return f'"{hashlib.sha256(indhold.encode()).hexdigest()[:32]}"'
