"""Sparring in people's calendars: stable entries, cancellations, and nothing of the citizen."""

from datetime import date, time, timedelta

import icalendar
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from rehabilitering import sparringskalender
from rehabilitering.models import Sparringsbooking, Sparringstid
from rehabilitering.services.sparring import serier, tider
from rehabilitering.services.sparring.pladser import Ugeplan
from ressource import kalenderfil
from ressource.kalenderfil import adresse
from tests.factories import (
    BrugerFactory,
    SagFactory,
    SparringsbookingFactory,
    SparringstidFactory,
    klokken,
)

pytestmark = pytest.mark.django_db


def afsnit(bruger):
    """What the user's feed says of each entry: id → (title, cancelled, number)."""
    return {
        aftale.uid: (aftale.titel, aftale.er_aflyst, aftale.sekvens)
        for aftale in kalenderfil.aftaler(bruger)
    }


def aflys(booking, *, siden=timedelta()):
    Sparringsbooking.objects.filter(pk=booking.pk).update(
        aflyst_den=timezone.now() - siden,
        aflyst_af=booking.booket_af,
        aflysning="aflyst",
        sekvens=1,
    )


def test_a_booking_stands_with_those_who_come_and_its_slot_with_who_answers():
    fagperson = BrugerFactory()
    booking = SparringsbookingFactory(fagperson=fagperson)
    egen = {f"sparring-{booking.pk}": ("Sparring", False, 0)}

    assert afsnit(booking.sagsbehandler) == egen == afsnit(fagperson)
    assert afsnit(booking.tid.sundhedskoordinator) == {
        f"sparringstid-{booking.tid_id}": ("Sparring", False, 1)
    }
    assert afsnit(BrugerFactory()) == {}


def test_a_cancelled_booking_says_so_for_thirty_days_and_its_slot_is_free_again():
    booking = SparringsbookingFactory()

    aflys(booking, siden=timedelta(days=29))

    assert afsnit(booking.sagsbehandler) == {f"sparring-{booking.pk}": ("Sparring", True, 1)}
    (tidens,) = kalenderfil.aftaler(booking.tid.sundhedskoordinator)
    assert (tidens.titel, tidens.sekvens, tidens.er_optaget) == ("Sparring, ledig tid", 2, False)

    aflys(booking, siden=timedelta(days=31))
    assert afsnit(booking.sagsbehandler) == {}


def test_the_slots_entry_counts_upwards_whatever_is_booked_and_cancelled():
    tid = SparringstidFactory()
    set_ = [kalenderfil.aftaler(tid.sundhedskoordinator)[0]]
    for _ in range(2):
        booking = SparringsbookingFactory(tid=tid)
        set_ += kalenderfil.aftaler(tid.sundhedskoordinator)
        aflys(booking)
        set_ += kalenderfil.aftaler(tid.sundhedskoordinator)
    Sparringstid.objects.filter(pk=tid.pk).update(aflyst_den=timezone.now())
    set_ += kalenderfil.aftaler(tid.sundhedskoordinator)

    assert [aftale.sekvens for aftale in set_] == [0, 1, 2, 3, 4, 5]
    assert len({aftale.uid for aftale in set_}) == 1
    assert [aftale.aendret for aftale in set_] == sorted(aftale.aendret for aftale in set_)
    assert set_[-1].er_aflyst


@time_machine.travel(klokken(date(2026, 11, 19), 9))
def test_a_free_slot_that_is_moved_taken_back_and_laid_out_again_counts_upwards():
    koordinator = BrugerFactory(roller=["sundhedskoordinator"])
    mandag = date(2026, 11, 30)
    plan = Ugeplan(frozenset({0, 1, 2, 3, 4}), time(9), time(9, 30), 30, mandag, mandag)
    serie, _ = serier.opret_serie(koordinator, plan, serier.Hvordan("Video"), af=koordinator)
    tid = serie.tider.get()

    def sekvens():
        (aftale,) = kalenderfil.aftaler(koordinator)
        return aftale.sekvens, aftale.aendret

    serier.udgiv_kladder(mandag, mandag, serie=serie, af=koordinator)
    set_ = [sekvens()]
    tider.flyt_tid(tid, tid.start + timedelta(hours=1), sted="Video", af=koordinator)
    set_.append(sekvens())
    serier.undtag_dag(serie, mandag, af=koordinator)
    set_.append(sekvens())
    serier.saet_dag_ind(serie, mandag, af=koordinator)
    assert kalenderfil.aftaler(koordinator) == []
    serier.udgiv_kladder(mandag, mandag, serie=serie, af=koordinator)
    set_.append(sekvens())

    assert [nr for nr, _ in set_] == [0, 1, 2, 3]
    assert set_ == sorted(set_, key=lambda par: par[1])


def test_drafts_are_nobodys_appointments():
    tid = SparringstidFactory(udgivet_af=None, udgivet_den=None)

    assert afsnit(tid.sundhedskoordinator) == {}


def test_an_attachment_is_the_feeds_own_entry():
    booking = SparringsbookingFactory(booket_af=BrugerFactory(roller=["sagsbehandler"]))
    for bruger in (booking.sagsbehandler, booking.tid.sundhedskoordinator):
        (i_feed,) = kalenderfil.aftaler(bruger)
        (vedhaeftet,) = icalendar.Calendar.from_ical(sparringskalender.fil(booking, bruger)).events
        taget_ud = sparringskalender.fil(booking, bruger, er_aflyst=True)

        assert vedhaeftet.uid == f"{i_feed.uid}@localhost"
        assert vedhaeftet.start == i_feed.start == booking.tid.start
        assert icalendar.Calendar.from_ical(taget_ud).events[0]["status"] == "CANCELLED"


def mange(bruger, antal):
    sag = SagFactory()
    dag = timezone.localdate() + timedelta(days=1)
    koordinator = BrugerFactory(roller=["sundhedskoordinator"])
    tider = Sparringstid.objects.bulk_create(
        SparringstidFactory.build(
            sundhedskoordinator=koordinator,
            oprettet_af=koordinator,
            start=klokken(dag, 8) + timedelta(minutes=30 * nr),
        )
        for nr in range(antal)
    )
    Sparringsbooking.objects.bulk_create(
        Sparringsbooking(tid=tid, sag=sag, sagsbehandler=bruger, booket_af=bruger) for tid in tider
    )
    return koordinator


@pytest.mark.parametrize("antal", [1, 3, 500])
def test_the_feed_costs_the_same_however_many_bookings(client, antal, django_assert_num_queries):
    bruger = BrugerFactory(roller=["sagsbehandler"])
    koordinator = mange(bruger, antal)

    for ejer in (bruger, koordinator):
        sti = reverse("kalender_feed", args=[adresse.ny(ejer)])
        # Whose it is; their slots and bookings; their seats and cases at meetings. No session.
        with django_assert_num_queries(5):
            svar = client.get(sti)
        assert len(icalendar.Calendar.from_ical(svar.content).events) == antal


def test_nothing_of_the_citizen_or_the_case_is_in_the_feed(client):
    booking = SparringsbookingFactory(
        sag__borger__fornavn="Zenobia",
        sag__borger__efternavn="Kvistgaardsminde",
        eget_spoergsmaal="Kan knæet holde?",
    )
    for bruger in (booking.sagsbehandler, booking.tid.sundhedskoordinator):
        svar = client.get(reverse("kalender_feed", args=[adresse.ny(bruger)]))

        indhold = svar.content.decode()
        for hemmeligt in ("Zenobia", "Kvist", "knæ", booking.sag.sagsnummer, bruger.navn):
            assert hemmeligt not in indhold
