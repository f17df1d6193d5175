"""Today, and the calendar table."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from ressource import kalender
from ressource.models import Kalenderdag, Lukkedag

pytestmark = pytest.mark.django_db


def test_today_is_the_danish_day():
    with time_machine.travel("2026-06-30T22:30:00+00:00"):
        assert kalender.i_dag() == date(2026, 7, 1)
    with time_machine.travel("2026-12-31T22:59:00+00:00"):
        assert kalender.i_dag() == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("dato", "er_arbejdsdag"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 6, 5), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
        (date(2026, 5, 1), True),
        # Store bededag was abolished from 2024.
        (date(2023, 5, 5), False),
        (date(2025, 5, 16), True),
    ],
)
def test_table_knows_open_and_closed_days(dato, er_arbejdsdag):
    assert Kalenderdag.objects.get(dato=dato).er_arbejdsdag is er_arbejdsdag


def test_neighbouring_open_days_jump_over_christmas():
    juledag = Kalenderdag.objects.get(dato=date(2026, 12, 25))

    assert juledag.forrige_arbejdsdag == date(2026, 12, 23)
    assert juledag.naeste_arbejdsdag == date(2026, 12, 28)


def test_filling_twice_mends_and_doubles_nothing():
    Kalenderdag.objects.filter(dato=date(2026, 11, 20)).update(er_arbejdsdag=False)
    antal = Kalenderdag.objects.count()

    assert kalender.udfyld(date(2026, 11, 16), date(2026, 11, 22)) == 7

    assert Kalenderdag.objects.get(dato=date(2026, 11, 20)).er_arbejdsdag is True
    assert Kalenderdag.objects.count() == antal


def test_calendar_reaches_years_ahead_and_is_filled_only_when_short(django_assert_num_queries):
    kalender.sikr()
    slut = Kalenderdag.objects.latest("dato").dato
    assert slut.year - kalender.i_dag().year >= kalender.AAR_FREM

    with django_assert_num_queries(1):
        kalender.sikr()


def test_week_begins_on_monday():
    assert kalender.ugens_mandag(date(2026, 11, 22)) == date(2026, 11, 16)
    assert kalender.ugens_mandag(date(2026, 11, 16)) == date(2026, 11, 16)


def test_day_is_closed_once():
    Lukkedag.objects.create(dato=date(2026, 5, 15), aarsag="Dagen efter Kristi himmelfart")

    with pytest.raises(IntegrityError, match="lukkedag_dato"), transaction.atomic():
        Lukkedag.objects.create(dato=date(2026, 5, 15), aarsag="Igen")
