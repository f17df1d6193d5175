"""Rows that leave a sealed table under a rule: accepted by the verification, and by nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from borgere.models import Borger
from ressource import segl
from ressource.kalender import i_dag
from ressource.models import Opslag, Seglfrigivelse, Stikproeve, Stikproevelinje
from ressource.segl import forsegling
from tests.factories import BorgerFactory, BrugerFactory
from tests.ressource.segldata import HISTORIK, OPSLAG, bag_om_triggerne, ider, indsaet_kopi, opslag

pytestmark = pytest.mark.django_db

REGEL = "opslag i loggen, 24 måneder"


def brud():
    return {r.tabel: r.brud for r in segl.efterproev() if r.brud}


def for_laenge_siden(antal, dage=800):
    with time_machine.travel(timezone.now() - timedelta(days=dage), tick=False):
        return opslag(antal)


def graense():
    return i_dag() - timedelta(days=730)


def test_old_batches_go_and_the_verification_accepts_it():
    for_laenge_siden(3)
    segl.forsegl()
    nye = opslag(2)
    segl.forsegl()

    slettet = segl.slet_udloebne(OPSLAG, foer=graense(), regel=REGEL)
    igen = segl.slet_udloebne(OPSLAG, foer=graense(), regel=REGEL)

    assert (slettet, igen) == (3, 0)
    assert ider(OPSLAG) == [raekke.pk for raekke in nye]
    assert brud() == {}
    resultat = next(r for r in segl.efterproev() if r.tabel == OPSLAG)
    assert (resultat.slettede, resultat.raekker, resultat.segl) == (3, 2, 2)
    assert Seglfrigivelse.objects.get().regel == REGEL


def test_a_batch_with_one_younger_row_stays_whole():
    for_laenge_siden(2)
    opslag(1)
    segl.forsegl()

    assert segl.slet_udloebne(OPSLAG, foer=graense(), regel=REGEL) == 0
    assert Opslag.objects.count() == 3


def test_rows_that_are_not_sealed_stay():
    for_laenge_siden(2)

    assert segl.slet_udloebne(OPSLAG, foer=graense(), regel=REGEL) == 0


def test_a_batch_ends_at_the_date_itself():
    for_laenge_siden(1, dage=730)
    segl.forsegl()

    assert segl.slet_udloebne(OPSLAG, foer=graense(), regel=REGEL) == 0
    assert segl.slet_udloebne(OPSLAG, foer=graense() + timedelta(days=1), regel=REGEL) == 1


def test_what_a_spot_check_judged_stays():
    holdt, andet = for_laenge_siden(2)
    leder = BrugerFactory()
    proeve = Stikproeve.objects.create(
        team=leder.team,
        fra_dato=i_dag(),
        til_dato=i_dag(),
        udtaget_af=leder,
        antal_opslag=2,
    )
    Stikproevelinje.objects.create(stikproeve=proeve, opslag=holdt)
    segl.forsegl()

    segl.slet_udloebne(OPSLAG, foer=graense(), regel=REGEL)

    assert ider(OPSLAG) == [holdt.pk]
    assert andet.pk not in ider(OPSLAG)
    assert brud() == {}


def test_the_history_of_a_deleted_case_goes_row_by_row(monkeypatch):
    monkeypatch.setattr("ressource.segl.sletning.PARTI", 2)
    borgere = [BorgerFactory(), BorgerFactory()]
    for navn in ("Bodil", "Berit", "Birte"):
        Borger.objects.update(fornavn=navn)
    segl.forsegl()
    historik = Borger.pgh_event_model.objects.filter(pgh_obj_id=borgere[0].pk)

    slettet = segl.slet(historik, regel="sager, 5 år")

    assert slettet == 3
    assert len(ider(HISTORIK)) == 3
    assert brud() == {}
    assert next(r for r in segl.efterproev() if r.tabel == HISTORIK).slettede == 3


def test_a_row_taken_out_beside_the_lawful_ones_is_still_named():
    gamle = for_laenge_siden(3)
    segl.forsegl()
    segl.slet(Opslag.objects.filter(pk=gamle[0].pk), regel=REGEL)

    with bag_om_triggerne("ejer", OPSLAG) as markoer:
        markoer.execute("DELETE FROM ressource_opslag WHERE id = %s", [gamle[2].pk])

    assert brud()[OPSLAG].startswith(f"Række {gamle[2].pk} er fjernet")


def test_a_deleted_row_that_comes_back_is_named():
    en, to = for_laenge_siden(2)
    segl.forsegl()
    segl.slet(Opslag.objects.filter(pk=en.pk), regel=REGEL)

    with bag_om_triggerne("ejer", OPSLAG) as markoer:
        indsaet_kopi(markoer, OPSLAG, fra=to.pk, nyt_id=en.pk)

    assert "er sat ind bagefter" in brud()[OPSLAG]


def test_nobody_can_excuse_a_row_without_the_key():
    en, _ = for_laenge_siden(2)
    segl.forsegl()
    with bag_om_triggerne("ejer", OPSLAG) as markoer:
        markoer.execute("DELETE FROM ressource_opslag WHERE id = %s", [en.pk])

    Seglfrigivelse.objects.create(
        tabel=OPSLAG, ider=[en.pk], foerste_id=en.pk, sidste_id=en.pk, regel=REGEL, kode="0" * 64
    )

    assert brud()[OPSLAG].startswith("Protokollen over lovlige sletninger, linje ")


def test_the_protocol_is_append_only():
    segl.frigiv(OPSLAG, [1, 2], regel=REGEL)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Seglfrigivelse.objects.update(regel="x")


@pytest.mark.parametrize(
    ("felter", "constraint"),
    [
        ({"foerste_id": 2, "sidste_id": 1}, "seglfrigivelse_id_orden"),
        ({"regel": ""}, "seglfrigivelse_har_regel"),
    ],
)
def test_the_protocol_is_whole(felter, constraint):
    standard = {"tabel": OPSLAG, "ider": [1], "foerste_id": 1, "sidste_id": 1, "regel": REGEL}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Seglfrigivelse.objects.create(**standard | felter)


def test_another_table_is_refused():
    with pytest.raises(KeyError):
        segl.slet(Borger.objects.all(), regel=REGEL)
    with pytest.raises(KeyError):
        segl.frigiv("borgere_borger", [1], regel=REGEL)


def test_deleted_and_sealed_in_small_batches(monkeypatch):
    monkeypatch.setattr(forsegling, "PARTI", 2)
    for_laenge_siden(5)
    segl.forsegl()

    assert segl.slet_udloebne(OPSLAG, foer=graense(), regel=REGEL) == 5
    assert brud() == {}
