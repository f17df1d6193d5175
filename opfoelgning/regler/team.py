"""Deadlines that hang on the team: the package before a meeting, the weeks after it, and a return."""

from opfoelgning.regler.fakta import SAGEN, UDEN_LAENGDE, UDEN_NAVN, Faktum, dansk_dag, grund

# A round of the team that ended in a recommended forløb, and what became of it. Deadlines that the
# guide counts from the meeting start here, before the decision (domain.md 1.3), and are voided when
# the decision differs, the team sees the case again, or the case ends.
_RUNDE = f"""
    SELECT i.id, i.sag_id, i.moede_dato,
           holdt.dato AS foerste_holdt,
           a.plan_godkendt,
           slut.dato AS bortfaldet_dato, slut.grund AS bortfaldet_begrundelse
      FROM rehabilitering_indstilling i
      JOIN borgere_sag s ON s.id = i.sag_id
      LEFT JOIN LATERAL (
             -- The decision on the indstilling and those made that change it; the last is in force.
             WITH RECURSIVE kaede AS (
                    SELECT d.id, d.udfald, d.afgoerelse_dato, 1 AS nr
                      FROM rehabilitering_afgoerelse d
                     WHERE d.indstilling_id = i.id AND d.afgoerelse_dato IS NOT NULL
                     UNION ALL
                    SELECT n.id, n.udfald, n.afgoerelse_dato, k.nr + 1
                      FROM kaede k
                      JOIN rehabilitering_afgoerelse n ON n.erstatter_id = k.id
                     WHERE n.afgoerelse_dato IS NOT NULL)
             SELECT (SELECT k.afgoerelse_dato
                       FROM (SELECT * FROM kaede ORDER BY nr DESC LIMIT 1) k
                      WHERE k.udfald <> 'ressourceforloeb') AS anden_dato,
                    (SELECT min(p.godkendt_dato)
                       FROM kaede k
                       JOIN indsatsplan_ressourceforloeb f ON f.afgoerelse_id = k.id
                       JOIN indsatsplan_indsatsplan p ON p.forloeb_id = f.id) AS plan_godkendt
             ) a ON TRUE
      LEFT JOIN LATERAL (
             SELECT min(m.afholdt_dato) AS dato
               FROM opfoelgning_opfoelgningsmoede m
              WHERE m.sag_id = i.sag_id AND m.status = 'afholdt'
                AND m.afholdt_dato >= i.moede_dato) holdt ON TRUE
      LEFT JOIN LATERAL (
             SELECT min(n.moede_dato) AS dato
               FROM rehabilitering_indstilling n
              WHERE n.sag_id = i.sag_id AND n.id > i.id AND n.afsluttet_den IS NOT NULL) igen ON TRUE
     CROSS JOIN LATERAL (
             SELECT {
    grund(
        ("a.anden_dato", "Afgørelsen blev en anden"),
        ("igen.dato", "Teamet har behandlet sagen igen"),
        ("s.afsluttet_dato", SAGEN),
    )
}) slut (dato, grund)
     WHERE i.afsluttet_den IS NOT NULL AND i.udfald = 'ressourceforloeb'
       AND {{kun_sager:i.sag_id}}
"""

FOERSTE_OPFOELGNING = Faktum(
    koder=("FOERSTE_OPFOELGNING",),
    hjaelp={"runde": _RUNDE},
    sql=f"""
    SELECT 'FOERSTE_OPFOELGNING', sag_id, 'indstilling', id, moede_dato, moede_dato, moede_dato,
           {UDEN_LAENGDE}, foerste_holdt, bortfaldet_dato, bortfaldet_begrundelse, {UDEN_NAVN}
      FROM runde
""",
)

# Counted from the first follow-up held, else its due date; or, where the rule says the early
# reading, from the team meeting itself (domain.md 1.4).
INDSATSPLAN = Faktum(
    koder=("INDSATSPLAN_VARSEL", "INDSATSPLAN_FRIST"),
    efter=("FOERSTE_OPFOELGNING",),
    hjaelp={"runde": _RUNDE},
    sql=f"""
    SELECT p.kode, r.sag_id, 'indstilling', r.id, r.moede_dato, anker.dato, anker.dato,
           {UDEN_LAENGDE}, r.plan_godkendt, r.bortfaldet_dato, r.bortfaldet_begrundelse, {UDEN_NAVN}
      FROM runde r
      JOIN regel p
        ON p.kode IN ('INDSATSPLAN_VARSEL', 'INDSATSPLAN_FRIST') AND p.gyldig_fra <= r.moede_dato
       AND (p.gyldig_til IS NULL OR p.gyldig_til >= r.moede_dato)
      LEFT JOIN foerst f ON f.kode = 'FOERSTE_OPFOELGNING' AND f.anker_id = r.id
     CROSS JOIN LATERAL (
           SELECT CASE WHEN p.anker = 'TEAMMOEDE' THEN r.moede_dato
                       ELSE COALESCE(r.foerste_holdt, f.forfald_dato) END AS dato) anker
     WHERE anker.dato IS NOT NULL
""",
)

# The members get the case so many days before they meet (the case's rule set).
_SAGSPAKKE_SLUT = grund(
    (
        f"LEAST({dansk_dag('p.taget_af_den')}, {dansk_dag('m.aflyst_den')})",
        "Sagen er taget af dagsordenen",
    ),
    (dansk_dag("p.behandlet_den"), "Teamet har behandlet sagen"),
    ("s.afsluttet_dato", SAGEN),
)
SAGSPAKKE = Faktum(
    koder=("SAGSPAKKE",),
    sql=f"""
    SELECT 'SAGSPAKKE', p.sag_id, 'dagsordenspunkt', p.id, sat_paa.dato, sat_paa.dato, m.dato,
           r.sagspakke_varsel_dage, NULL::integer,
           (SELECT {dansk_dag("min(k.udgivet_den)")} FROM rehabilitering_sagspakke k
             WHERE k.punkt_id = p.id),
           {_SAGSPAKKE_SLUT}, {UDEN_NAVN}
      FROM rehabilitering_dagsordenspunkt p
      JOIN rehabilitering_teammoede m ON m.id = p.moede_id
      JOIN borgere_sag s ON s.id = p.sag_id
      JOIN ressource_regelsaet r ON r.id = s.regelsaet_id
     CROSS JOIN LATERAL (SELECT {dansk_dag("p.sat_paa_den")} AS dato) sat_paa
     WHERE {{kun_sager:p.sag_id}}
""",
)

# Sent back by the quality check: put right and sent in again.
RETUR_SVAR = Faktum(
    koder=("RETUR_SVAR",),
    sql=f"""
    SELECT 'RETUR_SVAR', k.sag_id, 'kvalitetssikring', k.id, retur.dato, retur.dato, retur.dato,
           {UDEN_LAENGDE},
           (SELECT {dansk_dag("min(n.indsendt_den)")} FROM rehabilitering_kvalitetssikring n
             WHERE n.sag_id = k.sag_id AND n.id > k.id),
           {grund(("s.afsluttet_dato", SAGEN))}, {UDEN_NAVN}
      FROM rehabilitering_kvalitetssikring k
      JOIN borgere_sag s ON s.id = k.sag_id
     CROSS JOIN LATERAL (SELECT {dansk_dag("k.afgjort_den")} AS dato) retur
     WHERE k.resultat = 'retur' AND {{kun_sager:k.sag_id}}
""",
)
