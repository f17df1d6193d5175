"""Deadlines of the granted forløb: the guarantee, its longest and last day, and passive time."""

from indsatsplan.garanti import URET
from opfoelgning.regler.fakta import FORLOEBET, SAGEN, UDEN_LAENGDE, UDEN_NAVN, Faktum, grund

# The day a forløb ended, or the last day granted once it has been.
FORLOEB_SLUTTET = """COALESCE(f.afsluttet_dato,
                              CASE WHEN f.slut_dato < %(dato)s THEN f.slut_dato END)"""

# LAB § 113 stk. 2: an effort that counts begins in time, or the team sees the case again. The clock
# itself is the plan's (`indsatsplan.garanti`); a late beginning fulfils the deadline late.
_URET = URET.replace("{hvilke}", "{kun_sager:f.sag_id}")
INDSATSGARANTI = Faktum(
    koder=("INDSATSGARANTI",),
    sql=f"""
    SELECT 'INDSATSGARANTI', u.sag_id, 'forloeb', u.forloeb_id, u.start_dato, u.start_dato,
           u.start_dato, u.maaneder, u.pause_dage, LEAST(u.begyndt_dato, u.forelagt_dato),
           {
        grund(
            ("u.ordinaer_dato", "Borgeren har fået ordinære timer"),
            ("u.sluttet_dato", FORLOEBET),
        )
    }, {UDEN_NAVN}
      FROM ({_URET}) u
""",
)

# No forløb is longer than the rule set of its decision allows.
FORLOEB_MAX = Faktum(
    koder=("FORLOEB_MAX",),
    sql=f"""
    SELECT 'FORLOEB_MAX', f.sag_id, 'forloeb', f.id, f.start_dato, f.start_dato, f.start_dato,
           r.varighed_max_maaneder, NULL::integer, f.afsluttet_dato, NULL::date, '', {UDEN_NAVN}
      FROM indsatsplan_ressourceforloeb f
      JOIN rehabilitering_afgoerelse a ON a.id = f.afgoerelse_id
      JOIN ressource_regelsaet r ON r.id = a.regelsaet_id
     WHERE {{kun_sager:f.sag_id}}
""",
)

# The last day granted: what comes then is decided, and the forløb ended, before it has been.
FORLOEB_SLUT = Faktum(
    koder=("FORLOEB_SLUT",),
    sql=f"""
    SELECT 'FORLOEB_SLUT', f.sag_id, 'forloeb', f.id, f.start_dato, f.start_dato, f.slut_dato,
           {UDEN_LAENGDE}, f.afsluttet_dato, {grund(("s.afsluttet_dato", SAGEN))}, {UDEN_NAVN}
      FROM indsatsplan_ressourceforloeb f
      JOIN borgere_sag s ON s.id = f.sag_id
     WHERE {{kun_sager:f.sag_id}}
""",
)

# A weekend between two efforts is nothing to act on.
_MINDSTE_PASSIVE_DAGE = 8
_PASSIV_SLUT = grund(
    ("CASE WHEN p.slut > v.sidste_dag THEN v.sluttet END", FORLOEBET),
    (
        "CASE WHEN p.slut <= v.sidste_dag AND p.slut <@ v.fritagne THEN p.slut END",
        "Borgeren er fritaget",
    ),
)
# Passive days as `indsatsplan.daekning` defines them, as stretches: `slut` is the day after the last.
# A stretch is known by its first day, for it has no row of its own.
PASSIV_TID = Faktum(
    koder=("PASSIV_TID",),
    sql=f"""
    SELECT 'PASSIV_TID', v.sag_id, 'passiv_fra', to_char(p.start, 'YYYYMMDD')::bigint, p.start,
           p.start, p.start, {UDEN_LAENGDE},
           CASE WHEN p.slut <@ v.aktive THEN p.slut END, {_PASSIV_SLUT}, {UDEN_NAVN}
      FROM (SELECT f.id, f.sag_id, f.start_dato, ende.sidste_dag,
                   LEAST(ende.sidste_dag, %(dato)s) AS til, {FORLOEB_SLUTTET} AS sluttet,
                   COALESCE((
                       SELECT range_agg(datemultirange(
                                  daterange(i.faktisk_start, i.faktisk_slut, '[]'))
                              - COALESCE((
                                  SELECT range_agg(daterange(q.fra_dato, q.til_dato, '[]'))
                                    FROM indsatsplan_indsatspause q
                                   WHERE q.indsats_id = i.id AND q.fjernet_den IS NULL), '{{{{}}}}'))
                         FROM indsatsplan_indsats i
                        WHERE i.forloeb_id = f.id AND i.faktisk_start IS NOT NULL), '{{{{}}}}') AS aktive,
                   COALESCE((
                       SELECT range_agg(daterange(x.fra_dato, x.til_dato, '[]'))
                         FROM indsatsplan_fritagelse x
                        WHERE x.forloeb_id = f.id AND x.fjernet_den IS NULL), '{{{{}}}}') AS fritagne
              FROM indsatsplan_ressourceforloeb f
             CROSS JOIN LATERAL (
                   SELECT COALESCE(f.afsluttet_dato, f.slut_dato) AS sidste_dag) ende
             WHERE f.start_dato <= %(dato)s AND {{kun_sager:f.sag_id}}) v
     CROSS JOIN LATERAL (
           SELECT lower(d) AS start, upper(d) AS slut
             FROM unnest(datemultirange(daterange(v.start_dato, v.til, '[]'))
                         - v.aktive - v.fritagne) d) p
     WHERE p.slut - p.start >= {_MINDSTE_PASSIVE_DAGE}
""",
)
