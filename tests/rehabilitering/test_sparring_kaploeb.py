"""Many people, one slot, real connections: the database is the judge (performance.md 5)."""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from borgere.models import Fase, Tildeling
from rehabilitering.models import Sparringsbooking, Sparringstid, Sparringstilbud
from rehabilitering.services import sparring as services
from rehabilitering.services.sparring import venteliste
from ressource.kalender import i_dag
from tests.factories import (
    BrugerFactory,
    SagFactory,
    SparringstidFactory,
    TildelingFactory,
    klokken,
)
from tests.rehabilitering.sparringsdata import giv_samtykke, plan_for
from tests.traade import over_forbindelser, paa_een_gang, proev

pytestmark = pytest.mark.django_db(transaction=True)

TRAADE = 50
TIDER = 3


@pytest.fixture
def sager():
    sager = SagFactory.create_batch(TRAADE, fase=Fase.FORBEREDELSE)
    for sag in sager:
        giv_samtykke(sag)
    return sager


def ny_tid(nr=0):
    return SparringstidFactory(start=klokken(i_dag() + timedelta(days=7 + nr)))


def test_200_attempts_on_one_slot_give_one_booking_and_199_other_slots(sager):
    tid = ny_tid()
    senere = [ny_tid(nr) for nr in (1, 2, 3)]

    def forsoeg(sag):
        oensket = Sparringsbooking(tid=tid, sag=sag, sagsbehandler=sag.oprettet_af)
        book = proev(services.book, tid, sag, eget_spoergsmaal="Larm?", af=sag.oprettet_af)
        return lambda: (book(), [t.pk for t in services.alternativer(oensket)])

    udfald = over_forbindelser([forsoeg(sager[nr % TRAADE]) for nr in range(200)], TRAADE)

    assert Counter(navn for navn, _ in udfald) == {"ok": 1, "TidOptaget": 199}
    tilbudt = {tuple(pk) for navn, pk in udfald if navn != "ok"}
    assert tilbudt == {tuple(t.pk for t in senere)}
    assert Sparringsbooking.objects.filter(tid=tid).count() == 1
    assert Tildeling.objects.filter(art=Tildeling.Art.SPARRING).count() == 1


def test_booking_and_taking_back_at_once_never_both_succeed(sager):
    for nr in range(TIDER):
        tid = ny_tid(nr)
        opgaver = [
            proev(services.book, tid, sag, eget_spoergsmaal="Forsvarligt?", af=sag.oprettet_af)
            for sag in sager[:5]
        ]
        opgaver.append(proev(services.tag_tilbage, tid, af=tid.udgivet_af))

        assert Counter(paa_een_gang(opgaver))["ok"] == 1
        tid.refresh_from_db()
        assert bool(tid.aflyst_den) != tid.bookinger.aktive().exists()


def test_cancelling_while_others_book_leaves_at_most_one_booking(sager):
    for nr in range(TIDER):
        tid = ny_tid(nr)
        sag, *andre = sager[:10]
        booking = services.book(tid, sag, eget_spoergsmaal="Larm?", af=sag.oprettet_af)
        opgaver = [
            proev(services.book, tid, anden, eget_spoergsmaal="Larm?", af=anden.oprettet_af)
            for anden in andre
        ]
        opgaver.append(proev(services.aflys_booking, booking, af=sag.oprettet_af))

        udfald = paa_een_gang(opgaver)

        booking.refresh_from_db()
        assert booking.aflyst_den
        assert tid.bookinger.aktive().count() == Counter(udfald)["ok"] - 1 <= 1


def test_two_who_swap_slots_never_wait_for_each_other(sager):
    tider = [ny_tid(nr) for nr in range(2)]
    bookinger = [
        services.book(tid, sag, eget_spoergsmaal="Larm?", af=sag.oprettet_af)
        for tid, sag in zip(tider, sager, strict=False)
    ]

    udfald = paa_een_gang(
        [
            proev(services.flyt, booking, tid, af=booking.booket_af)
            for booking, tid in zip(bookinger * 5, tider[::-1] * 5, strict=True)
        ]
    )

    assert set(udfald) == {"TidOptaget"}
    assert Sparringsbooking.objects.aktive().count() == 2


