"""What starts, clears and voids each kind of deadline: one SQL query per code, by subject.

`FAKTA` is the register: a new kind of deadline is a query here and a rule in the ground data.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from opfoelgning.regler.fakta import KOLONNER, Faktum, KunSager
from opfoelgning.regler.forloeb import FORLOEB_MAX, FORLOEB_SLUT, INDSATSGARANTI, PASSIV_TID
from opfoelgning.regler.sagen import (
    GENVURDERING,
    KLAGEFRIST,
    LAE265_SVAR,
    OPGAVE,
    SAMTYKKE_UDLOEBER,
)
from opfoelgning.regler.samtaler import HORISONT, NAESTE_MOEDE_AFTALT, SAMTALER_MIN
from opfoelgning.regler.team import FOERSTE_OPFOELGNING, INDSATSPLAN, RETUR_SVAR, SAGSPAKKE

__all__ = ["FAKTA", "KODER", "KOLONNER", "Faktum", "Udvalg", "med_afledte", "udvalg"]

FAKTA = (
    FOERSTE_OPFOELGNING,
    INDSATSPLAN,
    LAE265_SVAR,
    KLAGEFRIST,
    GENVURDERING,
    INDSATSGARANTI,
    HORISONT,
    NAESTE_MOEDE_AFTALT,
    SAMTALER_MIN,
    FORLOEB_MAX,
    FORLOEB_SLUT,
    PASSIV_TID,
    SAMTYKKE_UDLOEBER,
    SAGSPAKKE,
    RETUR_SVAR,
    OPGAVE,
)
KODER = tuple(kode for faktum in FAKTA for kode in faktum.koder)


@dataclass(frozen=True)
class Udvalg:
    """The queries to run: `hjaelp` by name, those read by others, and the rest."""

    hjaelp: Mapping[str, str]
    foerst: tuple[str, ...]
    oevrige: tuple[str, ...]


def med_afledte(koder: Collection[str]) -> tuple[str, ...]:
    """`koder` and those whose dates are counted from theirs; what is no deadline's code is left out."""
    return tuple(
        kode
        for faktum in FAKTA
        for kode in faktum.koder
        if kode in koder or set(faktum.efter) & set(koder)
    )


def udvalg(koder: Collection[str], *, begraenset: bool) -> Udvalg:
    """The queries behind `koder`, for some cases (`%(sager)s`) or for all."""
    kun_sager = KunSager(begraenset)
    brugt = [faktum for faktum in FAKTA if set(faktum.koder) & set(koder)]
    laest = {kode for faktum in brugt for kode in faktum.efter}
    foerst = [faktum for faktum in FAKTA if set(faktum.koder) & laest]
    oevrige = [faktum for faktum in brugt if faktum not in foerst]
    return Udvalg(
        hjaelp={
            navn: sql.format(kun_sager=kun_sager)
            for faktum in (*foerst, *oevrige)
            for navn, sql in faktum.hjaelp.items()
        },
        foerst=tuple(faktum.sql.format(kun_sager=kun_sager) for faktum in foerst),
        oevrige=tuple(faktum.sql.format(kun_sager=kun_sager) for faktum in oevrige),
    )
