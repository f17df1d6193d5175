"""What a derivation would change, on any day and under other rules, with nothing written.

The rule editor shows it before a change is saved, and `manage.py frister --proev` prints it.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from django.db import connection

from opfoelgning import beregning
from opfoelgning.models import Fristregel, Tilstand
from opfoelgning.regler import KODER, med_afledte
from opfoelgning.udledning import SAMME_FRIST
from ressource.kalender import i_dag

# A rule that need not be saved. Those of one code replace all the stored ones of that code.
Regelforslag: TypeAlias = Fristregel

FLEST_RAEKKER = 100


class Art(StrEnum):
    """What happens to one deadline."""

    NY = "ny"
    FLYTTET = "flyttet"
    OPFYLDT = "opfyldt"
    BORTFALDET = "bortfaldet"
    GENAABNET = "genaabnet"


@dataclass(frozen=True, slots=True)
class Aendringer:
    """How many deadlines would change, by kind; a deadline is counted under one of the first five."""

    nye: int
    flyttede: int
    opfyldte: int
    bortfaldne: int
    genaabnede: int
    # Overdue as stored now, and as they would be.
    overskredne_foer: int
    overskredne_efter: int
    nye_overskredne: int
    ikke_laengere_overskredne: int
    # Of the moved, those that are open before or after.
    flyttede_aabne: int
    # Announced, or passed up to the teamleder, as they are not now: reminders go out.
    nye_varslede: int
    nye_eskalerede: int
    # Cases with at least one change, and with one of a deadline that is open before or after.
    sager: int
    loebende_sager: int

    def __bool__(self) -> bool:
        return self.sager > 0


@dataclass(frozen=True, slots=True)
class Proeveraekke:
    """One deadline that would change: its date as it is and as it would be."""

    sag_id: int
    sagsnummer: str
    kode: str
    navn: str
    art: Art
    foer: date | None
    efter: date | None
    overskredet_foer: bool
    overskredet_efter: bool


@dataclass(frozen=True, slots=True)
class Proeve:
    """The outcome of a trial: the figures, up to a hundred of the deadlines, and all states after."""

    aendringer: Aendringer
    raekker: tuple[Proeveraekke, ...]
    tilstande: Mapping[str, Mapping[Tilstand, int]]


# Columns of a rule that the derivation reads; the same for those stored and those proposed.
_REGELFELTER = {
    "id": "bigint",
    "kode": "text",
    "anker": "text",
    "laengde": "integer",
    "enhed": "text",
    "retning": "text",
    "antal": "integer",
    "rulning": "text",
    "varsel_dage": "integer",
    "alvor": "text",
    "udloeber": "boolean",
    "eskalering_dage": "integer",
    "pause_ved_fritagelse": "boolean",
    "gyldig_fra": "date",
    "gyldig_til": "date",
}
_MED_FORSLAG = f"""
    SELECT {", ".join(_REGELFELTER)} FROM opfoelgning_fristregel
     WHERE kode <> ALL(%(foreslaaede)s)
     UNION ALL
    SELECT * FROM jsonb_to_recordset(%(forslag)s::jsonb)
               AS forslag ({", ".join(f"{navn} {art}" for navn, art in _REGELFELTER.items())})
