"""Every overdue deadline in the house, for the teamleder: by owner, by rule, and one by one.

Case numbers only: a team leader has no business with case content (domain.md 3). So a deadline is
called what its rule is called: its own name may hold what somebody typed, as a task's does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpResponse

from ressource import opslag, regneark
from ressource.anmodning import Anmodning
from ressource.listevalg import Kolonne, Liste, Listevalg, en_af, heltal, taellere
from ressource.models import Opslag
from ressource.regneark import Celle

PR_SIDE = 25
# The teamleder has been told long before; after a month it is a pattern.
LAENGE = 30

LISTE = Liste(
    navn="overskredne",
    titel="Overskredne frister",
    adresse="overblik",
    handling="noegletal.tilsyn",
    kolonner=(
        Kolonne("sag", "Sag", ("sagsnummer", "id"), fast=True),
        Kolonne("frist", "Frist", ("frist", "forfald_dato", "id")),
        Kolonne("ejer", "Hvem", ("ejer", "forfald_dato", "id")),
        Kolonne("team", "Team", ("team", "forfald_dato", "id"), valgt=False),
        Kolonne("senest", "Senest", ("forfald_dato", "id")),
        Kolonne("dage", "Dage over"),
        Kolonne("alvor", "Lovbestemt", ("alvor", "forfald_dato", "id"), valgt=False),
    ),
    sortering="senest",
    foerst="ældste først",
    filtre={
        "vis": en_af("teamet", "lov", "laenge"),
        "ejer": heltal,
        "regel": lambda kode: kode.replace("_", "").isalnum() and len(kode) <= 40,
    },
)
NAVNE = {
    "alle": "Alle",
    "teamet": "Mit team",
    "lov": "Lovbestemte",
    "laenge": f"Over {LAENGE} dage",
}
VILKAAR = {
    "alle": "TRUE",
    "teamet": "team_id = %(team)s",
    "lov": "alvor = 'lov'",
    "laenge": "%(dato)s - forfald_dato > %(laenge)s",
}

# `ejer` 0: nobody owns it.
_ALLE = """
WITH alle AS (
    SELECT f.id, s.sagsnummer, r.navn AS frist, f.kode, COALESCE(f.ejer_id, 0) AS ejer_id,
           b.navn AS ejer, s.team_id, t.navn AS team, f.forfald_dato, r.alvor,
           %(ejer)s = '' OR COALESCE(f.ejer_id, 0) = NULLIF(%(ejer)s, '')::bigint AS er_ejers,
           %(regel)s = '' OR f.kode = %(regel)s AS er_regels
      FROM opfoelgning_frist f
      JOIN opfoelgning_fristregel r ON r.id = f.regel_id AND NOT r.udloeber
      JOIN borgere_sag s ON s.id = f.sag_id
      LEFT JOIN ressource_team t ON t.id = s.team_id
      LEFT JOIN ressource_bruger b ON b.id = f.ejer_id
     WHERE f.opfyldt_dato IS NULL AND f.bortfaldet_dato IS NULL AND f.forfald_dato < %(dato)s),
valgte AS (SELECT * FROM alle WHERE er_ejers AND er_regels)
"""
_ANTAL = """
{alle}
SELECT {antal}, (SELECT count(*) FROM alle) FROM valgte
"""
# Each within what else is chosen: a figure is as long as the list it leads to.
_GRUPPER = """
{alle}
SELECT * FROM (
    SELECT TRUE, ejer_id::text, max(ejer), count(*) AS antal, max(%(dato)s - forfald_dato)
      FROM alle WHERE er_regels AND {vilkaar} GROUP BY ejer_id
     UNION ALL
    SELECT FALSE, kode, max(frist), count(*), max(%(dato)s - forfald_dato)
      FROM alle WHERE er_ejers AND {vilkaar} GROUP BY kode) grupper
 ORDER BY antal DESC, 3 LIMIT 200
"""
_SIDE = """
{alle}
SELECT m.sagsnummer, m.frist, m.ejer, m.team, m.forfald_dato, m.alvor = 'lov'
  FROM valgte m WHERE {vilkaar} ORDER BY {orden} LIMIT %(antal)s OFFSET %(fra)s
"""


@dataclass(frozen=True, slots=True)
class Overskredet:
    """One overdue deadline, without the citizen's name."""

    sagsnummer: str
    frist: str
    ejer: str | None
    team: str | None
    forfald_dato: date
    er_lov: bool

    def dage(self, dato: date) -> int:
        """How many days past on `dato`."""
        return (dato - self.forfald_dato).days


