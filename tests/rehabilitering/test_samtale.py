"""The talks: registered with who took part and what about, and taken back without being erased."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from borgere.services import tilfoej_netvaerksperson
from rehabilitering.models import Samtale
from rehabilitering.services import samtale as services
from ressource.dansk import dato
from ressource.kalender import i_dag
from ressource.models import Haendelse
from tests.factories import BrugerFactory, ForberedendeDelFactory, SagFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(fase="forberedelse", ansvarlig=maja)


@pytest.fixture
def mor(sag, maja):
    return tilfoej_netvaerksperson(sag, navn="Lis", relation="mor", holdning="medspiller", af=maja)


def registrer(sag, maja, **felter):
    felter = {"dato": i_dag(), "form": "personligt", "emner": ["interesser"], "af": maja} | felter
    return services.registrer(sag, **felter)


def test_a_talk_is_registered_from_the_page(som, sag, maja, mor):
    jonas = BrugerFactory(navn="Jonas Holt")
    sag.tildelinger.create(bruger=jonas, art="medvirkende")
    klient = som(maja)
    data = {
        "dato": dato(i_dag()),
        "form": "video",
        "med_borger": "on",
        "netvaerk": [mor.pk],
        "kolleger": [jonas.pk],
        "andre": "Tolk",
        "emner": ["hjaelpere", "jobonsker"],
        "notat": "Lis vil gerne\r\nmed til mødet.",
    }

    svar = klient.post(reverse("rehabilitering:samtale_ny", args=[sag.pk]), data, follow=True)

    for tekst in ("Lis, mor", "Jonas Holt", "Tolk", "Dine ønsker om job · Hvem kan hjælpe dig?"):
        assert tekst in svar.text
    assert "Hvad interesserer du dig for?" in svar.text.split("<table")[0]
    samtale = Samtale.objects.get()
    assert samtale.emner == ["jobonsker", "hjaelpere"]
    assert samtale.notat == "Lis vil gerne\nmed til mødet."
    assert Haendelse.objects.filter(kode="samtale.registreret", sag_id=sag.pk).count() == 1


def test_a_talk_taken_back_stays_and_counts_no_longer(som, sag, maja):
    samtale = registrer(sag, maja)
    assert len(services.manglende_emner(sag, samtale.forberedende_del)) == 6
    url = reverse("rehabilitering:samtale_tag_tilbage", args=[sag.pk, samtale.pk])
    klient = som(maja)

    assert klient.post(url, {"begrundelse": " "}).status_code == 422
    svar = klient.post(url, {"begrundelse": "Forkert sag"}, follow=True)

    assert "Taget tilbage" in svar.text
    assert "Forkert sag" in svar.text
    assert len(services.manglende_emner(sag, samtale.forberedende_del)) == 7
    assert "allerede taget tilbage" in klient.post(url, {"begrundelse": "Igen"}).text


@pytest.mark.parametrize(
    ("felter", "felt", "tekst"),
    [
        ({"dato": i_dag() + timedelta(days=1)}, "dato", "fremtiden"),
        ({"dato": i_dag() - timedelta(days=9999)}, "dato", "Sagen er oprettet"),
        ({"emner": ["ukendt"]}, "emner", "findes ikke"),
        ({"med_borger": False}, "med_borger", "hvem du talte med"),
    ],
)
def test_what_cannot_be_is_refused(sag, maja, felter, felt, tekst):
    with pytest.raises(ValidationError, match=tekst) as fejl:
        registrer(sag, maja, **felter)

    assert list(fejl.value.message_dict) == [felt]


def test_strangers_and_a_closed_case_are_refused(som, sag, maja, mor):
    fremmed = SagFactory(fase="forberedelse", ansvarlig=maja)
    with pytest.raises(ValidationError, match="netværk"):
        registrer(fremmed, maja, netvaerk=[mor])
    moede = SagFactory(fase="moede", ansvarlig=maja)
    with pytest.raises(ValidationError):
        registrer(moede, maja)
    ude = {"dato": dato(i_dag()), "form": "video", "netvaerk": [mor.pk]}
    url = reverse("rehabilitering:samtale_ny", args=[fremmed.pk])
    assert som(maja).post(url, ude).status_code == 422


def test_the_same_talk_sent_twice_is_one(sag, maja):
    foerste = registrer(sag, maja)

    with pytest.raises(ValidationError, match="allerede registreret"):
        registrer(sag, maja)
    services.tag_tilbage(foerste, begrundelse="Forkert", af=maja)
    assert registrer(sag, maja).pk != foerste.pk


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("samtale_form_kendt", {"form": "brev"}),
        ("samtale_annullering_hel", {"annulleret_den": timezone.now()}),
    ],
)
def test_the_database_refuses(maja, navn, felter):
    del_ = ForberedendeDelFactory()
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        Samtale.objects.create(forberedende_del=del_, dato=i_dag(), foert_af=maja, **felter)


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_list_costs_the_same(som, sag, maja, mor, antal, django_assert_num_queries):
    for nr in range(antal):
        registrer(sag, maja, netvaerk=[mor], kolleger=[maja], notat=f"Nr. {nr}")
    klient = som(maja)

    with django_assert_num_queries(13):
        klient.get(reverse("rehabilitering:samtaler", args=[sag.pk]))
