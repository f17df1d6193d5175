"""Passive time, parallel efforts and lines lost: by hand, and against the plan's own functions."""

import random
from datetime import date, timedelta

import pytest
import time_machine

from indsatsplan.daekning import Gang, daekning
from noegletal import rapport
from noegletal.beregning import Tal, beregn
from noegletal.definitioner import NOEGLETAL
from ressource.datoer import maanedens_dage
from tests.factories import (
    FritagelseFactory,
    IndsatsFactory,
    IndsatspauseFactory,
    IndstillingslinjeFactory,
    LinjeforklaringFactory,
    MaalFactory,
    RessourceforloebFactory,
)

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
EN_DAG = timedelta(days=1)


@pytest.fixture(autouse=True)
def efter_november():
    with time_machine.travel("2026-12-02 10:00 +01:00", tick=False):
        yield


def indsats(maal, fra: date, til: date | None, **felter):
    """An effort that was in progress on those days."""
    return IndsatsFactory(
        forloeb=maal.forloeb,
        maal=maal,
        planlagt_start=fra,
        faktisk_start=fra,
        faktisk_slut=til,
        status="afsluttet" if til else "i_gang",
        **felter,
    )


def tal(kode: str, maaned: date = NOVEMBER) -> Tal:
    return beregn([maaned])[maaned][kode]


def test_days_of_one_forloeb_by_hand():
    maal = MaalFactory(forloeb__start_dato=date(2026, 11, 1))
    praktik = indsats(maal, date(2026, 11, 1), date(2026, 11, 10))
    indsats(maal, date(2026, 11, 6), date(2026, 11, 15))
    IndsatspauseFactory(indsats=praktik, fra_dato=date(2026, 11, 9), til_dato=date(2026, 11, 10))
    FritagelseFactory(
        forloeb=maal.forloeb, fra_dato=date(2026, 11, 20), til_dato=date(2026, 11, 24)
    )

    # 30 days less 5 exempted; nothing on 16-19 and 25-30; two at once on 6-8.
    assert tal("passiv") == Tal(10, 25)
    assert tal("parallel") == Tal(3, 25)


def test_days_before_after_and_outside_the_forloeb_are_nobodys():
    MaalFactory(forloeb__start_dato=date(2026, 12, 1))
    MaalFactory(forloeb__start_dato=date(2026, 1, 1), forloeb__slut_dato=date(2026, 10, 31))

    assert tal("passiv") == Tal(0, 0)


def test_figures_equal_the_plans_own_reckoning():
    r = random.Random(6)
    maaneder = [date(2026, 10, 1), NOVEMBER, date(2026, 12, 1)]
    forventet = {maaned: [0, 0, 0] for maaned in maaneder}
    for _ in range(15):
        start = date(2026, 8, 1) + timedelta(days=r.randrange(110))
        slut = start + timedelta(days=r.randrange(10, 200))
        maal = MaalFactory(forloeb__start_dato=start, forloeb__slut_dato=slut)
        gange, fritagne = [], []
        for _ in range(r.randrange(4)):
            fra = start + timedelta(days=r.randrange(90))
            til = r.choice([None, fra + timedelta(days=r.randrange(60))])
            if fra <= date(2026, 12, 2):
                indsats(maal, fra, til)
                gange.append(Gang(fra, til))
        if r.random() < 0.5:
            fra = start + timedelta(days=r.randrange(60))
            fritagne = [(fra, fra + timedelta(days=r.randrange(30)))]
            FritagelseFactory(forloeb=maal.forloeb, fra_dato=fra, til_dato=fritagne[0][1])
        for maaned in maaneder:
            til = min(maanedens_dage(maaned)[1], date(2026, 12, 2), slut)
            fra = max(maaned, start)
            if fra <= til:
                d = daekning(gange, fritagne, fra=fra, til=til)
                fri = sum((b - a).days + 1 for a, b in d.fritagne)
                dage = (til - fra).days + 1 - fri
                for nr, antal in enumerate((d.passive_dage, d.parallelle_dage, dage)):
                    forventet[maaned][nr] += antal

    fundet = beregn(maaneder)

    for maaned, (passive, parallelle, dage) in forventet.items():
        assert fundet[maaned]["passiv"] == Tal(passive, dage)
        assert fundet[maaned]["parallel"] == Tal(parallelle, dage)


def med_linjer(moede: date, antal: int):
    """A forløb of November resting on an indstilling with so many lines."""
    forloeb = RessourceforloebFactory(
        start_dato=date(2026, 9, 1), afgoerelse__indstilling__punkt__moede__dato=moede
    )
    indstilling = forloeb.afgoerelse.indstilling
    return forloeb, [
        IndstillingslinjeFactory(indstilling=indstilling, nr=nr) for nr in range(1, antal + 1)
    ]


def test_lines_neither_begun_nor_replaced_are_lost():
    forloeb, (begyndt, planlagt, opgivet, _glemt, erstattet) = med_linjer(date(2026, 8, 20), 5)
    maal = MaalFactory(forloeb=forloeb)
    indsats(maal, date(2026, 10, 1), None, linje=begyndt)
    IndsatsFactory(forloeb=forloeb, maal=maal, linje=planlagt)
    anden = indsats(maal, date(2026, 10, 1), None)
    with time_machine.travel("2026-11-15 10:00 +01:00", tick=False):
        LinjeforklaringFactory(forloeb=forloeb, linje=opgivet)
        LinjeforklaringFactory(forloeb=forloeb, linje=erstattet, erstattet_af=anden)

    assert tal("indstillingstab") == Tal(3, 5)


@pytest.mark.parametrize(("moede", "linjer"), [(date(2026, 8, 30), 2), (date(2026, 8, 31), 0)])
def test_lines_of_the_last_three_months_are_left_out(moede, linjer):
    med_linjer(moede, 2)

    assert tal("indstillingstab") == Tal(linjer, linjer)


@pytest.mark.parametrize(
    ("dage", "tekst"), [((60, 120), ".."), ((400, 1600), "25 pct."), ((0, 0), "...")]
)
def test_days_of_fewer_than_five_whole_persons_are_hidden(dage, tekst):
    assert rapport.vis(NOEGLETAL["passiv"], Tal(*dage)) == tekst
