"""What was changed of an effort: when, from what to what, and why."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from indsatsplan.models import Indsats
from ressource import dansk

_Historik: Any = Indsats.pgh_event_model  # type: ignore[attr-defined]

_VALGTE = ("indsatstype", "maal", "linje")
_FELTER = (
    "beskrivelse",
    *_VALGTE,
    "formaal",
    "status",
    "planlagt_start",
    "planlagt_slut",
    "faktisk_start",
    "faktisk_slut",
    "timer_pr_uge",
    "ansvarlig",
    "leverandoer",
    "skaanehensyn",
    "opgaver",
    "slut_begrundelse",
    "tilfoejet_begrundelse",
    "er_skitse",
)


@dataclass(frozen=True, slots=True)
class Forskel:
    """One field as it was and as it became, as people read them."""

    felt: str
    foer: str
    efter: str


@dataclass(frozen=True, slots=True)
class Aendring:
    """One saving that changed something; `begrundelse` is empty when none was asked for."""

    tidspunkt: datetime
    forskelle: tuple[Forskel, ...]
    begrundelse: str


def aendringer(indsats: Indsats) -> list[Aendring]:
    """Every change of `indsats` (with its goal, type and line), the latest first. One statement."""
    historik = _Historik.objects.filter(pgh_obj=indsats.pk).select_related(*_VALGTE)
    gamle: list[Any] = list(historik.order_by("pgh_id"))
    fundne = [
        Aendring(
            tidspunkt=foer.pgh_created_at,
            forskelle=forskelle,
            begrundelse=_ny_grund(foer, efter),
        )
        for foer, efter in pairwise([*gamle, indsats])
        if (forskelle := _forskelle(foer, efter))
    ]
    return fundne[::-1]


def _ny_grund(foer: Any, efter: Any) -> str:
    """The reason given with this change; an old one still standing is not repeated."""
    grund: str = efter.aendret_begrundelse
    return grund if efter.laas != foer.laas and grund != foer.aendret_begrundelse else ""


def _forskelle(foer: Any, efter: Any) -> tuple[Forskel, ...]:
    return tuple(
        Forskel(_label(felt), _vist(felt, getattr(foer, felt)), _vist(felt, getattr(efter, felt)))
        for felt in _FELTER
        if getattr(foer, felt) != getattr(efter, felt)
    )


def _label(felt: str) -> str:
    return str(getattr(Indsats._meta.get_field(felt), "verbose_name", felt)).capitalize()


def _vist(felt: str, vaerdi: Any) -> str:
    match vaerdi:
        case None | "":
            return "intet"
        case bool():
            return "ja" if vaerdi else "nej"
        case date():
            return dansk.dato(vaerdi)
        case Decimal():
            return dansk.decimal(vaerdi, 1)
    return str(Indsats.Status(vaerdi).label) if felt == "status" else f"«{vaerdi}»"
