"""Reminders of an unanswered LÆ 265: when they are made, once each, whatever happens to the job."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from borgere.services import afslut_sag
from opfoelgning import laegerykkere
from opfoelgning.udledning import udled
from rehabilitering import svarfrist
from rehabilitering.services import laegeattest
from ressource.generator import TOM_PDF
from ressource.models import Besked, Haendelse, Regelsaet
from tests.factories import (
    BrugerFactory,
    LaegeattestFactory,
    LaegeattestrykkerFactory,
    SagFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

BESTILT = date(2026, 9, 1)
FRIST = date(2026, 10, 1)
FOERSTE = FRIST + timedelta(days=1)


@pytest.fixture
def maja():
    return BrugerFactory()


@pytest.fixture
def attest(maja):
    """Asked for so that the answer was due on `FRIST`."""
    sag = SagFactory(fase="forberedelse", oprettet_dato=BESTILT, ansvarlig=maja)
    ny = LaegeattestFactory(sag=sag, anmodet_dato=BESTILT, anmodet_af=maja)
    udled(FRIST)
    return ny


def rykkere(attest):
    return list(attest.rykkere.order_by("nr").values_list("nr", "dato"))


def test_the_first_is_made_when_the_deadline_has_passed(attest):
    assert laegerykkere.dan_rykkere(FRIST) == 0

    assert laegerykkere.dan_rykkere(FOERSTE) == 1

    assert rykkere(attest) == [(1, FOERSTE)]


def test_the_next_comes_by_the_cases_rule_set(attest):
    Regelsaet.objects.filter(pk=attest.sag.regelsaet_id).update(laegeattest_rykker_dage=10)

    lavet = [laegerykkere.dan_rykkere(FOERSTE + timedelta(days=dag)) for dag in range(21)]

    assert [dag for dag, antal in enumerate(lavet) if antal] == [0, 10, 20]
    assert rykkere(attest)[-1] == (3, FOERSTE + timedelta(days=20))


def test_missed_nights_give_one_and_the_same_day_again_none(attest):
    sent = FRIST + timedelta(days=100)

    assert [laegerykkere.dan_rykkere(sent) for _ in range(2)] == [1, 0]
    assert rykkere(attest) == [(1, sent)]


def test_it_is_told_once_to_whoever_answers_for_the_case(attest, maja):
    for _ in range(2):
        laegerykkere.dan_rykkere(FOERSTE)

    haendelse = Haendelse.objects.get(kode="laegeattest.rykker_dannet")
    assert (haendelse.sag_id, haendelse.af, haendelse.data) == (attest.sag_id, None, {"nr": 1})
    besked = Besked.objects.get()
    assert besked.modtager == maja
    assert besked.sti == f"/sager/{attest.sag_id}/laegeattest/"


@time_machine.travel(klokken(FOERSTE), tick=False)
@pytest.mark.parametrize("hvad", ["modtaget", "annulleret", "afsluttet"])
def test_what_nobody_waits_for_is_not_reminded_of(attest, maja, hvad):
    match hvad:
        case "modtaget":
            fil = ContentFile(TOM_PDF, name="attest.pdf")
            laegeattest.modtag(attest, fil, modtaget_dato=FOERSTE, af=maja)
        case "annulleret":
            laegeattest.annuller(attest, begrundelse="Borgeren er flyttet.", af=maja)
        case _:
            afslut_sag(attest.sag, aarsag="fraflyttet", dato=FOERSTE, af=maja)

    assert laegerykkere.dan_rykkere() == 0
    # Nor once the deadlines have been derived anew.
    udled()
    assert laegerykkere.dan_rykkere(FOERSTE + timedelta(days=30)) == 0


def test_a_cancelled_request_has_no_deadline_any_more(attest, maja):
    assert svarfrist.for_attester([attest.pk])[attest.pk].dato == FRIST
    attest.annulleret_dato, attest.annulleret_begrundelse = FRIST, "Fejl"
    attest.save()
    udled(FRIST)

    assert svarfrist.for_attester([attest.pk]) == {}


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_statements_do_not_grow_with_the_cases(antal, django_assert_num_queries):
    for _ in range(antal):
        LaegeattestFactory(sag__oprettet_dato=BESTILT, anmodet_dato=BESTILT)
    udled(FRIST)

    # Savepoint and release; the reminders, read, their events, whose they are.
    with django_assert_num_queries(6):
        assert laegerykkere.dan_rykkere(FOERSTE) == antal


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("laegeattestrykker_nr", {}),
        ("laegeattestrykker_sendt_helt", {"nr": 2, "sendt_dato": FOERSTE}),
    ],
)
def test_the_database_refuses_a_reminder_that_cannot_be(attest, navn, felter):
    LaegeattestrykkerFactory(attest=attest, dato=FOERSTE)

    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        LaegeattestrykkerFactory(attest=attest, dato=FOERSTE, **felter)
