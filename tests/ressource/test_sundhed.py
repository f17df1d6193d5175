"""What load balancers and surveillance ask."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from ressource import sundhed, tasks
from ressource.tidsplan import BEAT, app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dele(monkeypatch):
    """The broker answers; whether a real one runs is not what is tested."""
    monkeypatch.setitem(sundhed.DELE, "broker", lambda: None)
    cache.clear()
    yield
    cache.clear()


def test_live_answers_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        svar = client.get(reverse("sundhed_live"))

    assert (svar.status_code, svar.json()) == (200, {"status": "ok"})


def test_ready_when_every_part_works(client):
    tasks.puls()
    tasks.puls()

    svar = client.get(reverse("sundhed_klar"))

    assert svar.status_code == 200
    assert svar.json() == {
        "status": "ok",
        "dele": {"database": "ok", "migrationer": "ok", "broker": "ok", "puls": "ok"},
    }
    assert "no-store" in svar["Cache-Control"]


def test_no_pulse_and_an_old_pulse_are_not_ready(client):
    assert client.get(reverse("sundhed_klar")).json()["dele"]["puls"] == "fejl"

    gammel = timezone.now() - sundhed.PULS_MAKS_ALDER - timedelta(seconds=1)
    cache.set(sundhed.PULS_NOEGLE, gammel.isoformat())
    svar = client.get(reverse("sundhed_klar"))

    assert svar.status_code == 503
    assert svar.json()["dele"]["puls"] == "fejl"


@pytest.mark.parametrize("del_", sundhed.DELE)
def test_failing_part_is_named_and_says_nothing_else(client, monkeypatch, del_):
    def fejl():
        raise RuntimeError("password=hemmeligt")

    tasks.puls()
    monkeypatch.setitem(sundhed.DELE, del_, fejl)

    svar = client.get(reverse("sundhed_klar"))

    assert svar.status_code == 503
    assert [navn for navn, status in svar.json()["dele"].items() if status == "fejl"] == [del_]
    assert b"hemmeligt" not in svar.content


def test_missing_migration_is_not_ready(client, monkeypatch):
    tasks.puls()
    monkeypatch.setattr(sundhed.MigrationExecutor, "migration_plan", lambda *_: [("ny", False)])

    assert client.get(reverse("sundhed_klar")).json()["dele"]["migrationer"] == "fejl"


def test_broker_that_is_not_there_fails_quickly(settings, monkeypatch):
    settings.BROKER_URL = "redis+socket:///findes/ikke.sock"
    monkeypatch.undo()

    with pytest.raises(Exception, match="findes/ikke"):
        sundhed._broker()


def test_every_beat_row_names_a_task_that_exists():
    app.loader.import_default_modules()

    assert [r["task"] for r in BEAT.values() if r["task"] not in app.tasks] == []
