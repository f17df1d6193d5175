"""The team's feedback: what became of the efforts it recommended, without a word of whom.

For a member: the indstillinger of meetings they took part in. Types of effort and figures only: no
name, no case number, no purpose. One learns from them, and they look nobody up.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from statistics import median_low

from django.db import connection

from borgere.models import Inhabilitet
from indsatsplan import regnskab
from indsatsplan.regnskab import Tilstand
from rehabilitering.models import Dagsordenspunkt, Indstilling, Omraade
from ressource.datoer import Enhed, tilfoej
from ressource.models import Bruger

# A recommendation needs time to become something, and the team learns from what it did lately.
MAANEDER = 24
ANTAL_SENESTE = 10


@dataclass(frozen=True, slots=True)
class Linje:
    """One recommended effort and what became of it."""

    indstilling: int
    moede_dato: date
    type: str
    omraade: str
    tilstand: Tilstand
    dage: int | None


@dataclass(frozen=True, slots=True)
class Typetal:
    """What became of all lines of one type; `dage` is the middle one of those to a beginning."""

    type: str
    omraade: str
    antal: int
    tilstande: Counter[Tilstand]
    dage: int | None

    @property
    def omraade_navn(self) -> str:
        """`Sundhed`."""
        return str(Omraade(self.omraade).label)

    @property
    def celler(self) -> tuple[int, ...]:
        """How many lines of each state, in the order of `Tilstand`."""
        return tuple(self.tilstande[tilstand] for tilstand in Tilstand)


@dataclass(frozen=True, slots=True)
class Tilbagemelding:
    """All lines, counted by type, and the latest indstillinger."""

    fra: date
    antal_indstillinger: int
    i_ord: str
    tab: Decimal | None
    typer: tuple[Typetal, ...]
    seneste: tuple[tuple[Linje, ...], ...]


def for_bruger(bruger: Bruger, *, i_dag: date) -> Tilbagemelding:
    """What became of the indstillinger the user took part in. Two statements.

    Those of the last `MAANEDER` months that became a ressourceforløb; never of a citizen the user
    is too close to.
    """
    fra = tilfoej(i_dag, -MAANEDER, Enhed.MAANEDER)
    naere = Inhabilitet.objects.gaeldende(i_dag).filter(bruger=bruger)
    indstillinger = (
        Indstilling.objects.afsluttede()
        .filter(punkt__in=Dagsordenspunkt.objects.behandlet_med(bruger), moede_dato__gte=fra)
        .exclude(sag__borger__in=naere.values("borger"))
    )
    linjer = _linjer(list(indstillinger.values_list("pk", flat=True)), i_dag)
    tilstande = [linje.tilstand for linje in linjer]
    grupper = tuple(tuple(g) for _, g in groupby(linjer, key=lambda linje: linje.indstilling))
    return Tilbagemelding(
        fra=fra,
        antal_indstillinger=len(grupper),
        i_ord=regnskab.i_ord(tilstande),
        tab=regnskab.tab(tilstande),
        typer=_typer(linjer),
        seneste=grupper[:ANTAL_SENESTE],
    )


_VINDUER = """
SELECT DISTINCT f.id AS forloeb_id, %s::date AS til
  FROM indsatsplan_ressourceforloeb f
  JOIN rehabilitering_indstilling i ON i.sag_id = f.sag_id AND i.id = ANY(%s)
 WHERE f.start_dato <= %s"""


def _linjer(indstillinger: list[int], i_dag: date) -> list[Linje]:
    """The lines of those indstillinger, the latest indstilling first, each in the team's order."""
    with connection.cursor() as markoer:
        markoer.execute(
            f"""SELECT r.indstilling_id, r.moede_dato, t.navn, t.omraade, r.tilstand, r.dage
                  FROM ({regnskab.sql(_VINDUER)}) r
                  JOIN rehabilitering_indstillingslinje l ON l.id = r.linje_id
                  JOIN rehabilitering_indsatstype t ON t.id = r.indsatstype_id
                 WHERE r.indstilling_id = ANY(%s)
                 ORDER BY r.moede_dato DESC, r.indstilling_id DESC, l.nr""",  # noqa: S608 -- our own SQL
            [i_dag, indstillinger, i_dag, indstillinger],
        )
        return [
            Linje(nr, dato, navn, omraade, Tilstand(tilstand), dage)
            for nr, dato, navn, omraade, tilstand, dage in markoer.fetchall()
        ]


def _typer(linjer: Iterable[Linje]) -> tuple[Typetal, ...]:
    """The most recommended first."""
    efter_type: dict[tuple[str, str], list[Linje]] = {}
    for linje in linjer:
        efter_type.setdefault((linje.type, linje.omraade), []).append(linje)
    tal = [
        Typetal(navn, omraade, len(egne), Counter(e.tilstand for e in egne), _dage(egne))
        for (navn, omraade), egne in efter_type.items()
    ]
    return tuple(sorted(tal, key=lambda t: (-t.antal, t.type)))


def _dage(linjer: Iterable[Linje]) -> int | None:
    begyndte = [
        linje.dage
        for linje in linjer
        if linje.tilstand == Tilstand.BEGYNDT and linje.dage is not None
    ]
    return median_low(begyndte) if begyndte else None
