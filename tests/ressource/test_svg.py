"""Charts: well-formed, without anything a strict CSP refuses, and with every figure as text too."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressource.datoer import maaneder_tilbage
from ressource.svg import (
    Bane,
    Bjaelke,
    Faktisk,
    Hul,
    Maal,
    Maerke,
    Punkt,
    Soejle,
    Soejletilstand,
    Tilstand,
    Trappesoejle,
    Trin,
    Vaek,
    linje,
    maalbjaelke,
    soejler,
    soejletrappe,
    sparkline,
    tidslinje,
    trappe,
)
from ressource.svg.akser import Datoakse, maanedsmaerker, spred, top
from ressource.svg.grund import tekstbredde

NS = "{http://www.w3.org/2000/svg}"
MAANEDER = maaneder_tilbage(date(2026, 10, 1), 13)
I_DAG = date(2025, 11, 25)
PRAKTIK = Bjaelke(
    Bane.BESKAEFTIGELSE,
    "Praktik <trin 1> & 2",
    date(2025, 6, 16),
    date(2025, 11, 9),
    Tilstand.I_GANG,
    "/indsats/1/",
)
KURSUS = Bjaelke(
    Bane.BESKAEFTIGELSE,
    "Kørekort",
    date(2025, 10, 1),
    date(2026, 3, 31),
    Tilstand.PLANLAGT,
    "/indsats/2/",
)
MENTOR = Bjaelke(Bane.SOCIAL, "Mentor", date(2025, 6, 9), None, Tilstand.I_GANG, "/indsats/3/")
TRAENING = Bjaelke(
    Bane.SUNDHED, "Træning", date(2026, 3, 2), date(2026, 5, 1), Tilstand.SKITSE, "/indsats/4/"
)


def serie(*vaerdier):
    maaneder = MAANEDER[-len(vaerdier) :]
    return [
        Punkt(m, v, ".." if v is None else f"{v} pct.")
        for m, v in zip(maaneder, vaerdier, strict=True)
    ]


def plan(*bjaelker, **valg):
    grund = {"uid": "tl", "fra": date(2025, 5, 1), "til": date(2026, 6, 20), "i_dag": I_DAG}
    return tidslinje("Sundhed er uden indsats", bjaelker, **(grund | valg))


def traekt(svg):
    return ET.fromstring(svg)


def tekster(svg):
    return [t.text for t in traekt(svg).iter(f"{NS}text")]


def rektangler(svg):
    return [
        {k: float(v) for k, v in r.attrib.items() if k in ("x", "y", "width", "height")}
        for r in traekt(svg).iter(f"{NS}rect")
        if r.get("height") == "28"
    ]


ALLE = {
    "linje": linje("Stiger", serie(*range(24, 37)), uid="a", maal=Maal(40, "mål 40")),
    "sparkline": sparkline("Stiger", serie(1, None, 3), uid="b"),
    "soejler": soejler(
        "Flest", [Soejle("Fleksjob", 12, "12"), Soejle("Andet", None, "..")], uid="c"
    ),
    "maalbjaelke": maalbjaelke("34 mod 40", 34, uid="d", maal=40, beskrivelse="34 pct."),
    "tidslinje": plan(
        PRAKTIK,
        KURSUS,
        MENTOR,
        TRAENING,
        huller=[Hul(Bane.SUNDHED, date(2025, 10, 25), date(2025, 12, 7))],
        maerker=[Maerke(date(2025, 6, 9), "nr. 1", er_holdt=True, url="/opfoelgning/1/")],
    ),
    "trappe": trappe(
        "Timer om ugen",
        [Trin(date(2025, 6, 16), I_DAG, 4, "Trin <1>")],
        [Faktisk(date(2025, 6, 16), I_DAG, 3)],
        uid="tr",
        fra=date(2025, 6, 1),
        til=I_DAG,
        i_dag=I_DAG,
        vaek=[Vaek(date(2025, 8, 4), date(2025, 8, 17), "syg")],
    ),
    "soejletrappe": soejletrappe(
        "Dine timer", [Trappesoejle(4, "nu", Soejletilstand.NU)], uid="st"
    ),
}


@pytest.mark.parametrize("navn", ALLE)
def test_chart_can_stand_under_a_strict_csp(navn):
    svg = ALLE[navn]

    for knude in traekt(svg).iter():
        assert knude.tag not in {f"{NS}style", f"{NS}script", f"{NS}foreignObject"}
        assert not {"style", "class"} & set(knude.attrib)
        assert not any(attribut.startswith("on") for attribut in knude.attrib)


@pytest.mark.parametrize("navn", ALLE)
def test_chart_has_title_and_description_with_ids_of_their_own(navn):
    rod = traekt(ALLE[navn])

    titel, beskrivelse = rod[0], rod[1]
    assert (titel.tag, beskrivelse.tag) == (f"{NS}title", f"{NS}desc")
    assert rod.get("aria-labelledby") == titel.get("id")
    assert rod.get("aria-describedby") == beskrivelse.get("id")
    ider = [k.get("id") for k in rod.iter() if k.get("id")]
    assert len(ider) == len(set(ider))
    henvist = re.findall(r"url\(#([^)]+)\)", ALLE[navn])
    assert set(henvist) <= set(ider)


@pytest.mark.parametrize("navn", ALLE)
def test_text_is_never_smaller_than_11_5(navn):
    stoerrelser = [float(t.get("font-size")) for t in traekt(ALLE[navn]).iter(f"{NS}text")]

    assert all(s >= 11.5 for s in stoerrelser)


@pytest.mark.parametrize("uid", ["", "A", "1a", 'a" onload="x', "a b"])
def test_invalid_uid_is_refused(uid):
    with pytest.raises(ValueError, match="uid"):
        maalbjaelke("x", 1, uid=uid, beskrivelse="x")


def test_text_from_outside_does_not_become_code():
    svg = soejler("<script>", [Soejle("</svg><b>", 1, '"&')], uid="x")

    assert "<script>" not in svg
    assert tekster(svg) == ["</svg><b>", '"&']


def test_line_shows_first_and_last_figure_and_target():
    assert tekster(ALLE["linje"]) == [
        "24 pct.",
        "36 pct.",
        "mål 40",
        "okt 25",
        "jan 26",
        "apr",
        "jul",
        "okt 26",
    ]


def test_description_of_the_line_has_every_month():
    beskrivelse = traekt(ALLE["linje"])[1].text

    assert "oktober 2025: 24 pct." in beskrivelse
    assert "oktober 2026: 36 pct." in beskrivelse
    assert beskrivelse.endswith("Stiplet linje: mål 40.")


def test_hidden_month_breaks_the_line():
    svg = linje("Skjult", serie(1, 2, None, 4, None, 6, 7), uid="x")

    rod = traekt(svg)
    stykker = [p.get("points").count(",") for p in rod.iter(f"{NS}polyline")]
    assert stykker == [2, 2]
    assert "juni 2026: .." in rod[1].text


def test_hidden_last_month_is_shown_as_hidden():
    assert ".." in tekster(linje("Skjult", serie(6, 7, None), uid="x", maal=Maal(7, "mål 7")))


@pytest.mark.parametrize("vaerdier", [(5,), (0, 0, 0), (None,), (None, None), (Decimal("6.5"), 7)])
def test_line_tolerates_few_and_empty_figures(vaerdier):
    assert traekt(linje("x", serie(*vaerdier), uid="x")).get("role") == "img"


def test_line_without_months_is_refused():
    with pytest.raises(ValueError, match="mindst én måned"):
        linje("x", [], uid="x")


def test_length_of_the_bar_follows_the_figure():
    svg = soejler(
        "x", [Soejle("a", 10, "10"), Soejle("b", 5, "5"), Soejle("c", None, "..")], uid="x"
    )

    laengder = [float(r.get("width")) for r in traekt(svg).iter(f"{NS}rect")]
    assert len(laengder) == 2
    assert laengder[0] == pytest.approx(2 * laengder[1], abs=0.2)


def test_no_bars_are_an_empty_chart():
    assert tekster(soejler("x", [], uid="x")) == []


@pytest.mark.parametrize(
    ("vaerdi", "maal", "bredde", "sted"),
    [(34, 40, 91.8, 108), (120, 100, 270, 268.5), (0, 0, None, 1.5)],
)
def test_target_bar_keeps_to_its_track(vaerdi, maal, bredde, sted):
    rod = traekt(maalbjaelke("x", vaerdi, uid="x", maal=maal, beskrivelse="x"))

    bjaelker = [float(r.get("width")) for r in rod.iter(f"{NS}rect")][1:]
    assert bjaelker == ([] if bredde is None else [bredde])
    assert rod.find(f"{NS}path").get("d").startswith(f"M{sted:.1f} ")


def test_timeline_bars_are_links_in_date_order():
    links = [a.get("href") for a in traekt(ALLE["tidslinje"]).iter(f"{NS}a")]

    assert links == [f"/indsats/{n}/" for n in (3, 1, 2, 4)] + ["/opfoelgning/1/"]


def test_links_say_name_state_and_dates():
    navne = [a.get("aria-label") for a in traekt(ALLE["tidslinje"]).iter(f"{NS}a")]

    assert navne == [
        "Mentor, i gang, fra 09.06.2025",
        "Praktik <trin 1> & 2, afsluttet, fra 16.06.2025 til 09.11.2025",
        "Kørekort, planlagt, fra 01.10.2025 til 31.03.2026",
        "Træning, skitse, fra 02.03.2026 til 01.05.2026",
        "Opfølgning nr. 1, holdt 09.06.2025",
    ]


def test_chart_with_links_is_a_group_and_without_them_an_image():
    assert traekt(ALLE["tidslinje"]).get("role") == "group"
    assert traekt(plan()).get("role") == "img"


def test_description_goes_lane_by_lane():
    assert traekt(ALLE["tidslinje"])[1].text == (
        "Beskæftigelse: Praktik <trin 1> & 2, afsluttet, fra 16.06.2025 til 09.11.2025; "
        "Kørekort, planlagt, fra 01.10.2025 til 31.03.2026. "
        "Sundhed: 44 dage uden indsats fra 25.10.2025 til 07.12.2025; "
        "Træning, skitse, fra 02.03.2026 til 01.05.2026. "
        "Social: Mentor, i gang, fra 09.06.2025. "
        "Opfølgning nr. 1, holdt 09.06.2025."
    )


def test_empty_plan_says_so_in_every_lane():
    assert traekt(plan())[1].text == (
        "Beskæftigelse: ingen indsatser. Sundhed: ingen indsatser. Social: ingen indsatser."
    )


def test_gap_shows_its_number_of_days():
    assert "44 dage uden indsats" in tekster(ALLE["tidslinje"])
    assert Hul(Bane.SOCIAL, date(2025, 6, 1), date(2025, 6, 1)).vist == "1 dag uden indsats"


def test_state_is_seen_on_the_edge():
    kanter = {
        r.get("stroke-dasharray")
        for r in traekt(plan(TRAENING)).iter(f"{NS}rect")
        if r.get("height") == "28"
    }

    assert kanter == {"5 4"}


def test_horizons_and_today_stand_in_the_head():
    ord_ = tekster(ALLE["tidslinje"])

    assert "3 måneder frem: konkret" in ord_
    assert "6 måneder frem: skitse" in ord_
    assert ord_.count("i dag") == 1
    assert "jan 2026" in ord_


def test_today_outside_the_timeline_is_not_shown():
    ord_ = tekster(plan(i_dag=date(2027, 1, 1)))

    assert "i dag" not in ord_
    assert not any("frem" in o for o in ord_)


def test_what_lies_outside_is_left_out():
    foer = Bjaelke(Bane.SOCIAL, "Før", date(2024, 1, 1), date(2025, 4, 30), Tilstand.I_GANG)
    efter = Bjaelke(Bane.SOCIAL, "Efter", date(2026, 6, 21), None, Tilstand.SKITSE)

    assert rektangler(plan(foer, efter)) == []


def test_long_name_is_shortened_but_whole_in_the_description():
    navn = "Meget langt navn på en indsats " * 10
    lang = Bjaelke(Bane.SOCIAL, navn, date(2025, 9, 1), date(2025, 9, 3), Tilstand.I_GANG, "/x/")

    svg = plan(lang, bredde=680)

    assert any(t.endswith("…") for t in tekster(svg))
    assert navn.strip() in traekt(svg)[1].text


def test_timeline_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="slutter, før den begynder"):
        plan(fra=date(2026, 1, 2), til=date(2026, 1, 1))


DAGE = st.dates(date(2025, 3, 1), date(2026, 8, 1))
BJAELKER = st.builds(
    Bjaelke,
    bane=st.sampled_from(Bane),
    navn=st.text("abc æøåW<&", max_size=30),
    fra=DAGE,
    til=st.none() | DAGE,
    tilstand=st.sampled_from(Tilstand),
).filter(lambda b: b.til is None or b.fra <= b.til)


@given(st.lists(BJAELKER, max_size=9), st.sampled_from([680, 1376]), DAGE)
def test_timeline_bars_never_cover_each_other(bjaelker, bredde, i_dag):
    svg = plan(*bjaelker, bredde=bredde, i_dag=i_dag)

    kasser = rektangler(svg)
    for n, en in enumerate(kasser):
        assert en["x"] >= 127.9
        assert en["x"] + en["width"] <= bredde
        for anden in kasser[n + 1 :]:
            if en["y"] == anden["y"]:
                foerst, sidst = sorted((en, anden), key=lambda k: k["x"])
                assert foerst["x"] + foerst["width"] <= sidst["x"] + 4.2


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_top_of_the_axis_has_room_for_all_figures(vaerdier):
    assert max(vaerdier) <= top(vaerdier) <= max(1.0, max(vaerdier) * 2)


@given(st.lists(st.floats(0, 200), max_size=6))
def test_spread_labels_keep_distance_and_order(oenskede):
    pladser = spred(oenskede, 18)

    raekkefoelge = sorted(range(len(oenskede)), key=oenskede.__getitem__)
    for a, b in pairwise(raekkefoelge):
        assert pladser[b] - pladser[a] >= 18 - 1e-6


def test_month_marks_stand_at_the_ends_and_the_quarters():
    assert maanedsmaerker(MAANEDER) == [0, 3, 6, 9, 12]
    assert maanedsmaerker(maaneder_tilbage(date(2026, 11, 1), 13)) == [0, 5, 8, 12]
    assert maanedsmaerker(MAANEDER[:1]) == [0]
    assert maanedsmaerker([]) == []


def test_date_axis_keeps_between_its_edges():
    akse = Datoakse(date(2026, 1, 1), date(2026, 1, 10), 100, 200)

    assert akse.begyndelse(date(2026, 1, 1)) == 100
    assert akse.slutning(date(2026, 1, 1)) == 110
    assert akse.slutning(date(2026, 1, 10)) == 200
    assert akse.begyndelse(date(2025, 1, 1)) == 100
    assert akse.slutning(date(2027, 1, 1)) == 200


def test_wide_text_is_wider():
    assert tekstbredde("iii", 12) < tekstbredde("nnn", 12) < tekstbredde("MMM", 12)
    assert tekstbredde("nnn", 12) < tekstbredde("nnn", 12, fed=True)


def test_target_line_does_not_run_through_the_first_label():
    maaneder = [date(2026, maaned, 1) for maaned in range(1, 5)]
    vaerdier = [77, 70, 72, 80]
    punkter = [Punkt(m, v, f"{v} pct.") for m, v in zip(maaneder, vaerdier, strict=True)]

    svg = linje("Udvikling", punkter, uid="u", maal=Maal(95, "mål 95"))

    etiket = float(re.search(r'<text[^>]* y="([\d.]+)"[^>]*>77 pct\.', svg)[1])
    streg_y = float(re.search(r'd="M6\.0 ([\d.]+)L[^>]*stroke-dasharray', svg)[1])
    assert not etiket - 12 < streg_y < etiket + 2
