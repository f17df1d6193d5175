"""The worklist: the cases one answers for or covers, by nearest open deadline.

Two statements whatever the number of cases: the counts that filter, and one page of rows. Both
start from the same `mine`, so that a count and its list always agree.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from borgere.beskyttede import VIS_HOEJST, Beskyttede
from borgere.models import Fase, Sag, soegning
from opfoelgning import sagsfakta
from opfoelgning.models.frist import PAA_LISTEN
from opfoelgning.sagsfakta import Sagsfakta
from ressource.models import Bruger

PR_SIDE = 25
DAGE_STILLE = 30
VALG_STILLE = (14, 30, 60, 90)

# Whose cases: one's own, and those of the people one stands in for today. `ansvar` is never more
# than `Sag.objects.synlige_for` lets one see; the rest waits for a reason (`bag_beskyttelse`).
DAEKKER = """
daekker AS (
    SELECT %(bruger)s::bigint AS bruger_id
     UNION
    SELECT v.for_bruger_id FROM ressource_stedfortraeder v
     WHERE v.vikar_id = %(bruger)s AND v.fra_dato <= %(dato)s
       AND (v.til_dato IS NULL OR v.til_dato >= %(dato)s)),
alle_ansvar AS (
    SELECT t.sag_id, t.bruger_id, s.sagsnummer,
           t.bruger_id = %(bruger)s OR NOT b.er_adressebeskyttet
           OR COALESCE(b.adressebeskyttet_til < %(dato)s, FALSE)
           OR EXISTS (SELECT 1 FROM borgere_saerligadgang a
                       WHERE a.sag_id = s.id AND a.bruger_id = %(bruger)s
                         AND a.fra_tid <= now() AND a.til_tid > now())
           OR EXISTS (SELECT 1 FROM borgere_tildeling egen
                       WHERE egen.sag_id = s.id AND egen.bruger_id = %(bruger)s
                         AND egen.fra_dato <= %(dato)s
                         AND (egen.til_dato IS NULL OR egen.til_dato >= %(dato)s)) AS er_aaben
      FROM daekker
      JOIN borgere_tildeling t USING (bruger_id)
      JOIN borgere_sag s ON s.id = t.sag_id AND s.fase <> 'afslutning'
      JOIN borgere_borger b ON b.id = s.borger_id
     WHERE t.art = 'ansvarlig' AND t.fra_dato <= %(dato)s
       AND (t.til_dato IS NULL OR t.til_dato >= %(dato)s)
       AND NOT EXISTS (
           SELECT 1 FROM borgere_inhabilitet i
            WHERE i.borger_id = s.borger_id AND i.bruger_id IN (%(bruger)s, t.bruger_id)
              AND i.fra_dato <= %(dato)s AND (i.til_dato IS NULL OR i.til_dato >= %(dato)s))),
