"""What the pages of the deadline rules show: versions in words, and what was changed in each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any

from opfoelgning import fristversioner
from opfoelgning.fristregelkoder import LAENGDE_FRA_REGELSAET, TAELLER
from opfoelgning.models import Fristregel
from rehabilitering.regler.forskelle import Forskel
from ressource import dansk
from ressource.datoer import Enhed

_ENTAL = {
    Enhed.DAGE: "dag",
    Enhed.UGER: "uge",
    Enhed.MAANEDER: "måned",
    Enhed.ARBEJDSDAGE: "arbejdsdag",
}

# The unit is read with the length.
_VISTE = tuple(felt for felt in fristversioner.FELTER if felt != "enhed")


def laengde(regel: Fristregel, antal: int | None = None) -> str:
    """«1 uge», «30 dage», «6 måneder»: the rule's own length, or `antal` of its unit."""
    antal = regel.laengde if antal is None else antal
    enhed = Enhed(regel.enhed)
    return f"{antal} {_ENTAL[enhed] if antal == 1 else enhed.label}"


def kort(regel: Fristregel) -> str:
    """The version in one line: `1 uge efter`, `Mindst 6 på 12 måneder`."""
    if regel.kode in TAELLER:
        return f"Mindst {regel.antal} på {laengde(regel)}"
    if regel.kode in LAENGDE_FRA_REGELSAET:
        return f"Regelsættets antal {Enhed(regel.enhed).label} {regel.get_retning_display()}"
    if not regel.laengde:
        return "Samme dag"
    return f"{laengde(regel)} {regel.get_retning_display()}"


def i_ord(regel: Any, felt: str) -> str:
    """The value of a field as people read it; `regel` is a version, or a row of its history."""
    vaerdi = getattr(regel, felt)
    match felt:
        case "laengde":
            return laengde(regel)
        case "eskalering_dage":
            return "aldrig" if vaerdi is None else f"{dansk.dage(vaerdi)} efter"
        case "varsel_dage":
            return f"{dansk.dage(vaerdi)} før" if vaerdi else "aldrig"
        case "gyldig_til":
            return dansk.dato(vaerdi) if vaerdi else "og frem"
    if isinstance(vaerdi, bool):
        return "ja" if vaerdi else "nej"
    return str(dict(_felt(felt).flatchoices).get(vaerdi, vaerdi))


def forskelle(foer: Any, efter: Any) -> list[Forskel]:
    """The fields where two versions differ, in words."""
    return [
        Forskel(_etiket(felt), (i_ord(foer, felt),), (i_ord(efter, felt),))
        for felt in (*_VISTE, "gyldig_til")
        if _vaerdi(foer, felt) != _vaerdi(efter, felt)
    ]


def fakta(regel: Fristregel) -> list[tuple[str, str]]:
    """Every field that means something for the rule, with its label."""
    med = fristversioner.felter(regel.kode)
    return [(_etiket(felt), i_ord(regel, felt)) for felt in _VISTE if felt in med]


def _vaerdi(regel: Any, felt: str) -> Any:
    return (regel.laengde, regel.enhed) if felt == "laengde" else getattr(regel, felt)


def _etiket(felt: str) -> str:
    navn = str(_felt(felt).verbose_name)
    return navn[:1].upper() + navn[1:]


def _felt(navn: str) -> Any:
    return Fristregel._meta.get_field(navn)


@dataclass(frozen=True)
class Reglen:
    """One rule on the list: its name, the version in force and those to come."""

    kode: str
    navn: str
    kort: str
    gaelder: Fristregel | None
    kommende: tuple[Fristregel, ...]


def liste(dato: date) -> list[Reglen]:
    """Every rule by name, as on `dato`. One statement."""
    alle = Fristregel.objects.select_related("rettet_af").order_by("kode", "gyldig_fra")
    regler = [
        _reglen(kode, list(raekker), dato) for kode, raekker in groupby(alle, lambda r: r.kode)
    ]
    return sorted(regler, key=lambda r: (r.navn.casefold(), r.kode))


def _reglen(kode: str, raekker: list[Fristregel], dato: date) -> Reglen:
    nu = fristversioner.gaelder(raekker, dato)
    kommende = tuple(r for r in raekker if r.gyldig_fra > dato)
    vist = nu or raekker[-1]
    return Reglen(kode, vist.navn, kort(vist), nu, kommende)


@dataclass(frozen=True)
class Rettelse:
    """One correction of a version where it stood."""

    hvornaar: datetime
    hvem: str
    forskelle: list[Forskel]


@dataclass(frozen=True)
class Version:
    """One version with its place in time (`gaelder`, `kommende`, `tidligere`) and its corrections."""

    regel: Fristregel
    tilstand: str
    hvorfor: str
    fakta: list[tuple[str, str]]
    forskelle: list[Forskel]
    rettelser: list[Rettelse]


def versioner(raekker: Sequence[Fristregel], dato: date) -> list[Version]:
    """The versions, newest first, each with what it changed in the one before. Two statements.

    `raekker` are all versions of one rule in order of time, with `rettet_af`.
    """
    historik: Any = Fristregel.pgh_event_model.objects  # type: ignore[attr-defined]
    gamle = historik.filter(pgh_obj__in=[r.pk for r in raekker]).select_related("rettet_af")
    efter_regel: dict[int, list[Any]] = {}
    for gammel in gamle.order_by("pgh_id"):
        efter_regel.setdefault(gammel.pgh_obj_id, []).append(gammel)
    foer: dict[int, Fristregel] = {ny.pk: gammel for gammel, ny in pairwise(raekker)}
    return [
        Version(
            regel=r,
            tilstand=_tilstand(r, dato),
            hvorfor=dansk.saetning(r.begrundelse),
            fakta=fakta(r),
            forskelle=[f for f in forskelle(foer[r.pk], r) if f.etiket != "Gyldig til"]
            if r.pk in foer
            else [],
            rettelser=list(_rettelser([*efter_regel.get(r.pk, []), r])),
        )
        for r in reversed(raekker)
    ]


def _rettelser(tilstande: Sequence[Any]) -> Iterable[Rettelse]:
    """What was changed from each state to the next, newest first.

    One that only gave way to the version after it has changed nothing of its own.
    """
    for gammel, ny in reversed(list(pairwise(tilstande))):
        fundne = forskelle(gammel, ny)
        egen = (ny.begrundelse, ny.rettet_af_id) != (gammel.begrundelse, gammel.rettet_af_id)
        if fundne and (egen or any(f.etiket != "Gyldig til" for f in fundne)):
            yield Rettelse(
                hvornaar=gammel.pgh_created_at,
                hvem=f"{ny.rettet_af.navn}: {dansk.saetning(ny.begrundelse)}"
                if ny.rettet_af
                else "Systemet",
                forskelle=fundne,
            )


def _tilstand(regel: Fristregel, dato: date) -> str:
    if regel.gyldig_fra > dato:
        return "kommende"
    return "tidligere" if regel.gyldig_til and regel.gyldig_til < dato else "gaelder"
