"""Gaps in a lane."""

from datetime import date

from indsatsplan.billede import Indsatsbillede
from indsatsplan.tidslinje import banehuller

START = date(2026, 6, 1)


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
