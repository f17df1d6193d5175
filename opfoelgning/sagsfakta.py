"""Where a case stands, gathered in one statement: what the next step and the missing list rest on.

The worklist asks for a page of cases at a time, the case page for one; both get the same facts.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from borgere.deling import SKAL_DELES
from borgere.models import Sag, Samtykke
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE

# Later than this it is a follow-up, and the deadline for that one says so.
EFTERMOEDE_INDEN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Sagsfakta:
    """The latest of each kind of document and meeting; None where there is none yet."""

    sag_id: int
    fase: str
    oprettet_dato: date
    afsluttet_dato: date | None
    screening_indsendt: datetime | None
    # None: no note at all; empty: not decided.
    screening_resultat: str | None
    screening_afgjort: datetime | None
    # The latest request to open the case without: None when there is none, empty when it waits.
    screening_fravigelse: str | None
    del_status: str | None
    attest_aktuel: bool
    # The open request, when the certificate is on its way.
    attest_anmodet: date | None
    # Whether a reminder to the GP lies ready to be sent.
    attest_rykker: bool
    ks_indsendt: datetime | None
    ks_resultat: str | None
    ks_afgjort: datetime | None
    # The meeting whose agenda the case is on and has not been through.
    teammoede_dato: date | None
    # Points of the drejebog without a tick; 0 outside the steps it belongs to.
    drejebog_mangler: int
    # Whether the citizen got the packet after the case came on that agenda.
    har_pakke: bool
    indstilling_udfald: str | None
    indstilling_moede_dato: date | None
    indstilling_afsluttet: datetime | None
    indstilling_maal: str | None
    afgoerelse_udfald: str | None
    afgoerelse_dato: date | None
    forloeb_start: date | None
    # The last day granted, or the day it ended.
    forloeb_slut: date | None
    maal: str | None
    antal_indsatser: int
    har_virksomhedsrettet: bool
    plan_godkendt: date | None
    # The nearest agreed follow-up, also one whose day has passed without being closed.
    moede_id: int | None
    moede_nr: int | None
    moede_tidspunkt: datetime | None
    antal_holdt: int
    sidst_holdt: date | None
    har_mentor: bool
    naeste_sparring: datetime | None
    sparring_afklaret: datetime | None
    har_laegesamtykke: bool
    # The guarantee has run out: the law asks for the team to see the case again.
    garanti_overskredet: bool
    # When the eftermøde of the latest indstilling was held.
    eftermoede_holdt: date | None
    # Whether the team has got the case package of the agenda the case is on.
    har_sagspakke: bool
    # Codes of the open deadlines that are announced, past ones among them.
    varslede: list[str]

    def venter_paa_eftermoede(self, dato: date) -> bool:
        """Whether the talk right after the team meeting is still to be held on `dato`.

        Not when the citizen has been met since, nor when it is too late to be «right after».
        """
        moede = self.indstilling_moede_dato
        if moede is None or self.indstilling_afsluttet is None or self.eftermoede_holdt:
            return False
        if self.indstilling_udfald not in UDFALD_TIL_AFGOERELSE:
            return False
        har_moedtes = self.sidst_holdt is not None and self.sidst_holdt >= moede
        return not har_moedtes and dato - moede <= EFTERMOEDE_INDEN


# One row per case; `s` is the case. The order is that of `Sagsfakta`. `{hvilke}` picks the cases;
# parameters are those of `dagens_parametre`.
SQL = """
SELECT s.id, s.fase, s.oprettet_dato, s.afsluttet_dato,
       note.indsendt_den, note.resultat, note.afgjort_den,
       (SELECT v.resultat FROM rehabilitering_screeningsfravigelse v
         WHERE v.sag_id = s.id ORDER BY v.id DESC LIMIT 1),
       del.status,
       EXISTS (SELECT 1 FROM rehabilitering_laegeattest a
                WHERE a.sag_id = s.id AND a.modtaget_dato <= %(dato)s AND a.gyldig_til >= %(dato)s
                  AND a.returneret_dato IS NULL),
       (SELECT max(a.anmodet_dato) FROM rehabilitering_laegeattest a
         WHERE a.sag_id = s.id AND a.modtaget_dato IS NULL AND a.annulleret_dato IS NULL),
       EXISTS (SELECT 1 FROM rehabilitering_laegeattest a
                 JOIN rehabilitering_laegeattestrykker y ON y.attest_id = a.id
                WHERE a.sag_id = s.id AND a.modtaget_dato IS NULL AND a.annulleret_dato IS NULL
                  AND y.sendt_dato IS NULL),
       ks.indsendt_den, ks.resultat, ks.afgjort_den,
       (SELECT min(m.dato) FROM rehabilitering_dagsordenspunkt p
          JOIN rehabilitering_teammoede m ON m.id = p.moede_id
         WHERE p.sag_id = s.id AND p.taget_af_den IS NULL AND p.behandlet_den IS NULL),
       CASE WHEN s.fase IN ('forberedelse', 'kvalitetssikring', 'moede') THEN
         (SELECT count(*) FROM rehabilitering_drejebogspunkt d
           WHERE d.fra_dato <= %(dato)s AND (d.til_dato IS NULL OR d.til_dato > %(dato)s)
             AND NOT EXISTS (
                 SELECT 1 FROM rehabilitering_flueben f
                   JOIN rehabilitering_drejebogspunkt sat ON sat.id = f.punkt_id
                  WHERE f.sag_id = s.id AND f.fjernet_den IS NULL AND sat.kode = d.kode))
       ELSE 0 END,
       EXISTS (SELECT 1 FROM rehabilitering_pakkeudlevering u
                 JOIN rehabilitering_dagsordenspunkt p ON p.sag_id = u.sag_id
                WHERE u.sag_id = s.id AND u.udleveret_den >= p.sat_paa_den
                  AND p.taget_af_den IS NULL AND p.behandlet_den IS NULL),
       ind.udfald, ind.moede_dato, ind.afsluttet_den, ind.maal,
       afg.udfald, afg.afgoerelse_dato,
       forl.start_dato, COALESCE(forl.afsluttet_dato, forl.slut_dato), forl.maal,
       COALESCE(indsats.antal, 0),
       COALESCE(indsats.virksomhedsrettet, FALSE),
       (SELECT min(p.godkendt_dato) FROM indsatsplan_indsatsplan p WHERE p.forloeb_id = forl.id),
       moede.id, moede.nr, moede.tidspunkt,
       holdt.antal, holdt.sidst,
       EXISTS (SELECT 1 FROM borgere_tildeling t
                WHERE t.sag_id = s.id AND t.art = 'mentor' AND t.fra_dato <= %(dato)s
                  AND (t.til_dato IS NULL OR t.til_dato >= %(dato)s)),
       (SELECT min(t.start) FROM rehabilitering_sparringsbooking b
          JOIN rehabilitering_sparringstid t ON t.id = b.tid_id
         WHERE b.sag_id = s.id AND b.aflyst_den IS NULL AND b.besvaret_den IS NULL
           AND t.start >= %(midnat)s),
       (SELECT max(b.besvaret_den) FROM rehabilitering_sparringsbooking b
         WHERE b.sag_id = s.id AND b.er_afklaret),
       -- `deling.maa_faa` in SQL: indstilling and plan, each by a consent that holds.
       (SELECT bool_and(EXISTS (
           SELECT 1 FROM borgere_samtykke y
            WHERE y.borger_id = s.borger_id AND y.art = 'forvaltning' AND y.modtager = 'egen_laege'
              AND y.fra_dato <= %(dato)s AND y.til_dato >= %(dato)s
              AND (y.trukket_dato IS NULL OR y.trukket_dato > %(dato)s)
              AND hvad = ANY (y.informationstyper)))
          FROM unnest(%(til_laegen)s::text[]) AS hvad),
       EXISTS (SELECT 1 FROM opfoelgning_frist g
                WHERE g.sag_id = s.id AND g.kode = 'INDSATSGARANTI' AND g.opfyldt_dato IS NULL
                  AND g.bortfaldet_dato IS NULL AND g.forfald_dato < %(dato)s),
       (SELECT e.holdt_dato FROM opfoelgning_eftermoede e WHERE e.indstilling_id = ind.id),
       EXISTS (SELECT 1 FROM rehabilitering_sagspakke k
                 JOIN rehabilitering_dagsordenspunkt p ON p.id = k.punkt_id
                WHERE p.sag_id = s.id AND k.trukket_den IS NULL
                  AND p.taget_af_den IS NULL AND p.behandlet_den IS NULL),
       ARRAY(SELECT DISTINCT a.kode FROM opfoelgning_frist a
              WHERE a.sag_id = s.id AND a.opfyldt_dato IS NULL AND a.bortfaldet_dato IS NULL
                AND a.varsel_dato <= %(dato)s)
  FROM borgere_sag s
  LEFT JOIN LATERAL (
        SELECT n.indsendt_den, n.resultat, n.afgjort_den
          FROM rehabilitering_screeningsnotat n
         WHERE n.sag_id = s.id ORDER BY n.id DESC LIMIT 1) note ON TRUE
  LEFT JOIN LATERAL (
        SELECT d.status FROM rehabilitering_forberedendedel d
         WHERE d.sag_id = s.id ORDER BY d.nr DESC LIMIT 1) del ON TRUE
  LEFT JOIN LATERAL (
        SELECT k.indsendt_den, k.resultat, k.afgjort_den
          FROM rehabilitering_kvalitetssikring k
         WHERE k.sag_id = s.id ORDER BY k.id DESC LIMIT 1) ks ON TRUE
  LEFT JOIN LATERAL (
        SELECT i.id, i.udfald, i.moede_dato, i.afsluttet_den, i.maal
          FROM rehabilitering_indstilling i
         WHERE i.sag_id = s.id ORDER BY i.moede_dato DESC, i.id DESC LIMIT 1) ind ON TRUE
  LEFT JOIN LATERAL (
        SELECT a.udfald, a.afgoerelse_dato FROM rehabilitering_afgoerelse a
         -- A change that is only begun leaves the decision it changes in force.
         WHERE a.sag_id = s.id AND (a.erstatter_id IS NULL OR a.afsluttet_den IS NOT NULL)
         ORDER BY a.id DESC LIMIT 1) afg ON TRUE
  LEFT JOIN LATERAL (
        SELECT f.id, f.start_dato, f.slut_dato, f.afsluttet_dato, m.tekst AS maal
          FROM indsatsplan_ressourceforloeb f
          LEFT JOIN indsatsplan_maal m ON m.forloeb_id = f.id AND m.rang = 1
         WHERE f.sag_id = s.id ORDER BY f.start_dato DESC LIMIT 1) forl ON TRUE
  LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE i.status IN ('foreslaaet', 'planlagt', 'i_gang', 'pause'))
                   AS antal,
               bool_or(t.er_virksomhedsrettet AND i.status IN ('i_gang', 'pause'))
                   AS virksomhedsrettet
          FROM indsatsplan_indsats i
          JOIN rehabilitering_indsatstype t ON t.id = i.indsatstype_id
         WHERE i.forloeb_id = forl.id) indsats ON TRUE
  LEFT JOIN LATERAL (
        SELECT o.id, o.nr, o.tidspunkt FROM opfoelgning_opfoelgningsmoede o
         WHERE o.sag_id = s.id AND o.status = 'planlagt'
         ORDER BY o.tidspunkt, o.id LIMIT 1) moede ON TRUE
  LEFT JOIN LATERAL (
        SELECT count(*) AS antal, max(o.afholdt_dato) AS sidst FROM opfoelgning_opfoelgningsmoede o
         WHERE o.sag_id = s.id AND o.status = 'afholdt') holdt ON TRUE
 WHERE {hvilke}
"""


def dagens_parametre(dato: date) -> dict[str, Any]:
    """What `SQL` and its kin need to know: the date, when it begins in Denmark, what the GP gets."""
    return {
        "dato": dato,
        "midnat": timezone.make_aware(datetime.combine(dato, time.min)),
        "til_laegen": [str(hvad) for hvad in SKAL_DELES[Samtykke.Modtager.EGEN_LAEGE]],
    }


def hent(sag: Sag, dato: date) -> Sagsfakta:
    """The facts of one case as they are on `dato`."""
    sql = SQL.format(hvilke="s.id = %(sag)s")
    with connection.cursor() as markoer:
        markoer.execute(sql, {"sag": sag.pk} | dagens_parametre(dato))
        return Sagsfakta(*markoer.fetchone())
