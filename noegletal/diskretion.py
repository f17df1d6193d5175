"""Small counts are hidden in everything that leaves the house (domain.md 4.2)."""

from collections.abc import Sequence
from decimal import Decimal

from ressource import dansk

MIN_CELLE = 5
SKJULT = ".."
NUL = "–"
FORKLARING = (
    "«–» betyder ingen. «..» betyder, at tallet bygger på 1-4 og er skjult. "
    "Kan ét skjult tal regnes ud af resten, skjules mindst ét mere."
)


def er_lille(antal: int) -> bool:
    """Whether a count points at so few people that it must be hidden: 1–4."""
    return 0 < antal < MIN_CELLE


def antal(vaerdi: int) -> str:
    """A count as it may be distributed: «–», «..» or the number."""
    if vaerdi == 0:
        return NUL
    return SKJULT if er_lille(vaerdi) else dansk.tal(vaerdi)


def andel_er_skjult(taeller: int, naevner: int) -> bool:
    """A percentage is hidden when numerator, denominator or what is left over is 1–4."""
    return er_lille(taeller) or er_lille(naevner) or er_lille(naevner - taeller)


def andel(taeller: int, naevner: int) -> str:
    """A percentage as it may be distributed; «...» when there is nothing to take a share of."""
    if naevner == 0:
        return "..."
    if andel_er_skjult(taeller, naevner):
        return SKJULT
    return dansk.pct(andel_vaerdi(taeller, naevner))


def andel_vaerdi(taeller: int, naevner: int) -> Decimal:
    """The percentage itself, unrounded. Raises `ZeroDivisionError` without a denominator."""
    return Decimal(taeller) * 100 / Decimal(naevner)


def skjulte(dele: Sequence[int]) -> list[bool]:
    """Which parts of a whole, whose sum is shown, must be hidden.

    Every 1–4; and when that is exactly one, the next smallest too, or subtraction reveals it.
    """
    skjul = [er_lille(d) for d in dele]
    if sum(skjul) == 1:
        andre = [(d, i) for i, d in enumerate(dele) if not skjul[i] and d > 0]
        if andre:
            skjul[min(andre)[1]] = True
    return skjul