def test_a_freed_slot_is_offered_once_and_taken_once_whoever_runs_the_job(sager):
    tid = ny_tid()
    dag = timezone.localdate(tid.start)
    foerste, *koe = sager[:6]
    booking = services.book(tid, foerste, eget_spoergsmaal="Larm?", af=foerste.oprettet_af)
    for sag in koe:
        TildelingFactory(sag=sag, bruger=sag.oprettet_af)
        venteliste.saet_paa(
            sag, fra_dato=dag, til_dato=dag, eget_spoergsmaal="Støj?", af=sag.oprettet_af
        )
    services.aflys_booking(booking, af=foerste.oprettet_af)

    paa_een_gang([venteliste.fordel for _ in range(6)])
    tilbud = Sparringstilbud.objects.get()
    af = tilbud.venteplads.sagsbehandler
    udfald = paa_een_gang(
        [proev(services.tag_imod, tilbud, af=af) for _ in range(4)]
        + [proev(venteliste.afslaa, tilbud, af=af) for _ in range(2)]
        + [proev(services.book, tid, foerste, eget_spoergsmaal="?", af=foerste.oprettet_af)]
        + [proev(venteliste.fordel) for _ in range(2)]
    )

    # The two jobs, and one of the rest.
    assert Counter(udfald)["ok"] == 3
    taget = Sparringsbooking.objects.aktive().filter(tid=tid).count()
    aabne = Sparringstilbud.objects.aabne().filter(tid=tid).count()
    assert taget + aabne == 1


def test_five_answers_at_once_store_one(sager):
    tid = ny_tid()
    sag = sager[0]
    booking = services.book(tid, sag, eget_spoergsmaal="Larm?", af=sag.oprettet_af)
    svar = {"tekst": "Ja", "afklaret": True, "af": tid.sundhedskoordinator}

    udfald = paa_een_gang([proev(services.svar, booking, **svar) for _ in range(5)])

    assert Counter(udfald) == {"ok": 1, "ValidationError": 4}


def test_two_publishers_of_the_same_times_give_one_set():
    koordinator = BrugerFactory(roller=["sundhedskoordinator"])
    nanna = BrugerFactory(roller=["moedekoordinator"])
    mandag = i_dag() + timedelta(days=7 - i_dag().weekday(), weeks=1)
    plan = plan_for(mandag, antal=3, uger=3)

    udfald = paa_een_gang(
        [proev(services.udgiv_tider, koordinator, plan, sted="Video", af=nanna) for _ in range(8)]
    )

    assert Counter(udfald) == {"ok": 1, "ValidationError": 7}
    uger = {tid.start.date() for tid in Sparringstid.objects.all()}
    assert Sparringstid.objects.count() == 3 * len(uger)


def test_two_people_over_http_get_one_booking_and_one_refusal(sager):
    tid, naeste = ny_tid(0), ny_tid(1)

    def send(sag):
        bruger = BrugerFactory()
        Tildeling.objects.create(sag=sag, bruger=bruger, art=Tildeling.Art.ANSVARLIG)
        klient = Client()
        klient.force_login(bruger)
        url = reverse("rehabilitering:sparring_book", args=[tid.pk])
        data = {"sag": sag.pk, "med_borger": "nej", "eget_spoergsmaal": f"Tåler {sag.pk} larm?"}
        return lambda: (klient.post(url, data), data)

    svar = paa_een_gang([send(sag) for sag in sager[:2]])

    assert sorted(s.status_code for s, _ in svar) == [302, 409]
    afvist, data = next(par for par in svar if par[0].status_code == 409)
    side = afvist.content.decode()
    assert "Tiden er lige blevet booket af en anden" in side
    assert data["eget_spoergsmaal"] in side
    assert reverse("rehabilitering:sparring_book", args=[naeste.pk]) in side
    assert Sparringsbooking.objects.count() == 1
