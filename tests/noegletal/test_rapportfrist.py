"""The monthly report's deadline: its rule, its states, and who sees it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from noegletal.frysning import frys
from noegletal.rapportfrist import aktuel, rapportfrist
from opfoelgning.models import Fristregel, Tilstand

pytestmark = pytest.mark.django_db

OKTOBER = date(2026, 10, 1)


def frys_den(tidspunkt):
    with time_machine.travel(tidspunkt, tick=False):
        return frys(OKTOBER)


def test_it_is_due_on_the_first_of_the_month_after():
    fundet = rapportfrist(date(2026, 10, 17))

    assert (fundet.maaned, fundet.forfald, fundet.lavet) == (OKTOBER, date(2026, 11, 1), None)
    assert fundet.tilstand(date(2026, 10, 31)) == Tilstand.KOMMENDE
    assert fundet.tilstand(date(2026, 11, 1)) == Tilstand.VARSLET
    assert fundet.tilstand(date(2026, 11, 2)) == Tilstand.OVERSKREDET
    assert fundet.status(date(2026, 11, 3)).tekst == "2 dage over"


@pytest.mark.parametrize(
    ("tidspunkt", "tilstand", "tekst"),
    [
        ("2026-11-01 05:00 +01:00", Tilstand.OPFYLDT, "Lavet 01.11.2026"),
        ("2026-11-04 05:00 +01:00", Tilstand.OPFYLDT_SENT, "Lavet 04.11.2026, for sent"),
    ],
)
def test_the_first_version_meets_it(tidspunkt, tilstand, tekst):
    frys_den(tidspunkt)

    fundet = rapportfrist(OKTOBER)

    assert fundet.tilstand(date(2026, 11, 20)) == tilstand
    assert fundet.status(date(2026, 11, 20)).tekst == tekst


def test_the_rule_says_how_long_and_whether_there_is_one():
    Fristregel.objects.filter(kode="RAPPORT_MAANED").update(
        laengde=5, enhed="ARBEJDSDAGE", varsel_dage=2
    )

    fundet = rapportfrist(OKTOBER)
    # Counted from Sunday the 1st: Friday the 6th is the fifth working day.
    assert (fundet.forfald, fundet.varsel) == (date(2026, 11, 6), date(2026, 11, 4))

    Fristregel.objects.filter(kode="RAPPORT_MAANED").update(gyldig_til=date(2026, 10, 31))
    assert rapportfrist(OKTOBER) is None


def test_the_oldest_month_not_reported_is_the_one_that_counts():
    with time_machine.travel("2026-11-21 10:00 +01:00", tick=False):
        assert aktuel().maaned == OKTOBER
        frys(date(2026, 8, 1))
        assert aktuel().maaned == date(2026, 9, 1)
        frys(date(2026, 9, 1))
        frys(OKTOBER)
        assert (aktuel().maaned, aktuel().lavet) == (OKTOBER, date(2026, 11, 21))


def test_teamleder_and_administrator_see_it(som):
    with time_machine.travel("2026-11-21 10:00 +01:00", tick=False):
        for rolle in ("teamleder", "administrator"):
            tekst = som(rolle).get(reverse("overblik")).text
            assert "Månedens tal frosset, oktober 2026" in tekst, rolle
            assert "20 dage over" in tekst, rolle
        Fristregel.objects.filter(kode="RAPPORT_MAANED").update(gyldig_til=date(2026, 1, 1))
        assert "Månedens tal frosset" not in som("administrator").get(reverse("overblik")).text
