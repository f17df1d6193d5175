"""One's own reminders: shown, counted in the header, read."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from opfoelgning.models import Paamindelse
from tests.factories import BrugerFactory, SagFactory, klokken
from tests.opfoelgning.sager import frist

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("sagsbehandler")


def paamind(bruger, **felter) -> Paamindelse:
    sag = felter.pop("sag", None) or SagFactory(ansvarlig=bruger)
    return Paamindelse.objects.create(
        **{"frist": frist(sag, -4), "bruger": bruger, "art": "overskredet"} | felter
    )


def adresse() -> str:
    return reverse("opfoelgning:paamindelser")


def test_unread_come_first_with_a_way_to_the_case(klient):
    laest = paamind(klient.bruger, laest_den=timezone.now())
    ulaest = paamind(klient.bruger)

    svar = klient.get(adresse())

    assert [p for p, _ in svar.context["linjer"]] == [ulaest, laest]
    html = svar.content.decode()
    assert reverse("sag", args=[ulaest.frist.sag_id]) in html
    assert "4 dage over" in html
    assert "Læst 24.11.2026" in html


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_costs_the_same_however_many(klient, django_assert_num_queries, antal):
    for _ in range(antal):
        paamind(klient.bruger)

    # Session, user, number, page, look-up log, own reminders, unread in the header.
    with django_assert_num_queries(7):
        klient.get(adresse())


def test_header_counts_the_unread(klient):
    paamind(klient.bruger)
    paamind(klient.bruger, laest_den=timezone.now())
    paamind(BrugerFactory())

    svar = klient.get(adresse())

    assert svar.context["ramme"].antal_paamindelser == 1


def test_reading_takes_it_off_the_count(klient):
    en = paamind(klient.bruger)

    svar = klient.post(reverse("opfoelgning:paamindelse_laest", args=[en.pk]), follow=True)

    assert svar.redirect_chain == [(adresse(), 302)]
    assert svar.context["ramme"].antal_paamindelser == 0


def test_others_reminders_and_those_of_cases_one_has_left_are_not_there(klient):
    fremmed = paamind(BrugerFactory())
    sag = SagFactory(ansvarlig=klient.bruger)
    tidligere = paamind(klient.bruger, sag=sag)
    sag.tildelinger.update(til_dato=IDAG - timedelta(days=1))

    assert not klient.get(adresse()).context["linjer"]
    for en in (fremmed, tidligere):
        laest = klient.post(reverse("opfoelgning:paamindelse_laest", args=[en.pk]))
        assert laest.status_code == 404


def test_empty_list_says_what_will_come(klient):
    assert "Du har ingen påmindelser." in klient.get(adresse()).content.decode()
