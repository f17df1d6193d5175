"""The small staircase: figures on their steps, months below, nothing on top of each other."""

from datetime import date
from decimal import Decimal

import pytest

from ressource.svg import trinkurve

TRIN = [
    (date(2025, 3, 3), Decimal("1.5")),
    (date(2025, 6, 2), Decimal(3)),
    (date(2025, 11, 3), Decimal("4.5")),
]


def test_every_figure_is_drawn_and_said():
    svg = trinkurve("Timer om ugen", TRIN, uid="kurve")

    for ventet in (">1,5<", ">3<", ">4,5<", ">mar<", ">jun<", ">nov 2025<", "fra 03.11.2025."):
        assert ventet in svg
    assert "style=" not in svg


def test_one_step_has_its_month_once():
    svg = trinkurve("Timer om ugen", TRIN[:1], uid="kurve")

    assert svg.count(">mar") == 1


def test_without_a_step_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="mindst ét trin"):
        trinkurve("Timer om ugen", [], uid="kurve")
