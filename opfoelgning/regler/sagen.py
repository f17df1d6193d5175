"""Deadlines of the case itself: certificates, decisions, complaints, consents and tasks."""

from borgere.models import Samtykke
from opfoelgning.models import Hvem
from opfoelgning.regler.fakta import SAGEN, UDEN_LAENGDE, UDEN_NAVN, Faktum, grund
from ressource.models import Rolle

LAE265_SVAR = Faktum(
    koder=("LAE265_SVAR",),
    sql=f"""
    SELECT 'LAE265_SVAR', l.sag_id, 'laegeattest', l.id, l.anmodet_dato, l.anmodet_dato,
           l.anmodet_dato, {UDEN_LAENGDE}, l.modtaget_dato,
           {
        grund(
            ("l.annulleret_dato", "Bestillingen er annulleret"),
            ("s.afsluttet_dato", SAGEN),
        )
    }, {UDEN_NAVN}
      FROM rehabilitering_laegeattest l
      JOIN borgere_sag s ON s.id = l.sag_id
     WHERE {{kun_sager:l.sag_id}}
""",
)

# Retssikkerhedsloven § 67: counted from receipt, and the day of receipt is not counted.
KLAGEFRIST = Faktum(
    koder=("KLAGEFRIST",),
    sql=f"""
    SELECT 'KLAGEFRIST', a.sag_id, 'afgoerelse', a.id, a.modtaget_dato, a.modtaget_dato,
           a.modtaget_dato, a.klagefrist_uger, NULL::integer, NULL::date, NULL::date, '',
           {UDEN_NAVN}
      FROM rehabilitering_afgoerelse a
     WHERE a.afsluttet_den IS NOT NULL AND a.modtaget_dato IS NOT NULL
       AND {{kun_sager:a.sag_id}}
""",
)

# RSL § 66: the municipality reconsiders before it sends a complaint on, however the case stands.
GENVURDERING = Faktum(
    koder=("GENVURDERING",),
    sql=f"""
    SELECT 'GENVURDERING', k.sag_id, 'klage', k.id, k.modtaget_dato, k.modtaget_dato,
           k.modtaget_dato, r.genvurdering_uger, NULL::integer, k.genvurdering_dato,
           CASE WHEN k.resultat = 'trukket' THEN k.resultat_dato END,
           CASE WHEN k.resultat = 'trukket' THEN 'Klagen er trukket tilbage' ELSE '' END,
           {UDEN_NAVN}
      FROM rehabilitering_klage k
      JOIN rehabilitering_afgoerelse a ON a.id = k.afgoerelse_id
      JOIN ressource_regelsaet r ON r.id = a.regelsaet_id
     WHERE {{kun_sager:k.sag_id}}
""",
)

_MODTAGERE = " ".join(
    f"WHEN '{kode}' THEN 'Samtykke udløber: {navn}'" for kode, navn in Samtykke.Modtager.choices
)
# A consent is the citizen's, and every case that was open while it held is told. One that comes
# after it to the same recipient takes its place.
SAMTYKKE_UDLOEBER = Faktum(
    koder=("SAMTYKKE_UDLOEBER",),
    sql=f"""
    SELECT 'SAMTYKKE_UDLOEBER', s.id, 'samtykke', y.id, y.fra_dato, y.fra_dato, y.til_dato,
           {UDEN_LAENGDE},
           (SELECT GREATEST(min(n.fra_dato), y.fra_dato)
              FROM borgere_samtykke n
             WHERE n.borger_id = y.borger_id AND n.til_dato > y.til_dato AND n.art = y.art
               AND n.modtager = y.modtager AND n.modtager_navn = y.modtager_navn
               AND n.netvaerksperson_id IS NOT DISTINCT FROM y.netvaerksperson_id
            HAVING count(*) > 0),
           {
        grund(
            ("y.trukket_dato", "Samtykket er trukket tilbage"),
            ("s.afsluttet_dato", SAGEN),
        )
    },
           CASE y.modtager {_MODTAGERE} END, NULL::bigint
      FROM borgere_sag s
      JOIN borgere_samtykke y ON y.borger_id = s.borger_id
     WHERE s.oprettet_dato <= y.til_dato
       AND (s.afsluttet_dato IS NULL OR s.afsluttet_dato >= y.fra_dato)
       AND {{kun_sager:s.id}}
""",
)

_TILDELT = """(SELECT t.bruger_id FROM borgere_tildeling t {med}
                WHERE t.sag_id = o.sag_id AND t.fra_dato <= %(dato)s
                  AND (t.til_dato IS NULL OR t.til_dato >= %(dato)s) AND {hvem}
                ORDER BY t.id LIMIT 1)"""
_MENTOR = _TILDELT.format(med="", hvem="t.art = 'mentor'")
_KONSULENT = _TILDELT.format(
    med="JOIN ressource_bruger u ON u.id = t.bruger_id",
    hvem=f"'{Rolle.VIRKSOMHEDSKONSULENT}' = ANY (u.roller)",
)
# A line of the logistikplan: the named one's while active, else whoever has that part in the case.
OPGAVE = Faktum(
    koder=("OPGAVE",),
    sql=f"""
    SELECT 'OPGAVE', o.sag_id, 'opgave', o.id, i.moede_dato, i.moede_dato, o.frist_dato,
           {UDEN_LAENGDE}, o.udfoert_dato, slut.dato,
           CASE WHEN slut.dato IS NULL THEN ''
                WHEN slut.dato = o.bortfaldet_dato THEN left(o.bortfaldet_grund, 150)
                ELSE '{SAGEN}' END,
           o.hvad,
           COALESCE(
               (SELECT u.id FROM ressource_bruger u WHERE u.id = o.bruger_id AND u.is_active),
               CASE o.hvem WHEN '{Hvem.MENTOR}' THEN {_MENTOR}
                           WHEN '{Hvem.VIRKSOMHEDSKONSULENT}' THEN {_KONSULENT} END)
      FROM opfoelgning_opgave o
      JOIN rehabilitering_indstilling i ON i.id = o.indstilling_id
      JOIN borgere_sag s ON s.id = o.sag_id
     CROSS JOIN LATERAL (SELECT LEAST(o.bortfaldet_dato, s.afsluttet_dato) AS dato) slut
     WHERE {{kun_sager:o.sag_id}}
""",
)
