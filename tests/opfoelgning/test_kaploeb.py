"""Several at once on real connections: one closes a meeting, and derivations never stand in ring."""

import threading
from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import transaction

from borgere.models import Fase
from opfoelgning import services
from opfoelgning.models import Frist, Opfoelgningsmoede, Paamindelse
from opfoelgning.skema import Skema
from opfoelgning.udledning import udled
from ressource.models import Haendelse
from tests.factories import BrugerFactory, OpfoelgningsmoedeFactory, SagFactory, klokken
from tests.opfoelgning.sager import indstil
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db(transaction=True)

IDAG = date(2026, 11, 24)
HOLDT = IDAG - timedelta(days=6)
SAGER = 12
RUNDER = 8


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


def test_two_who_close_the_same_meeting_hold_it_once():
    brugere = BrugerFactory.create_batch(2)
    sag = SagFactory(fase=Fase.PLAN, ansvarlig=brugere[0])
    moede = OpfoelgningsmoedeFactory(sag=sag, tidspunkt=klokken(IDAG, 8))
    skema = Skema(
        sted=moede.sted,
        mentor_var_med=True,
        naeste_tidspunkt=klokken(IDAG + timedelta(days=14)),
        naeste_sted="Kantinen",
    )

    luk = [proev(services.luk_moede, moede, skema, laas=0, af=bruger) for bruger in brugere]

    assert sorted(paa_een_gang(luk)) == ["ValidationError", "ok"]
    assert Opfoelgningsmoede.objects.filter(sag=sag).count() == 2
    assert Haendelse.objects.filter(kode="opfoelgning.holdt").count() == 1


@pytest.fixture
def sager():
    """Cases that are late with everything, their deadlines derived."""
    sager = SagFactory.create_batch(SAGER, fase=Fase.AFGOERELSE, ansvarlig=BrugerFactory())
    for sag in sager:
        indstil(sag, 60)
    udled()
    return sager


def test_derivations_at_once_leave_what_one_alone_would(sager):
    ider = [sag.pk for sag in sager]
    over = Frist.objects.exclude(flaget_den=None)
    foer = set(over.values_list("pk", "ejer"))
    assert len(foer) >= SAGER

    for _ in range(RUNDER):
        Paamindelse.objects.all().delete()
        Frist.objects.update(flaget_den=None, ejer=None)
        nogle = [ider, ider[::-1], *([pk] for pk in ider[:4])]
        paa_een_gang([udled, udled, *(partial(udled, sager=raekke) for raekke in nogle)])

        assert not udled()
        assert set(over.values_list("pk", "ejer")) == foer
        assert Paamindelse.objects.filter(art="overskredet").count() == len(foer)


def test_derivation_on_older_facts_never_has_the_last_word(sager):
    """The night has read the facts and waits for a row; meanwhile a follow-up is held."""
    Frist.objects.update(ejer=None)
    laest, skrevet = threading.Event(), threading.Event()

    def en_anden():
        with transaction.atomic():
            Frist.objects.filter(sag=sager[0]).update(varsel_dato=IDAG)
            laest.set()
            skrevet.wait(timeout=2)

    def natten():
        laest.wait(timeout=30)
        udled()

    def dagen():
        laest.wait(timeout=30)
        skrevet.wait(timeout=0.5)
        OpfoelgningsmoedeFactory(sag=sager[-1], afholdt=True, tidspunkt=klokken(HOLDT))
        udled(sager=[sager[-1].pk])
        skrevet.set()

    paa_een_gang([en_anden, natten, dagen])

    frist = Frist.objects.get(sag=sager[-1], regel__kode="FOERSTE_OPFOELGNING")
    assert frist.opfyldt_dato == HOLDT
