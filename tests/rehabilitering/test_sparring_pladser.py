"""Properties of a weekly plan: whatever is asked for, nothing lands where nobody meets."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabilitering.services.sparring.pladser import Optaget, Plads, Ugeplan, fordel
from ressource.datoer import dage, danske_lukkedage, er_arbejdsdag
from tests.factories import klokken

# Easter, both changes of the clock and the turn of the year lie within any of them.
FRA = st.dates(date(2024, 1, 1), date(2034, 12, 31))


@st.composite
def planer(draw):
    fra = draw(FRA)
    return Ugeplan(
        ugedage=frozenset(draw(st.sets(st.integers(0, 4), min_size=1))),
        fra_kl=draw(st.times(time(7), time(14)).map(lambda t: t.replace(second=0, microsecond=0))),
        til_kl=draw(st.sampled_from([time(15), time(16, 30), time(18)])),
        minutter=draw(st.sampled_from([15, 20, 30, 45, 60])),
        fra_dato=fra,
        til_dato=fra + timedelta(days=draw(st.integers(7, 366))),
        undtagelser=frozenset(draw(st.sets(st.integers(0, 366), max_size=5).map(
            lambda numre: {fra + timedelta(days=nr) for nr in numre}
        ))),
    )  # fmt: skip


def lukkede(plan):
    """What the calendar table says, from the same arithmetic that fills it."""
    return {
        dag: danske_lukkedage(dag.year).get(dag, "weekend")
        for dag in dage(plan.fra_dato, plan.til_dato)
        if not er_arbejdsdag(dag)
    } | dict.fromkeys(plan.undtagelser, "undtaget")


@settings(max_examples=100, deadline=None)
@given(planer())
def test_a_series_never_lands_on_a_closed_day_and_keeps_its_local_time(plan):
    lukket = lukkede(plan)

    gode, udeladte = fordel(plan.pladser(), lukket=lukket)

    klokken = plan.klokkeslaet()
    laengde = timedelta(minutes=plan.minutter)
    for plads in gode:
        start = timezone.localtime(plads.start)
        assert er_arbejdsdag(start.date())
        assert start.date() not in plan.undtagelser
        assert start.weekday() in plan.ugedage
        assert plan.fra_dato <= start.date() <= plan.til_dato
        assert start.time() in klokken
        # By the clock on the wall, also in the weeks around a change of it.
        slut = timezone.localtime(plads.slut)
        assert slut.replace(tzinfo=None) - start.replace(tzinfo=None) == laengde
        assert slut.time() <= plan.til_kl
        assert plads.slut - plads.start == laengde
    # Nothing is lost in silence: each day is there in full, or left out with its reason.
    assert {p.dato for p in gode} | {u.dato for u in udeladte} == set(plan.datoer())
    assert {u.dato for u in udeladte} == set(plan.datoer()) & set(lukket)
    assert len(gode) == len(klokken) * len(set(plan.datoer()) - set(lukket))


@settings(max_examples=60, deadline=None)
@given(planer(), st.data())
def test_no_place_overlaps_what_is_taken_or_another_place(plan, data):
    pladser = plan.pladser()
    timer = data.draw(st.lists(st.tuples(st.sampled_from(pladser), st.integers(1, 30)), max_size=5))
    optaget = [
        Optaget(plads.start - timedelta(minutes=7), plads.start + timedelta(hours=antal), "ferie")
        for plads, antal in timer
    ]
    nu = data.draw(st.sampled_from(pladser)).start

    gode, udeladte = fordel(pladser, lukket={}, optaget=optaget, nu=nu)

    assert all(plads.start > nu for plads in gode)
    assert not any(p.start < o.slut and o.start < p.slut for p in gode for o in optaget)
    assert all(foer.slut <= efter.start for foer, efter in pairwise(gode))
    assert {p.dato for p in gode} | {u.dato for u in udeladte} == set(plan.datoer())


@pytest.mark.parametrize(
    ("fra", "til", "udeladt"),
    [
        # The clock goes forward on 28 March 2027 and back on 31 October.
        (date(2027, 3, 22), date(2027, 4, 2), {date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29)}),
        (date(2027, 10, 25), date(2027, 11, 5), set()),
        (date(2026, 12, 21), date(2027, 1, 8), {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)}),
    ],
)  # fmt: skip
def test_the_clock_easter_and_the_turn_of_the_year(fra, til, udeladt):
    plan = Ugeplan(frozenset(range(5)), time(9), time(10), 30, fra, til)

    gode, ude = fordel(plan.pladser(), lukket=lukkede(plan))

    assert {u.dato for u in ude} == udeladt
    assert {timezone.localtime(p.start).time() for p in gode} == {time(9), time(9, 30)}


def test_part_of_a_day_is_left_out_by_the_clock():
    dato = date(2026, 12, 1)
    plan = Ugeplan(frozenset({1}), time(9), time(11), 30, dato, dato)
    start = klokken(dato, 9, 45)

    gode, ude = fordel(
        plan.pladser(),
        lukket={},
        optaget=[Optaget(start, start + timedelta(minutes=30), "møde")],
    )

    assert [timezone.localtime(p.start).time() for p in gode] == [time(9), time(10, 30)]
    assert ude == [(dato, "møde kl. 9.30, 10.00")]


def test_end_to_end_is_no_overlap():
    plads = Plads(klokken(date(2026, 12, 1), 9), klokken(date(2026, 12, 1), 10))
    foer = Optaget(plads.start - timedelta(hours=1), plads.start, "møde")

    assert fordel([plads], lukket={}, optaget=[foer]) == ([plads], [])


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"til_dato": date(2026, 11, 29)}, "til_dato"),
        ({"til_dato": date(2027, 12, 2)}, "til_dato"),
        ({"til_kl": time(9, 20)}, "til_kl"),
        ({"ugedage": frozenset({4}), "til_dato": date(2026, 12, 2)}, "ugedage"),
        ({"fra_kl": time(0), "til_kl": time(23), "minutter": 15}, "til_dato"),
    ],
)
def test_a_plan_that_gives_nothing_or_too_much_is_refused(felter, felt):
    plan = {
        "ugedage": frozenset(range(5)),
        "fra_kl": time(9),
        "til_kl": time(10),
        "minutter": 30,
        "fra_dato": date(2026, 11, 30),
        "til_dato": date(2027, 11, 30),
    }

    with pytest.raises(ValidationError) as fejl:
        Ugeplan(**(plan | felter)).kraev_mulig()

    assert list(fejl.value.error_dict) == [felt]
