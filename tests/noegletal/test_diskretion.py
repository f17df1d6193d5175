"""Small counts never leave the house, and cannot be worked out from the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noegletal import diskretion


@pytest.mark.parametrize(
    ("antal", "vist"), [(0, "–"), (1, ".."), (4, ".."), (5, "5"), (1234, "1.234")]
)
def test_counts_of_one_to_four_are_hidden(antal, vist):
    assert diskretion.antal(antal) == vist


@pytest.mark.parametrize(
    ("taeller", "naevner", "vist"),
    [
        (0, 0, "..."),
        (3, 40, ".."),
        (37, 40, ".."),
        (2, 4, ".."),
        (5, 40, "13 pct."),
        (0, 40, "0 pct."),
    ],
)
def test_shares_are_hidden_with_numerator_denominator_or_rest(taeller, naevner, vist):
    assert diskretion.andel(taeller, naevner) == vist


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_a_single_hidden_part_never_stands_alone(dele):
    skjul = diskretion.skjulte(dele)

    assert all(s for d, s in zip(dele, skjul, strict=True) if 0 < d < diskretion.MIN_CELLE)
    if sum(skjul) == 1:
        # Nothing else was there to hide: all other parts are nil.
        assert sum(d > 0 for d in dele) == 1
