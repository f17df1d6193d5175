"""Absences and closing days: who is told, what is offered, and what stays shut."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from borgere.models import Fase
from rehabilitering.models import Fravaer, Sparringstid
from rehabilitering.services import sparring
from rehabilitering.services.sparring import fravaer as services
from rehabilitering.services.sparring import venteliste
from ressource.models import Besked, Haendelse, Lukkedag, Rolle
from tests.factories import (
    BrugerFactory,
    SagFactory,
    SparringsbookingFactory,
    SparringstidFactory,
    TeammoedeFactory,
    klokken,
)
from tests.rehabilitering.sparringsdata import giv_samtykke, plan_for

pytestmark = pytest.mark.django_db

NU = klokken(date(2026, 11, 19), 9)
MANDAG = date(2026, 11, 30)
URL = "/sparring/"


@pytest.fixture(autouse=True)
def torsdag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def birgit():
    return BrugerFactory(navn="Birgit Falk", roller=[Rolle.SUNDHEDSKOORDINATOR])


@pytest.fixture
def nanna(som):
    return som("moedekoordinator", navn="Nanna Friis")


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


def ny_tid(birgit, dage=0, kl=10, **felter):
    start = klokken(MANDAG + timedelta(days=dage), kl)
    return SparringstidFactory(sundhedskoordinator=birgit, start=start, **felter)


def ny_booking(birgit, maja, dage=0, kl=10):
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=maja)
    return SparringsbookingFactory(tid=ny_tid(birgit, dage, kl), sag=sag, booket_af=maja)


def tekst(svar):
    return " ".join(svar.content.decode().split())


def meld(birgit, af, dage=0, **felter):
    dag = MANDAG + timedelta(days=dage)
    return services.meld_fravaer(
        birgit, klokken(dag, 8), klokken(dag, 12), **({"aarsag": "ferie"} | felter), af=af
    )


def test_an_absence_tells_who_booked_once_and_offers_three_times(birgit, nanna, maja):
    booking = ny_booking(birgit, maja)
    foer = ny_tid(birgit, -3)
    efter = [ny_tid(birgit, nr) for nr in (1, 2)]
    ny_tid(birgit, 3, form=Sparringstid.Form.MED_BORGER)
    ny_tid(birgit, 0, 11)

    _, ramte = meld(birgit, nanna.bruger)

    assert ramte == [booking]
    besked = Besked.objects.get()
    assert besked.modtager == maja
    assert [linje for linje in besked.tekst.splitlines() if linje.startswith("–")] == [
        f"– {dag} kl. 10.00 (Rådhuset, lokale 2)"
        for dag in (
            "tirsdag 1. december 2026",
            "onsdag 2. december 2026",
            "fredag 27. november 2026",
        )
    ]
    assert "ferie" not in besked.tekst
    assert booking.sag.borger.navn not in besked.tekst
    assert list(services.nye_tider(ramte)[booking.pk]) == [*efter, foer]


def test_the_second_professional_and_a_deputy_who_booked_are_told_too(birgit, nanna, maja):
    fagperson = BrugerFactory(roller=[Rolle.VIRKSOMHEDSKONSULENT])
    vikar = BrugerFactory(roller=[Rolle.SAGSBEHANDLER])
    booking = ny_booking(birgit, maja)
    type(booking).objects.update(fagperson=fagperson, booket_af=vikar)

    meld(birgit, nanna.bruger)

    flyt = reverse("rehabilitering:sparring_flyt", args=[booking.pk])
    stier = dict(Besked.objects.values_list("modtager", "sti"))
    assert stier == {maja.pk: flyt, vikar.pk: flyt, fagperson.pk: ""}
    fagpersonens = Besked.objects.get(modtager=fagperson).tekst
    assert "Maja Kirkegaard finder en ny tid." in fagpersonens
    assert "Flyt bookingen" not in fagpersonens


def test_an_offer_of_a_slot_that_cannot_be_held_falls_and_the_place_is_kept(birgit, nanna, maja):
    tid = ny_tid(birgit)
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=maja)
    giv_samtykke(sag)
    plads = venteliste.saet_paa(
        sag, fra_dato=MANDAG, til_dato=MANDAG, eget_spoergsmaal="Støj?", af=maja
    )
    tilbud = venteliste.tilbyd(tid, plads, af=nanna.bruger)

    meld(birgit, nanna.bruger)

    tilbud.refresh_from_db()
    assert tilbud.svar == "bortfaldet"
    besked = Besked.objects.get(emne="En tilbudt sparringstid kan ikke holdes")
    assert besked.modtager == maja
    plads.refresh_from_db()
    assert plads.afsluttet_den is None


def test_a_hit_booking_stands_and_is_listed_until_it_is_moved(birgit, nanna, maja):
    booking = ny_booking(birgit, maja)
    ny_booking(birgit, maja, 2)
    ny_tid(birgit, 1)
    meld(birgit, nanna.bruger)

    assert list(services.ramte_bookinger()) == [booking]
    side = tekst(nanna.get(reverse("rehabilitering:sparring_ramte")))
    assert "man 30.11.2026 kl. 10.00" in side
    assert "tirs 01.12.2026 kl. 10.00" in side
    assert booking.sag.borger.navn not in side
    uge = tekst(nanna.get(URL, {"uge": "2026-W49"}))
    assert "1 booking ramt af lukkedag eller fravær" in uge
    assert "M. Kirkegaard</b>" in uge
    assert "skal have en ny tid" in uge


def test_nothing_is_booked_or_laid_out_in_an_absence(birgit, nanna, maja, som):
    tid = ny_tid(birgit)
    meld(birgit, nanna.bruger)
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=maja)
    giv_samtykke(sag)

    with pytest.raises(ValidationError, match="ikke til stede"):
        sparring.book(tid, sag, eget_spoergsmaal="Tåler Kim larm?", af=maja)

    udgivelse = sparring.udgiv_tider(
        birgit, plan_for(MANDAG, kl=(11, 0), antal=4), sted="Video", af=nanna.bruger
    )
    assert udgivelse.udeladte == [(MANDAG, "ferie kl. 11.00, 11.30")]
    side = tekst(som(maja).get(URL, {"tid": tid.pk}))
    assert "Birgit Falk er ikke til stede." in side
    assert "Fravær</b>" in side


def test_a_removed_absence_frees_the_slots(birgit, nanna):
    tid = ny_tid(birgit)
    fravaer, _ = meld(birgit, nanna.bruger)
    assert not Sparringstid.objects.ledige(NU).exists()

    services.slet_fravaer(fravaer, af=nanna.bruger)

    assert list(Sparringstid.objects.ledige(NU)) == [tid]
    assert {h.kode for h in Haendelse.objects.all()} == {
        "sparring.fravaer_meldt",
        "sparring.fravaer_slettet",
    }


@pytest.mark.parametrize(
    ("start", "slut", "felt"),
    [
        (klokken(MANDAG, 12), klokken(MANDAG, 12), "til_dato"),
        (klokken(date(2026, 11, 18), 8), klokken(date(2026, 11, 18), 12), "til_dato"),
        (klokken(MANDAG, 11), klokken(MANDAG, 13), "fra_dato"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(birgit, nanna, start, slut, felt):
    meld(birgit, nanna.bruger)

    with pytest.raises(ValidationError) as fejl:
        services.meld_fravaer(birgit, start, slut, aarsag="ferie", af=nanna.bruger)

    assert list(fejl.value.error_dict) == [felt]


def test_the_absence_page_registers_whole_days_and_removes(birgit, nanna):
    url = reverse("rehabilitering:sparring_fravaer")
    data = {"sundhedskoordinator": birgit.pk, "aarsag": "kursus"}

    svar = nanna.post(url, data | {"fra_dato": "30.11.2026", "til_dato": "02.12.2026"}, follow=True)

    assert "Fraværet er registreret. Ingen bookinger er ramt." in tekst(svar)
    fravaer = Fravaer.objects.get()
    assert (fravaer.start, fravaer.slut) == (
        klokken(MANDAG, 0),
        klokken(MANDAG + timedelta(days=2), 23, 59),
    )
    svar = nanna.post(url, data | {"fra_dato": "02.12.2026", "til_dato": "30.11.2026"})
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["til_dato"])
    svar = nanna.post(
        reverse("rehabilitering:sparring_fravaer_slet", args=[fravaer.pk]), follow=True
    )
    assert "Fraværet er slettet." in tekst(svar)


# Closing days


def test_closing_days_leave_out_what_is_closed_and_tell_those_hit(birgit, nanna, maja):
    booking = ny_booking(birgit, maja, 2)

    dage, ramte = services.luk_dage(
        MANDAG + timedelta(days=2),
        MANDAG + timedelta(days=7),
        aarsag="flytning",
        af=nanna.bruger,
    )

    assert [dag.dato.day for dag in dage] == [2, 3, 4, 7]
    assert ramte == [booking]
    assert "Der er ingen ledige tider lige nu" in Besked.objects.get().tekst


@pytest.mark.parametrize(
    ("fra", "til", "aarsag", "felt"),
    [
        (date(2026, 12, 5), date(2026, 12, 6), "flytning", "fra"),
        (date(2026, 12, 2), date(2026, 12, 1), "flytning", "til"),
        (date(2026, 12, 1), date(2027, 3, 1), "flytning", "til"),
        (date(2026, 11, 18), date(2026, 11, 18), "flytning", "fra"),
        (date(2026, 12, 1), date(2026, 12, 1), "720583-1234", "aarsag"),
    ],
)
def test_closing_days_that_cannot_be_are_refused(nanna, fra, til, aarsag, felt):
    with pytest.raises(ValidationError) as fejl:
        services.luk_dage(fra, til, aarsag=aarsag, af=nanna.bruger)

    assert list(fejl.value.error_dict) == [felt]
    assert not Lukkedag.objects.exists()


def test_the_coordinator_sees_a_closed_day_as_one_field_with_the_bookings_hit(birgit, nanna, maja):
    ny_booking(birgit, maja)
    ny_booking(birgit, maja, kl=11)
    ny_tid(birgit, kl=12)
    url = reverse("rehabilitering:lukkedage")

    svar = nanna.post(url, {"fra": "30.11.2026", "til": "", "aarsag": "teammøde"}, follow=True)

    assert svar.redirect_chain == [(reverse("rehabilitering:sparring_ramte"), 302)]
    assert "2 bookinger er ramt. De, der har booket, har fået besked" in tekst(svar)
    uge = tekst(nanna.get(URL, {"uge": "2026-W49"}))
    assert "<strong>Lukket</strong><br>Teammøde<br>" in uge
    assert "2 bookinger skal flyttes" in uge


def test_the_administrator_closes_and_opens_days_and_sees_no_bookings(som, birgit, maja):
    ny_booking(birgit, maja)
    TeammoedeFactory(dato=MANDAG)
    adam = som("administrator")
    url = reverse("rehabilitering:lukkedage")

    svar = adam.post(url, {"fra": "30.11.2026", "til": "", "aarsag": "flytning"}, follow=True)

    assert svar.redirect_chain == [(url, 302)]
    assert "Der er lukket man 30.11.2026. 1 booking er ramt." in tekst(svar)
    assert "1 teammøde er planlagt" in tekst(svar)
    dag = Lukkedag.objects.get()
    svar = adam.post(reverse("rehabilitering:lukkedag_slet", args=[dag.pk]), follow=True)
    assert "Der er åbent igen mandag 30. november 2026." in tekst(svar)
    assert not services.ramte_bookinger().exists()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_pages_take_the_same_number_of_statements(
    birgit, nanna, maja, antal, django_assert_num_queries
):
    for nr in range(antal):
        ny_booking(birgit, maja, nr % 5, 8 + nr // 5)
        Fravaer.objects.create(
            bruger=birgit,
            start=klokken(MANDAG + timedelta(days=nr % 5), 8 + nr // 5),
            slut=klokken(MANDAG + timedelta(days=nr % 5), 8 + nr // 5, 30),
            oprettet_af=nanna.bruger,
        )
        Lukkedag.objects.create(dato=MANDAG + timedelta(days=nr), aarsag="flytning")
    ny_tid(birgit, 4, 16)

    # Session, user, count, bookings, free slots, reminders.
    with django_assert_num_queries(6):
        svar = nanna.get(reverse("rehabilitering:sparring_ramte"))
    assert len(svar.context["raekker"]) == antal
    # Session, user, people for the form (2), absences, reminders.
    with django_assert_num_queries(6):
        nanna.get(reverse("rehabilitering:sparring_fravaer"))
    # Session, user, closing days, meetings, reminders.
    with django_assert_num_queries(5):
        nanna.get(reverse("rehabilitering:lukkedage"))


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("fravaer_slut_efter_start", {"slut": NU}),
        ("fravaer_aarsag_kendt", {"aarsag": "sygdom"}),
    ],
)
def test_the_database_refuses_an_absence(birgit, navn, felter):
    gyldig = {"start": NU, "slut": NU + timedelta(hours=1), "aarsag": "ferie"}
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        Fravaer.objects.create(**(gyldig | felter), bruger=birgit, oprettet_af=birgit)
