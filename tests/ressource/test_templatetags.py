from datetime import timedelta

import pytest
from django.template import engines

from ressource.kalender import i_dag


def tegn(kilde, **kontekst):
    return engines["django"].from_string("{% load ressource %}" + kilde).render(kontekst).strip()


def test_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in tegn('{% ikon "check" %}')
    assert 'role="img" aria-label="S&lt;øg"' in tegn('{% ikon "search" label=x %}', x="S<øg")


def test_badge_has_words_and_a_shape():
    html = tegn('{% maerke "overskredet" tekst %}', tekst="<4> dage over")

    assert html.startswith('<span class="maerke maerke--overskredet"><svg')
    assert "#error" in html
    assert "&lt;4&gt; dage over" in html


def test_badge_of_an_unknown_kind_is_a_mistake():
    with pytest.raises(KeyError):
        tegn('{% maerke "lyseroed" "x" %}')


@pytest.mark.parametrize(
    "udtryk", ["x|dato", "x|tal", "x|om_dage", "x|decimal:1", "x|pct", "x|klokkeslaet"]
)
def test_filter_lets_nothing_stay_nothing(udtryk):
    assert tegn("{{ " + udtryk + " }}", x=None) == ""


def test_filter_takes_the_number_of_decimals():
    assert tegn("{{ x|decimal:1 }} {{ x|pct:1 }} {{ x|tal }}", x=12.55) == "12,6 12,6 pct. 13"


def test_om_dage_sees_the_date_from_today():
    assert tegn("{{ x|om_dage }}", x=i_dag() + timedelta(days=1)) == "I morgen"


@pytest.mark.urls("tests.ressource.proevesider")
def test_breadcrumb_starts_at_overblik_and_ends_here():
    html = tegn('{% broedkrumme "Sager" "/sager/" "RF-1" %}')

    assert html.endswith('<a href="/">Overblik</a> / <a href="/sager/">Sager</a> / RF-1</nav>')


def test_breadcrumb_without_a_last_label_is_a_mistake():
    with pytest.raises(ValueError, match="slutter med"):
        tegn('{% broedkrumme "Sager" "/sager/" %}')
