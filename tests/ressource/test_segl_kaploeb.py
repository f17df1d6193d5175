"""Sealing while others write: on real connections."""

import threading
from functools import partial

import pytest
from django.db import connection, transaction

from ressource import segl
from ressource.models import Opslag, Segl
from ressource.segl import forsegling
from tests.factories import BrugerFactory
from tests.ressource.segldata import OPSLAG, opslag
from tests.traade import paa_een_gang

pytestmark = pytest.mark.django_db(transaction=True)


def _skriv(bruger, skrevet, slip):
    """Write a row and commit only when told to."""
    try:
        with transaction.atomic():
            Opslag.objects.create(
                bruger=bruger, organisation="kommune", handling="se", objekt="borger"
            )
            skrevet.set()
            slip.wait(timeout=30)
    finally:
        connection.close()


def test_a_row_that_commits_late_is_sealed_by_the_next_run_and_never_reported(monkeypatch):
    monkeypatch.setattr(forsegling, "LAASEVENTETID_MS", 200)
    bruger = BrugerFactory()
    skrevet, slip = threading.Event(), threading.Event()
    traad = threading.Thread(target=_skriv, args=(bruger, skrevet, slip))
    traad.start()
    assert skrevet.wait(timeout=30)
    # Given out after the one in flight, and committed before it.
    opslag(2)

    undervejs = {h.tabel: h for h in segl.forsegl()}[OPSLAG]
    midt = [r.brud for r in segl.efterproev() if r.brud]
    slip.set()
    traad.join()
    bagefter = {h.tabel: h for h in segl.forsegl()}[OPSLAG]

    assert (undervejs.nye, undervejs.optaget) == (0, True)
    assert (bagefter.nye, bagefter.optaget) == (3, False)
    assert midt == [r.brud for r in segl.efterproev() if r.brud] == []


def test_writers_go_on_while_it_is_sealed_and_every_row_is_sealed_once():
    brugere = BrugerFactory.create_batch(3)

    def skriv(bruger):
        for _ in range(40):
            Opslag.objects.create(
                bruger=bruger, organisation="kommune", handling="se", objekt="borger"
            )

    def forsegl():
        for _ in range(5):
            segl.forsegl()

    paa_een_gang([*(partial(skriv, b) for b in brugere), forsegl, forsegl])
    segl.forsegl()

    forseglede = [nr for s in Segl.objects.filter(tabel=OPSLAG) for nr in s.ider]
    assert forseglede == list(Opslag.objects.order_by("pk").values_list("pk", flat=True))
    assert len(forseglede) == 120
    assert [r.brud for r in segl.efterproev() if r.brud] == []


def test_stopped_in_the_middle_leaves_whole_seals_and_the_next_run_goes_on(monkeypatch):
    monkeypatch.setattr(forsegling, "PARTI", 2)
    opslag(6)
    rigtig, kald = forsegling.kaede.for_segl, []

    def doe_midt_i(et_segl):
        kald.append(et_segl)
        if len(kald) == 2:
            raise KeyboardInterrupt
        return rigtig(et_segl)

    monkeypatch.setattr(forsegling.kaede, "for_segl", doe_midt_i)
    with pytest.raises(KeyboardInterrupt):
        segl.forsegl()
    monkeypatch.setattr(forsegling.kaede, "for_segl", rigtig)
    efter_stop = Segl.objects.count()
    segl.forsegl()

    assert (efter_stop, Segl.objects.count()) == (1, 3)
    assert [r.brud for r in segl.efterproev() if r.brud] == []
