"""A withdrawn consent to the region ends what sparring gave."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from borgere.models import Fase, Sag, Tildeling
from borgere.services import meld_inhabil, tildel, traek_samtykke
from rehabilitering.forms.sparring import sager_til_booking
from rehabilitering.models import Sparringsbooking, Sparringsspoergsmaal
from rehabilitering.services import sparring
from ressource import kalenderfil
from ressource.kalender import i_dag
from ressource.models import Besked, Haendelse, Opslag, Rolle
from tests.factories import (
    BrugerFactory,
    InhabilitetFactory,
    SaerligadgangFactory,
    SagFactory,
    SparringstidFactory,
    klokken,
)
from tests.rehabilitering.sparringsdata import giv_samtykke

pytestmark = pytest.mark.django_db

NU = klokken(date(2026, 11, 19), 9)
MANDAG = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def torsdag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def koordinator():
    return BrugerFactory(roller=[Rolle.SUNDHEDSKOORDINATOR], organisation="region")


@pytest.fixture
def sag():
    return SagFactory(fase=Fase.FORBEREDELSE)


def book(sag, koordinator, dag=MANDAG):
    return sparring.book(
        SparringstidFactory(sundhedskoordinator=koordinator, start=klokken(dag, 9)),
        sag,
        spoergsmaal=[Sparringsspoergsmaal.objects.first()],
        eget_spoergsmaal="",
        med_borger=False,
        af=sag.oprettet_af,
    )


def test_withdrawal_frees_the_coming_slot_and_ends_the_sight_of_the_case(sag, koordinator):
    samtykke = giv_samtykke(sag)
    booking = book(sag, koordinator)
    assert Sag.objects.synlige_for(koordinator).exists()

    with time_machine.travel(NU + timedelta(days=2), tick=False):
        traek_samtykke(samtykke, sag=sag, af=sag.oprettet_af)
        assert not Sag.objects.synlige_for(koordinator).exists()

    assert not Sparringsbooking.objects.aktive().filter(pk=booking.pk).exists()
    assert set(Haendelse.objects.filter(sag_id=sag.pk).values_list("kode", flat=True)) >= {
        "samtykke.trukket",
        "sparring.aflyst",
    }


def test_another_consent_that_covers_the_same_keeps_both(sag, koordinator):
    samtykke = giv_samtykke(sag)
    giv_samtykke(sag, til=MANDAG + timedelta(days=100))
    booking = book(sag, koordinator)

    traek_samtykke(samtykke, sag=sag, af=sag.oprettet_af)

    assert Sparringsbooking.objects.aktive().filter(pk=booking.pk).exists()
    assert Sag.objects.synlige_for(koordinator).exists()


def test_consent_to_others_and_places_by_law_are_left_alone(sag, koordinator):
    regionens, laegens = giv_samtykke(sag), giv_samtykke(sag, modtager="egen_laege")
    booking = book(sag, koordinator)
    tildel(
        sag, koordinator, Tildeling.Art.TEAMMOEDE, af=None, til_dato=i_dag() + timedelta(days=20)
    )

    traek_samtykke(laegens, sag=sag, af=sag.oprettet_af)
    assert Sparringsbooking.objects.aktive().filter(pk=booking.pk).exists()
    traek_samtykke(regionens, sag=sag, af=sag.oprettet_af)
    assert [t.art for t in sag.tildelinger.filter(bruger=koordinator)] == ["teammoede"]


def test_sight_of_the_case_lasts_no_longer_than_the_consent(sag, koordinator):
    giv_samtykke(sag, til=MANDAG + timedelta(days=5))

    booking = book(sag, koordinator)

    plads = sag.tildelinger.get(bruger=koordinator)
    assert plads.til_dato == MANDAG + timedelta(days=5)
    sparring.aflys_booking(booking, af=sag.oprettet_af)
    assert not Sag.objects.synlige_for(koordinator).exists()


def test_page_says_what_a_withdrawal_ends(som):
    maja = som("sagsbehandler")
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=maja.bruger)

    html = maja.get(
        reverse("borgere:samtykke_traek", args=[sag.pk, giv_samtykke(sag).pk])
    ).content.decode()

    assert "kommende sparringstider aflyses" in html


# Who books for others


@pytest.fixture
def maja():
    return BrugerFactory()


@pytest.fixture
def majas(maja):
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=maja)
    giv_samtykke(sag)
    return sag


@pytest.mark.parametrize(
    "roller",
    [[Rolle.MOEDEKOORDINATOR], [Rolle.MOEDEKOORDINATOR, Rolle.SAGSBEHANDLER]],
    ids=["mødekoordinator", "sagsbehandler too"],
)
def test_a_strange_cases_citizen_is_named_to_no_mødekoordinator(
    som, majas, maja, koordinator, roller
):
    tid = SparringstidFactory(sundhedskoordinator=koordinator, start=klokken(MANDAG, 9))
    booking = sparring.book(tid, majas, eget_spoergsmaal="Larm?", af=maja)
    nanna = som(BrugerFactory(roller=roller))
    url = reverse("rehabilitering:sparring_flyt", args=[booking.pk])

    assert majas.borger.efternavn not in nanna.get(url).content.decode()
    assert not Opslag.objects.filter(bruger=nanna.bruger, sag_id=majas.pk).exists()


def test_the_case_circle_shows_a_mødekoordinator_no_names_in_the_calendar(
    som, majas, maja, koordinator
):
    nanna = som(Rolle.MOEDEKOORDINATOR)
    tildel(majas, nanna.bruger, Tildeling.Art.MEDVIRKENDE, af=None)
    tid = SparringstidFactory(sundhedskoordinator=koordinator, start=klokken(MANDAG, 9))
    sparring.book(tid, majas, sagsbehandler=maja, af=nanna.bruger)

    side = nanna.get(reverse("rehabilitering:sparring"), {"tid": tid.pk}).content.decode()

    assert "mangler spørgsmål" in side
    assert majas.borger.efternavn not in side


def test_an_inhabil_mødekoordinator_neither_books_nor_offers(som, majas, maja, koordinator):
    nanna = som(Rolle.MOEDEKOORDINATOR).bruger
    InhabilitetFactory(borger=majas.borger, bruger=nanna)
    tid = SparringstidFactory(sundhedskoordinator=koordinator, start=klokken(MANDAG, 9))
    plads = sparring.venteliste.saet_paa(
        majas, fra_dato=MANDAG, til_dato=MANDAG, eget_spoergsmaal="Larm?", af=maja
    )

    with pytest.raises(ValidationError, match="Kollegaen har ikke den sag"):
        sparring.book(tid, majas, sagsbehandler=maja, af=nanna)
    with pytest.raises(ValidationError, match="Du er inhabil i sagen"):
        sparring.venteliste.tilbyd(tid, plads, af=nanna)


def test_a_second_professional_who_becomes_inhabil_is_told_not_to_come(majas, maja, koordinator):
    jonas = BrugerFactory()
    tid = SparringstidFactory(sundhedskoordinator=koordinator, start=klokken(MANDAG, 9))
    booking = sparring.book(tid, majas, eget_spoergsmaal="Larm?", fagperson=jonas, af=maja)
    assert not Sag.objects.synlige_for(jonas).exists()

    meld_inhabil(majas, jonas, begrundelse="Nabo", af=maja)

    booking.refresh_from_db()
    assert (booking.fagperson, booking.aflyst_den) == (None, None)
    assert set(booking.deltagerliste.values_list("bruger", flat=True)) == {maja.pk, koordinator.pk}
    besked = Besked.objects.filter(modtager=jonas).first()
    assert besked.emne == "Du skal ikke med til sparring 30.11.2026"
    assert "METHOD:CANCEL" in besked.kalender
    assert list(kalenderfil.aftaler(jonas)) == []


def test_break_glass_books_nothing_and_takes_no_offer(majas, maja, koordinator):
    vagt = BrugerFactory()
    SaerligadgangFactory(sag=majas, bruger=vagt)
    tid = SparringstidFactory(sundhedskoordinator=koordinator, start=klokken(MANDAG, 9))
    plads = sparring.venteliste.saet_paa(
        majas, fra_dato=MANDAG, til_dato=MANDAG, eget_spoergsmaal="Larm?", af=maja
    )
    tilbud = sparring.venteliste.tilbyd(tid, plads, af=BrugerFactory())

    assert Sag.objects.synlige_for(vagt).exists()
    assert not sager_til_booking(vagt, tid.faser).exists()
    with pytest.raises(PermissionDenied):
        sparring.tag_imod(tilbud, af=vagt)
