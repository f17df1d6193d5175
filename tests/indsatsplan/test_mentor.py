"""What a mentor sees of a case: whose it is, their own tasks, the next meeting; nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from indsatsplan import aftaler
from indsatsplan.aftaler import Aftale
from ressource.kalender import i_dag
from ressource.models import Opslag
from tests.factories import (
    IndsatsFactory,
    MaalFactory,
    RessourceforloebFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

# Session and user 2, the case 1, the frame 3, reminders 1, the mentor efforts 1, the next talk 1.
SIDEN = 9


@pytest.fixture
def forloeb():
    return RessourceforloebFactory(
        sag__borger__antal_hjemmeboende_boern=2, sag__borger__har_boernesag=True
    )


@pytest.fixture
def klient(som, forloeb):
    klient = som("mentor")
    TildelingFactory(sag=forloeb.sag, bruger=klient.bruger, art="mentor")
    return klient


def siden(sag):
    return reverse("indsatsplan:mentor", args=[sag.pk])


def test_mentor_reads_own_tasks_and_the_next_meeting_only(klient, forloeb, monkeypatch):
    maal = MaalFactory(forloeb=forloeb, rang=1, tekst="Gartner")
    IndsatsFactory(forloeb=forloeb, maal=maal, mentor=True, i_gang=True)
    IndsatsFactory(forloeb=forloeb, maal=maal, beskrivelse="Praktik på planteskolen")
    IndsatsFactory(
        forloeb=forloeb, maal=maal, mentor=True, opgaver="Ikke aftalt", status="foreslaaet"
    )
    tid = klokken(i_dag() + timedelta(days=9), 13)
    moede = Aftale(2, tid, "Biblioteket", er_holdt=False, skitse="Angsten fylder mindre")
    monkeypatch.setattr(aftaler, "_kilder", [lambda sag: [moede]])

    html = klient.get(siden(forloeb.sag)).content.decode()

    for ventet in (
        "Komme af sted om morgenen",
        "Ringe hver mandag",
        "2 timer",
        "kl. 13.00",
        "Biblioteket",
    ):
        assert ventet in html
    borger = forloeb.sag.borger
    skjult = ("Gartner", "planteskolen", "Ikke aftalt", "Angsten", "Personnummer", "Hjemmeboende")
    for ord_ in (*skjult, "Ressourceforløb 0", f"{borger.alder(i_dag())} år", "Regelsæt"):
        assert ord_ not in html
    assert borger.navn in html


def test_mentors_page_costs_the_same_for_few_and_many(
    klient, forloeb, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(aftaler, "_kilder", [])
    maal = MaalFactory(forloeb=forloeb)
    for antal in (0, 3):
        for _ in range(antal):
            IndsatsFactory(forloeb=forloeb, maal=maal, mentor=True)
        with django_assert_num_queries(SIDEN):
            klient.get(siden(forloeb.sag))

    assert set(Opslag.objects.values_list("objekt", "sag_id")) == {("mentor", forloeb.sag_id)}


def test_before_there_is_a_plan_the_page_says_so(som):
    klient, sag = som("mentor"), SagFactory()
    TildelingFactory(sag=sag, bruger=klient.bruger, art="mentor")

    html = klient.get(siden(sag)).content.decode()

    assert "Der er ikke aftalt opgaver endnu" in html
    assert "Der er ikke aftalt et møde endnu" in html


def test_mentor_is_led_from_the_case_to_the_tasks_and_not_to_the_plan(klient, forloeb):
    til = klient.get(reverse("sag", args=[forloeb.sag_id]))

    assert (til.status_code, til.url) == (302, siden(forloeb.sag))
    assert klient.get(reverse("indsatsplan:plan", args=[forloeb.sag_id])).status_code == 403
    assert klient.get(siden(SagFactory())).status_code == 404