@dataclass(frozen=True, slots=True)
class Gruppe:
    """How many are one owner's, or of one rule; `adresse` shows them."""

    noegle: str
    navn: str
    antal: int
    aeldste_dage: int
    adresse: str
    aktiv: bool


def kontekst(request: Anmodning, valg: Listevalg, dato: date) -> dict[str, object]:
    """What the page shows of the list. Three statements."""
    parametre = _parametre(request, valg, dato)
    antal_sql = ", ".join(f"count(*) FILTER (WHERE {vilkaar})" for vilkaar in VILKAAR.values())
    [(*antal, i_alt)] = _hent(_ANTAL.format(alle=_ALLE, antal=antal_sql), parametre)
    antal_pr = dict(zip(VILKAAR, antal, strict=True))
    vis = valg.filter("vis", "alle")
    side = Paginator(range(antal_pr[vis]), PR_SIDE).get_page(request.GET.get("side"))
    ejere, regler = _grupper(valg, parametre)
    return {
        "valg": valg,
        "antal_overskredne": i_alt,
        "taellere": taellere(valg, NAVNE, antal_pr, haster="lov"),
        "side": side,
        "overskredne": [
            (raekke, raekke.dage(dato)) for raekke in _side(valg, parametre, side.number, PR_SIDE)
        ],
        "pr_ejer": ejere,
        "pr_regel": regler,
        "er_gruppe_valgt": bool(valg.filter("ejer") or valg.filter("regel")),
        "valgte_grupper": [g for g in (*ejere, *regler) if g.aktiv],
        "uden_gruppe": valg.forespoergsel(ejer=None, regel=None),
    }


def hent(request: Anmodning, valg: Listevalg, dato: date) -> HttpResponse:
    """All that are chosen, in a file. Logged as an export."""
    fundne = _side(valg, _parametre(request, valg, dato), 1, regneark.HENT_HOEJST)
    opslag.log(request, "overblik_teamleder", handling=Opslag.Handling.EKSPORT)
    ark = regneark.Regneark(
        LISTE.titel,
        [kolonne.navn for kolonne in valg.viste],
        [[_celle(raekke, kode, dato) for kode in valg.kolonner] for raekke in fundne],
    )
    return regneark.svar(ark, request.GET["hent"])


def _celle(raekke: Overskredet, kode: str, dato: date) -> Celle:
    celler: dict[str, Celle] = {
        "sag": raekke.sagsnummer,
        "frist": raekke.frist,
        "ejer": raekke.ejer or "Ingen",
        "team": raekke.team or "",
        "senest": raekke.forfald_dato,
        "dage": raekke.dage(dato),
        "alvor": raekke.er_lov,
    }
    return celler[kode]


def _parametre(request: Anmodning, valg: Listevalg, dato: date) -> dict[str, Any]:
    return {
        "dato": dato,
        "team": request.user.team_id,
        "laenge": LAENGE,
        "ejer": valg.filter("ejer"),
        "regel": valg.filter("regel"),
    }


def _side(valg: Listevalg, parametre: dict[str, Any], nr: int, antal: int) -> list[Overskredet]:
    sql = _SIDE.format(
        alle=_ALLE, vilkaar=VILKAAR[valg.filter("vis", "alle")], orden=valg.orden_sql("m")
    )
    afgraensning = {"antal": antal, "fra": (nr - 1) * antal}
    return [Overskredet(*raekke) for raekke in _hent(sql, parametre | afgraensning)]


def _grupper(valg: Listevalg, parametre: dict[str, Any]) -> tuple[list[Gruppe], list[Gruppe]]:
    """By owner and by rule, most first. Chosen twice, it is let go."""
    sql = _GRUPPER.format(alle=_ALLE, vilkaar=VILKAAR[valg.filter("vis", "alle")])
    grupper: dict[bool, list[Gruppe]] = {True: [], False: []}
    for er_ejer, noegle, navn, antal, dage in _hent(sql, parametre):
        filtret = "ejer" if er_ejer else "regel"
        aktiv = valg.filter(filtret) == noegle
        adresse = valg.forespoergsel(**{filtret: None if aktiv else noegle})
        gruppe = Gruppe(noegle, navn or "Ingen", antal, dage, adresse, aktiv)
        grupper[er_ejer].append(gruppe)
    return grupper[True], grupper[False]


def _hent(sql: str, parametre: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as markoer:
        markoer.execute(sql, parametre)
        return list(markoer)
