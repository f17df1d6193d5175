"""The ledger of the indstilling against walking through the days, in Python and in SQL."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from indsatsplan.regnskab import (
    Forklaring,
    Indsatsgang,
    Post,
    Tilstand,
    i_ord,
    regnskab,
    sql,
    tab,
)
from tests.antal import antal

MOEDE = date(2025, 5, 28)


def dag(rng, fra=-3, til=120):
    return MOEDE + timedelta(days=rng.randint(fra, til))


@dataclass(frozen=True)
class Sag:
    """A made-up forløb: its lines, efforts and explanations, and the day it is looked at."""

    linjer: tuple[int, ...]
    indsatser: tuple[Indsatsgang, ...]
    forklaringer: tuple[Forklaring, ...]
    til: date
    slut: date

    @property
    def dag(self):
        return min(self.til, self.slut)

    def poster(self):
        skrevne = [f for f in self.forklaringer if f.dato <= self.til]
        return regnskab(self.linjer, self.indsatser, skrevne, moede_dato=MOEDE, til=self.dag)


def lav_sag(rng, nr):
    """Ids are unlike those of every other `nr`."""
    linjer = tuple(nr * 10 + n for n in range(rng.randint(0, 4)))
    indsatser = []
    for n in range(rng.randint(0, 5)):
        begyndt = dag(rng) if rng.random() < 0.5 else None
        indsatser.append(
            Indsatsgang(
                nr * 10 + n,
                f"Indsats {n}",
                rng.choice([None, *linjer]),
                dag(rng),
                begyndt,
                er_bortfaldet=begyndt is None and rng.random() < 0.4,
            )
        )
    forklaringer = tuple(
        Forklaring(n, linje, rng.choice([None, *(i.id for i in indsatser)]), "fordi", dag(rng))
        for n, linje in enumerate(linjer)
        if rng.random() < 0.6
    )
    return Sag(linjer, tuple(indsatser), forklaringer, dag(rng, 0), dag(rng, 0))


def gaaet(sag):
    """Each line's state and days, found by going through the days from the meeting on."""
    return {linje: _gaa(sag, linje) for linje in sag.linjer}


def _gaa(sag, linje):
    egne = [i for i in sag.indsatser if i.linje == linje and not i.er_bortfaldet]
    begyndelser = {i.faktisk_start for i in egne}
    dage, i_dag = 0, min([MOEDE, *(b for b in begyndelser if b)])
    while i_dag <= sag.dag:
        if i_dag in begyndelser:
            return "begyndt", i_dag, dage
        dage += i_dag >= MOEDE
        i_dag += timedelta(days=1)
    ventet = (sag.dag - MOEDE).days
    if egne:
        return "planlagt", min(i.planlagt_start for i in egne), ventet
    grund = next((f for f in sag.forklaringer if f.linje == linje and f.dato <= sag.til), None)
    if grund and grund.erstattet_af is None:
        return "opgivet", grund.dato, None
    anden = next((i for i in sag.indsatser if grund and i.id == grund.erstattet_af), None)
    if anden is None or anden.er_bortfaldet:
        return "ikke_begyndt", None, ventet
    if anden.faktisk_start and anden.faktisk_start <= sag.dag:
        return "erstattet", anden.faktisk_start, max((anden.faktisk_start - MOEDE).days, 0)
    return "erstattet", None, ventet


def test_ten_thousand_ledgers_are_walked_alike():
    rng = random.Random(8)
    for nr in range(antal(10_000)):
        sag = lav_sag(rng, nr)
        fundet = {p.linje: (p.tilstand, p.dato, p.dage) for p in sag.poster()}
        assert fundet == gaaet(sag), sag


