"""What starts, clears and voids each kind of deadline: one SQL query per code.

A query yields one row per deadline:

    kode, sag_id, anker_type, anker_id, lov_dato, start_dato, laengde, pause_dage, opfyldt_dato,
    bortfaldet_dato, bortfaldet_begrundelse

`lov_dato` picks the `Fristregel` in force; `start_dato` is counted from. The length, the unit and
the rolling are data (`Fristregel`), and `laengde` a length that the case's rule set says instead;
`pause_dage` are added to it. Nothing here knows a number.

`{kun_sager}` becomes the restriction to some cases, on the column it is given.
"""

from django.conf import settings

from indsatsplan.garanti import URET

# A round of the team that ended in a recommended forløb, and what became of it. Deadlines that the
# guide counts from the meeting start here, before the decision (domain.md 1.3), and are voided when
# the decision differs, the team sees the case again, or the case ends.
RUNDE = """
    SELECT i.id, i.sag_id, i.moede_dato,
           holdt.dato AS foerste_holdt,
           godkendt.dato AS plan_godkendt,
           LEAST(a.afgoerelse_dato, igen.dato, s.afsluttet_dato) AS bortfaldet_dato,
           CASE LEAST(a.afgoerelse_dato, igen.dato, s.afsluttet_dato)
                WHEN a.afgoerelse_dato THEN 'Afgørelsen blev en anden'
                WHEN igen.dato THEN 'Teamet har behandlet sagen igen'
                WHEN s.afsluttet_dato THEN 'Sagen er afsluttet'
                ELSE '' END AS bortfaldet_begrundelse
      FROM rehabilitering_indstilling i
      JOIN borgere_sag s ON s.id = i.sag_id
      LEFT JOIN LATERAL (
             -- The decision in force: the one on the indstilling, or the latest made that changes it.
             WITH RECURSIVE kaede AS (
                    SELECT d.id, d.udfald, d.afgoerelse_dato, 1 AS nr
                      FROM rehabilitering_afgoerelse d
                     WHERE d.indstilling_id = i.id AND d.afgoerelse_dato IS NOT NULL
                     UNION ALL
                    SELECT n.id, n.udfald, n.afgoerelse_dato, k.nr + 1
                      FROM kaede k
                      JOIN rehabilitering_afgoerelse n ON n.erstatter_id = k.id
                     WHERE n.afgoerelse_dato IS NOT NULL)
             SELECT k.udfald, k.afgoerelse_dato FROM kaede k ORDER BY k.nr DESC LIMIT 1
             ) a ON a.udfald <> 'ressourceforloeb'
      LEFT JOIN LATERAL (
             SELECT min(m.afholdt_dato) AS dato
               FROM opfoelgning_opfoelgningsmoede m
              WHERE m.sag_id = i.sag_id AND m.status = 'afholdt'
                AND m.afholdt_dato >= i.moede_dato) holdt ON TRUE
      LEFT JOIN LATERAL (
             SELECT min(p.godkendt_dato) AS dato
               FROM rehabilitering_afgoerelse b
               JOIN indsatsplan_ressourceforloeb f ON f.afgoerelse_id = b.id
               JOIN indsatsplan_indsatsplan p ON p.forloeb_id = f.id
              WHERE b.indstilling_id = i.id) godkendt ON TRUE
      LEFT JOIN LATERAL (
             SELECT min(n.moede_dato) AS dato
               FROM rehabilitering_indstilling n
              WHERE n.sag_id = i.sag_id AND n.id > i.id AND n.afsluttet_den IS NOT NULL) igen ON TRUE
     WHERE i.afsluttet_den IS NOT NULL AND i.udfald = 'ressourceforloeb'
       AND {kun_sager:i.sag_id}
"""

FOERSTE_OPFOELGNING = """
    SELECT 'FOERSTE_OPFOELGNING', sag_id, 'indstilling', id, moede_dato, moede_dato,
           NULL::smallint, 0, foerste_holdt, bortfaldet_dato, bortfaldet_begrundelse
      FROM runde
"""

# Anchor of the plan's deadlines (domain.md 1.4): the first follow-up held, else its due date; or,
# where the municipality has chosen the early reading, the team meeting itself.
_PLANANKER = {
    "FOERSTE_OPFOELGNING": "COALESCE(r.foerste_holdt, f.forfald_dato)",
    "TEAMMOEDE": "r.moede_dato",
}

