"""Rule sets with validity dates."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from ressource import regelsaetdata
from ressource.models import Regelsaet

pytestmark = pytest.mark.django_db


def nyt(kode="X1", **felter):
    forlaeg = Regelsaet.objects.get(kode="R2022")
    forlaeg.pk, forlaeg.kode, forlaeg.er_aktivt = None, kode, False
    for felt, vaerdi in felter.items():
        setattr(forlaeg, felt, vaerdi)
    forlaeg.save(force_insert=True)
    return forlaeg


def test_ground_data_holds_the_five_regimes_with_one_in_force():
    aktive = Regelsaet.objects.aktive().values_list("kode", flat=True)

    assert list(aktive) == ["R2022"]
    assert list(Regelsaet.objects.values_list("kode", flat=True)) == [
        "R2013",
        "R2018",
        "R2022",
        "R2025",
        "R2026",
    ]
    assert Regelsaet.objects.get(kode="R2026").er_efterproevet is False


def test_a_real_installation_starts_with_the_set_of_its_first_day(settings):
    settings.RESSOURCE_DEMO = False
    Regelsaet.objects.all().delete()

    with time_machine.travel("2025-03-03"):
        regelsaetdata.indlaes()

    alle = Regelsaet.objects
    dage = (date(2016, 5, 1), date(2018, 6, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [alle.for_dato(dag).kode for dag in dage] == ["R2013", "R2018", "R2022", "R2025"]
    assert alle.for_dato(date(2030, 1, 1)).kode == "R2025"
    assert not alle.get(kode="R2026").er_aktivt


def test_loading_again_changes_nothing_an_administrator_has_changed():
    Regelsaet.objects.filter(kode="R2022").update(klagefrist_uger=5)

    regelsaetdata.indlaes()

    assert Regelsaet.objects.get(kode="R2022").klagefrist_uger == 5
    assert Regelsaet.objects.count() == 5


def test_both_ends_are_included():
    Regelsaet.objects.filter(kode="R2022").update(gyldig_til=date(2025, 12, 31))
    nyt(er_aktivt=True, gyldig_fra=date(2026, 1, 1), gyldig_til=None)

    assert Regelsaet.objects.for_dato(date(2022, 1, 1)).kode == "R2022"
    assert Regelsaet.objects.for_dato(date(2025, 12, 31)).kode == "R2022"
    assert Regelsaet.objects.for_dato(date(2026, 1, 1)).kode == "X1"


def test_day_without_a_rule_set_is_an_error():
    with pytest.raises(Regelsaet.DoesNotExist):
        Regelsaet.objects.for_dato(date(2021, 12, 31))


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("regelsaet_slut_efter_start", {"gyldig_til": date(2021, 1, 1)}),
        ("regelsaet_varighed", {"varighed_min_maaneder": 37}),
        ("regelsaet_ingen_overlap", {"er_aktivt": True}),
        ("ressource_regelsaet_kode_key", {"kode": "R2013"}),
    ],
)
def test_constraint_refuses(navn, felter):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        nyt(**felter)


def test_the_team_is_called_what_the_set_in_force_calls_it():
    Regelsaet.objects.filter(kode="R2022").update(gyldig_til=date(2026, 1, 31))
    Regelsaet.objects.filter(kode="R2026").update(er_aktivt=True)

    assert Regelsaet.objects.teamets_navn(date(2026, 1, 31)) == "rehabiliteringsteamet"
    assert Regelsaet.objects.teamets_navn(date(2026, 2, 1)) == "det tværfaglige møde"
    assert Regelsaet.objects.teamets_navn(date(2010, 1, 1)) == "teamet"
