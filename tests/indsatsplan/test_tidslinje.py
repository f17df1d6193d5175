"""The timeline of a plan: readable whatever its length, the same as chart and as table."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.urls import reverse

from borgere.models import Tildeling
from indsatsplan import aftaler, plansiden
from ressource.svg.grund import tekstbredde
from tests.factories import IndsatsplanFactory, RessourceforloebFactory, TildelingFactory, klokken
from tests.indsatsplan import storplan
from tests.indsatsplan.storplan import I_DAG, START

pytestmark = pytest.mark.django_db
NS = "{http://www.w3.org/2000/svg}"
# The whole, the beginning, the middle and the days round today.
VALG = [
    {},
    {"zoom": "kvartal", "fra": "2022-03"},
    {"zoom": "aar", "fra": "2023-02"},
    {"zoom": "maaned", "fra": "2025-11"},
]


@pytest.fixture(scope="module")
def nu():
    with time_machine.travel(klokken(I_DAG, 9)) as ur:
        yield ur


@pytest.fixture
def forloeb(nu):
    forloeb = RessourceforloebFactory(
        start_dato=START, slut_dato=START.replace(year=START.year + storplan.AAR)
    )
    IndsatsplanFactory(forloeb=forloeb)
    return forloeb


@pytest.fixture
def klient(som, forloeb):
    klient = som("koordinerende")
    TildelingFactory(sag=forloeb.sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)
    return klient


def side(forloeb, klient, **vis):
    return plansiden.byg(forloeb, laeser=klient.bruger, i_dag=I_DAG, kan_rettes=True, vis=vis)


def kasser(svg):
    """Each text with the box it fills: (x0, x1, y0, y1, text)."""
    for t in ET.fromstring(svg).iter(f"{NS}text"):
        stoerrelse, x, y = (float(t.get(n)) for n in ("font-size", "x", "y"))
        # The estimate is generous; neighbours may use its slack, never each other's letters.
        bredde = 0.94 * tekstbredde(t.text, stoerrelse, fed=t.get("font-weight") == "600")
        fra = x - bredde * {"middle": 0.5, "end": 1}.get(t.get("text-anchor"), 0)
        yield fra, fra + bredde, y - stoerrelse * 0.75, y, t.text


def test_no_two_labels_cover_each_other_in_five_years_of_sixty_efforts(forloeb, klient):
    storplan.fyld(forloeb)
    for valg in VALG:
        alle = sorted(kasser(side(forloeb, klient, **valg).tidslinje.svg))
        for n, (_, x1, top, bund, ord_) in enumerate(alle):
            ramte = [
                andet
                for x0, _, top2, bund2, andet in alle[n + 1 :]
                if x0 < x1 and top < bund2 and top2 < bund
            ]
            assert ramte == [], (valg, ord_)


# Rows of the table that the chart draws without a link of their own.
UDEN_LINK = {"Hul", "Passiv tid", "Tæller ikke", "På pause"}


def test_table_says_what_the_chart_draws(forloeb, klient):
    storplan.fyld(forloeb)
    for valg in VALG:
        tid = side(forloeb, klient, **valg).tidslinje
        rod = ET.fromstring(tid.svg)
        beskrivelse = rod[1].text
        links = [a.get("aria-label") for a in rod.iter(f"{NS}a")]
        assert len(links) == len([r for r in tid.raekker if r.tilstand not in UDEN_LINK])
        assert all(link in beskrivelse for link in links)
        for raekke in tid.raekker:
            assert f"{raekke.fra:%d.%m.%Y}" in beskrivelse, raekke


def test_links_come_in_order_of_time_within_their_kind(forloeb, klient):
    storplan.fyld(forloeb)
    svg = side(forloeb, klient).tidslinje.svg

    navne = [a.get("aria-label") for a in ET.fromstring(svg).iter(f"{NS}a")]

    assert len(navne) == 60 + 30 + 14
    for art in (navne[:60], navne[60:90], navne[90:]):
        datoer = [re.search(r"(\d\d)\.(\d\d)\.(\d{4})", n).groups()[::-1] for n in art]
        assert datoer == sorted(datoer)


@pytest.mark.parametrize("antal", [1, 60])
def test_five_years_cost_what_a_month_does(
    forloeb, klient, antal, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(aftaler, "_kilder", [])
    storplan.fyld(forloeb, antal)
    adresse = reverse("indsatsplan:plan", args=[forloeb.sag_id])
    klient.get(adresse)

    for valg in VALG[:2]:
        with django_assert_num_queries(STATEMENTS):
            svar = klient.get(adresse, valg)
        assert svar.status_code == 200


# With the frame of the case; `test_views.PLANSIDEN` lists them.
STATEMENTS = 23


def test_chart_shows_pauses_milestones_and_exempted_days(forloeb, klient):
    storplan.fyld(forloeb)
    tid = side(forloeb, klient).tidslinje

    titel, beskrivelse = (ET.fromstring(tid.svg)[n].text for n in (0, 1))
    assert titel.startswith("Tidslinje med 60 indsatser. ")
    assert "Passiv tid i alt: " in titel
    assert "på pause fra" in beskrivelse
    assert "Fritaget: 60 dage fra 01.02.2023 til 01.04.2023." in beskrivelse
    assert "nået 19.06.2022" in beskrivelse
    assert {"Fritaget", "På pause", "Mål nået", "Mål ventes"} <= {
        t.text for t in ET.fromstring(tid.svg).iter(f"{NS}text")
    }


def test_page_zooms_by_its_address(forloeb, klient):
    adresse = reverse("indsatsplan:plan", args=[forloeb.sag_id])

    html = klient.get(adresse, {"zoom": "kvartal", "fra": "2025-10"}).content.decode()

    assert "Tidslinje, oktober – december 2025" in html
    assert f'href="{adresse}?zoom=kvartal&amp;fra=2025-07#tidslinje"' in html
    assert "uge 42" in html
    assert "uge 42" not in klient.get(adresse).content.decode()


def test_exempted_days_are_no_gap(forloeb, klient):
    storplan.fyld(forloeb)

    huller = [r for r in side(forloeb, klient).tidslinje.raekker if r.tilstand == "Hul"]

    assert huller
    fritaget = (date(2023, 2, 1), date(2023, 4, 1))
    assert not [h for h in huller if h.fra <= fritaget[1] and h.til >= fritaget[0]]
    assert all((h.til - h.fra) >= timedelta(days=7) for h in huller)


def test_ended_forloeb_ends_with_its_last_day(forloeb, klient):
    forloeb.slut_dato = forloeb.afsluttet_dato = date(2023, 5, 9)

    tid = side(forloeb, klient).tidslinje

    assert tid.vindue.til == date(2023, 5, 31)
    assert not {"i dag", "3 måneder"} & {t.text for t in ET.fromstring(tid.svg).iter(f"{NS}text")}
