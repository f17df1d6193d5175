"""Hours of several efforts together, against every single day."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indsatsplan.timegang import laeg_sammen, varighed
from indsatsplan.timer import Stykke

START = date(2025, 6, 16)

stykker = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 20), st.integers(0, 30)), max_size=6
)


@given(stykker)
def test_sum_of_efforts_agrees_with_every_single_day(raa):
    alle = [
        Stykke(START + timedelta(days=a), START + timedelta(days=a + n), Decimal(t))
        for a, n, t in raa
    ]

    samlet = laeg_sammen(alle)

    for nr in range(65):
        dag = START + timedelta(days=nr)
        i_dag = [s.timer_pr_uge for s in alle if s.fra <= dag <= s.til]
        fundet = [s.timer_pr_uge for s in samlet if s.fra <= dag <= s.til]
        assert fundet == ([sum(i_dag)] if i_dag else [])


def test_length_is_said_in_weeks_where_it_is_weeks():
    laengder = {n: varighed(Stykke(START, START + timedelta(days=n - 1), Decimal(4)))
                for n in (1, 6, 7, 8, 13, 14, 21, 24)}  # fmt: skip

    assert laengder == {
        1: "1 dag", 6: "6 dage", 7: "1 uge", 8: "8 dage", 13: "13 dage", 14: "2 uger",
        21: "3 uger", 24: "3 uger",
    }  # fmt: skip
