"""All deadlines of one case: which are asked for, and what each of them has been before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from borgere.models import Sag
from opfoelgning.models import Frist
from ressource import dansk

_AABEN = Q(opfyldt_dato=None, bortfaldet_dato=None)
VISNINGER = {
    "": "Alle",
    "aabne": "Løber",
    "overskredne": "Overskredet",
    "opfyldte": "Opfyldt",
    "sent": "Opfyldt for sent",
    "udloebne": "Udløbet",
    "bortfaldne": "Bortfaldet",
}


def _betingelser(dato: date) -> dict[str, Q]:
    """The same states as `Frist.tilstand`."""
    binder = Q(regel__udloeber=False)
    forbi = _AABEN & Q(forfald_dato__lt=dato)
    udloebet = ~binder & (Q(opfyldt_dato=F("forfald_dato")) | forbi)
    return {
        "": Q(),
        "aabne": _AABEN & ~udloebet,
        "overskredne": forbi & binder,
        "opfyldte": Q(opfyldt_dato__isnull=False) & ~udloebet,
        "sent": binder & Q(opfyldt_dato__gt=F("forfald_dato")),
        "udloebne": udloebet,
        "bortfaldne": Q(bortfaldet_dato__isnull=False),
    }


def antal(sag: Sag, dato: date) -> list[tuple[str, str, int]]:
    """Each way to narrow the list: its code, its words and how many. One statement."""
    taellinger = {
        f"antal_{vis}": Count("pk", filter=hvis) for vis, hvis in _betingelser(dato).items() if vis
    }
    fundet = sag.frister.aggregate(antal_=Count("pk"), **taellinger)
    return [(vis, navn, fundet[f"antal_{vis}"]) for vis, navn in VISNINGER.items()]


def frister(sag: Sag, vis: str, dato: date) -> QuerySet[Frist]:
    """The deadlines asked for: open ones by date, then the rest, newest first."""
    er_aaben = Case(When(_AABEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    aaben_dato = Case(When(_AABEN, then=F("forfald_dato")))
    return (
        sag.frister.filter(_betingelser(dato)[vis])
        .select_related("regel", "ejer")
        .order_by(er_aaben, aaben_dato, F("forfald_dato").desc(), "pk")
    )


@dataclass(frozen=True)
class Aendring:
    """Something that became otherwise with a deadline, and why."""

    hvornaar: datetime
    tekst: str


def aendringer(viste: Sequence[Frist]) -> dict[int, list[Aendring]]:
    """What the deadlines were before, newest first, by the deadline. One statement."""
    historik: Any = Frist.pgh_event_model.objects  # type: ignore[attr-defined]
    tilstande: dict[int, list[Any]] = {}
    gamle = historik.filter(pgh_obj__in=[f.pk for f in viste]).select_related("ejer")
    for gammel in gamle.order_by("pgh_id"):
        tilstande.setdefault(gammel.pgh_obj_id, []).append(gammel)
    fundne = {}
    for frist in viste:
        raekke = [*tilstande.get(frist.pk, []), frist]
        fundne[frist.pk] = [
            Aendring(foer.pgh_created_at, tekst)
            for foer, efter in reversed(list(pairwise(raekke)))
            for tekst in _hvad(foer, efter, frist.regel.udloeber)
        ]
    return fundne


def _hvad(foer: Any, efter: Any, udloeber: bool) -> Iterator[str]:
    """What differs between two states, each in a sentence; `udloeber` as of the rule."""
    if foer.forfald_dato != efter.forfald_dato:
        yield (
            f"Flyttet fra {dansk.dato(foer.forfald_dato)} til {dansk.dato(efter.forfald_dato)}: "
            f"{'; '.join(_hvorfor(foer, efter))}."
        )
    if foer.opfyldt_dato != efter.opfyldt_dato:
        loeb_ud = udloeber and efter.opfyldt_dato == efter.forfald_dato
        ord_ = "Udløbet" if loeb_ud else "Opfyldt"
        yield _sat(foer.opfyldt_dato, efter.opfyldt_dato, ord_, "Ikke opfyldt alligevel")
    if foer.bortfaldet_dato != efter.bortfaldet_dato:
        yield _sat(
            foer.bortfaldet_dato, efter.bortfaldet_dato, "Bortfaldet", "Løber igen"
        ) + _grund(efter)
    if foer.ejer_id != efter.ejer_id:
        yield f"Ny ejer: {efter.ejer.navn if efter.ejer else 'ingen'}."
    if foer.flaget_den is None and efter.flaget_den is not None:
        yield "Set som overskredet."


def _sat(foer: date | None, efter: date | None, ord_: str, tilbage: str) -> str:
    if efter is None:
        return f"{tilbage}."
    return f"{ord_} {dansk.dato(efter)}{f', før {dansk.dato(foer)}' if foer else ''}."


def _grund(efter: Any) -> str:
    grund = efter.bortfaldet_begrundelse
    return f" {dansk.saetning(grund)}" if efter.bortfaldet_dato and grund else ""


def _hvorfor(foer: Any, efter: Any) -> Iterator[str]:
    """Which of what it is reckoned from became otherwise."""
    kendt = False
    if foer.start_dato != efter.start_dato:
        kendt = True
        yield f"det, der udløste den, er nu {dansk.dato(efter.start_dato)}"
    if foer.regel_id != efter.regel_id:
        kendt = True
        yield "en anden version af reglen gælder"
    if foer.laengde != efter.laengde:
        kendt = True
        yield "sagens regelsæt siger en anden længde"
    if foer.pause_dage != efter.pause_dage:
        kendt = True
        yield f"pauserne er nu {dansk.dage(efter.pause_dage)}, før {dansk.dage(foer.pause_dage)}"
    if not kendt:
        yield "reglen, kalenderen eller den dag, der regnes fra, er rettet"
