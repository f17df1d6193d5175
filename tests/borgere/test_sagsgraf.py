"""Every table of a case and a citizen is known, and nothing new is forgotten."""

import pytest
from django.apps import apps
from django.db import models

from borgere import sagsgraf
from borgere.models import Borger, Dokument, Sag
from borgere.sagsgraf import Ejer
from indsatsplan.models import Indsats
from rehabilitering.models import Sparringsbooking
from ressource.models import Haendelse, Opslag
from tests.borgere.helsag import hel_sag


def test_no_model_near_a_case_is_forgotten():
    assert sagsgraf.glemte() == []


def test_every_exemption_names_a_model_and_a_reason():
    for label, grund in sagsgraf.UNDTAGET.items():
        assert apps.get_model(label)
        assert len(grund) > 20


@pytest.mark.parametrize(
    ("felter", "med"),
    [
        ({"sag": models.ForeignKey(Sag, models.PROTECT, null=True)}, True),
        ({"sag_id": models.BigIntegerField()}, True),
        ({"borger_noegle": models.UUIDField()}, True),
        ({"dato": models.DateField()}, False),
    ],
    ids=["optional key", "plain number", "plain key", "neither"],
)
def test_a_new_model_near_a_case_is_reported(monkeypatch, felter, med):
    class Meta:
        app_label = "borgere"
        apps = type(apps)()

    ny = type("Ny", (models.Model,), {"__module__": __name__, "Meta": Meta, **felter})
    egne = sagsgraf._modeller()
    monkeypatch.setattr(sagsgraf, "_modeller", lambda: [*egne, ny])

    assert ("borgere.Ny" in sagsgraf.glemte()) is med


def test_a_new_model_with_a_required_key_is_in_the_graph(monkeypatch):
    class Meta:
        app_label = "borgere"
        apps = type(apps)()

    noegle = models.ForeignKey(Indsats, models.PROTECT)
    ny = type("Ny", (models.Model,), {"__module__": __name__, "Meta": Meta, "indsats": noegle})
    egne = sagsgraf._modeller()
    monkeypatch.setattr(sagsgraf, "_modeller", lambda: [*egne, ny])
    sagsgraf.tabeller.cache_clear()

    fundet = sagsgraf.tabel_for(ny)

    sagsgraf.tabeller.cache_clear()
    assert (fundet.ejer, fundet.sti) == (Ejer.SAG, "indsats__forloeb__sag")


def test_floors_above_histories_links_and_the_log_of_events_are_in():
    stier = {t.model: (t.ejer, t.sti) for t in sagsgraf.tabeller()}

    assert stier[Dokument] == (Ejer.SAG, "sag")
    assert stier[Indsats] == (Ejer.SAG, "forloeb__sag")
    assert stier[Indsats.pgh_event_model] == (Ejer.SAG, "forloeb__sag")
    assert stier[Sag.pgh_event_model] == (Ejer.SAG, "pgh_obj")
    assert stier[Sparringsbooking.spoergsmaal.through] == (Ejer.SAG, "sparringsbooking__sag")
    assert stier[Haendelse] == (Ejer.SAG, "sag_id")
    assert stier[Borger] == (Ejer.BORGER, "pk")
    assert Opslag not in stier


def test_children_come_before_what_they_point_to():
    orden = [t.model for t in sagsgraf.tabeller()]
    plads = {model: nr for nr, model in enumerate(orden)}

    for tabel in sagsgraf.tabeller():
        for felt in sagsgraf.fremmednoegler(tabel.model):
            maal = plads.get(felt.related_model)
            if maal is not None and felt.related_model is not tabel.model and not felt.null:
                assert plads[tabel.model] < maal, (tabel.navn, felt.name)
    assert orden[-1] is Borger


@pytest.mark.django_db
def test_the_tests_own_case_has_a_row_in_every_table():
    sag = hel_sag()
    ejere = {Ejer.SAG: sag.pk, Ejer.BORGER: sag.borger_id}

    tomme = [t.navn for t in sagsgraf.tabeller() if not t.raekker([ejere[t.ejer]]).exists()]

    assert tomme == []
