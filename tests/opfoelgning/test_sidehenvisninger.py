"""A link is shown to those who may open its page: the tables of pages say the page's own action."""

import pytest
from django.urls import resolve, reverse

from opfoelgning.ankre import _SIDER
from opfoelgning.trin import SIDER


@pytest.mark.parametrize(
    ("side", "handling", "antal"),
    [(side, handling, 1) for side, handling in SIDER.values()]
    + [(side, handling, len(felter)) for side, handling, felter in _SIDER.values()],
)
def test_the_action_named_is_the_pages_own(side, handling, antal):
    assert resolve(reverse(side, args=[1] * antal)).func.handling == handling