INDSATSPLAN = """
    SELECT plan.kode, r.sag_id, 'indstilling', r.id, r.moede_dato, {anker},
           NULL::smallint, 0, r.plan_godkendt, r.bortfaldet_dato, r.bortfaldet_begrundelse
      FROM runde r
      JOIN foerste f ON f.anker_id = r.id
     CROSS JOIN (VALUES ('INDSATSPLAN_VARSEL'), ('INDSATSPLAN_FRIST')) AS plan (kode)
"""

LAE265_SVAR = """
    SELECT 'LAE265_SVAR', l.sag_id, 'laegeattest', l.id, l.anmodet_dato, l.anmodet_dato,
           NULL::smallint, 0, l.modtaget_dato, LEAST(l.annulleret_dato, s.afsluttet_dato),
           CASE LEAST(l.annulleret_dato, s.afsluttet_dato)
                WHEN l.annulleret_dato THEN 'Bestillingen er annulleret'
                WHEN s.afsluttet_dato THEN 'Sagen er afsluttet'
                ELSE '' END
      FROM rehabilitering_laegeattest l
      JOIN borgere_sag s ON s.id = l.sag_id
     WHERE {kun_sager:l.sag_id}
"""

# Retssikkerhedsloven § 67: counted from receipt, and the day of receipt is not counted.
KLAGEFRIST = """
    SELECT 'KLAGEFRIST', a.sag_id, 'afgoerelse', a.id, a.modtaget_dato, a.modtaget_dato,
           a.klagefrist_uger, 0, NULL::date, NULL::date, ''
      FROM rehabilitering_afgoerelse a
     WHERE a.afsluttet_den IS NOT NULL AND a.modtaget_dato IS NOT NULL
       AND {kun_sager:a.sag_id}
"""

# RSL § 66: the municipality reconsiders before it sends a complaint on, however the case stands.
GENVURDERING = """
    SELECT 'GENVURDERING', k.sag_id, 'klage', k.id, k.modtaget_dato, k.modtaget_dato,
           r.genvurdering_uger, 0, k.genvurdering_dato,
           CASE WHEN k.resultat = 'trukket' THEN k.resultat_dato END,
           CASE WHEN k.resultat = 'trukket' THEN 'Klagen er trukket tilbage' ELSE '' END
      FROM rehabilitering_klage k
      JOIN rehabilitering_afgoerelse a ON a.id = k.afgoerelse_id
      JOIN ressource_regelsaet r ON r.id = a.regelsaet_id
     WHERE {kun_sager:k.sag_id}
"""

# LAB § 113 stk. 2: an effort that counts begins in time, or the team sees the case again. The clock
# itself is the plan's (`indsatsplan.garanti`); a late beginning fulfils the deadline late.
INDSATSGARANTI = f"""
    SELECT 'INDSATSGARANTI', u.sag_id, 'forloeb', u.forloeb_id, u.start_dato, u.start_dato,
           u.maaneder, u.pause_dage, LEAST(u.begyndt_dato, u.forelagt_dato),
           LEAST(u.ordinaer_dato, u.sluttet_dato),
           CASE LEAST(u.ordinaer_dato, u.sluttet_dato)
                WHEN u.ordinaer_dato THEN 'Borgeren har fået ordinære timer'
                WHEN u.sluttet_dato THEN 'Forløbet er slut'
                ELSE '' END
      FROM ({URET.replace("{hvilke}", "{kun_sager:f.sag_id}")}) u
"""  # noqa: S608 -- two statements of ours


class _KunSager:
    """Makes `{kun_sager:kolonne}` in the queries above into a restriction on that column."""

    def __init__(self, begraenset: bool) -> None:
        self.begraenset = begraenset

    def __format__(self, kolonne: str) -> str:
        return f"{kolonne} = ANY(%(sager)s)" if self.begraenset else "TRUE"


def fakta(*, begraenset: bool) -> dict[str, str]:
    """The queries by name, for some cases (`%(sager)s`) or for all.

    Raises `KeyError` when `RESSOURCE_INDSATSPLAN_ANKER` is neither of the two readings.
    """
    kun_sager = _KunSager(begraenset)
    return {
        "runde": RUNDE.format(kun_sager=kun_sager),
        "foerste": FOERSTE_OPFOELGNING,
        "oevrige": "UNION ALL".join(
            (
                INDSATSPLAN.format(anker=_PLANANKER[settings.RESSOURCE_INDSATSPLAN_ANKER]),
                LAE265_SVAR.format(kun_sager=kun_sager),
                KLAGEFRIST.format(kun_sager=kun_sager),
                GENVURDERING.format(kun_sager=kun_sager),
                INDSATSGARANTI.format(kun_sager=kun_sager),
            )
        ),
    }
