"""The two lines of progression: what is drawn, what is written, and what a reader without eyes gets."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from ressource.svg.progression import Maalepunkt, progressionslinje

NS = "{http://www.w3.org/2000/svg}"
DAGE = [date(2026, m, 1) for m in range(1, 6)]


def tegn(*svar, **felter):
    punkter = [Maalepunkt(dag, *par) for dag, par in zip(DAGE, svar, strict=False)]
    felter = {"uid": "p", "navn": "Eva", "skala": (1, 5)} | felter
    return ET.fromstring(progressionslinje("Overskud", punkter, **felter))


def tekster(rod):
    return [t.text for t in rod.iter(f"{NS}text")]


def test_latest_answers_are_written_where_the_lines_end():
    rod = tegn((1, 2), (2, None), (4, 3))
    assert tekster(rod) == ["Eva 4", "Fagperson 3"]
    assert rod.find(f"{NS}desc").text == "Eva: 1, 2, 4. Fagperson: 2, 3. Skala 1 til 5."
    assert len(rod.findall(f"{NS}circle")) == 3
    assert len(rod.findall(f"{NS}rect")) == 2


def test_a_line_that_falls_looks_like_one_that_rises():
    def udseende(rod):
        return [(e.tag, e.get("stroke"), e.get("fill")) for e in rod.iter() if e.tag != f"{NS}path"]

    assert udseende(tegn((1, 2), (5, 4))) == udseende(tegn((5, 4), (1, 2)))


def test_higher_is_further_up_and_labels_never_touch():
    rod = tegn((1, 1), (5, 5))
    y = [float(c.get("cy")) for c in rod.iter(f"{NS}circle")]
    assert y[0] > y[1]
    steder = [float(t.get("y")) for t in rod.iter(f"{NS}text")]
    assert abs(steder[0] - steder[1]) >= 13


def test_one_answer_one_side_and_dates():
    rod = tegn((None, 3), med_datoer=True, hoejde=130)
    assert tekster(rod) == ["Fagperson 3", "01.01.2026"]
    assert not rod.findall(f"{NS}polyline")
    assert tekster(tegn((3,), (4,), med_datoer=True))[1:] == ["01.01.2026", "01.02.2026"]


def test_names_are_text_and_long_ones_are_shortened():
    assert tekster(tegn((3, None), navn="<b>"))[0] == "<b> 3"
    [vist] = tekster(tegn((3, None), navn="Christian-Alexander"))
    assert vist.endswith("… 3")


def test_nothing_to_draw_is_an_error():
    with pytest.raises(ValueError, match="mindst ét svar"):
        tegn()
