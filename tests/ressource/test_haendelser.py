"""The event log and its two hooks."""

import pytest
from django.db import ProgrammingError, transaction

from ressource import haendelser
from ressource.models import Haendelse
from tests.factories import BrugerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def egne_kroge(monkeypatch):
    """Only this module's listeners and reactions."""
    monkeypatch.setattr(haendelser, "_lyttere", [])
    monkeypatch.setattr(haendelser, "_reaktioner", {})
    monkeypatch.setattr(haendelser, "_tekster", {"proeve.sket": "Noget er sket"})


def log(sag_id=None, **data):
    bruger = BrugerFactory()
    return haendelser.log(bruger, "proeve.sket", af=bruger, sag_id=sag_id, **data)


def test_event_says_who_what_and_about_which_row():
    haendelse = log(sag_id=7, fra="a")

    haendelse.refresh_from_db()
    assert haendelse.kode == "proeve.sket"
    assert haendelse.objekt_type == "ressource.bruger"
    assert haendelse.objekt_id == haendelse.af_id
    assert (haendelse.sag_id, haendelse.data) == (7, {"fra": "a"})
    assert haendelser.tekst(haendelse.kode) == "Noget er sket"


def test_code_nobody_declared_is_refused():
    with pytest.raises(KeyError, match=r"ukendt\.kode"):
        haendelser.log(BrugerFactory(), "ukendt.kode", af=None)
    assert Haendelse.objects.count() == 0


def test_log_is_append_only():
    haendelse = log()
    egen = Haendelse.objects.filter(pk=haendelse.pk)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        egen.update(kode="andet")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        egen.delete()
    assert egen.exists()


def test_reaction_runs_in_the_same_transaction_and_takes_it_down():
    def protester(haendelse):
        raise ValueError("Overlap")

    haendelser.reager("proeve.sket", protester)

    with pytest.raises(ValueError, match="Overlap"), transaction.atomic():
        log()
    assert Haendelse.objects.count() == 0


def test_reaction_hears_its_own_code_only_and_once():
    hoert = []
    haendelser.reager("proeve.sket", hoert.append)
    haendelser.reager("proeve.sket", hoert.append)
    haendelser.reager("andet.sket", hoert.append)

    haendelse = log()

    assert hoert == [haendelse]


def test_listeners_hear_the_cases_once_when_it_commits(django_capture_on_commit_callbacks):
    hoert = []
    haendelser.lyt(hoert.append)
    haendelser.lyt(hoert.append)

    with django_capture_on_commit_callbacks(execute=True):
        log(sag_id=7)
        log(sag_id=9)
        log(sag_id=7)
        log()
        assert hoert == []

    assert hoert == [{7, 9}]


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_is_named_in_the_log_and_harms_nothing(caplog):
    def falder(_sager):
        raise RuntimeError("væk")

    haendelser.lyt(falder)

    with transaction.atomic():
        log(sag_id=7)

    assert Haendelse.objects.filter(sag_id=7).exists()
    assert "Error calling _Fortael" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_told():
    hoert = []
    haendelser.lyt(hoert.append)

    with transaction.atomic():
        log(sag_id=7)
        transaction.set_rollback(True)
    with transaction.atomic():
        log(sag_id=8)

    assert len(hoert) == 1
    assert 8 in hoert[0]
    assert Haendelse.objects.filter(sag_id=7).count() == 0


def test_rolled_back_transaction_leaves_nothing_to_tell(django_capture_on_commit_callbacks):
    hoert = []
    haendelser.lyt(hoert.append)

    @transaction.atomic
    def afbrudt():
        log(sag_id=7)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        afbrudt()

    with django_capture_on_commit_callbacks(execute=True):
        log(sag_id=9)

    assert hoert == [{9}]


def test_many_events_are_written_at_once_and_heard_of_together(django_capture_on_commit_callbacks):
    hoert, reageret = [], []
    haendelser.lyt(hoert.append)
    haendelser.reager("proeve.sket", reageret.append)
    bruger = BrugerFactory()

    with django_capture_on_commit_callbacks(execute=True):
        skrevne = haendelser.log_mange(
            "proeve.sket", [(bruger, 7, {"nr": 1}), (bruger, 8, {"nr": 2})], af=bruger
        )
        haendelser.log_mange("proeve.sket", [], af=None)

    assert list(Haendelse.objects.order_by("pk").values_list("sag_id", "data", "objekt_id")) == [
        (7, {"nr": 1}, bruger.pk),
        (8, {"nr": 2}, bruger.pk),
    ]
    assert hoert == [{7, 8}]
    assert reageret == skrevne
    with pytest.raises(KeyError, match=r"ukendt\.kode"):
        haendelser.log_mange("ukendt.kode", [], af=None)