@pytest.mark.django_db
def test_ten_thousand_ledgers_in_one_statement():
    """The tables stand in for the real ones, so that no case has to be made for each ledger.

    Every third forløb rests on a decision that changes another, every ninth on two in a row.
    """
    rng = random.Random(9)
    sager = {nr: lav_sag(rng, nr) for nr in range(antal(10_000))}
    with connection.cursor() as markoer:
        markoer.execute(_TABELLER)
        _fyld(markoer, sager)
        markoer.execute("ANALYZE")
        markoer.execute(sql("SELECT forloeb_id, til FROM vindue"))
        kolonner = [k.name for k in markoer.description]
        raekker = [dict(zip(kolonner, r, strict=True)) for r in markoer.fetchall()]
    fundne = {r["linje_id"]: (r["tilstand"], r["dato"], r["dage"]) for r in raekker}
    assert fundne == {k: v for sag in sager.values() for k, v in gaaet(sag).items()}
    assert {r["moede_dato"] for r in raekker} == {MOEDE}
    assert all(r["linje_id"] // 10 == r["forloeb_id"] == r["indstilling_id"] for r in raekker)


_TABELLER = """
CREATE TEMP TABLE vindue (forloeb_id int, til date) ON COMMIT DROP;
CREATE TEMP TABLE indsatsplan_ressourceforloeb
    (id int, afgoerelse_id int, slut_dato date, afsluttet_dato date) ON COMMIT DROP;
CREATE TEMP TABLE rehabilitering_afgoerelse
    (id int PRIMARY KEY, indstilling_id int, erstatter_id int) ON COMMIT DROP;
CREATE TEMP TABLE rehabilitering_indstilling (id int PRIMARY KEY, moede_dato date) ON COMMIT DROP;
CREATE TEMP TABLE rehabilitering_indstillingslinje
    (id int, indstilling_id int, indsatstype_id int, fjernet_den timestamptz) ON COMMIT DROP;
CREATE TEMP TABLE indsatsplan_indsats
    (id int PRIMARY KEY, forloeb_id int, linje_id int, planlagt_start date, faktisk_start date,
     status text) ON COMMIT DROP;
CREATE TEMP TABLE indsatsplan_linjeforklaring
    (forloeb_id int, linje_id int, erstattet_af_id int, noteret_den timestamptz,
     fjernet_den timestamptz) ON COMMIT DROP;
CREATE INDEX ON rehabilitering_indstillingslinje (indstilling_id);
CREATE INDEX ON indsatsplan_indsats (forloeb_id);
CREATE INDEX ON indsatsplan_linjeforklaring (forloeb_id);
"""


def _fyld(markoer, sager):
    forloeb, afgoerelser, linjer, indsatser, forklaringer = [], [], [], [], []
    for nr, sag in sager.items():
        kaede = 3 if nr % 9 == 0 else 2 if nr % 3 == 0 else 1
        ider = [nr * 10 + n for n in range(kaede)]
        afgoerelser += [(ider[0], nr, None)]
        afgoerelser += [(id_, None, id_ - 1) for id_ in ider[1:]]
        # The last day is that it ended on, also when more was granted.
        forloeb.append((nr, ider[-1], sag.slut + timedelta(days=nr % 2 * 90), sag.slut))
        linjer += [(linje, nr, 1, None) for linje in sag.linjer]
        indsatser += [(i.id, nr, i.linje, i.planlagt_start, i.faktisk_start, _status(i))
                      for i in sag.indsatser]  # fmt: skip
        # Late in the evening by UTC is the next day in Denmark.
        forklaringer += [
            (nr, f.linje, f.erstattet_af, f"{f.dato - timedelta(days=1)} 23:30+00", None)
            for f in sag.forklaringer
        ]
    # What was taken out counts for nothing.
    linjer.append((9, 0, 1, "2025-06-01 12:00+02"))
    forklaringer.append((0, 0, None, "2025-05-28 12:00+02", "2025-05-29 12:00+02"))
    _indsaet(markoer, "vindue", [(nr, sag.til) for nr, sag in sager.items()])
    _indsaet(markoer, "indsatsplan_ressourceforloeb", forloeb)
    _indsaet(markoer, "rehabilitering_afgoerelse", afgoerelser)
    _indsaet(markoer, "rehabilitering_indstilling", [(nr, MOEDE) for nr in sager])
    _indsaet(markoer, "rehabilitering_indstillingslinje", linjer)
    _indsaet(markoer, "indsatsplan_indsats", indsatser)
    _indsaet(markoer, "indsatsplan_linjeforklaring", forklaringer)


def _status(indsats):
    if indsats.er_bortfaldet:
        return "bortfaldet"
    return "i_gang" if indsats.faktisk_start else "planlagt"


def _indsaet(markoer, tabel, raekker):
    with markoer.copy(f"COPY {tabel} FROM STDIN") as kopi:
        for raekke in raekker:
            kopi.write_row(raekke)


def gang(id_, linje, faktisk=None, *, planlagt=date(2025, 6, 1), bortfaldet=False):
    return Indsatsgang(id_, f"Indsats {id_}", linje, planlagt, faktisk, bortfaldet)


def test_figures_of_the_mock_up():
    """Ole on 25 November: three begun, the psychologist replaced, the fifth line untouched."""
    indsatser = [
        gang(1, 1, date(2025, 6, 16)),
        gang(2, 2, date(2025, 6, 9)),
        gang(3, 3, date(2025, 8, 18)),
    ]
    forklaring = Forklaring(1, 4, 3, "Ole ønskede hold", date(2025, 8, 18))

    poster = regnskab(
        range(1, 6), indsatser, [forklaring], moede_dato=MOEDE, til=date(2025, 11, 25)
    )

    assert [(p.tilstand, p.dage) for p in poster] == [
        (Tilstand.BEGYNDT, 19),
        (Tilstand.BEGYNDT, 12),
        (Tilstand.BEGYNDT, 82),
        (Tilstand.ERSTATTET, 82),
        (Tilstand.IKKE_BEGYNDT, 181),
    ]
    assert poster[3].indsats == indsatser[2]
    assert i_ord(p.tilstand for p in poster) == (
        "3 af 5 linjer er begyndt, 1 er erstattet, 1 er ikke begyndt"
    )
    assert tab([p.tilstand for p in poster]) == Decimal(20)


def test_what_has_begun_is_not_given_up_afterwards():
    forklaring = Forklaring(1, 1, None, "Ville ikke", MOEDE)

    (post,) = regnskab(
        [1], [gang(1, 1, date(2025, 6, 2))], [forklaring], moede_dato=MOEDE, til=date(2025, 7, 1)
    )

    assert (post.tilstand, post.dage, post.forklaring) == (Tilstand.BEGYNDT, 5, forklaring)


def test_replacement_that_came_to_nothing_replaces_nothing():
    forklaring = Forklaring(1, 1, 2, "Hold i stedet", MOEDE)

    (post,) = regnskab(
        [1], [gang(2, None, bortfaldet=True)], [forklaring], moede_dato=MOEDE, til=MOEDE
    )

    assert post == Post(1, Tilstand.IKKE_BEGYNDT, None, 0, None, forklaring)


def test_nothing_recommended_is_no_loss():
    assert (tab([]), i_ord([])) == (None, "")
    assert i_ord(["begyndt"]) == "1 af 1 linje er begyndt"
