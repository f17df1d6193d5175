"""Deadlines of the talks: how far ahead they look, the next one agreed, and how many there are."""

from opfoelgning.regler.fakta import (
    FORLOEBET,
    SAGEN,
    UDEN_LAENGDE,
    UDEN_NAVN,
    Faktum,
    dansk_dag,
    grund,
)
from opfoelgning.regler.forloeb import FORLOEB_SLUTTET

# When the last of the case's forløb was over; none while one runs or is to come.
_SAGENS_FORLOEB = """LEFT JOIN (
           SELECT f.sag_id, max(COALESCE(f.afsluttet_dato, f.slut_dato)) AS dato
             FROM indsatsplan_ressourceforloeb f
            WHERE {kun_sager:f.sag_id}
            GROUP BY f.sag_id) forloeb
        ON forloeb.sag_id = s.id AND forloeb.dato < %(dato)s"""
_SLUT = (("s.afsluttet_dato", SAGEN), ("forloeb.dato", FORLOEBET))

_NAESTE_SLUT = grund(
    (
        "CASE WHEN m.status = 'afholdt' AND m.uden_naeste_begrundelse <> '' THEN m.dag END",
        "Begrundet ved mødet",
    ),
    *_SLUT,
)

_HOLDTE = """
    SELECT m.id, m.sag_id, m.afholdt_dato, m.skitse <> '' AS har_skitse,
           EXISTS (SELECT 1 FROM opfoelgning_opfoelgningspunkt p
                    WHERE p.moede_id = m.id AND p.naeste_tre_maaneder <> '') AS har_konkret,
           lead(m.afholdt_dato) OVER (PARTITION BY m.sag_id ORDER BY m.afholdt_dato, m.id) AS naeste
      FROM opfoelgning_opfoelgningsmoede m
     WHERE m.status = 'afholdt' AND {kun_sager:m.sag_id}
"""

# Three months ahead concretely, six sketched (guide, element 8): spoken of anew before they are up.
HORISONT = Faktum(
    koder=("HORISONT_KONKRET", "HORISONT_SKITSE"),
    sql=f"""
    SELECT h.kode, m.sag_id, 'moede', m.id, m.afholdt_dato, m.afholdt_dato, m.afholdt_dato,
           {UDEN_LAENGDE}, m.naeste, {grund(*_SLUT)}, {UDEN_NAVN}
      FROM ({_HOLDTE}) m
      JOIN borgere_sag s ON s.id = m.sag_id
     CROSS JOIN LATERAL (VALUES ('HORISONT_KONKRET', m.har_konkret),
                                ('HORISONT_SKITSE', m.har_skitse)) h (kode, sat)
      {_SAGENS_FORLOEB}
     WHERE h.sat
""",
)

# When each meeting was to be, and the day it was closed or called off.
_MOEDEDAGE = f"""
    SELECT m.id, m.sag_id, m.status, m.uden_naeste_begrundelse, m.aftalt_dato, m.afgjort_dato,
           {dansk_dag("m.tidspunkt")} AS moededag,
           COALESCE(m.afgjort_dato, {dansk_dag("m.lukket_den")}) AS dag
      FROM opfoelgning_opfoelgningsmoede m
     WHERE {{kun_sager:m.sag_id}}
"""

# The citizen leaves no meeting without the next; nor is one called off without a new.
NAESTE_MOEDE_AFTALT = Faktum(
    koder=("NAESTE_MOEDE_AFTALT",),
    hjaelp={"moededag": _MOEDEDAGE},
    sql=f"""
    SELECT 'NAESTE_MOEDE_AFTALT', m.sag_id, 'moede', m.id, m.dag, m.dag, m.dag, {UDEN_LAENGDE},
           ny.dato, {_NAESTE_SLUT}, {UDEN_NAVN}
      FROM moededag m
      JOIN borgere_sag s ON s.id = m.sag_id
      LEFT JOIN (
           SELECT m.id, min(GREATEST(n.aftalt_dato, m.dag)) AS dato
             FROM moededag m
             JOIN moededag n
               ON n.sag_id = m.sag_id AND n.id <> m.id
              AND (n.moededag > m.moededag OR n.aftalt_dato >= m.dag)
              AND (n.afgjort_dato IS NULL OR n.afgjort_dato >= m.dag)
            WHERE m.status <> 'planlagt'
            GROUP BY m.id) ny ON ny.id = m.id
      {_SAGENS_FORLOEB}
     WHERE m.status <> 'planlagt'
""",
)

# So many talks in the months of the rule, from the forløb's first day and from each talk in it. Of
# the stretches not yet filled only the earliest binds, and the others are not made.
SAMTALER_MIN = Faktum(
    koder=("SAMTALER_MIN",),
    sql=f"""
    SELECT 'SAMTALER_MIN', t.sag_id, k.anker_type, k.anker_id, k.dato, k.dato, k.dato,
           {UDEN_LAENGDE}, t.datoer[k.nr + r.antal], {grund(("t.sluttet", FORLOEBET))},
           CASE WHEN t.datoer[k.nr + r.antal] <= %(dato)s OR t.sluttet <= %(dato)s THEN ''
                ELSE 'Samtale ' || GREATEST(t.holdt - k.nr, 0) + 1 || ' af ' || r.antal END,
           NULL::bigint
      FROM (SELECT f.id, f.sag_id, f.start_dato, {FORLOEB_SLUTTET} AS sluttet,
                   array_agg(m.id ORDER BY m.afholdt_dato, m.id) FILTER (WHERE m.id IS NOT NULL)
                       AS moeder,
                   array_agg(m.afholdt_dato ORDER BY m.afholdt_dato, m.id)
                       FILTER (WHERE m.id IS NOT NULL) AS datoer,
                   count(m.id)::integer AS antal,
                   (count(m.id) FILTER (WHERE m.afholdt_dato <= %(dato)s))::integer AS holdt
              FROM indsatsplan_ressourceforloeb f
              LEFT JOIN opfoelgning_opfoelgningsmoede m
                ON m.sag_id = f.sag_id AND m.status = 'afholdt'
               AND m.afholdt_dato BETWEEN f.start_dato
                                      AND COALESCE(f.afsluttet_dato, f.slut_dato)
             WHERE {{kun_sager:f.sag_id}}
             GROUP BY f.id) t
     CROSS JOIN LATERAL (
           SELECT 0 AS nr, 'forloeb' AS anker_type, t.id AS anker_id, t.start_dato AS dato
            UNION ALL
           SELECT n, 'moede', t.moeder[n], t.datoer[n] FROM generate_series(1, t.antal) n) k
      JOIN regel r
        ON r.kode = 'SAMTALER_MIN' AND r.gyldig_fra <= k.dato
       AND (r.gyldig_til IS NULL OR r.gyldig_til >= k.dato)
     WHERE k.nr = 0 OR k.nr <= t.antal - r.antal + 1
""",
)
