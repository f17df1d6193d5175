"""The question funnel: one step at a time, stopping at the first answer."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from rehabilitering.models import ForberedendeDel
from rehabilitering.services import forberedelse, spoergetragt
from rehabilitering.services.spoergetragt import Tragtskridt
from ressource.kalender import i_dag
from tests.factories import BrugerFactory
from tests.rehabilitering.klargoering import begyndt_del


def stande(del_):
    return [trin.stand for trin in spoergetragt.trin(del_)]


def gaa(del_, *knapper):
    return [spoergetragt.gaa(del_, Tragtskridt.laes(knap)) for knap in knapper]


@time_machine.travel("2026-11-04 10:00+01:00", tick=False)
def test_the_funnel_stops_at_the_first_answer_and_keeps_when_it_was_asked():
    del_ = ForberedendeDel(tragt_opgaver="Sortere")

    assert gaa(del_, "tragt-nej-1", "tragt-ja-2") == [True, True]

    assert stande(del_) == ["spurgt", "svar", "ikke_spurgt", "ikke_spurgt"]
    assert (del_.spoergetragt_niveau, spoergetragt.aabent_trin(del_)) == (2, None)
    assert del_.tragt_spurgt == {"1": "2026-11-04", "2": "2026-11-04"}


def test_asked_to_the_end_in_vain_no_step_is_open():
    del_ = ForberedendeDel()

    gaa(del_, *(f"tragt-nej-{nr}" for nr in range(1, 5)))

    assert stande(del_) == ["spurgt"] * 4
    assert del_.spoergetragt_niveau is None


def test_an_answer_to_go_on_with_is_not_empty():
    with pytest.raises(ValidationError, match="Skriv svaret"):
        gaa(ForberedendeDel(), "tragt-ja-1")


@pytest.mark.parametrize("knap", ["tragt-ja-2", "tragt-nej-3", "tragt-igen-2"])
def test_a_step_that_is_not_open_is_refused(knap):
    with pytest.raises(ValidationError, match="En anden er gået videre"):
        gaa(ForberedendeDel(tragt_opgaver="Sortere"), knap)


@pytest.mark.parametrize(
    ("foer", "knap"),
    [
        ((), "tragt-nej-1"),
        (("tragt-nej-1",), "tragt-ja-2"),
        (("tragt-nej-1", "tragt-nej-2", "tragt-nej-3"), "tragt-nej-4"),
        (("tragt-nej-1", "tragt-ja-2"), "tragt-igen-1"),
    ],
)
def test_the_same_button_twice_changes_nothing_the_second_time(foer, knap):
    del_ = ForberedendeDel(tragt_opgaver="Sortere")
    gaa(del_, *foer)

    assert gaa(del_, knap, knap) == [True, False]


def test_a_step_is_asked_again_with_its_answer_at_hand_and_the_later_ones_open_after_it():
    del_ = ForberedendeDel(tragt_fritid="Heste", spoergetragt_niveau=3)

    gaa(del_, "tragt-igen-2")

    assert stande(del_) == ["spurgt", "aabent", "ikke_spurgt", "ikke_spurgt"]
    assert (del_.spoergetragt_niveau, del_.tragt_fritid) == (None, "Heste")


@pytest.mark.parametrize("tekst", ["", "faerdig", "tragt-ja-5", "tragt-ja-0", "tragt-maaske-1"])
def test_other_buttons_are_no_step(tekst):
    assert Tragtskridt.laes(tekst) is None


@pytest.mark.django_db
def test_the_page_shows_one_open_step_and_works_by_plain_post(som):
    maja = BrugerFactory()
    sag = begyndt_del(af=maja).sag
    klient = som(maja)
    sti = reverse("rehabilitering:forberedende_del", args=[sag.pk]) + "?afsnit="
    sti += forberedelse.AFSNIT_OENSKER

    def tryk(knap, **felter):
        form = klient.get(sti).context["form"]
        data = {felt.html_name: felt.value() or "" for felt in form}
        return klient.post(sti, data | felter | {"trin": knap})

    forberedelse.marker_gennemgaaet(sag.forberedende_dele.get(), dato=i_dag(), af=maja)
    tomt = tryk("tragt-ja-1", maal="Lager")
    assert (tomt.status_code, 'value="Lager"' in tomt.text) == (422, True)
    assert "Skriv svaret, før I går videre" in tomt.text
    videre = tryk("tragt-nej-1", tragt_job="Det ved jeg ikke")
    assert videre["Location"].endswith("#tragt")
    assert sag.forberedende_dele.get().gennemgaaet_dato is None
    aaben = klient.get(sti)
    assert aaben.text.count('aria-current="step"') == 1
    assert "«Det ved jeg ikke»" in aaben.text

    tryk("tragt-ja-2", tragt_opgaver="Sortere\nog rydde op")

    side = klient.get(sti).text
    assert "Svar fundet på trin 2" in side
    assert side.count("Ikke nødvendigt") == 2
    del_ = sag.forberedende_dele.get()
    assert (del_.tragt_job, del_.tragt_opgaver) == ("Det ved jeg ikke", "Sortere\nog rydde op")
    assert (del_.spoergetragt_niveau, del_.rettet_af) == (2, maja)


@pytest.mark.django_db
def test_a_new_round_keeps_how_far_the_funnel_went():
    maja = BrugerFactory()
    gammel = begyndt_del(
        af=maja,
        status="forelagt",
        gennemgaaet_dato=i_dag(),
        spoergetragt_niveau=1,
        tragt_job="Heste",
        tragt_spurgt={"1": "2026-11-04"},
    )

    ny = forberedelse.begynd_del(gammel.sag, af=maja)

    assert (ny.nr, ny.spoergetragt_niveau, ny.tragt_spurgt) == (2, 1, {"1": "2026-11-04"})
