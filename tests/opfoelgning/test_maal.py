"""The goal at a follow-up: the plan's until somebody says otherwise, and then with a reason."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from borgere.models import Fase
from indsatsplan import roed_traad
from opfoelgning import planens_aftaler, services
from opfoelgning.skema import Punkt, Skema
from tests.factories import OpfoelgningsmoedeFactory, klokken
from tests.opfoelgning.sager import i_forloeb

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
PLANENS = "Medhjælper på bibliotek"
GRUND = "En butik søger en chauffør"


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 14), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("koordinerende")


@pytest.fixture
def moede(klient):
    return i_forloeb(klient.bruger, moede=IDAG).opfoelgningsmoeder.get(nr=2)


def skema(moede, maal, begrundelse=""):
    indsatser = [i for f in moede.sag.forloeb.all() for i in f.indsatser.all()]
    return Skema(
        sted=moede.sted,
        maal=maal,
        maal_begrundelse=begrundelse,
        mentor_var_med=True,
        skitse="12 timer om ugen",
        uden_naeste_begrundelse="Borgeren ringer",
        punkter={i.pk: Punkt("Fint", "Videre") for i in indsatser},
    )


@pytest.mark.parametrize("maal", ["", PLANENS, " medhjælper på  bibliotek."])
def test_the_plans_goal_needs_no_reason_and_is_kept_with_the_talk(klient, moede, maal):
    lukket = services.luk_moede(moede, skema(moede, maal, GRUND), laas=0, af=klient.bruger)

    assert (lukket.maal, lukket.maal_begrundelse) == (maal or PLANENS, "")


def test_another_goal_closes_with_a_reason_alone_and_breaks_no_thread(klient, moede):
    with pytest.raises(ValidationError) as fejl:
        services.luk_moede(moede, skema(moede, "Chauffør"), laas=0, af=klient.bruger)
    assert fejl.value.message_dict == {
        "maal_begrundelse": [f"Målet er et andet end i planen («{PLANENS}»). Skriv hvorfor."]
    }

    services.luk_moede(moede, skema(moede, "Chauffør", GRUND), laas=0, af=klient.bruger)

    forloeb = moede.sag.forloeb.get()
    dokument = planens_aftaler.maal_i_seneste(forloeb, forloeb.start_dato, IDAG)
    assert (dokument.navn, dokument.maal, dokument.begrundelse) == (
        "Opfølgning nr. 2",
        "Chauffør",
        GRUND,
    )


def test_a_draft_follows_the_plan_until_the_talk_is_closed(klient, moede):
    services.gem_moede(moede, skema(moede, PLANENS), laas=0, af=klient.bruger)
    moede.sag.forloeb.get().maal.update(tekst="Bogbinder")

    side = klient.get(reverse("opfoelgning:moede", args=[moede.pk])).content.decode()

    assert 'value="Bogbinder"' in side
    assert PLANENS not in side


def test_form_says_on_the_field_what_is_missing_and_keeps_the_goal(klient, moede):
    svar = klient.post(
        reverse("opfoelgning:moede", args=[moede.pk]),
        {
            "laas": "0",
            "form": "personligt",
            "sted": "Rådhuset",
            "mentor_var_med": "ja",
            "maal": "Chauffør",
            "trin": "luk",
        },
    )

    side = svar.content.decode()
    assert svar.status_code == 422
    assert 'value="Chauffør"' in side
    assert "Målet er et andet end i planen" in side


def test_before_there_is_a_plan_the_goal_is_not_asked_for(klient):
    moede = OpfoelgningsmoedeFactory(
        sag__fase=Fase.AFGOERELSE,
        sag__ansvarlig=klient.bruger,
        nr=1,
        tidspunkt=klokken(IDAG, 8),
    )

    side = klient.get(reverse("opfoelgning:moede", args=[moede.pk])).content.decode()
    lukket = services.luk_moede(moede, skema(moede, ""), laas=0, af=klient.bruger)

    assert "Målet lige nu" not in side
    assert lukket.maal == ""
    assert roed_traad.planens_maal(moede.sag_id) == roed_traad.Planmaal()
