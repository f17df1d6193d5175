"""The history behind the tables, kept by the database."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse

from borgere.models import Borger
from tests.factories import SagFactory

pytestmark = pytest.mark.django_db

EGNE = ("ressource", "borgere", "rehabilitering", "indsatsplan", "opfoelgning", "noegletal")


def test_every_history_table_is_append_only_and_triggered():
    with connection.cursor() as markoer:
        markoer.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        triggere = {}
        for tabel, navn in markoer.fetchall():
            triggere.setdefault(tabel, set()).add(navn.rsplit("_", 1)[0])

    for model in apps.get_models():
        if getattr(model, "pgh_tracked_model", None) is None or model._meta.proxy:
            continue
        assert "pgtrigger_append_only" in triggere[model._meta.db_table]
        assert any("update" in t for t in triggere[model.pgh_tracked_model._meta.db_table])


def test_nothing_of_ours_disappears_with_something_else():
    for model in apps.get_models():
        if model._meta.app_label not in EGNE or hasattr(model, "pgh_tracked_model"):
            continue
        for felt in model._meta.get_fields():
            if isinstance(felt, models.ForeignKey):
                assert felt.remote_field.on_delete is not models.CASCADE, felt


def test_history_names_who_changed_it_from_the_web(som):
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)

    klient.post(
        reverse("borgere:borger_ret", args=[sag.pk]),
        {"laas": "0", "fornavn": "Ny", "efternavn": "Skovsen", "antal_hjemmeboende_boern": "0"},
    )

    [gammel] = Borger.pgh_event_model.objects.filter(pgh_obj=sag.borger)
    assert gammel.fornavn == "Bo"
    assert gammel.pgh_context.metadata["user"] == klient.bruger.pk
