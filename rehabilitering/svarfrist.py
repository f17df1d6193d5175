"""When the GP must answer about a LÆ 265, for the page that waits for it.

Deadlines belong to a floor above, which declares here where they come from (`kilde`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Svarfrist:
    """The last day that is in time, the rule in words, and the page that explains the sum."""

    dato: date
    regel: str
    url: str


Kilde = Callable[[Collection[int]], dict[int, Svarfrist]]
_kilder: list[Kilde] = []


def kilde(hent: Kilde) -> None:
    """Declare where deadlines come from. Called once, by the `ready` of the app above."""
    if hent not in _kilder:
        _kilder.append(hent)


def for_attester(ider: Collection[int]) -> dict[int, Svarfrist]:
    """The open deadline of each certificate that has one, by the certificate's id."""
    fundne: dict[int, Svarfrist] = {}
    for hent in _kilder if ider else ():
        fundne |= hent(ider)
    return fundne
