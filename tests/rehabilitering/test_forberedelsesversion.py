"""Versions of the forberedende del: kept at each stage, never changed, compared word by word."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from rehabilitering.models import Forberedelsesversion
from rehabilitering.services import forberedelse, kvalitetssikring
from rehabilitering.services import forberedelsesversion as services
from rehabilitering.versionsforskel import forskelle
from ressource.models import Haendelse
from tests.factories import BrugerFactory, SagFactory
from tests.rehabilitering.klargoering import gem_afsnit, klar_sag

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(fase="forberedelse", ansvarlig=maja)


@pytest.fixture
def del_(sag, maja):
    return forberedelse.begynd_del(sag, af=maja)


def skriv(del_, maja, kode="helbred", **felter):
    gemt = del_.afsnit.filter(kode=kode).first()
    return gem_afsnit(del_, kode, felter, laas=gemt.laas if gemt else 0, af=maja)


def versioner(sag):
    fundne = Forberedelsesversion.objects.filter(forberedende_del__sag=sag).order_by("pk")
    return [(services.betegnelse(v), v.anledning) for v in fundne]


def test_a_version_is_kept_at_every_stage(maja):
    sag = klar_sag(af=maja)
    ks = kvalitetssikring.indsend(sag, af=maja)
    kvalitetssikring.godkend(ks, af=BrugerFactory(roller=["faglig_konsulent"]))

    assert versioner(sag) == [("1.1", "gennemgaaet"), ("1.2", "indsendt"), ("1.3", "godkendt")]
    sidste = Forberedelsesversion.objects.latest("pk")
    assert sidste.indhold["hoved"]["maal"] == "Medhjælper på bibliotek"
    assert [a["kode"] for a in sidste.indhold["afsnit"]] == forberedelse.afsnitskoder(sag)
    assert not Haendelse.objects.filter(kode="forberedende_del.version").exists()


def test_a_version_is_kept_on_request_once_per_text(som, sag, del_, maja):
    klient = som(maja)
    url = reverse("rehabilitering:forberedende_version_gem", args=[sag.pk])
    skriv(del_, maja, egne_ord="Første")

    assert "Version 1.1 er gemt." in klient.post(url, follow=True).text
    assert "ikke ændret noget siden version 1.1" in klient.post(url, follow=True).text
    skriv(del_, maja, egne_ord="Anden")
    klient.post(url)

    assert versioner(sag) == [("1.1", "gemt"), ("1.2", "gemt")]
    assert Haendelse.objects.filter(kode="forberedende_del.version").count() == 2


def test_there_is_nothing_to_keep_before_something_is_written(sag, maja):
    with pytest.raises(ValidationError, match="ikke skrevet noget"):
        services.gem_som_version(sag, af=maja)


def test_a_version_is_never_changed(del_, maja, sag):
    version = services.gem_som_version(sag, af=maja)

    with pytest.raises(DatabaseError), transaction.atomic():
        Forberedelsesversion.objects.filter(pk=version.pk).update(nr=9)
    with pytest.raises(IntegrityError, match="forberedelsesversion_nr"), transaction.atomic():
        Forberedelsesversion.objects.create(
            forberedende_del=del_, nr=1, anledning="gemt", indhold={}, oprettet_af=maja
        )


def test_differences_are_told_word_by_word(som, sag, del_, maja):
    skriv(del_, maja, egne_ord="Jeg har to anfald om ugen.", beskrivelse="Stabilt")
    fra = services.gem_som_version(sag, af=maja)
    skriv(del_, maja, egne_ord="Jeg har fire anfald om ugen.", uenig="Det med medicinen")

    svar = som(maja).get(
        reverse("rehabilitering:forberedende_sammenlign", args=[sag.pk]),
        {"fra": fra.pk, "til": "nu"},
    )

    assert "<del>to</del>" in svar.text
    assert "<ins>fire</ins>" in svar.text
    assert "<ins>Det med medicinen</ins>" in svar.text
    assert "Stabilt" not in svar.text
    assert [(a.kode, len(a.felter)) for a in svar.context["forskelle"]] == [("helbred", 2)]


def test_rounds_are_compared_too(som, sag, del_, maja):
    skriv(del_, maja, egne_ord="Runde et")
    fra = services.gem_som_version(sag, af=maja)
    forberedelse.marker_gennemgaaet(del_, dato=sag.oprettet_dato, af=maja)
    del_.refresh_from_db()
    del_.status = "kvalitetssikret"
    del_.save()
    runde2 = forberedelse.begynd_del(sag, af=maja)
    skriv(runde2, maja, egne_ord="Runde to")
    til = services.gem_som_version(sag, af=maja)

    svar = som(maja).get(
        reverse("rehabilitering:forberedende_sammenlign", args=[sag.pk]),
        {"fra": fra.pk, "til": til.pk},
    )

    assert "Version 1.1" in svar.text
    assert "version 2.1" in svar.text
    assert "<ins>to</ins>" in svar.text


def test_another_division_into_parts_loses_no_text():
    tom = {"hoved": {}}
    fra = tom | {"afsnit": [{"kode": "udfordringer", "titel": "Udfordringer", "egne_ord": "Gæld"}]}
    til = tom | {
        "afsnit": [{"kode": "udfordringer_social", "titel": "Socialt", "egne_ord": "Gæld"}]
    }

    fundne = forskelle(fra, til)

    assert [(a.titel, a.felter[0].sammenligning.samlet) for a in fundne] == [
        ("Socialt", "Gæld"),
        ("Udfordringer", "Gæld"),
    ]


@pytest.mark.parametrize("noegle", ["", "x", "0", "9" * 40, "٣"])
def test_a_version_that_is_not_the_cases_is_not_found(som, sag, del_, maja, noegle):
    fremmed = services.tag(
        forberedelse.begynd_del(SagFactory(fase="forberedelse"), af=maja),
        Forberedelsesversion.Anledning.GEMT,
        af=maja,
    )
    url = reverse("rehabilitering:forberedende_sammenlign", args=[sag.pk])

    for fra in (noegle, fremmed.pk):
        assert som(maja).get(url, {"fra": fra}).status_code == 404


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_list_costs_the_same(som, sag, del_, maja, antal, django_assert_num_queries):
    for _ in range(antal):
        services.tag(del_, Forberedelsesversion.Anledning.GEMT, af=maja)
    klient = som(maja)

    with django_assert_num_queries(9):
        klient.get(reverse("rehabilitering:forberedende_versioner", args=[sag.pk]))
