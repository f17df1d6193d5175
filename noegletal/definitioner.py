"""The key figures, each defined once: population, predicate, unit and text (domain.md 4).

The report and the dashboard read from here, so that they always agree. Raise `VERSION` when a definition changes meaning.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from indsatsplan import daekning, regnskab

VERSION = 1


class Enhed(StrEnum):
    """How a figure is written."""

    ANTAL = "antal"
    PCT = "pct."
    FULDTID = "fuldtidspersoner"


@dataclass(frozen=True)
class Population:
    """Whom or what is counted in one month `m` (`m.fra`–`m.til`, both days included).

    In the running month `m.til` is today.
    `sql` is a FROM clause that starts with `m`; `noegle` is what is counted once.
    `maaneder` is how many months back the window reaches, the month itself included.
    """

    sql: str
    noegle: str
    maaneder: int = 1


_SIDSTE_DAG = "COALESCE(f.afsluttet_dato, f.slut_dato)"

# A forløb counts in a month when at least one of its days lies in it. Kept whole: birthdays and
# moves do not split it (the trap STAR withdrew a measure for, domain.md 4.1).
FORLOEB = Population(
    f"""m JOIN indsatsplan_ressourceforloeb f
          ON f.start_dato <= m.til AND {_SIDSTE_DAG} >= m.fra""",
    noegle="f.borger_id",
)
# The same rows, each forløb counted by itself: a person may begin two in one month.
HVERT_FORLOEB = replace(FORLOEB, noegle="f.id")
AFSLUTTEDE_SAGER = Population(
    """m JOIN borgere_sag s ON s.afsluttet_dato BETWEEN m.fra AND m.til
         AND EXISTS (SELECT 1 FROM indsatsplan_ressourceforloeb f WHERE f.sag_id = s.id)""",
    noegle="s.id",
    maaneder=12,
)


def _frister(kode: str) -> Population:
    """Deadlines of one rule that fell due in the last three months and were not voided."""
    return Population(
        f"""m JOIN opfoelgning_frist d
              ON d.kode = '{kode}' AND d.forfald_dato BETWEEN m.fra AND m.til
             AND d.bortfaldet_dato IS NULL""",
        noegle="d.id",
        maaneder=3,
    )


# Late on the month's last day: past, and not cleared or voided by then. A period that simply runs
# out makes nobody late.
OVERSKREDNE = Population(
    """m JOIN opfoelgning_frist d
          ON d.forfald_dato < m.til
         AND (d.opfyldt_dato IS NULL OR d.opfyldt_dato > m.til)
         AND (d.bortfaldet_dato IS NULL OR d.bortfaldet_dato > m.til)
         -- It follows from the above, and leaves a few rows for each month instead of all.
         AND (d.opfyldt_dato IS NULL OR d.opfyldt_dato > d.forfald_dato)
         AND (d.bortfaldet_dato IS NULL OR d.bortfaldet_dato > d.forfald_dato)
        JOIN opfoelgning_fristregel r ON r.id = d.regel_id AND NOT r.udloeber""",
    noegle="d.id",
)

# The forløb of each month and the days of them that lie in it, as the plan's own definitions take
# them (closed intervals; days exempted are left out of all of them).
_MAANEDENS = f"""FROM m w JOIN indsatsplan_ressourceforloeb f
                   ON f.start_dato <= w.til AND {_SIDSTE_DAG} >= w.fra"""
DAGE = Population(
    "m JOIN ("
    + daekning.sql(
        f"""SELECT f.id AS forloeb_id, GREATEST(f.start_dato, w.fra) AS fra,
                   LEAST({_SIDSTE_DAG}, w.til) AS til {_MAANEDENS}"""
    )
    + ") g ON g.fra >= m.fra AND g.til <= m.til",
    noegle="g.forloeb_id",
)
# The recommended lines behind the forløb of the month. The newest are left out: that a line of last
# week has not begun says nothing.
LINJER = Population(
    "m JOIN ("
    + regnskab.sql(f"SELECT f.id AS forloeb_id, w.til {_MAANEDENS}")
    + ") r ON r.til = m.til AND r.moede_dato <= m.til - interval '3 months'",
    noegle="r.linje_id",
)
_TABT = ", ".join(f"'{tilstand}'" for tilstand in sorted(regnskab.TABT))


def _med_indsats(kolonne: str) -> str:
    """An effort of that kind was in progress at least one day of the month."""
    return f"""EXISTS (SELECT 1 FROM indsatsplan_indsats i
                         JOIN rehabilitering_indsatstype t ON t.id = i.indsatstype_id
                        WHERE i.forloeb_id = f.id AND t.{kolonne}
                          AND i.faktisk_start <= m.til
                          AND (i.faktisk_slut IS NULL OR i.faktisk_slut >= m.fra))"""  # noqa: S608 -- a column name of ours


def _uden_nabo(dag: str, nabodag: str) -> str:
    """No other forløb of the citizen joins on without a day between.

    Consecutive days are one forløb, however many grants they rest on (domain.md 4.1).
    """
    return f"""NOT EXISTS (SELECT 1 FROM indsatsplan_ressourceforloeb g
                            WHERE g.borger_id = f.borger_id AND {nabodag} = {dag})"""  # noqa: S608 -- columns of ours


# Cleared no later than the due date itself.
_I_TIDE = "d.opfyldt_dato <= d.forfald_dato"


@dataclass(frozen=True)
class Noegletal:
    """One key figure. A share has a denominator: the whole population."""

    kode: str
    navn: str
    population: Population
    praedikat: str
    enhed: Enhed
    taeller_tekst: str
    naevner_tekst: str = ""
    undertitel: str = ""
    # SQL of the days that are the denominator; the predicate is then the days of the numerator.
    dage: str = ""

    @property
    def er_andel(self) -> bool:
        """Whether it is a percentage of its population."""
        return self.enhed == Enhed.PCT


NOEGLETAL: dict[str, Noegletal] = {
    n.kode: n
    for n in (
        Noegletal(
            "personer",
            "Personer i ressourceforløb",
            FORLOEB,
            "TRUE",
            Enhed.ANTAL,
            "Personer med mindst én dag i et ressourceforløb i måneden. Hver person tæller én gang",
        ),
        Noegletal(
            "fuldtidspersoner",
            "Fuldtidspersoner",
            FORLOEB,
            "TRUE",
            Enhed.FULDTID,
            "Dage i ressourceforløb i måneden",
            "Månedens dage, i den løbende måned til og med i dag",
        ),
        Noegletal(
            "begyndt",
            "Begyndte forløb",
            HVERT_FORLOEB,
            "f.start_dato >= m.fra AND "
            + _uden_nabo("f.start_dato - 1", "COALESCE(g.afsluttet_dato, g.slut_dato)"),
            Enhed.ANTAL,
            "Forløb, der begyndte i måneden. Et forløb, der fortsætter et andet dagen efter, er ikke nyt",
        ),
        Noegletal(
            "afsluttet",
            "Afsluttede forløb",
            HVERT_FORLOEB,
            # Also one whose grant ran out while the case is still open: its days have ended.
            f"{_SIDSTE_DAG} BETWEEN m.fra AND m.til AND "
            + _uden_nabo(f"{_SIDSTE_DAG} + 1", "g.start_dato"),
            Enhed.ANTAL,
            "Forløb, hvis sidste dag ligger i måneden. Et forløb i gang tæller ikke med",
        ),
        Noegletal(
            "virksomhedsrettet",
            "I virksomhedsrettet indsats",
            FORLOEB,
            _med_indsats("er_virksomhedsrettet"),
            Enhed.PCT,
            "Personer med mindst én dag i virksomhedspraktik, løntilskud eller ordinære timer",
            "Personer i ressourceforløb i måneden",
            "Andel af personer i forløb",
        ),
        Noegletal(
            "mentor",
            "Har mentor",
            FORLOEB,
            _med_indsats("er_mentor"),
            Enhed.PCT,
            "Personer med mindst én dag med mentor",
            "Personer i ressourceforløb i måneden",
            "Andel af personer i forløb",
        ),
        Noegletal(
            "foerste_opfoelgning",
            "Første opfølgning inden 1 uge",
            _frister("FOERSTE_OPFOELGNING"),
            _I_TIDE,
            Enhed.PCT,
            "Frister, hvor første opfølgning blev holdt senest en uge efter teammødet",
            "Frister for første opfølgning, der faldt i de seneste tre måneder. Bortfaldne er ikke med",
            "Seneste tre måneder",
        ),
        Noegletal(
            "plan_klar",
            "Indsatsplan klar inden 3 uger",
            _frister("INDSATSPLAN_FRIST"),
            _I_TIDE,
            Enhed.PCT,
            "Frister, hvor planen blev godkendt til tiden",
            "Frister for indsatsplanen, der faldt i de seneste tre måneder. Bortfaldne er ikke med",
            "Seneste tre måneder",
        ),
        Noegletal(
            "overskredne",
            "Overskredne frister",
            OVERSKREDNE,
            "TRUE",
            Enhed.ANTAL,
            "Frister, der var overskredet den sidste dag i måneden",
        ),
        Noegletal(
            "passiv",
            "Passiv tid",
            DAGE,
            "g.passive_dage",
            Enhed.PCT,
            "Dage i måneden, hvor personen ikke havde en indsats i gang. En pause tæller ikke som i gang",
            "Dage i ressourceforløb i måneden. Dage, hvor personen er fritaget eller uden kontakt, er "
            "ikke med",
            "Andel af dage i forløb",
            dage="g.dage",
        ),
        Noegletal(
            "parallel",
            "Parallelle indsatser",
            DAGE,
            "g.parallelle_dage",
            Enhed.PCT,
            "Dage i måneden, hvor personen havde mindst to indsatser i gang på samme tid",
            "Dage i ressourceforløb i måneden. Dage, hvor personen er fritaget eller uden kontakt, er "
            "ikke med",
            "Andel af dage i forløb",
            dage="g.dage",
        ),
        Noegletal(
            "indstillingstab",
            "Indstillingslinjer, der ikke blev til noget",
            LINJER,
            f"r.tilstand IN ({_TABT})",
            Enhed.PCT,
            "Linjer i indstillingen, hvor ingen indsats er begyndt, hverken den indstillede eller en "
            "anden i stedet, ved månedens udgang",
            "Linjer i de indstillinger, månedens forløb hviler på, når teammødet er mindst tre måneder "
            "gammelt",
            "Andel af linjer fra møder for mindst tre måneder siden",
        ),
    )
}
