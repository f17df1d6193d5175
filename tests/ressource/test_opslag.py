"""The look-up log."""

import uuid

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import RequestFactory

from ressource import opslag
from ressource.models import Opslag, Rolle
from tests.factories import BrugerFactory, SagFactory

pytestmark = pytest.mark.django_db


def log(**felter):
    request = RequestFactory().get("/")
    request.user = BrugerFactory(roller=[Rolle.MENTOR, Rolle.SAGSBEHANDLER])
    request.anmodningsid = str(uuid.uuid4())
    opslag.log(request, "sag", **felter)
    return request


def test_row_says_who_as_what_and_about_whom():
    noegle = uuid.uuid4()

    request = log(sag_id=7, borger_noegle=noegle, formaal="Klagesag")

    [raekke] = Opslag.objects.all()
    assert raekke.bruger == request.user
    assert raekke.roller == "mentor,sagsbehandler"
    assert raekke.organisation == "kommune"
    assert (raekke.handling, raekke.objekt, raekke.sag_id) == ("se", "sag", 7)
    assert (raekke.borger_noegle, raekke.formaal) == (noegle, "Klagesag")
    assert str(raekke.anmodningsid) == request.anmodningsid


def test_log_is_append_only():
    log()

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Opslag.objects.update(objekt="andet")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Opslag.objects.all().delete()
    assert Opslag.objects.get().objekt == "sag"


def test_unknown_action_is_refused():
    with pytest.raises(IntegrityError, match="opslag_handling_kendt"), transaction.atomic():
        log(handling="kig")


def test_every_action_may_be_logged():
    for handling in Opslag.Handling:
        log(handling=handling)

    assert Opslag.objects.count() == len(Opslag.Handling)


def test_cases_are_known_by_their_numbers():
    sag = SagFactory(sagsnummer="RF-2026-0409")

    assert opslag.find_sag("rf-2026-0409") == sag.pk
    assert opslag.find_sag("RF-2026-0410") is None
    assert opslag.sagsnavne({sag.pk, 0}) == {sag.pk: "RF-2026-0409"}


def test_only_what_an_app_has_described_can_be_logged():
    request = RequestFactory().get("/")
    request.user = BrugerFactory()

    with pytest.raises(KeyError):
        opslag.log(request, "ukendt_skaerm")
    assert not Opslag.objects.exists()
    assert opslag.tekst("forberedende_del") == "den forberedende del"


def test_a_code_that_nobody_describes_any_longer_is_shown_as_it_is():
    assert opslag.tekst("nedlagt_skaerm") == "nedlagt_skaerm"


def test_a_code_keeps_its_words():
    with pytest.raises(ValueError, match="journal"):
        opslag.beskriv({"journal": "noget andet"})
