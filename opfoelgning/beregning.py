"""From facts to deadlines: the arithmetic in SQL, the same when it is written and when it is tried.

`sql` gives the named queries up to `beregnet`, one row per deadline as it should be on `%(dato)s`.
"""

from collections.abc import Collection

from opfoelgning.regler import KODER, KOLONNER, udvalg

# The rules as they stand. `proeve` puts others in their place.
GAELDENDE_REGLER = "SELECT * FROM opfoelgning_fristregel"

# The n-th working day from a date that is not itself counted; before a closed day, the working day
# nearest to it is the first.
_NTE = """(SELECT n.dato
             FROM ressource_kalenderdag fra
             JOIN ressource_kalenderdag n
               ON n.{er} AND n.{nr} = fra.{nr} + tal.antal
                  + CASE WHEN tal.antal < 0 AND NOT fra.{er} THEN 1 ELSE 0 END
            WHERE fra.dato = f.fra_dato)"""
_NTE_ARBEJDSDAG = _NTE.format(er="er_arbejdsdag", nr="arbejdsdag_nr")
_NTE_AABNE = _NTE.format(er="er_aaben", nr="aaben_nr")

# Each pause of the case's forløb that begins no later than the end so far moves the end by its days;
# one that goes on is counted to today (as `indsatsplan.garanti` counts).
_FRITAGNE_DAGE = """
    (SELECT COALESCE(sum(p.dage) FILTER (WHERE p.i_tide), 0)::integer
       FROM (SELECT n.dage, bool_and(n.fra <= raa.dato + n.foer) OVER (ORDER BY n.nr) AS i_tide
               FROM (SELECT d.fra, d.dage, row_number() OVER til_nu AS nr,
                            (sum(d.dage) OVER til_nu)::integer - d.dage AS foer
                       FROM (SELECT t.id, t.fra_dato, GREATEST(t.fra_dato, f.fra_dato + 1) AS fra,
                                    COALESCE(t.til_dato,
                                             GREATEST(LEAST(%(dato)s, COALESCE(g.afsluttet_dato,
                                                                               g.slut_dato)),
                                                      t.fra_dato - 1))
                                        - GREATEST(t.fra_dato, f.fra_dato + 1) + 1 AS dage
                               FROM indsatsplan_ressourceforloeb g
                               JOIN indsatsplan_fritagelse t ON t.forloeb_id = g.id
                              WHERE g.sag_id = f.sag_id AND t.fjernet_den IS NULL) d
                      WHERE d.dage > 0
                     WINDOW til_nu AS (ORDER BY d.fra_dato, d.id ROWS UNBOUNDED PRECEDING)) n) p)"""

# The date in the unit of the rule: weeks as weeks, months as months (VEJ 9533 af 26/6/2018), then
# moved by the days the clock stood still, then rolled by a join on the calendar. What the law says
# is reckoned by the public calendar, what the municipality promises itself by the days it is open
# (domain.md 8.1). Overdue counts from `forfald_dato`, planning aims at `maal_dato`.
_FORFALD = f"""
    SELECT f.*, r.id AS regel_id, r.udloeber, staaet.dage AS stille_dage,
           maal.dato AS forfald_dato, maal.forrige_aabne AS maal_dato,
           CASE WHEN f.start_dato <= maal.dato
                THEN GREATEST(maal.dato - r.varsel_dage, f.start_dato)
                ELSE maal.dato - r.varsel_dage END AS varsel_dato
      FROM {{fra}} AS f
      JOIN regel r
        ON r.kode = f.kode AND r.gyldig_fra <= f.lov_dato
       AND (r.gyldig_til IS NULL OR r.gyldig_til >= f.lov_dato)
     CROSS JOIN LATERAL (
           SELECT COALESCE(f.laengde, r.laengde)::integer
                  * CASE r.retning WHEN 'foer' THEN -1 ELSE 1 END AS antal) tal
     CROSS JOIN LATERAL (
           SELECT CASE WHEN r.enhed = 'DAGE' OR tal.antal = 0 THEN f.fra_dato + tal.antal
                       WHEN r.enhed = 'UGER' THEN f.fra_dato + 7 * tal.antal
                       WHEN r.enhed = 'MAANEDER'
                       THEN (f.fra_dato + make_interval(months => tal.antal))::date
                       WHEN r.alvor = 'lov' THEN {_NTE_ARBEJDSDAG}
                       ELSE {_NTE_AABNE} END AS dato) raa
     CROSS JOIN LATERAL (
           SELECT CASE WHEN NOT r.pause_ved_fritagelse OR r.retning = 'foer' THEN 0
                       WHEN f.pause_dage IS NOT NULL THEN f.pause_dage
                       ELSE {_FRITAGNE_DAGE} END AS dage) staaet
      JOIN ressource_kalenderdag k ON k.dato = raa.dato + staaet.dage
      JOIN ressource_kalenderdag maal
        ON maal.dato = CASE WHEN r.rulning = 'ingen' THEN k.dato
                            WHEN r.rulning = 'frem' AND r.alvor = 'lov' THEN k.naeste_arbejdsdag
                            WHEN r.rulning = 'frem' THEN k.naeste_aabne
                            WHEN r.alvor = 'lov' THEN k.forrige_arbejdsdag
                            ELSE k.forrige_aabne END
"""

