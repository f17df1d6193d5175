"""The town's other cases: 24 months of them, so that trends mean something."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from django.db import connection

from borgere.services import sagsnumre
from ressource.datoer import Enhed, tilfoej
from ressource.demo.personale import ANDET_HOLD, SAGSBEHANDLERE
from ressource.generator import generer
from ressource.models import Bruger, Rolle

# About 200 people in a forløb at any time, 9 to 13 begun and about as many ended each month.
ANTAL = 830
SEED = 2
MAANEDER = 24


def opret(hold: Mapping[str, Bruger], i_dag: date) -> None:
    """Make the cases and give them to colleagues that nobody signs in as."""
    personale: dict[Rolle, list[Bruger]] = {
        Rolle.SAGSBEHANDLER: [hold[ansat.brugernavn] for ansat in SAGSBEHANDLERE]
    }
    for ansat in ANDET_HOLD:
        personale.setdefault(ansat.rolle, []).append(hold[ansat.brugernavn])
    generer(
        ANTAL,
        seed=SEED,
        personale=personale,
        nummerer=_nummerer,
        glem_foer=tilfoej(i_dag, -MAANEDER, Enhed.MAANEDER),
    )


def _nummerer() -> None:
    """Ordinary case numbers, in the order the cases were opened."""
    with connection.cursor() as markoer:
        markoer.execute(
            "SELECT extract(year FROM oprettet)::integer, nr FROM gen_sag ORDER BY oprettet, nr"
        )
        par = [
            par
            for aar, gruppe in groupby(markoer.fetchall(), key=lambda raekke: raekke[0])
            for par in _med_numre(aar, [nr for _, nr in gruppe])
        ]
        markoer.execute(
            "UPDATE gen_sag g SET sagsnummer = n.sagsnummer"
            "  FROM unnest(%s::text[], %s::bigint[]) AS n (sagsnummer, nr) WHERE n.nr = g.nr",
            [[sagsnummer for sagsnummer, _ in par], [nr for _, nr in par]],
        )


def _med_numre(aar: int, numre: list[int]) -> list[tuple[str, int]]:
    return list(zip(sagsnumre(aar, len(numre)), numre, strict=True))
