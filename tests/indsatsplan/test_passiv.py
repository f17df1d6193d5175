"""Passive time against counting day by day, and gaps in a lane."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from indsatsplan.billede import Indsatsbillede
from indsatsplan.passiv import passiv_tid
from indsatsplan.tidslinje import banehuller

START = date(2026, 6, 1)
dage = st.integers(min_value=-20, max_value=120).map(lambda n: START + timedelta(days=n))


def indsats(fra=None, til=None, *, omraade="social", planlagt=START, planlagt_slut=None):
    """An effort that ran from `fra` to `til`; without `fra` it is only planned."""
    status = "planlagt" if fra is None else "i_gang" if til is None else "afsluttet"
    return Indsatsbillede(
        id=1,
        navn="Mentor",
        type="Mentor",
        omraade=omraade,
        formaal="Komme af sted",
        linje=None,
        tilfoejet="Ønske",
        status=status,
        planlagt_start=planlagt,
        planlagt_slut=planlagt_slut,
        faktisk_start=fra,
        faktisk_slut=til,
        timer_pr_uge=None,
        ansvarlig="Tina",
        er_skitse=False,
    )


@st.composite
def indsatser(draw):
    fra = draw(st.none() | dage)
    laengde = draw(st.none() | st.integers(min_value=0, max_value=60))
    til = None if fra is None or laengde is None else fra + timedelta(days=laengde)
    return indsats(fra, til, planlagt=draw(dage))


def er_i_gang(indsats, dag):
    return (
        indsats.faktisk_start is not None
        and indsats.faktisk_start <= dag
        and (indsats.faktisk_slut is None or dag <= indsats.faktisk_slut)
    )


@given(st.lists(indsatser(), max_size=6), st.integers(min_value=-1, max_value=100))
def test_passive_days_are_those_without_any_effort_in_progress(liste, laengde):
    til = START + timedelta(days=laengde)

    passiv = passiv_tid(liste, START, til)

    alle = [START + timedelta(days=n) for n in range(laengde + 1)]
    tomme = [dag for dag in alle if not any(er_i_gang(i, dag) for i in liste)]
    talt = [
        fra + timedelta(days=n) for fra, til in passiv.huller for n in range((til - fra).days + 1)
    ]
    assert talt == tomme
    assert passiv.dage == len(tomme)
    er_tom_nu = bool(alle) and alle[-1] in tomme
    assert (passiv.nuvaerende is not None) == er_tom_nu
    assert (passiv.nuvaerende_dage > 0) == er_tom_nu


def test_figure_of_the_mock_up():
    """Mentor from day nine: eight passive days."""
    passiv = passiv_tid([indsats(date(2026, 6, 9))], START, date(2026, 11, 25))

    assert passiv.dage == 8
    assert passiv.huller == ((START, date(2026, 6, 8)),)
    assert passiv.nuvaerende is None


def test_gap_in_a_lane_runs_to_the_day_before_the_next_planned():
    liste = [
        indsats(date(2026, 8, 18), date(2026, 10, 24), omraade="sundhed"),
        indsats(omraade="sundhed", planlagt=date(2026, 12, 8)),
    ]

    (hul,) = banehuller(liste, date(2026, 11, 25))

    assert (hul.fra, hul.til) == (date(2026, 10, 25), date(2026, 12, 7))
    assert hul.vist == "44 dage uden indsats"


def test_planned_effort_that_never_began_does_not_fill_the_past():
    liste = [
        indsats(date(2026, 8, 18), date(2026, 10, 24)),
        indsats(planlagt=date(2026, 11, 1)),
    ]

    (hul,) = banehuller(liste, date(2026, 11, 25))

    assert (hul.fra, hul.til) == (date(2026, 10, 25), date(2026, 11, 25))


def test_short_gaps_and_finished_lanes_are_not_drawn():
    foerste = indsats(date(2026, 8, 1), date(2026, 8, 31))
    en_uge_efter = indsats(date(2026, 9, 8), date(2026, 9, 30))

    assert banehuller([foerste, en_uge_efter], date(2026, 11, 25)) == []
    assert banehuller([], date(2026, 11, 25)) == []
