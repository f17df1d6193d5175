"""A correction written on what a page showed, held against what is stored now.

Values that are stored already are no change, so the same save sent twice is harmless, and a field
is disputed only when its writer has not seen what stands in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from rehabilitering.aftryk import aftryk


@dataclass(frozen=True)
class Rettelse:
    """New values for one part of the page, and what they were written on.

    Either the lock number, for a caller that has read the whole row, or the fingerprints of the
    values that a page showed (`rehabilitering.aftryk`).
    """

    felter: Mapping[str, Any]
    laas: int = 0
    vist: Mapping[str, str] | None = None


def nye_vaerdier(objekt: models.Model, rettelse: Rettelse) -> dict[str, Any]:
    """What of the correction is not stored already."""
    return {f: v for f, v in rettelse.felter.items() if getattr(objekt, f) != v}


def omstridte(objekt: models.Model, rettelse: Rettelse) -> dict[str, Any]:
    """The new values that would undo something their writer has not seen.

    What was never written holds nothing to undo, whatever the page says that it showed.
    """
    nye = nye_vaerdier(objekt, rettelse)
    if rettelse.vist is None:
        gemt_laas = objekt.laas  # type: ignore[attr-defined]
        har_noget = bool(gemt_laas) or any(getattr(objekt, felt) for felt in nye)
        return nye if har_noget and rettelse.laas != gemt_laas else {}
    vist = rettelse.vist
    return {
        felt: vaerdi
        for felt, vaerdi in nye.items()
        if aftryk(getattr(objekt, felt)) != vist.get(felt)
        and (felt in vist or getattr(objekt, felt))
    }


def skriv_uomstridte(
    objekt: models.Model, rettelse: Rettelse, tilladte: tuple[str, ...]
) -> tuple[set[str], dict[str, Any]]:
    """Set the values nobody else has a say in; the fields that changed, and the disputed values.

    Raises `KeyError` for a field outside `tilladte`.
    """
    if ukendte := set(rettelse.felter) - set(tilladte):
        raise KeyError(ukendte)
    uenige = omstridte(objekt, rettelse)
    nye = {f: v for f, v in nye_vaerdier(objekt, rettelse).items() if f not in uenige}
    for felt, vaerdi in nye.items():
        setattr(objekt, felt, vaerdi)
    return set(nye), uenige