# What comes first ends it: nothing can fulfil a deadline that has lapsed. What is to happen after
# today has not happened.
_BEREGNET = """
    SELECT a.sag_id, a.regel_id, a.kode, a.navn, a.anker_type, a.anker_id, a.start_dato, a.laengde,
           a.stille_dage AS pause_dage, a.forfald_dato, a.maal_dato, a.varsel_dato,
           COALESCE(a.ejer_id, ansvarlig.bruger_id) AS ejer_id,
           opfyldt.dato AS opfyldt_dato,
           CASE WHEN opfyldt.dato IS NULL THEN bortfald.dato END AS bortfaldet_dato,
           CASE WHEN opfyldt.dato IS NULL AND bortfald.dato IS NOT NULL
                THEN a.bortfaldet_begrundelse ELSE '' END AS bortfaldet_begrundelse
      FROM alle a
     CROSS JOIN LATERAL (
           SELECT CASE WHEN a.bortfaldet_dato <= %(dato)s THEN a.bortfaldet_dato END AS dato) bortfald
     CROSS JOIN LATERAL (
           SELECT CASE WHEN a.opfyldt_dato <= LEAST(bortfald.dato, %(dato)s) THEN a.opfyldt_dato
                       WHEN bortfald.dato IS NULL AND a.udloeber AND a.forfald_dato < %(dato)s
                       THEN a.forfald_dato END AS dato) opfyldt
      LEFT JOIN borgere_tildeling ansvarlig
        ON ansvarlig.sag_id = a.sag_id AND ansvarlig.art = 'ansvarlig'
       AND ansvarlig.fra_dato <= %(dato)s
       AND (ansvarlig.til_dato IS NULL OR ansvarlig.til_dato >= %(dato)s)
     WHERE {kun_koder}
"""


def sql(koder: Collection[str], *, begraenset: bool, regler: str = GAELDENDE_REGLER) -> str:
    """`WITH … beregnet AS (…)`: the deadlines of `koder`, for some cases or for all.

    The parameters are `dato`, `koder` and, when `begraenset`, `sager`. A fixed number of queries
    whatever the number of cases.
    """
    valg = udvalg(koder, begraenset=begraenset)
    dele = [f"regel AS ({regler})"]
    dele += [f"{navn} AS MATERIALIZED ({fakta})" for navn, fakta in valg.hjaelp.items()]
    alle = []
    for navn, fakta in (("foerst", valg.foerst), ("senere", valg.oevrige)):
        if fakta:
            dele.append(f"{navn}_fakta {KOLONNER} AS ({' UNION ALL '.join(fakta)})")
            dele.append(f"{navn} AS MATERIALIZED ({_FORFALD.format(fra=f'{navn}_fakta')})")
            alle.append(f"SELECT * FROM {navn}")
    dele.append(f"alle AS ({' UNION ALL '.join(alle)})")
    # Said of all of them it filters nothing, and the planner would think that it did.
    kun_koder = "TRUE" if set(koder) >= set(KODER) else "a.kode = ANY(%(koder)s)"
    dele.append(f"beregnet AS MATERIALIZED ({_BEREGNET.format(kun_koder=kun_koder)})")
    return "WITH " + ",\n".join(dele)
