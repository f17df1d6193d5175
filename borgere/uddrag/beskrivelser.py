"""How the rows of each table are told in an archive; the floors above describe their own.

A table nobody described is told from its model: every field that holds something, by its label. So
a new model is in the archive from the first day, and a description only makes it read better.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from borgere.models import Sag

Raekke = dict[str, Any]
Tjek = Callable[[Sag], list[str]]


@dataclass(frozen=True)
class Beskrivelse:
    """What is known of one table beside its fields.

    `datoer`: the fields a row is dated by, the first that is filled in counts. Without any, rows of
    tables below another (`er_direkte` false) are told under the row they belong to.
    `titel`: the heading of a row, else the table's name with the value of `titelfelt`; `skjul`: fields that say nothing to a reader.
    """

    datoer: tuple[str, ...] = ()
    titel: Callable[[Raekke, Sag], str] | None = None
    titelfelt: str = ""
    skjul: frozenset[str] = frozenset()


_beskrivelser: dict[str, Beskrivelse] = {}
_udeladt_om_andre: dict[str, frozenset[str]] = {}
_tjek: list[Tjek] = []
INGEN = Beskrivelse()


def beskriv(
    model: str,
    *,
    datoer: tuple[str, ...] = (),
    titel: Callable[[Raekke, Sag], str] | None = None,
    titelfelt: str = "",
    skjul: tuple[str, ...] = (),
) -> None:
    """Describe the table of `model` (`app.Model`). Called once, by its app's `ready`."""
    _beskrivelser[model] = Beskrivelse(datoer, titel, titelfelt, frozenset(skjul))


def udelad_om_andre(model: str, *felter: str) -> None:
    """Name fields that tell of somebody else than the citizen: not for the article 15 extract."""
    _udeladt_om_andre[model] = frozenset(felter)


def fuldstaendighed(tjek: Tjek) -> None:
    """Let `tjek` say what a case lacks, as Danish sentences. Called once, by an app's `ready`."""
    if tjek not in _tjek:
        _tjek.append(tjek)


def for_model(model: str) -> Beskrivelse:
    """The description of a table; an empty one when nobody described it."""
    return _beskrivelser.get(model, INGEN)


def om_andre(model: str) -> frozenset[str]:
    """The fields of a table that tell of somebody else than the citizen."""
    return _udeladt_om_andre.get(model, frozenset())


def mangler(sag: Sag) -> list[str]:
    """What the case lacks, seen against the course it has run; empty when it is complete."""
    return [mangel for tjek in _tjek for mangel in tjek(sag)]
