"""How numbers, dates and times are written in Danish: pure functions, one place per format.

Templates use them as filters (`{% load ressource %}`), letters and reports call them directly.
"""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

UGEDAGE = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
UGEDAGE_KORT = ("man", "tirs", "ons", "tors", "fre", "lør", "søn")
MAANEDER = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)

Tal = int | float | Decimal


def _dag(vaerdi: date | datetime) -> date:
    """The calendar day in Denmark; an aware moment is turned to local time first."""
    if isinstance(vaerdi, datetime):
        return (timezone.localtime(vaerdi) if timezone.is_aware(vaerdi) else vaerdi).date()
    return vaerdi


def dato(vaerdi: date | datetime) -> str:
    """`24.12.2026`."""
    return f"{_dag(vaerdi):%d.%m.%Y}"


def dag_maaned(vaerdi: date | datetime) -> str:
    """`24.12.`, where the year goes without saying."""
    return f"{_dag(vaerdi):%d.%m.}"


def dato_kort(vaerdi: date | datetime) -> str:
    """`fre 21.11.2025`: the short weekday helps where one plans ahead."""
    dag = _dag(vaerdi)
    return f"{UGEDAGE_KORT[dag.weekday()]} {dato(dag)}"


def dato_lang(vaerdi: date | datetime) -> str:
    """`tirsdag 25. november 2025`, for meetings and deadlines in letters, and greetings."""
    dag = _dag(vaerdi)
    return f"{UGEDAGE[dag.weekday()]} {dato_skrevet(dag)}"


def dato_skrevet(vaerdi: date | datetime) -> str:
    """`25. november 2025`, for a letter's facts and periods, where the weekday says nothing."""
    dag = _dag(vaerdi)
    return f"{dag.day}. {MAANEDER[dag.month - 1]} {dag.year}"


def maaned(vaerdi: date | datetime) -> str:
    """`november 2025`."""
    dag = _dag(vaerdi)
    return f"{MAANEDER[dag.month - 1]} {dag.year}"


def klokkeslaet(vaerdi: time | datetime) -> str:
    """`9.00`: no leading zero, full stop between hours and minutes."""
    if isinstance(vaerdi, datetime) and timezone.is_aware(vaerdi):
        vaerdi = timezone.localtime(vaerdi)
    return f"{vaerdi.hour}.{vaerdi.minute:02d}"


def tidspunkt(vaerdi: datetime) -> str:
    """`24.12.2026 kl. 9.00`."""
    return f"{dato(vaerdi)} kl. {klokkeslaet(vaerdi)}"


def uge(vaerdi: date | datetime) -> str:
    """`uge 48`, the ISO week that Danish calendars show."""
    return f"uge {_dag(vaerdi).isocalendar().week}"


def ejefald(navn: str) -> str:
    """`Ries`, `Jonas'`: the owner of something."""
    return f"{navn}'" if navn[-1:].lower() in {"s", "x", "z"} else f"{navn}s"


def uden_punktum(tekst: str) -> str:
    """`tekst` without its last full stop, for use inside a sentence."""
    return tekst.strip().rstrip(".")


def saetning(tekst: str) -> str:
    """`tekst` with a full stop, unless it ends as a sentence already; empty stays empty."""
    tekst = tekst.strip()
    return tekst if not tekst or tekst[-1] in ".!?…" else f"{tekst}."


def afrund(vaerdi: Tal, decimaler: int = 0) -> Decimal:
    """`vaerdi` rounded half away from zero, as people round: 12,5 → 13 and −12,5 → −13.

    Floats are read by their shortest decimal form, so that 2.675 counts as 2,675.
    """
    if isinstance(vaerdi, float):
        vaerdi = Decimal(repr(vaerdi))
    rundet = Decimal(vaerdi).quantize(Decimal(1).scaleb(-decimaler), rounding=ROUND_HALF_UP)
    return rundet + 0  # never minus zero


def decimal(vaerdi: Tal, decimaler: int = 2) -> str:
    """`1,83`; `1.234,50`."""
    tekst = f"{afrund(vaerdi, decimaler):,f}"
    return tekst.translate(str.maketrans(",.", ".,"))


def tal(vaerdi: Tal) -> str:
    """`1.234`: whole number, halves rounded up."""
    return decimal(vaerdi, 0)


def pct(vaerdi: Tal, decimaler: int = 0) -> str:
    """`43 pct.`; `vaerdi` is in per cent already (43, not 0.43)."""
    return f"{decimal(vaerdi, decimaler)} pct."


def dage(antal: int) -> str:
    """`1 dag`, `3 dage`."""
    return f"{tal(antal)} {'dag' if abs(antal) == 1 else 'dage'}"


def timer(antal: Tal) -> str:
    """`1 time`, `10 timer`, `7,5 timer`: hours with at most two decimals, none that say nothing."""
    return f"{timetal(antal)} {'time' if antal == 1 else 'timer'}"


def timetal(antal: Tal) -> str:
    """`10`, `7,5`, `3,75`: the number of hours alone, for an axis and a table."""
    return decimal(antal, 2).rstrip("0").removesuffix(",")


def om_dage(frist: date | datetime, i_dag: date) -> str:
    """How far `frist` lies from `i_dag`: `Om 3 dage`, `I morgen`, `I dag`, `4 dage over`."""
    afstand = (_dag(frist) - i_dag).days
    if afstand == 0:
        return "I dag"
    if afstand == 1:
        return "I morgen"
    return f"Om {dage(afstand)}" if afstand > 0 else f"{dage(-afstand)} over"
