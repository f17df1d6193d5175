"""The packet's texts: paragraphs, lists and the names in use. Pure functions."""

import re
from dataclasses import dataclass

from django.conf import settings

from borgere.models import Sag

# What may stand in braces in a text.
NAVNE = ("team", "myndighed", "kommune")
_PUNKT = re.compile(r"[-–•]\s+(.*)")
_KLAMME = re.compile(r"{[^{}]*}?|}")


@dataclass(frozen=True)
class Blok:
    """A paragraph, or a list when it has `punkter`."""

    tekst: str = ""
    punkter: tuple[str, ...] = ()


def blokke(tekst: str) -> list[Blok]:
    """Plain text as paragraphs and lists: a line that begins with «- » is a point of a list."""
    fundne: list[Blok] = []
    for linje in (raa.strip() for raa in tekst.splitlines()):
        if not linje:
            continue
        punkt = _PUNKT.match(linje)
        if not punkt:
            fundne.append(Blok(linje))
        elif fundne and fundne[-1].punkter:
            fundne[-1] = Blok(punkter=(*fundne[-1].punkter, punkt[1]))
        else:
            fundne.append(Blok(punkter=(punkt[1],)))
    return fundne


def udfyld(tekst: str, sag: Sag) -> str:
    """The text with the names of `NAVNE` filled in; one that begins it gets a capital letter."""
    regler = sag.regelsaet
    navne = {
        "team": regler.betegnelse_team,
        "myndighed": regler.betegnelse_myndighed,
        "kommune": settings.RESSOURCE_KOMMUNE,
    }
    for navn, vaerdi in navne.items():
        tekst = tekst.replace(f"{{{navn}}}", vaerdi)
    return tekst[:1].upper() + tekst[1:]


def ukendte_navne(tekst: str) -> list[str]:
    """What stands in braces in `tekst` and is not one of `NAVNE`."""
    return [fundet for fundet in _KLAMME.findall(tekst) if fundet.strip("{}") not in NAVNE]
