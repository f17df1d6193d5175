"""The sundhedskoordinator's answers in the plan: put in the draft, kept by the approved version."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from borgere.models import Tildeling
from indsatsplan import aftaler, dokumenter, plansvar, services
from indsatsplan.models import Indsatsplan, Plansvar
from ressource import pdf
from ressource.kalender import i_dag
from tests.factories import IndsatsplanFactory, MaalFactory, SagFactory, TildelingFactory
from tests.rehabilitering.svardata import SVAR, besvaret

pytestmark = pytest.mark.django_db


@pytest.fixture
def kladde():
    return IndsatsplanFactory(forloeb=MaalFactory(rang=1).forloeb)


@pytest.fixture
def booking(kladde):
    return besvaret(kladde.forloeb.sag)


def i_kredsen(som, kladde, rolle):
    klient = som(rolle)
    sag = kladde.forloeb.sag
    TildelingFactory(sag=sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)
    return klient


def siden(kladde):
    return reverse("indsatsplan:plan", args=[kladde.forloeb.sag_id])


def godkend(kladde):
    Indsatsplan.objects.filter(pk=kladde.pk).update(
        godkendt_dato=i_dag(),
        godkendt_den=timezone.now(),
        godkendt_af=kladde.oprettet_af,
        borger_enig="enig",
        indhold={"maal": [{"id": 1, "rang": 1, "tekst": "Job", "art": "job", "indsatser": []}]},
    )
    kladde.refresh_from_db()


def test_an_answer_is_put_into_the_draft_and_taken_out_again(som, kladde, booking):
    klient = i_kredsen(som, kladde, "koordinerende")
    sag_id = kladde.forloeb.sag_id

    klient.post(reverse("indsatsplan:svar_indsaet", args=[sag_id, booking.pk]))
    side = klient.get(siden(kladde)).content.decode()
    assert "Fjern fra planen" in side
    assert reverse("rehabilitering:sparring_svar", args=[booking.pk]) in side

    svar = Plansvar.objects.get()
    klient.post(reverse("indsatsplan:svar_fjern", args=[sag_id, svar.pk]))
    assert "Indsæt i planen" in klient.get(siden(kladde)).content.decode()


def test_who_may_not_read_health_does_not_see_the_answers(som, kladde, booking):
    services.indsaet_svar(kladde.forloeb, booking, af=kladde.oprettet_af)

    side = i_kredsen(som, kladde, "virksomhedskonsulent").get(siden(kladde)).content.decode()

    assert SVAR not in side


def test_an_approved_version_keeps_what_stood_in_it(som, kladde, booking, monkeypatch):
    monkeypatch.setattr(aftaler, "_kilder", [])
    forloeb, af = kladde.forloeb, kladde.oprettet_af
    ind = services.indsaet_svar(forloeb, booking, af=af)
    godkend(kladde)
    services.fjern_svar(ind, af=af)
    ny = forloeb.planer.kladder().get()
    services.indsaet_svar(forloeb, besvaret(forloeb.sag, dage_siden=4, svar="Nyt svar"), af=af)

    assert [linje.booking.svar for linje in plansvar.i_version(kladde)] == [SVAR]
    assert [linje.booking.svar for linje in plansvar.i_version(ny)] == ["Nyt svar"]
    klient = i_kredsen(som, kladde, "koordinerende")
    version = klient.get(reverse("indsatsplan:version", args=[kladde.pk])).content.decode()
    assert SVAR in version
    monkeypatch.setattr(pdf, "skriv_pdf", lambda html, *args, **felter: html.encode())
    udskrift = dokumenter.borgerens_plan(kladde, tidspunkt=timezone.now()).decode()
    assert SVAR in udskrift
    assert "Nyt svar" not in udskrift


def test_what_is_approved_is_what_was_shown(som, kladde, booking):
    services.indsaet_svar(kladde.forloeb, booking, af=kladde.oprettet_af)
    klient = i_kredsen(som, kladde, "koordinerende")

    side = klient.get(reverse("indsatsplan:plan_godkend", args=[kladde.forloeb.sag_id]))

    assert SVAR in side.content.decode()


def test_twice_is_once_and_another_cases_answer_is_refused(kladde, booking):
    for _ in range(2):
        services.indsaet_svar(kladde.forloeb, booking, af=kladde.oprettet_af)

    assert Plansvar.objects.count() == 1
    with pytest.raises(ValidationError, match="anden sag"):
        services.indsaet_svar(kladde.forloeb, besvaret(SagFactory()), af=kladde.oprettet_af)


@pytest.mark.parametrize("antal", [1, 3, 10])
def test_the_plan_costs_the_same_for_few_and_many_answers(
    som, kladde, antal, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(aftaler, "_kilder", [])
    for nr in range(antal):
        svar = besvaret(kladde.forloeb.sag, dage_siden=nr + 1)
        services.indsaet_svar(kladde.forloeb, svar, af=kladde.oprettet_af)
    klient = i_kredsen(som, kladde, "koordinerende")

    # The page without efforts 21, and the questions and the places of the answers.
    with django_assert_num_queries(23):
        klient.get(siden(kladde))


def test_constraints_refuse(kladde, booking):
    svar = services.indsaet_svar(kladde.forloeb, booking, af=kladde.oprettet_af)

    with pytest.raises(IntegrityError, match="plansvar_fjernet_helt"), transaction.atomic():
        Plansvar.objects.update(fjernet_den=timezone.now())
    svar.pk = None
    svar._state.adding = True
    with pytest.raises(IntegrityError, match="plansvar_et_pr_booking"), transaction.atomic():
        svar.save()