"""

# `f` is the row as stored, `b` as it would be; one of them may be missing.
_AENDRET = f"""
{{beregnet}},
     sammenlignet AS MATERIALIZED (
        SELECT COALESCE(b.sag_id, f.sag_id) AS sag_id, COALESCE(b.kode, f.kode) AS kode,
               COALESCE(b.navn, f.navn) AS navn,
               f.forfald_dato AS foer, b.forfald_dato AS efter, b.varsel_dato,
               b.opfyldt_dato, b.bortfaldet_dato, r.udloeber,
               COALESCE(f.forfald_dato < %(dato)s AND f.opfyldt_dato IS NULL
                        AND f.bortfaldet_dato IS NULL, FALSE) AS over_foer,
               COALESCE(b.forfald_dato < %(dato)s AND b.opfyldt_dato IS NULL
                        AND b.bortfaldet_dato IS NULL, FALSE) AS over_efter,
               COALESCE(g.varsel_dage > 0 AND %(dato)s BETWEEN f.varsel_dato AND f.forfald_dato
                        AND f.opfyldt_dato IS NULL AND f.bortfaldet_dato IS NULL, FALSE)
                   AS varslet_foer,
               COALESCE(r.varsel_dage > 0 AND %(dato)s BETWEEN b.varsel_dato AND b.forfald_dato
                        AND b.opfyldt_dato IS NULL AND b.bortfaldet_dato IS NULL, FALSE)
                   AS varslet_efter,
               COALESCE(f.forfald_dato + g.eskalering_dage <= %(dato)s, FALSE) AS oppe_foer,
               COALESCE(b.forfald_dato + r.eskalering_dage <= %(dato)s, FALSE) AS oppe_efter,
               (f.id IS NOT NULL AND f.opfyldt_dato IS NULL AND f.bortfaldet_dato IS NULL)
               OR (b.sag_id IS NOT NULL AND b.opfyldt_dato IS NULL AND b.bortfaldet_dato IS NULL)
                   AS er_aaben,
               CASE WHEN f.id IS NULL THEN 'ny'
                    WHEN b.sag_id IS NULL THEN 'bortfaldet'
                    WHEN b.bortfaldet_dato IS NOT NULL AND f.bortfaldet_dato IS NULL
                    THEN 'bortfaldet'
                    WHEN b.opfyldt_dato IS NOT NULL AND f.opfyldt_dato IS NULL THEN 'opfyldt'
                    WHEN b.opfyldt_dato IS NULL AND b.bortfaldet_dato IS NULL
                         AND (f.opfyldt_dato IS NOT NULL OR f.bortfaldet_dato IS NOT NULL)
                    THEN 'genaabnet'
                    WHEN b.forfald_dato <> f.forfald_dato THEN 'flyttet' END AS art
          FROM (SELECT * FROM opfoelgning_frist f
                 WHERE f.kode = ANY(%(koder)s) AND {{kun_sager}}) f
          FULL JOIN beregnet b ON {SAMME_FRIST}
          LEFT JOIN opfoelgning_fristregel g ON g.id = f.regel_id
          LEFT JOIN regel r ON r.id = b.regel_id
         WHERE b.sag_id IS NOT NULL OR f.bortfaldet_dato IS NULL)
"""
_SVAR = """
SELECT (SELECT jsonb_build_object(
            'nye', count(*) FILTER (WHERE art = 'ny'),
            'flyttede', count(*) FILTER (WHERE art = 'flyttet'),
            'opfyldte', count(*) FILTER (WHERE art = 'opfyldt'),
            'bortfaldne', count(*) FILTER (WHERE art = 'bortfaldet'),
            'genaabnede', count(*) FILTER (WHERE art = 'genaabnet'),
            'overskredne_foer', count(*) FILTER (WHERE over_foer),
            'overskredne_efter', count(*) FILTER (WHERE over_efter),
            'nye_overskredne', count(*) FILTER (WHERE over_efter AND NOT over_foer),
            'ikke_laengere_overskredne', count(*) FILTER (WHERE over_foer AND NOT over_efter),
            'flyttede_aabne', count(*) FILTER (WHERE art = 'flyttet' AND er_aaben),
            'nye_varslede', count(*) FILTER (WHERE varslet_efter AND NOT varslet_foer),
            'nye_eskalerede', count(*) FILTER (WHERE over_efter AND oppe_efter
                                                 AND NOT (over_foer AND oppe_foer)),
            'sager', count(DISTINCT sag_id) FILTER (WHERE art IS NOT NULL),
            'loebende_sager', count(DISTINCT sag_id) FILTER (WHERE art IS NOT NULL AND er_aaben))
          FROM sammenlignet),
       (SELECT jsonb_agg(to_jsonb(raekke) ORDER BY nr)
          FROM (SELECT s.sag_id, k.sagsnummer, s.kode, s.navn, s.art, s.foer, s.efter,
                       s.over_foer AS overskredet_foer, s.over_efter AS overskredet_efter,
                       row_number() OVER (ORDER BY s.over_efter AND NOT s.over_foer DESC,
                           s.over_foer AND NOT s.over_efter DESC, s.er_aaben DESC,
                           k.sagsnummer DESC, s.kode,
                           s.foer, s.efter) AS nr
                  FROM sammenlignet s
                  JOIN borgere_sag k ON k.id = s.sag_id
                 WHERE s.art IS NOT NULL
                 ORDER BY nr LIMIT %(flest)s) raekke),
       (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.kode, t.tilstand)
          FROM (SELECT kode, count(*) AS antal,
                       CASE WHEN bortfaldet_dato IS NOT NULL THEN 'bortfaldet'
                            WHEN opfyldt_dato = efter AND udloeber THEN 'udloebet'
                            WHEN opfyldt_dato > efter AND NOT udloeber THEN 'opfyldt_sent'
                            WHEN opfyldt_dato IS NOT NULL THEN 'opfyldt'
                            WHEN over_efter THEN 'overskredet'
                            WHEN varsel_dato <= %(dato)s THEN 'varslet'
                            ELSE 'kommende' END AS tilstand
                  FROM sammenlignet WHERE efter IS NOT NULL
                 GROUP BY 1, 3) t)
