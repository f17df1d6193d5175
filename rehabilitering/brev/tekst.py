"""A letter's plain text as headings, paragraphs and lists, with its merge fields filled in. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# What a field is filled with: text, or points of a list.
Vaerdi = str | Sequence[str]
OVERSKRIFT, AFSNIT, LISTE = "overskrift", "afsnit", "liste"

_OVERSKRIFT = re.compile(r"##\s+(.*)")
_PUNKT = re.compile(r"[-–•]\s+(.*)")
_FELT = re.compile(r"{([^{}]*)}")
_ALENE = re.compile(r"{([^{}]*)}\.?")
_KLAMME = re.compile(r"{[^{}]*}?|}")


@dataclass(frozen=True)
class Blok:
    """A heading, a paragraph, or a list with its points."""

    art: str
    tekst: str = ""
    punkter: tuple[str, ...] = ()


def navn(felt: str) -> str:
    """The field's name in the catalogue: `{Team}` is `team` with a capital letter."""
    return felt[:1].lower() + felt[1:]


def felter_i(tekst: str) -> set[str]:
    """The names of the fields `tekst` uses."""
    return {navn(felt) for felt in _FELT.findall(tekst)}


def ukendte(tekst: str, kendte: Mapping[str, object]) -> list[str]:
    """What stands in braces in `tekst` and is not one of `kendte`, braces that do not close included."""
    return [fundet for fundet in _KLAMME.findall(tekst) if navn(fundet.strip("{}")) not in kendte]


def byg(tekst: str, vaerdier: Mapping[str, Vaerdi]) -> list[Blok]:
    """`tekst` filled in, each line a paragraph of its own.

    A line whose field has no value today is left out, and so is a heading with nothing under it: a
    letter says nothing about what there is not. A field alone on its line may hold several
    paragraphs or points. What is filled in is never read as fields or headings.
    """
    fundne: list[Blok] = []
    for linje in (raa.strip() for raa in tekst.splitlines()):
        if linje:
            _tilfoej(fundne, linje, vaerdier)
    return [
        blok
        for blok, naeste in zip(fundne, [*fundne[1:], None], strict=True)
        if blok.art != OVERSKRIFT or (naeste is not None and naeste.art != OVERSKRIFT)
    ]


def _tilfoej(fundne: list[Blok], linje: str, vaerdier: Mapping[str, Vaerdi]) -> None:
    if any(not vaerdier.get(felt) for felt in felter_i(linje)):
        return
    if overskrift := _OVERSKRIFT.match(linje):
        fundne.append(Blok(OVERSKRIFT, _udfyld(overskrift[1], vaerdier)))
    elif punkt := _PUNKT.match(linje):
        _punkt(fundne, _udfyld(punkt[1], vaerdier))
    elif alene := _ALENE.fullmatch(linje):
        _vaerdi(fundne, vaerdier[navn(alene[1])])
    else:
        fundne.append(Blok(AFSNIT, _stort(_udfyld(linje, vaerdier))))


def _vaerdi(fundne: list[Blok], vaerdi: Vaerdi) -> None:
    """A field alone on its line: points as a list, text as the paragraphs and lists it is written in."""
    if not isinstance(vaerdi, str):
        fundne.append(Blok(LISTE, punkter=tuple(vaerdi)))
        return
    for linje in filter(None, (raa.strip() for raa in vaerdi.splitlines())):
        if punkt := _PUNKT.match(linje):
            _punkt(fundne, punkt[1])
        else:
            fundne.append(Blok(AFSNIT, _stort(linje)))


def _punkt(fundne: list[Blok], tekst: str) -> None:
    if fundne and fundne[-1].art == LISTE:
        fundne[-1] = Blok(LISTE, punkter=(*fundne[-1].punkter, tekst))
    else:
        fundne.append(Blok(LISTE, punkter=(tekst,)))


def _udfyld(tekst: str, vaerdier: Mapping[str, Vaerdi]) -> str:
    """One pass, so that braces in a value are only text."""

    def fyld(fundet: re.Match[str]) -> str:
        vaerdi = vaerdier[navn(fundet[1])]
        ord_ = vaerdi if isinstance(vaerdi, str) else ", ".join(vaerdi)
        return _stort(ord_) if fundet[1][:1].isupper() else ord_

    return _FELT.sub(fyld, tekst)


def _stort(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
