"""The staircase of hours: what is drawn where, and that labels never touch, however many steps."""

from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressource.svg import (
    Faktisk,
    Soejletilstand,
    Trappesoejle,
    Trin,
    Vaek,
    soejletrappe,
    trappe,
)
from ressource.svg.grund import tekstbredde

NS = "{http://www.w3.org/2000/svg}"
START, I_DAG, SLUT = date(2025, 6, 16), date(2025, 11, 25), date(2026, 5, 31)


def tegn(planlagt, faktisk, **valg):
    grund = {"uid": "tr", "fra": START, "til": SLUT, "i_dag": I_DAG}
    return ET.fromstring(trappe("Timer om ugen", planlagt, faktisk, **(grund | valg)))


def ord_(rod):
    return [t.text for t in rod.iter(f"{NS}text")]


def trinraekke(laengder, timer, navn="Trin"):
    """Steps after each other, so many days each."""
    dag, trin = START, []
    for nr, (dage, t) in enumerate(zip(laengder, timer, strict=False), start=1):
        slut = dag + timedelta(days=dage - 1)
        trin.append(Trin(dag, slut, t, f"{navn} {nr}", er_skitse=nr == len(laengder)))
        dag = slut + timedelta(days=1)
    return trin


def kasser(rod):
    """The boxes of the labels in the chart's field: step names and notes, not the axes' words."""
    for t in rod.iter(f"{NS}text"):
        if t.text.startswith(("Trin", "mindre", "syg", "pause")) and float(t.get("y")) < 290:
            x, y, stoerrelse = (float(t.get(n)) for n in ("x", "y", "font-size"))
            bredde = tekstbredde(t.text, stoerrelse, fed=bool(t.get("font-weight"))) * 0.94
            yield x, y - stoerrelse * 0.8, x + bredde, y + 2


@given(
    st.lists(st.integers(1, 120), min_size=1, max_size=9),
    st.lists(st.sampled_from([0.5, 1.5, 3, 4.5, 10, 15, 30, 37]), min_size=9, max_size=9),
    st.lists(st.sampled_from([0, 1, 4, 6, 20, 84]), min_size=9, max_size=9),
)
def test_labels_stand_inside_and_never_touch(laengder, timer, blev):
    trin = trinraekke(laengder, timer)
    faktisk = [
        Faktisk(t.fra, t.til, f, "mindre i 3 uger") for t, f in zip(trin, blev, strict=False)
    ]

    rod = tegn(trin, faktisk, til=max(SLUT, trin[-1].til), vaek=[Vaek(START, START, "syg")])

    fundne = list(kasser(rod))
    for (a0, b0, a1, b1), (c0, d0, c1, d1) in combinations(fundne, 2):
        assert a1 <= c0 or c1 <= a0 or b1 <= d0 or d1 <= b0
    for x0, y0, x1, y1 in fundne:
        assert x0 >= 44
        assert x1 <= 806
        assert y0 >= 0
        assert y1 <= 290


def test_axis_holds_the_highest_with_room_for_its_name():
    rod = tegn(trinraekke([30, 30], [4, 15]), [])

    tal = [t.text for t in rod.iter(f"{NS}text") if t.get("x") == "36"]
    assert tal == ["0", "4", "8", "12", "16"]


def test_setback_is_neither_red_nor_called_anything_but_less():
    rod = tegn(
        [], [Faktisk(START, START + timedelta(days=20), 10), Faktisk(START + timedelta(days=21), I_DAG, 5, "mindre nu")]
    )  # fmt: skip

    assert "mindre nu" in ord_(rod)
    assert "#a3121f" not in ET.tostring(rod, encoding="unicode")


def test_hole_in_the_hours_breaks_the_line():
    rod = tegn(
        [],
        [
            Faktisk(START, START + timedelta(days=9), 4),
            Faktisk(START + timedelta(days=20), I_DAG, 6),
        ],
    )

    (kurve,) = (p for p in rod.iter(f"{NS}path") if p.get("fill") == "none")
    assert kurve.get("d").count("M") == 2


def test_nothing_written_yet_is_said():
    assert tegn([], [])[1].text == "Der er ingen timer endnu."


def test_stretch_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="slutter, før den begynder"):
        tegn([], [], til=START - timedelta(days=1))


@pytest.mark.parametrize(
    ("til", "maaneder"),
    [
        (date(2026, 5, 31), ["jul", "aug", "sep", "okt", "nov", "dec", "jan 2026", "feb", "mar"]),
        (date(2028, 6, 15), ["jul", "okt", "jan 2026", "apr", "jul", "okt", "jan 2027"]),
        (date(2025, 9, 1), ["jul 2025", "aug", "sep"]),
    ],
)
def test_months_are_thinned_and_january_says_the_year(til, maaneder):
    rod = tegn([], [], til=til)

    nederst = [t.text for t in rod.iter(f"{NS}text") if t.get("y") == "310"]
    assert nederst[: len(maaneder)] == maaneder


def test_small_bars_follow_their_hours_and_say_them():
    rod = ET.fromstring(
        soejletrappe(
            "Dine timer om ugen",
            [
                Trappesoejle(4, "juni", Soejletilstand.FOER),
                Trappesoejle(10, "nu", Soejletilstand.NU),
                Trappesoejle(15, "fra marts", Soejletilstand.MAASKE),
            ],
            uid="bt",
        )
    )

    hoejder = [float(r.get("height")) for r in rod.iter(f"{NS}rect")]
    assert hoejder == pytest.approx([87 * 4 / 15, 58, 87], abs=0.1)
    assert ord_(rod) == ["4 timer", "juni", "10 timer", "nu", "15 timer?", "fra marts"]
    assert rod[1].text == "4 timer juni, 10 timer nu, 15 timer? fra marts."


@pytest.mark.parametrize("timer", [0, 1.5, 37])
def test_small_bars_tolerate_one_and_nothing(timer):
    rod = ET.fromstring(
        soejletrappe("Dine timer", [Trappesoejle(timer, "nu", Soejletilstand.NU)], uid="bt")
    )

    assert all(float(t.get("y")) > 0 for t in rod.iter(f"{NS}text"))


def test_small_bars_without_a_bar_are_refused():
    with pytest.raises(ValueError, match="mindst én"):
        soejletrappe("Dine timer", [], uid="bt")