"""


def proev(
    dato: date | None = None,
    *,
    sager: Collection[int] | None = None,
    koder: Collection[str] | None = None,
    regler: Collection[Regelforslag] = (),
) -> Proeve:
    """What `udled` as of `dato` (default today) would change for `sager`, or for every case.

    `regler` are tried instead of the stored ones of their codes: give every version the code shall
    have. `koder` narrows the trial, by default to the codes of `regler` where there are any; with a
    code go those counted from it. One statement; writes nothing and waits for nobody.
    """
    if koder is None and regler:
        koder = {regel.kode for regel in regler}
    valgte = KODER if koder is None else med_afledte(koder)
    if not valgte:
        return Proeve(Aendringer(*([0] * len(fields(Aendringer)))), (), {})
    beregnet = beregning.sql(
        valgte,
        begraenset=sager is not None,
        regler=_MED_FORSLAG if regler else beregning.GAELDENDE_REGLER,
    )
    kun_sager = "TRUE" if sager is None else "f.sag_id = ANY(%(sager)s)"
    with connection.cursor() as markoer:
        markoer.execute(
            _AENDRET.format(beregnet=beregnet, kun_sager=kun_sager) + _SVAR,
            {
                "dato": dato or i_dag(),
                "koder": list(valgte),
                "sager": None if sager is None else list(sager),
                "forslag": json.dumps(_som_raekker(regler)),
                "foreslaaede": sorted({regel.kode for regel in regler}),
                "flest": FLEST_RAEKKER,
            },
        )
        antal, raekker, tilstande = map(_laest, markoer.fetchone())
    return Proeve(
        Aendringer(**antal), tuple(map(_raekke, raekker or ())), _tilstande(tilstande or ())
    )


def _som_raekker(regler: Collection[Regelforslag]) -> list[dict[str, Any]]:
    """The proposed rules as rows; each its own negative id, for they may not have one yet."""
    return [
        {navn: -nr if navn == "id" else _json(getattr(regel, navn)) for navn in _REGELFELTER}
        for nr, regel in enumerate(regler, start=1)
    ]


def _json(vaerdi: Any) -> Any:
    return vaerdi.isoformat() if isinstance(vaerdi, date) else vaerdi


def _laest(vaerdi: Any) -> Any:
    return json.loads(vaerdi) if isinstance(vaerdi, str) else vaerdi


def _raekke(felter: dict[str, Any]) -> Proeveraekke:
    datoer = {navn: felter[navn] and date.fromisoformat(felter[navn]) for navn in ("foer", "efter")}
    kendte = {felt.name: felter[felt.name] for felt in fields(Proeveraekke)}
    return Proeveraekke(**kendte | datoer | {"art": Art(felter["art"])})


def _tilstande(raekker: Collection[dict[str, Any]]) -> dict[str, dict[Tilstand, int]]:
    svar: dict[str, dict[Tilstand, int]] = {}
    for raekke in raekker:
        svar.setdefault(raekke["kode"], {})[Tilstand(raekke["tilstand"])] = raekke["antal"]
    return svar
