"""For a colleague, with a second professional, moved, asked later, and when nobody came."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from borgere.models import Fase, Inhabilitet, Tildeling
from borgere.services import tildel
from rehabilitering import sparringstal
from rehabilitering.models import Fravaer, Sparringsbooking, Sparringsdeltager, Sparringstid
from rehabilitering.services import sparring as services
from ressource.models import Besked, Haendelse, Rolle
from tests.factories import BrugerFactory, SagFactory, SparringstidFactory, klokken
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
    return BrugerFactory(navn="Birgit Falk", roller=[Rolle.SUNDHEDSKOORDINATOR])


@pytest.fixture
def nanna():
    return BrugerFactory(navn="Nanna Friis", roller=[Rolle.MOEDEKOORDINATOR])


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return ny_sag(maja)


@pytest.fixture
def tid(koordinator):
    return ny_tid(koordinator)


def ny_sag(ansvarlig):
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=ansvarlig)
    giv_samtykke(sag)
    return sag


def ny_tid(koordinator, dage=0, kl=(10, 0), **felter):
    start = klokken(MANDAG + timedelta(days=dage), *kl)
    return SparringstidFactory(sundhedskoordinator=koordinator, start=start, **felter)


def book(tid, sag, af, **felter):
    return services.book(tid, sag, **({"eget_spoergsmaal": "Larm?"} | felter), af=af)


def modtagere():
    return sorted(Besked.objects.values_list("modtager__navn", flat=True))


# For a colleague


def test_the_moedekoordinator_books_for_a_colleague_whose_questions_wait(nanna, maja, sag, tid):
    booking = services.book(tid, sag, sagsbehandler=maja, af=nanna)

    assert (booking.sagsbehandler, booking.booket_af) == (maja, nanna)
    assert list(Sparringsbooking.objects.mangler_spoergsmaal()) == [booking]
    assert modtagere() == ["Birgit Falk", "Maja Kirkegaard"]

    services.stil_spoergsmaal(booking, eget_spoergsmaal="Larm?", af=maja)

    assert not Sparringsbooking.objects.mangler_spoergsmaal().exists()
    assert Haendelse.objects.latest("pk").kode == "sparring.spoergsmaal"


def test_only_the_moedekoordinator_books_for_others_and_only_their_own_cases(nanna, maja, sag, tid):
    jonas = BrugerFactory(navn="Jonas Holt")

    with pytest.raises(PermissionDenied):
        services.book(tid, sag, sagsbehandler=maja, af=jonas)
    with pytest.raises(ValidationError, match="Kollegaen har ikke den sag"):
        services.book(tid, sag, sagsbehandler=jonas, af=nanna)

    assert not Sparringsbooking.objects.exists()


def test_questions_are_asked_by_who_has_the_case_before_the_slot_begins(nanna, maja, sag, tid):
    booking = services.book(tid, sag, sagsbehandler=maja, af=nanna)

    for fremmed in (nanna, BrugerFactory()):
        with pytest.raises(PermissionDenied):
            services.stil_spoergsmaal(booking, eget_spoergsmaal="Larm?", af=fremmed)
    with pytest.raises(ValidationError, match="Vælg mindst ét spørgsmål"):
        services.stil_spoergsmaal(booking, eget_spoergsmaal=" ", af=maja)
    with (
        time_machine.travel(tid.start, tick=False),
        pytest.raises(ValidationError, match="Tiden er begyndt"),
    ):
        services.stil_spoergsmaal(booking, eget_spoergsmaal="Larm?", af=maja)


def test_who_lacks_questions_is_reminded_once_a_day_before_they_are_due(nanna, maja, sag, tid):
    services.book(tid, sag, sagsbehandler=maja, af=nanna)
    # The slot is on a Monday: the questions are due on Friday at 12.
    frist = services.frist_for_spoergsmaal(tid)
    assert frist == klokken(MANDAG - timedelta(days=3), 12)

    for naar, antal in ((frist - timedelta(hours=25), 0), (frist - timedelta(hours=23), 1)):
        with time_machine.travel(naar, tick=False):
            services.mind_om_spoergsmaal()
            services.mind_om_spoergsmaal()
        assert Besked.objects.filter(noegle__endswith=":spoergsmaal").count() == antal


# Who comes


def test_a_second_professional_joins_and_gets_no_access(koordinator, maja, sag, tid):
    fagperson = BrugerFactory(navn="Vera Kvist", roller=[Rolle.VIRKSOMHEDSKONSULENT])

    booking = book(tid, sag, maja, fagperson=fagperson, med_borger=True)

    deltagere = Sparringsdeltager.objects.filter(booking=booking)
    assert set(deltagere.values_list("bruger", "sag")) == {
        (koordinator.pk, None),
        (maja.pk, None),
        (fagperson.pk, None),
        (None, sag.pk),
    }
    assert not Tildeling.objects.filter(bruger=fagperson).exists()
    assert modtagere() == ["Birgit Falk", "Maja Kirkegaard", "Vera Kvist"]
    assert sag.sagsnummer not in "".join(Besked.objects.values_list("tekst", flat=True))


def test_nobody_is_in_two_places_and_other_times_are_offered(koordinator, maja, sag, tid):
    fagperson = BrugerFactory(navn="Vera Kvist")
    book(tid, sag, maja, fagperson=fagperson, med_borger=True)
    anden = BrugerFactory(roller=[Rolle.SUNDHEDSKOORDINATOR])
    samtidig = ny_tid(anden, kl=(10, 15))
    fri = ny_tid(anden, dage=1)
    jonas = BrugerFactory()
    hans = ny_sag(jonas)

    for af, felter, hvem in (
        (maja, {}, "Du er allerede"),
        (jonas, {"fagperson": fagperson}, "Vera Kvist er allerede"),
        (jonas, {"fagperson": maja}, "Maja Kirkegaard er allerede"),
    ):
        with pytest.raises(services.DeltagerOptaget, match=hvem):
            book(samtidig, hans, af, **felter)
    tildel(sag, jonas, Tildeling.Art.MEDVIRKENDE, af=maja)
    with pytest.raises(services.DeltagerOptaget, match="Borgeren er allerede"):
        book(samtidig, sag, jonas, med_borger=True)

    oensket = Sparringsbooking(tid=samtidig, sag=hans, sagsbehandler=jonas, fagperson=fagperson)
    assert services.alternativer(oensket) == [fri]


def test_the_constraint_is_put_in_words_when_somebody_got_between(maja, sag, tid, monkeypatch):
    from rehabilitering.services.sparring import booking as modul

    book(tid, sag, maja)
    samtidig = SparringstidFactory(start=tid.start)
    monkeypatch.setattr(modul, "_kraev_ledige_deltagere", lambda booking: None)

    with pytest.raises(services.DeltagerOptaget, match="En af deltagerne er allerede optaget"):
        book(samtidig, ny_sag(maja), maja)


def test_a_fagperson_who_is_there_already_or_inhabil_is_refused(koordinator, maja, sag, tid):
    inhabil = BrugerFactory()
    Inhabilitet.objects.create(borger=sag.borger, bruger=inhabil, registreret_af=maja)

    for fagperson in (maja, koordinator, inhabil, BrugerFactory(is_active=False)):
        with pytest.raises(ValidationError) as fejl:
            book(tid, sag, maja, fagperson=fagperson)
        assert list(fejl.value.error_dict) == ["fagperson"]


def test_a_sundhedskoordinator_asks_nobody_but_another(maja, sag):
    maja.roller = [Rolle.SAGSBEHANDLER, Rolle.SUNDHEDSKOORDINATOR]
    maja.save()

    with pytest.raises(ValidationError, match="Vælg en tid hos en anden"):
        book(ny_tid(maja), sag, maja)


@pytest.mark.parametrize("hvorfor", ["kladde", "fravaer"])
def test_drafts_and_slots_in_an_absence_cannot_be_booked(
    koordinator, nanna, maja, sag, tid, hvorfor
):
    if hvorfor == "kladde":
        Sparringstid.objects.update(udgivet_den=None, udgivet_af=None)
    else:
        slut = tid.start + timedelta(minutes=1)
        Fravaer.objects.create(
            bruger=koordinator, start=tid.start - timedelta(hours=1), slut=slut, oprettet_af=nanna
        )

    with pytest.raises(ValidationError) as fejl:
        book(tid, sag, maja)

    assert fejl.value.code == hvorfor


# Moving


def test_moving_takes_questions_people_and_access_along(koordinator, maja, sag, tid):
    ny = ny_tid(koordinator, dage=3)
    fagperson = BrugerFactory()
    gammel = book(tid, sag, maja, fagperson=fagperson)

    booking = services.flyt(gammel, ny, af=maja)

    gammel.refresh_from_db()
    assert (gammel.aflysning, gammel.flyttet_til, gammel.sekvens) == ("flyttet", booking, 1)
    assert (booking.eget_spoergsmaal, booking.fagperson) == ("Larm?", fagperson)
    assert list(Sparringstid.objects.ledige(NU)) == [tid]
    givet = Tildeling.objects.get(art=Tildeling.Art.SPARRING)
    assert givet.til_dato == ny.start.date() + services.ADGANG_EFTER_TID


def test_a_move_that_is_refused_leaves_the_booking_as_it_was(koordinator, maja, sag, tid):
    optaget = ny_tid(koordinator, dage=1)
    book(optaget, ny_sag(BrugerFactory()), BrugerFactory())
    booking = book(tid, sag, maja)

    with pytest.raises(services.TidOptaget):
        services.flyt(booking, optaget, af=maja)
    with pytest.raises(ValidationError, match="har allerede den tid"):
        services.flyt(booking, tid, af=maja)
    with pytest.raises(PermissionDenied):
        services.flyt(booking, ny_tid(koordinator, dage=2), af=BrugerFactory())

    booking.refresh_from_db()
    assert booking.aflyst_den is None
    assert Tildeling.objects.filter(art=Tildeling.Art.SPARRING, sag=sag).count() == 1


def test_the_moedekoordinator_moves_somebody_elses_and_they_are_told(
    koordinator, nanna, maja, sag, tid
):
    booking = book(tid, sag, maja)
    Besked.objects.all().delete()

    ny = services.flyt(booking, ny_tid(koordinator, dage=1), af=nanna)

    assert (ny.sagsbehandler, ny.booket_af) == (maja, nanna)
    assert modtagere() == ["Birgit Falk"] * 2 + ["Maja Kirkegaard"] * 2


# When nobody came


def test_a_no_show_is_noted_apart_from_a_cancelling(koordinator, maja, sag, tid):
    booking = book(tid, sag, maja)
    with pytest.raises(ValidationError, match="Tiden er ikke begyndt"):
        services.registrer_udeblevet(booking, "sagsbehandler", af=koordinator)

    with time_machine.travel(tid.slut, tick=False):
        with pytest.raises(PermissionDenied):
            services.registrer_udeblevet(booking, "sagsbehandler", af=BrugerFactory())
        with pytest.raises(ValidationError, match="Borgeren skulle ikke med"):
            services.registrer_udeblevet(booking, "borger", af=koordinator)
        booking = services.registrer_udeblevet(booking, "sagsbehandler", af=koordinator)
        assert not Sparringsbooking.objects.venter_paa_svar().exists()
        for igen in (
            lambda: services.registrer_udeblevet(booking, "sagsbehandler", af=maja),
            lambda: services.svar(booking, tekst="Ja", afklaret=True, af=koordinator),
            lambda: services.aflys_booking(booking, af=maja),
        ):
            with pytest.raises(ValidationError):
                igen()
        assert sparringstal.brug(MANDAG).udeblevet == 1

        services.fortryd_udeblevet(booking, af=maja)
        services.svar(booking, tekst="Ja", afklaret=True, af=koordinator)
        with pytest.raises(ValidationError, match="ikke noteret"):
            services.fortryd_udeblevet(booking, af=maja)


# Figures


def test_waiting_counts_from_the_first_booking_and_use_from_published_slots(
    koordinator, maja, sag, tid
):
    ny = ny_tid(koordinator, dage=0, kl=(13, 0))
    gammel = book(tid, sag, maja)
    with time_machine.travel(NU + timedelta(days=4), tick=False):
        services.flyt(gammel, ny, af=maja)
    ny_tid(koordinator, dage=0, kl=(14, 0), udgivet_den=None, udgivet_af=None)

    # From Thursday at 9 to the Monday eleven days later at 13.
    assert str(sparringstal.ventetid(MANDAG)) == "11.2"
    assert sparringstal.ventetid(date(2026, 12, 1)) is None
    brug = sparringstal.brug(MANDAG)
    assert (brug.tider, brug.booket, brug.aflyst, str(brug.andel)) == (2, 1, 0, "50.0")
    assert sparringstal.brug(date(2026, 12, 1)).andel is None