ansvar AS (SELECT sag_id, bruger_id FROM alle_ansvar WHERE er_aaben)
"""

# Mentor and praktik are expected while a forløb runs. What only some orders ask for stands last: a
# column nothing reads costs nothing.
_MINE = """
WITH {daekker},
mine AS (
    SELECT s.id, a.bruger_id AS ansvarlig_id, f.frist_id, f.frist_navn, f.forfald_dato,
           f.varsel_dato, moede.tidspunkt AS moede,
           CASE WHEN f.forfald_dato < %(dato)s THEN 1 WHEN f.varsel_dato <= %(dato)s THEN 2
                WHEN f.forfald_dato IS NOT NULL THEN 3 END AS status_nr,
           s.fase IN ('plan', 'opfoelgning') AS i_forloeb,
           s.fase IN ('plan', 'opfoelgning')
               OR (s.fase = 'afgoerelse' AND indstillet.udfald = 'ressourceforloeb') AS skal_moedes,
           COALESCE(sket.tidspunkt, s.oprettet_dato) AS sket,
           EXISTS (SELECT 1 FROM borgere_tildeling m
                    WHERE m.sag_id = s.id AND m.art = 'mentor' AND m.fra_dato <= %(dato)s
                      AND (m.til_dato IS NULL OR m.til_dato >= %(dato)s)) AS mentor,
           EXISTS (SELECT 1 FROM indsatsplan_ressourceforloeb l
                     JOIN indsatsplan_indsats i ON i.forloeb_id = l.id
                     JOIN rehabilitering_indsatstype y ON y.id = i.indsatstype_id
                    WHERE l.sag_id = s.id AND y.er_virksomhedsrettet
                      AND i.status IN ('i_gang', 'pause')) AS praktik,
           b.fornavn, b.efternavn, s.sagsnummer, s.oprettet_dato, u.navn AS ansvarlig,
           array_position(%(faser)s, s.fase::text) AS fase_nr,
           (SELECT count(*) FROM opfoelgning_opfoelgningsmoede o
             WHERE o.sag_id = s.id AND o.status = 'afholdt') AS antal_holdt,
           (SELECT max(COALESCE(l.afsluttet_dato, l.slut_dato)) FROM indsatsplan_ressourceforloeb l
             WHERE l.sag_id = s.id) AS forloeb_slut
      FROM ansvar a
      JOIN borgere_sag s ON s.id = a.sag_id
      JOIN borgere_borger b ON b.id = s.borger_id
      JOIN ressource_bruger u ON u.id = a.bruger_id
      LEFT JOIN LATERAL (
            SELECT f.id AS frist_id, COALESCE(NULLIF(f.navn, ''), r.navn) AS frist_navn,
                   f.forfald_dato, f.varsel_dato
              FROM opfoelgning_frist f
              JOIN opfoelgning_fristregel r ON r.id = f.regel_id AND {paa_listen}
             WHERE f.sag_id = s.id AND f.opfyldt_dato IS NULL AND f.bortfaldet_dato IS NULL
             ORDER BY f.forfald_dato, f.id LIMIT 1) f ON TRUE
      LEFT JOIN LATERAL (
            SELECT o.tidspunkt FROM opfoelgning_opfoelgningsmoede o
             WHERE o.sag_id = s.id AND o.status = 'planlagt' AND o.tidspunkt >= %(midnat)s
             ORDER BY o.tidspunkt LIMIT 1) moede ON TRUE
      LEFT JOIN LATERAL (
            SELECT i.udfald FROM rehabilitering_indstilling i
             WHERE i.sag_id = s.id ORDER BY i.moede_dato DESC, i.id DESC LIMIT 1) indstillet ON TRUE
      LEFT JOIN LATERAL (
            SELECT h.tidspunkt FROM ressource_haendelse h
             -- What a nightly job does on its own is nobody's work on the case.
             WHERE h.sag_id = s.id AND h.af_id IS NOT NULL ORDER BY h.id DESC LIMIT 1) sket ON TRUE
     WHERE {soegt}
       AND (%(fase)s = '' OR s.fase = %(fase)s)
       AND (%(hvis)s = '' OR (a.bruger_id = %(bruger)s) = (%(hvis)s = 'egne')))
"""

NAERMEST = "m.forfald_dato NULLS LAST, m.moede NULLS LAST, m.id"

# What each count counts and, chosen, what the list shows.
VISNINGER = {
    "alle": "TRUE",
    "overskredet": "forfald_dato < %(dato)s",
    "varslet": "forfald_dato >= %(dato)s AND varsel_dato <= %(dato)s",
    "ingen_aftale": "skal_moedes AND moede IS NULL",
    "stille": "sket < %(stille_siden)s",
    "mangler_mentor": "i_forloeb AND NOT mentor",
    "mangler_praktik": "i_forloeb AND NOT praktik",
}

_ANTAL = """
{mine}
SELECT {antal}, (SELECT count(*) FROM ansvar WHERE bruger_id = %(bruger)s),
       (SELECT json_agg(json_build_array(bag.sag_id, bag.sagsnummer) ORDER BY bag.sagsnummer)
          FROM (SELECT DISTINCT sag_id, sagsnummer FROM alle_ansvar WHERE NOT er_aaben
                 ORDER BY sagsnummer LIMIT %(vis_beskyttede)s) bag)
  FROM mine
"""

# OFFSET 0 keeps the facts of a page's cases from being found for every case before the page is cut:
# 460 ms against 10 with 20,000 cases.
_SIDE = """
{mine}
SELECT m.id, m.sagsnummer, m.fornavn, m.efternavn, b.foedselsdato,
       b.er_adressebeskyttet
           AND (b.adressebeskyttet_til IS NULL OR b.adressebeskyttet_til >= %(dato)s),
       b.tolkesprog, m.ansvarlig, m.ansvarlig_id <> %(bruger)s,
       m.frist_id, m.frist_navn, m.forfald_dato, m.varsel_dato, m.moede, m.sket,
       fakta.*
  FROM (SELECT m.* FROM mine m WHERE {vilkaar}
         ORDER BY {orden}
         LIMIT %(antal)s OFFSET %(fra)s) m
  JOIN borgere_sag s ON s.id = m.id
  JOIN borgere_borger b ON b.id = s.borger_id
  JOIN LATERAL ({fakta} OFFSET 0) fakta ON TRUE
 ORDER BY {orden}
