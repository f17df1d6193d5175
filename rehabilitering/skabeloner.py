"""The templates the municipality edits, each with its rows, their form and its pages' words.

A floor above declares its own with `registrer`, from its `ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from rehabilitering.forms.skabelon import (
    PakketekstForm,
    PunktForm,
    TeamspoergsmaalForm,
    TekstForm,
    TekststykkeForm,
)
from rehabilitering.models import Drejebogspunkt, Pakketekst, Teamspoergsmaal, Tekststykke
from rehabilitering.models.drejebog import Skabelonraekke

_ORD = 18


@dataclass(frozen=True)
class Skabelon:
    """One of them. `under` says what the list shows below a row's own words."""

    navn: str
    model: type[Skabelonraekke]
    form: type[TekstForm]
    titel: str
    forklaring: str
    ny: str
    under: Callable[[Any], str] = lambda _raekke: ""


_skabeloner: dict[str, Skabelon] = {}


def registrer(skabelon: Skabelon) -> None:
    """Let a template be edited with the others."""
    _skabeloner[skabelon.navn] = skabelon


def alle() -> list[Skabelon]:
    """Every template, in the order they were declared."""
    return list(_skabeloner.values())


def find(navn: str) -> Skabelon | None:
    """The template with that name in its address, or None."""
    return _skabeloner.get(navn)


def _begyndelsen(tekst: str) -> str:
    return Truncator(tekst).words(_ORD)


for _skabelon in (
    Skabelon(
        "drejebog",
        Drejebogspunkt,
        PunktForm,
        "Drejebog",
        "Det, sagsbehandleren gør sammen med borgeren inden mødet, og sætter flueben ved.",
        "Nyt punkt",
        lambda punkt: punkt.vejledning,
    ),
    Skabelon(
        "spoergsmaal",
        Teamspoergsmaal,
        TeamspoergsmaalForm,
        "Teamets spørgsmål",
        "Det, teamet plejer at spørge om. De står i drejebogen og i borgerens pakke.",
        "Nyt spørgsmål",
    ),
    Skabelon(
        "pakke",
        Pakketekst,
        PakketekstForm,
        "Borgerens pakke",
        "Afsnittene i det brev, borgeren får om mødet. Sagens egne oplysninger kommer med af sig "
        "selv.",
        "Nyt afsnit",
        lambda afsnit: _begyndelsen(afsnit.tekst),
    ),
    Skabelon(
        "tekststykker",
        Tekststykke,
        TekststykkeForm,
        "Tekststykker",
        "Sætninger, der kan sættes ind i indstillingen og afgørelsen og rettes der.",
        "Nyt tekststykke",
        lambda stykke: f"I {stykke.get_sted_display()}: {_begyndelsen(stykke.tekst)}",
    ),
):
    registrer(_skabelon)
