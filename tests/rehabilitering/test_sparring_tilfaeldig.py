"""1,000 random bookings over 50 slots from 20 connections: nobody twice, nothing twice.

Once through the service, where every loser is offered other slots, and once as bare rows, where
nothing but the database's own rules stands in the way.
"""

import random
from collections import Counter
from datetime import timedelta
from itertools import combinations

import psycopg
import pytest
from django.db import DatabaseError, transaction

from borgere.models import Fase, Samtykke
from rehabilitering.models import Sparringsbooking
from rehabilitering.services import sparring as services
from ressource.kalender import i_dag
from ressource.models import Rolle
from tests.factories import BrugerFactory, SagFactory, SparringstidFactory, klokken
from tests.traade import over_forbindelser, proev

pytestmark = pytest.mark.django_db(transaction=True)

FORBINDELSER = 20
FORSOEG = 1_000
SAGSBEHANDLERE = 12
AFVIST = {psycopg.errors.UniqueViolation, psycopg.errors.ExclusionViolation}


@pytest.fixture
def verden():
    """Five coordinators with slots at the same ten times, so that people can be in two places."""
    koordinatorer = BrugerFactory.create_batch(5, roller=[Rolle.SUNDHEDSKOORDINATOR])
    dag = klokken(i_dag() + timedelta(days=7), 9)
    tider = [
        SparringstidFactory(sundhedskoordinator=k, start=dag + nr * timedelta(minutes=20))
        for k in koordinatorer
        # Half an hour long: neighbours would overlap, so each has every other.
        for nr in range(koordinatorer.index(k) % 2, 20, 2)
    ]
    brugere = BrugerFactory.create_batch(SAGSBEHANDLERE)
    sager = [
        SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=bruger) for bruger in brugere for _ in (1, 2)
    ]
    for sag in sager:
        Samtykke.objects.create(
            borger=sag.borger,
            modtager=Samtykke.Modtager.REGION,
            informationstyper=["helbred", "forberedende_del"],
            fra_dato=i_dag() - timedelta(days=1),
            til_dato=i_dag() + timedelta(days=300),
            registreret_af=sag.oprettet_af,
        )
    ansvarlig = {sag.pk: brugere[nr // 2] for nr, sag in enumerate(sager)}
    return tider, sager, brugere, ansvarlig


def valg(verden, tilfaeldig):
    tider, sager, brugere, ansvarlig = verden
    sag = tilfaeldig.choice(sager)
    af = ansvarlig[sag.pk]
    andre = [bruger for bruger in brugere if bruger != af]
    fagperson = tilfaeldig.choice([None, None, *andre])
    return tilfaeldig.choice(tider), sag, af, fagperson, tilfaeldig.random() < 0.5


def kraev_orden():
    """Told from the bookings themselves, not from the rows the constraints stand on."""
    staar = list(Sparringsbooking.objects.aktive().select_related("tid"))
    assert max(Counter(b.tid_id for b in staar).values()) == 1
    for en, anden in combinations(staar, 2):
        if en.tid.start < anden.tid.slut and anden.tid.start < en.tid.slut:
            assert _folk(en).isdisjoint(_folk(anden))
    return staar


def _folk(booking):
    brugere = {booking.tid.sundhedskoordinator_id, booking.sagsbehandler_id, booking.fagperson_id}
    return (brugere - {None}) | ({f"sag {booking.sag_id}"} if booking.med_borger else set())


def test_the_service_books_nobody_twice_and_offers_every_loser_other_slots(verden):
    tilfaeldig = random.Random(4)
    senere = [
        SparringstidFactory(start=klokken(i_dag() + timedelta(days=8 + nr))) for nr in range(3)
    ]

    def forsoeg():
        tid, sag, af, fagperson, med_borger = valg(verden, tilfaeldig)
        felter = {"fagperson": fagperson, "med_borger": med_borger}
        oensket = Sparringsbooking(tid=tid, sag=sag, sagsbehandler=af, **felter)
        book = proev(services.book, tid, sag, eget_spoergsmaal="Larm?", af=af, **felter)

        def opgave():
            navn = book()
            return navn, [] if navn == "ok" else services.alternativer(oensket)

        return opgave

    udfald = over_forbindelser([forsoeg() for _ in range(FORSOEG)], FORBINDELSER)

    antal = Counter(navn for navn, _ in udfald)
    assert antal.keys() == {"ok", "TidOptaget", "DeltagerOptaget"}
    assert len(kraev_orden()) == antal["ok"] > 20
    assert all(len(andre) == 3 for navn, andre in udfald if navn != "ok")
    assert not Sparringsbooking.objects.filter(tid__in=senere).exists()


def test_the_database_alone_lets_nobody_be_booked_twice(verden):
    tilfaeldig = random.Random(5)

    def forsoeg():
        tid, sag, af, fagperson, med_borger = valg(verden, tilfaeldig)
        booking = Sparringsbooking(
            tid=tid,
            sag=sag,
            sagsbehandler=af,
            fagperson=fagperson,
            med_borger=med_borger,
            booket_af=af,
        )

        def opgave():
            try:
                with transaction.atomic():
                    Sparringsbooking.objects.bulk_create([booking])
            except DatabaseError as fejl:
                return type(fejl.__cause__)
            return "ok"

        return opgave

    udfald = Counter(over_forbindelser([forsoeg() for _ in range(FORSOEG)], FORBINDELSER))

    # Two who write the same person at the very same moment: one of them is refused as a deadlock.
    assert udfald.keys() - {psycopg.errors.DeadlockDetected} == AFVIST | {"ok"}
    assert len(kraev_orden()) == udfald["ok"] > 20