"""


@dataclass(frozen=True, slots=True)
class Udsnit:
    """Which part of the list is asked for. `vis` is a key of `VISNINGER`.

    `hvis` is empty, `egne` (one's own) or `daekket` (those one stands in for); `dage` is what
    «intet sket» means.
    """

    vis: str = "alle"
    soeg: str = ""
    fase: str = ""
    hvis: str = ""
    dage: int = DAGE_STILLE


@dataclass(frozen=True, slots=True)
class Antal:
    """How many cases each of `VISNINGER` holds, and how many the user answers for in all.

    `beskyttede` are those of others that take a reason to open; they are in none of the counts.
    """

    visninger: dict[str, int]
    sagsmaengde: int
    beskyttede: Beskyttede


@dataclass(frozen=True, slots=True)
class Raekke:
    """One case of the list."""

    sag_id: int
    sagsnummer: str
    fornavn: str
    efternavn: str
    foedselsdato: date
    er_beskyttet: bool
    tolkesprog: str
    ansvarlig: str
    er_vikar: bool
    frist_id: int | None
    frist_navn: str | None
    forfald_dato: date | None
    varsel_dato: date | None
    # The next agreed follow-up from today on.
    moede: datetime | None
    # When somebody last did anything at all on the case.
    sket: datetime

    @property
    def navn(self) -> str:
        """The citizen's whole name."""
        return f"{self.fornavn} {self.efternavn}"

    @property
    def vikar_for(self) -> str:
        """The responsible's name when it is somebody else, or empty."""
        return self.ansvarlig if self.er_vikar else ""


_BREDDE = len(fields(Raekke))


def _mine(udsnit: Udsnit) -> tuple[str, dict[str, Any]]:
    """The statement's beginning, and what the search puts in it: the rule is the house's one."""
    dele = {"daekker": DAEKKER, "paa_listen": PAA_LISTEN}
    if not udsnit.soeg:
        return _MINE.format(**dele, soegt="TRUE"), {}
    sql, parametre = soegning.som_sql(Sag.objects.soeg(udsnit.soeg), praefiks="soeg")
    return _MINE.format(**dele, soegt=f"s.id IN ({sql})"), parametre


def _parametre(bruger: Bruger, udsnit: Udsnit, dato: date) -> dict[str, Any]:
    return sagsfakta.dagens_parametre(dato) | {
        "bruger": bruger.pk,
        "stille_siden": sagsfakta.dagens_parametre(dato - timedelta(days=udsnit.dage))["midnat"],
        "fase": udsnit.fase,
        "faser": Fase.values,
        "hvis": udsnit.hvis,
        "vis_beskyttede": VIS_HOEJST + 1,
    }


def tael(bruger: Bruger, udsnit: Udsnit, dato: date) -> Antal:
    """The counts on `dato`, within the search and the step of `udsnit`. One statement."""
    antal_sql = ", ".join(f"count(*) FILTER (WHERE {vilkaar})" for vilkaar in VISNINGER.values())
    mine, soegt = _mine(udsnit)
    with connection.cursor() as markoer:
        markoer.execute(
            _ANTAL.format(mine=mine, antal=antal_sql), _parametre(bruger, udsnit, dato) | soegt
        )
        *antal, sagsmaengde, bag = markoer.fetchone()
    visninger = dict(zip(VISNINGER, antal, strict=True))
    return Antal(visninger, sagsmaengde, Beskyttede.af([(pk, nr) for pk, nr in bag or ()]))


def hent_side(
    bruger: Bruger,
    udsnit: Udsnit,
    side: int,
    dato: date,
    *,
    orden: str = NAERMEST,
    antal: int = PR_SIDE,
) -> list[tuple[Raekke, Sagsfakta]]:
    """One page of `antal` rows, counted from 1, each with where its case stands. One statement.

    `orden` names columns of `m`, see `ressource.listevalg`.
    """
    mine, soegt = _mine(udsnit)
    sql = _SIDE.format(
        mine=mine,
        vilkaar=VISNINGER[udsnit.vis],
        orden=orden,
        fakta=sagsfakta.SQL.format(hvilke="s.id = m.id"),
    )
    afgraensning = {"antal": antal, "fra": (side - 1) * antal}
    with connection.cursor() as markoer:
        markoer.execute(sql, _parametre(bruger, udsnit, dato) | afgraensning | soegt)
        return [(Raekke(*r[:_BREDDE]), Sagsfakta(*r[_BREDDE:])) for r in markoer]
