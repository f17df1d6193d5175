"""LIX by the published formula, against a text whose words and sentences are counted as it is made."""

from fractions import Fraction
from math import floor

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from ressource.laesbarhed import BAAND, maal

# The caseworker's text in the mock-up, which says LIX 44 and 44 words.
EKSEMPEL = (
    "Rie ønsker et arbejde med faste rutiner og begrænset kundekontakt. Hun har gode erfaringer fra "
    "et halvt års virksomhedspraktik på biblioteket i 2021, hvor fremmødet var stabilt i de første "
    "fire måneder. Ønsket peger mod opgaver inden for bibliotek, arkiv eller lager med "
    "varesortering."
)
BOGSTAVER = "abcdefghijklmnopqrstuvwxyzæøåÆØÅé"
ORD = st.text(BOGSTAVER, min_size=1, max_size=14)
# No word of two letters or fewer before a full stop: «kr.» and «a.m.» are not made by chance.
SIDSTE = st.text(BOGSTAVER, min_size=7, max_size=14)
SAETNINGER = st.lists(
    st.tuples(st.lists(ORD, max_size=12), SIDSTE, st.sampled_from(".:!?")), min_size=1, max_size=8
)


@given(SAETNINGER, st.sampled_from([" ", "\n", "  ", "\r\n\r\n"]))
def test_lix_is_words_per_sentence_plus_percent_long_words(saetninger, mellem):
    tekst = mellem.join(" ".join([*foerst, f"{sidst}{tegn}"]) for foerst, sidst, tegn in saetninger)
    alle = [ord_ for foerst, sidst, _ in saetninger for ord_ in [*foerst, sidst]]
    lange = sum(len(ord_) > 6 for ord_ in alle)
    lix = Fraction(len(alle), len(saetninger)) + Fraction(100 * lange, len(alle))

    maalt = maal(tekst)

    assert (maalt.ord, maalt.saetninger, maalt.lange_ord) == (len(alle), len(saetninger), lange)
    assert maalt.lix == floor(lix + Fraction(1, 2))
    assert maalt.laengste == max(len(foerst) + 1 for foerst, *_ in saetninger)


@given(st.text(max_size=300))
def test_any_text_can_be_measured(tekst):
    maalt = maal(tekst)

    assert maalt.lix >= 0
    assert maalt.baand in {navn for _, navn in BAAND}
    assert bool(maalt.ord) == bool(maalt.saetninger)


def test_the_text_of_the_mock_up_is_lix_44():
    maalt = maal(EKSEMPEL)

    assert (maalt.lix, maalt.ord, maalt.saetninger, maalt.lange_ord) == (44, 44, 3, 13)
    assert (maalt.ord_pr_saetning, maalt.laengste) == (15, 22)
    assert maalt.over_maal
    assert maalt.raad == "Prøv kortere ord"


@pytest.mark.parametrize(
    ("tekst", "saetninger"),
    [
        ("Hun møder kl. 9 hos f.eks. biblioteket.", 1),
        ("Den 4. november ringede han. Så gik det.", 2),
        ("Han kom i 2021. Det gik.", 2),
        ("Hun sagde: «Jeg vil gerne.» Og hun kom (til tiden).", 3),
        ("Virkelig?! Ja...", 2),
        ("Overskrift uden punktum\nOg en linje til", 2),
        ("Tallet 3.5 og 18.11.2025 deler ikke.", 1),
        ("…  –  !", 0),
        ("", 0),
    ],
)
def test_where_a_sentence_ends(tekst, saetninger):
    assert maal(tekst).saetninger == saetninger


@pytest.mark.parametrize(
    ("lix", "baand"),
    [(24, "meget let"), (25, "let"), (34, "let"), (35, "middel"), (45, "svær"), (55, "meget svær")],
)
def test_bands(lix, baand):
    # One sentence of short words is as hard as it is long.
    assert maal("ord " * lix).baand == baand


def test_few_words_are_not_judged():
    assert not maal("Virksomhedspraktikanter arbejdsprøvedes.").over_maal


def test_meter_shows_number_band_and_what_helps():
    skabelon = Template('{% load laesbarhed %}{% lix "beskrivelse" tekst er_svar=True %}')

    html = skabelon.render(Context({"tekst": EKSEMPEL}))

    assert 'id="lix-beskrivelse" hx-swap-oob="true"' in html
    assert "LIX 44 · middel, mål højst 35. Prøv kortere ord" in html
    assert 'd="M72 3v16"' in html
    assert "15 ord pr. sætning, længste 22 · 44 ord" in html
    assert "0 ord" in skabelon.render(Context({"tekst": None}))
