"""Passive days, parallel days and hours against counting day by day, in Python and in SQL."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from indsatsplan.daekning import Gang, daekning, sql
from indsatsplan.timer import Stykke, Timeserie
from ressource.dagemaengder import antal_dage, inden_for, mindst, uden
from tests.antal import antal

START = date(2026, 6, 1)
LAENGDE = 90


@dataclass(frozen=True)
class Plan:
    """A made-up course: its window, its efforts with hours and absence, and its exemptions."""

    fra: date
    til: date
    serier: tuple[Timeserie, ...]
    fritagelser: tuple[tuple[date, date | None], ...]

    @property
    def gange(self):
        return [serie.gang for serie in self.serier]


def adskilte(rng, fra, hoejst):
    """Periods that do not overlap, the last perhaps without an end."""
    perioder, dag = [], fra
    for _ in range(rng.randint(0, hoejst)):
        dag += timedelta(days=rng.randint(0, 20))
        slut = dag + timedelta(days=rng.randint(0, 15))
        perioder.append((dag, slut))
        dag = slut + timedelta(days=1)
    if perioder and rng.random() < 0.2:
        perioder[-1] = (perioder[-1][0], None)
    return tuple(perioder)


def lav_plan(rng):
    fra = START + timedelta(days=rng.randint(-5, 5))
    serier = []
    for _ in range(rng.randint(0, 5)):
        begyndt = START + timedelta(days=rng.randint(-10, LAENGDE + 5))
        slut = begyndt + timedelta(days=rng.randint(0, 60)) if rng.random() < 0.7 else None
        dage = sorted(
            {begyndt + timedelta(days=rng.randint(-3, 50)) for _ in range(rng.randint(0, 4))}
        )
        raekker = tuple((dag, Decimal(rng.randint(0, 60)) / 2) for dag in dage)
        gang = Gang(begyndt, slut, adskilte(rng, begyndt, 2))
        serier.append(Timeserie(raekker, gang, adskilte(rng, begyndt, 2)))
    til = fra + timedelta(days=rng.randint(-1, LAENGDE))
    return Plan(fra, til, tuple(serier), adskilte(rng, fra, 2))


def daekker(perioder, dag):
    return any(a <= dag and (z is None or dag <= z) for a, z in perioder)


def i_gang(gang, dag):
    return daekker([(gang.fra, gang.til)], dag) and not daekker(gang.pauser, dag)


def dage(plan):
    return [plan.fra + timedelta(days=n) for n in range((plan.til - plan.fra).days + 1)]


def talt_efter(plan):
    """The plain second computation: (counted, passive, parallel) days, one day at a time."""
    med = [dag for dag in dage(plan) if not daekker(plan.fritagelser, dag)]
    samtidige = [sum(i_gang(gang, dag) for gang in plan.gange) for dag in med]
    return len(med), samtidige.count(0), sum(n >= 2 for n in samtidige)


def timer_talt_efter(serie, fra, til):
    i_alt = Fraction(0)
    for dag in (fra + timedelta(days=n) for n in range((til - fra).days + 1)):
        begyndte = [timer for begynder, timer in serie.raekker if begynder <= dag]
        if begyndte and i_gang(serie.gang, dag) and not daekker(serie.fravaer, dag):
            i_alt += Fraction(begyndte[-1]) / 7
    return i_alt


def test_ten_thousand_plans_are_counted_alike():
    rng = random.Random(6)
    for _ in range(antal(10_000)):
        plan = lav_plan(rng)
        fundet = daekning(plan.gange, plan.fritagelser, fra=plan.fra, til=plan.til)
        talte = antal_dage([(plan.fra, plan.til)]) - antal_dage(fundet.fritagne)
        assert (talte, fundet.passive_dage, fundet.parallelle_dage) == talt_efter(plan), plan
        alle = dage(plan)
        er_passiv = bool(alle) and daekker(fundet.passive, alle[-1])
        assert (fundet.passiv_nu is not None, fundet.passiv_nu_dage > 0) == (er_passiv, er_passiv)
        fra, til = sorted(START + timedelta(days=rng.randint(-20, LAENGDE)) for _ in range(2))
        for serie in plan.serier:
            assert serie.timer(fra, til) == timer_talt_efter(serie, fra, til), (serie, fra, til)


@pytest.mark.django_db
def test_ten_thousand_plans_in_one_statement():
    """The tables stand in for the real ones, so that no case has to be made for each plan."""
    rng = random.Random(7)
    planer = [lav_plan(rng) for _ in range(antal(10_000))]
    with connection.cursor() as markoer:
        markoer.execute(
            """CREATE TEMP TABLE indsatsplan_indsats
                 (id int, forloeb_id int, faktisk_start date, faktisk_slut date) ON COMMIT DROP;
               CREATE TEMP TABLE indsatsplan_indsatspause
                 (indsats_id int, fra_dato date, til_dato date, fjernet_den timestamptz)
                 ON COMMIT DROP;
               CREATE TEMP TABLE indsatsplan_fritagelse
                 (forloeb_id int, fra_dato date, til_dato date, fjernet_den timestamptz)
                 ON COMMIT DROP;
               CREATE TEMP TABLE vindue (forloeb_id int, fra date, til date) ON COMMIT DROP;
               CREATE INDEX ON indsatsplan_indsats (forloeb_id);
               CREATE INDEX ON indsatsplan_indsatspause (indsats_id);
               CREATE INDEX ON indsatsplan_fritagelse (forloeb_id)"""
        )
        indsatser = [(nr, gang) for nr, plan in enumerate(planer) for gang in plan.gange]
        _indsaet(markoer, "vindue", [(nr, p.fra, p.til) for nr, p in enumerate(planer)])
        _indsaet(
            markoer,
            "indsatsplan_indsats",
            [(id_, nr, gang.fra, gang.til) for id_, (nr, gang) in enumerate(indsatser)],
        )
        pauser = [(id_, *p, None) for id_, (_, gang) in enumerate(indsatser) for p in gang.pauser]
        # One taken out counts for nothing.
        pauser.append((0, date.min, None, "2026-01-01 00:00+01"))
        _indsaet(markoer, "indsatsplan_indsatspause", pauser)
        fritagne = [(nr, *p, None) for nr, plan in enumerate(planer) for p in plan.fritagelser]
        _indsaet(markoer, "indsatsplan_fritagelse", fritagne)
        markoer.execute("ANALYZE")
        markoer.execute(sql("SELECT * FROM vindue"))
        fundne = {nr: tal for nr, _, _, *tal in markoer.fetchall()}
    assert fundne == {nr: list(talt_efter(p)) for nr, p in enumerate(planer) if p.fra <= p.til}


def _indsaet(markoer, tabel, raekker):
    with markoer.copy(f"COPY {tabel} FROM STDIN") as kopi:
        for raekke in raekker:
            kopi.write_row(raekke)


perioder = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12)).map(
        lambda p: (START + timedelta(days=p[0]), START + timedelta(days=sum(p)))
    ),
    max_size=6,
)


@given(perioder, perioder, st.integers(1, 3))
def test_sets_of_days(nogle, andre, mindste):
    alle = [START + timedelta(days=n) for n in range(-1, 60)]

    for fundet, ventet in (
        (
            mindst(nogle, mindste),
            {d for d in alle if sum(a <= d <= z for a, z in nogle) >= mindste},
        ),
        (uden(nogle, andre), {d for d in alle if daekker(nogle, d) and not daekker(andre, d)}),
        (
            mindst(inden_for(nogle, alle[9], alle[30]), 1),
            {d for d in alle[9:31] if daekker(nogle, d)},
        ),
    ):
        assert {d for d in alle if daekker(fundet, d)} == ventet
        # In order, and none touches the next.
        assert all(z + timedelta(days=1) < a for (_, z), (a, _) in pairwise(fundet))


def test_figure_of_the_mock_up():
    """Mentor from day nine, praktik from day sixteen: eight passive days, the rest in parallel."""
    gange = [Gang(date(2026, 6, 9)), Gang(date(2026, 6, 16))]

    fundet = daekning(gange, [], fra=START, til=date(2026, 6, 30))

    assert fundet.passive == ((START, date(2026, 6, 8)),)
    assert (fundet.passive_dage, fundet.parallelle_dage, fundet.passiv_nu) == (8, 15, None)


def test_hours_of_a_praktik_with_sickness():
    """Ole: 4 hours a week, two weeks ill, then 6."""
    serie = Timeserie(
        ((date(2026, 6, 15), Decimal(4)), (date(2026, 9, 1), Decimal(6))),
        Gang(date(2026, 6, 15)),
        ((date(2026, 8, 3), date(2026, 8, 16)),),
    )

    stykker = serie.stykker(START, date(2026, 9, 7))

    assert stykker == [
        Stykke(date(2026, 6, 15), date(2026, 8, 2), Decimal(4)),
        Stykke(date(2026, 8, 17), date(2026, 8, 31), Decimal(4)),
        Stykke(date(2026, 9, 1), date(2026, 9, 7), Decimal(6)),
    ]
    # Seven weeks, then 15 days of four hours a week, then one week of six.
    assert serie.timer(START, date(2026, 9, 7)) == 28 + Fraction(60, 7) + 6
