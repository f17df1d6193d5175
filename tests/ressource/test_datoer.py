"""The tables of law and practice that a deadline must reproduce, and properties behind them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressource.datoer import (
    FOERSTE_KALENDERDAG,
    Enhed,
    dage,
    danske_lukkedage,
    er_arbejdsdag,
    huller,
    kalenderraekker,
    maanedens_dage,
    maaneder_tilbage,
    tilfoej,
)

DATOER = st.dates(date(2001, 1, 1), date(2040, 12, 31))
PAASKENS_DAGE = {
    2026: ["0402", "0403", "0405", "0406", "0514", "0524", "0525"],
    2027: ["0325", "0326", "0328", "0329", "0506", "0516", "0517"],
    2028: ["0413", "0414", "0416", "0417", "0525", "0604", "0605"],
    2029: ["0329", "0330", "0401", "0402", "0510", "0520", "0521"],
    2030: ["0418", "0419", "0421", "0422", "0530", "0609", "0610"],
}
FASTE_DAGE = {"0101", "0605", "1224", "1225", "1226", "1231"}


def raekke(dato):
    return next(kalenderraekker(dato, dato))


@pytest.mark.parametrize("aar", PAASKENS_DAGE)
def test_closing_days_are_the_holidays_and_three_days_more(aar):
    assert {f"{d:%m%d}" for d in danske_lukkedage(aar)} == {*PAASKENS_DAGE[aar]} | FASTE_DAGE


def test_closing_days_have_danish_names():
    lukkede = danske_lukkedage(2027)

    assert lukkede[date(2027, 3, 25)] == "Skærtorsdag"
    assert lukkede[date(2027, 6, 5)] == "Grundlovsdag"
    assert danske_lukkedage(2028)[date(2028, 6, 5)] == "Anden pinsedag"


def test_store_bededag_is_closed_only_through_2023():
    assert danske_lukkedage(2023)[date(2023, 5, 5)] == "Store bededag"
    assert date(2024, 4, 26) not in danske_lukkedage(2024)


@pytest.mark.parametrize(
    ("moede", "forfald", "maal", "frem"),
    [
        ("2026-11-24", "2026-12-01", "2026-12-01", "2026-12-01"),
        ("2026-12-17", "2026-12-24", "2026-12-23", "2026-12-28"),
        ("2026-12-18", "2026-12-25", "2026-12-23", "2026-12-28"),
        ("2027-03-18", "2027-03-25", "2027-03-24", "2027-03-30"),
        ("2027-04-29", "2027-05-06", "2027-05-05", "2027-05-07"),
        ("2024-04-19", "2024-04-26", "2024-04-26", "2024-04-26"),
        ("2023-04-28", "2023-05-05", "2023-05-04", "2023-05-08"),
    ],
)
def test_one_week_after_the_teammoede_rolls_to_the_working_days(moede, forfald, maal, frem):
    udloeb = tilfoej(date.fromisoformat(moede), 1, Enhed.UGER)

    assert udloeb == date.fromisoformat(forfald)
    assert raekke(udloeb).forrige_arbejdsdag == date.fromisoformat(maal)
    assert raekke(udloeb).naeste_arbejdsdag == date.fromisoformat(frem)


@pytest.mark.parametrize(
    ("moede", "to_uger", "tre_uger"),
    [
        ("2026-11-24", "2026-12-08", "2026-12-15"),
        ("2026-12-17", "2026-12-31", "2027-01-07"),
        ("2026-12-18", "2027-01-01", "2027-01-08"),
        ("2027-03-18", "2027-04-01", "2027-04-08"),
        ("2027-04-29", "2027-05-13", "2027-05-20"),
    ],
)
def test_two_and_three_weeks_after_the_teammoede(moede, to_uger, tre_uger):
    begyndelse = date.fromisoformat(moede)

    assert tilfoej(begyndelse, 2, Enhed.UGER) == date.fromisoformat(to_uger)
    assert tilfoej(begyndelse, 3, Enhed.UGER) == date.fromisoformat(tre_uger)


@pytest.mark.parametrize(
    ("modtaget", "klagefrist"),
    [
        ("2026-11-27", "2026-12-28"),
        ("2026-12-03", "2027-01-04"),
        ("2027-02-25", "2027-03-30"),
        ("2027-05-08", "2027-06-07"),
        ("2026-11-24", "2026-12-22"),
    ],
)
def test_klagefrist_rolls_forward(modtaget, klagefrist):
    udloeb = tilfoej(date.fromisoformat(modtaget), 4, Enhed.UGER)

    assert raekke(udloeb).naeste_arbejdsdag == date.fromisoformat(klagefrist)


@pytest.mark.parametrize(
    ("dato", "antal", "ventet"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-11-24", 3, "2027-02-24"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_months_are_the_same_day_or_the_last_of_the_month(dato, antal, ventet):
    assert tilfoej(date.fromisoformat(dato), antal, "MAANEDER") == date.fromisoformat(ventet)


def test_days_are_counted_as_days():
    assert tilfoej(date(2026, 12, 30), 30, Enhed.DAGE) == date(2027, 1, 29)


def test_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="AAR"):
        tilfoej(date(2026, 1, 1), 1, "AAR")


@given(DATOER, st.integers(-60, 60))
def test_months_hit_the_right_month(dato, antal):
    ny = tilfoej(dato, antal, Enhed.MAANEDER)

    assert (ny.year - dato.year) * 12 + ny.month - dato.month == antal
    assert ny.day == dato.day or (ny.day < dato.day and (ny + timedelta(days=1)).day == 1)


@given(DATOER)
def test_calendar_row_is_the_same_whatever_the_range(dato):
    alene = raekke(dato)

    med_andre = list(kalenderraekker(dato - timedelta(days=9), dato + timedelta(days=3)))

    assert med_andre[9] == alene
    assert [r.dato for r in med_andre] == [dato + timedelta(days=n) for n in range(-9, 4)]


@given(DATOER)
def test_previous_and_next_working_day_are_the_nearest(dato):
    r = raekke(dato)

    assert r.er_arbejdsdag == er_arbejdsdag(dato)
    assert er_arbejdsdag(r.forrige_arbejdsdag)
    assert er_arbejdsdag(r.naeste_arbejdsdag)
    assert r.forrige_arbejdsdag <= dato <= r.naeste_arbejdsdag
    imellem = list(dage(r.forrige_arbejdsdag, r.naeste_arbejdsdag))[1:-1]
    assert not any(er_arbejdsdag(d) for d in imellem)
    assert r.er_arbejdsdag == (r.forrige_arbejdsdag == r.naeste_arbejdsdag)


@given(DATOER, st.integers(0, 60))
def test_difference_in_arbejdsdag_nr_is_the_number_of_working_days(dato, antal):
    raekker = list(kalenderraekker(dato, dato + timedelta(days=antal)))

    talt = sum(er_arbejdsdag(r.dato) for r in raekker[1:])

    assert raekker[-1].arbejdsdag_nr - raekker[0].arbejdsdag_nr == talt


def test_calendar_begins_in_2000():
    assert raekke(FOERSTE_KALENDERDAG).arbejdsdag_nr == 0
    assert raekke(date(2000, 1, 3)).arbejdsdag_nr == 1
    with pytest.raises(ValueError, match=r"01\.01\.2000"):
        raekke(date(1999, 12, 31))


def test_calendar_is_empty_when_the_end_is_before_the_beginning():
    assert list(kalenderraekker(date(2026, 2, 1), date(2026, 1, 31))) == []


def test_thirteen_months_back_ends_with_the_month_itself():
    maaneder = maaneder_tilbage(date(2026, 10, 17), 13)

    assert len(maaneder) == 13
    assert maaneder[0] == date(2025, 10, 1)
    assert maaneder[3] == date(2026, 1, 1)
    assert maaneder[-1] == date(2026, 10, 1)


def test_days_of_the_month_know_leap_years():
    assert maanedens_dage(date(2028, 2, 11)) == (date(2028, 2, 1), date(2028, 2, 29))


def test_gaps_between_and_around_periods():
    perioder = [
        (date(2025, 12, 8), None),
        (date(2025, 8, 18), date(2025, 10, 24)),
        (date(2025, 9, 1), date(2025, 9, 30)),
    ]

    fundne = huller(perioder, date(2025, 8, 1), date(2026, 1, 31))

    assert fundne == [
        (date(2025, 8, 1), date(2025, 8, 17)),
        (date(2025, 10, 25), date(2025, 12, 7)),
    ]


def test_periods_that_meet_leave_no_gap():
    perioder = [(date(2026, 1, 1), date(2026, 1, 9)), (date(2026, 1, 10), date(2026, 1, 31))]

    assert huller(perioder, date(2026, 1, 1), date(2026, 1, 31)) == []


KORTE = st.dates(date(2026, 1, 1), date(2026, 3, 1))
PERIODER = st.lists(
    st.tuples(KORTE, st.none() | KORTE).filter(lambda p: p[1] is None or p[0] <= p[1]), max_size=6
)


@given(PERIODER, KORTE, KORTE)
def test_gaps_are_the_days_no_period_covers(perioder, fra, til):
    daekket = {d for a, z in perioder for d in dage(a, z or til)}

    fundne = huller(perioder, fra, til)

    assert [d for a, z in fundne for d in dage(a, z)] == [
        d for d in dage(fra, til) if d not in daekket
    ]
    assert all(a <= z for a, z in fundne)
    assert all(z + timedelta(days=1) < a for (_, z), (a, _) in pairwise(fundne))
