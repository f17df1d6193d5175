"""The versions of a rule as a timeline: what a change does to them, and what cannot be."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from opfoelgning import fristversioner
from opfoelgning.fristregelkoder import BORTFALDER, LAENGDE_FRA_REGELSAET, PLANENS, UDEN_SAG
from opfoelgning.grunddata import REGLER
from opfoelgning.models import Fristregel
from opfoelgning.regler import KODER

FOERST = date(2013, 1, 1)


def version(fra, til=None, *, pk=None, kode="LAE265_SVAR", **andet):
    felter = {"laengde": 30, "enhed": "DAGE", "varsel_dage": 3, "alvor": "lov"} | andet
    return Fristregel(pk=pk, kode=kode, gyldig_fra=fra, gyldig_til=til, **felter)


def perioder(tidslinje):
    return [(r.gyldig_fra, r.gyldig_til, r.laengde) for r in tidslinje]


def test_a_version_takes_over_from_the_one_in_force():
    gammel = version(FOERST, pk=1)

    tidslinje, ny = fristversioner.indsaet([gammel], {"laengde": 20}, date(2026, 7, 1))

    assert perioder(tidslinje) == [
        (FOERST, date(2026, 6, 30), 30),
        (date(2026, 7, 1), None, 20),
    ]
    # What was not said is as it was, and the stored rows are left alone.
    assert (ny.enhed, ny.alvor, ny.pk) == ("DAGE", "lov", None)
    assert gammel.gyldig_til is None


def test_a_version_that_begins_that_day_is_corrected_where_it_stands():
    gamle = [version(FOERST, date(2026, 6, 30), pk=1), version(date(2026, 7, 1), pk=2, laengde=20)]

    tidslinje, rettet = fristversioner.indsaet(gamle, {"laengde": 10}, date(2026, 7, 1))

    assert perioder(tidslinje)[1] == (date(2026, 7, 1), None, 10)
    assert rettet.pk == 2


def test_a_version_in_the_past_ends_where_the_next_begins():
    gamle = [version(FOERST, date(2026, 6, 30), pk=1), version(date(2026, 7, 1), pk=2, laengde=20)]

    tidslinje, _ = fristversioner.indsaet(gamle, {"laengde": 25}, date(2026, 1, 1))

    assert perioder(tidslinje) == [
        (FOERST, date(2025, 12, 31), 30),
        (date(2026, 1, 1), date(2026, 6, 30), 25),
        (date(2026, 7, 1), None, 20),
    ]


@pytest.mark.parametrize(
    ("fra", "til"),
    [(date(2012, 6, 1), date(2012, 12, 31)), (date(2020, 5, 1), date(2020, 12, 31))],
)
def test_a_version_before_the_first_and_in_a_gap_ends_before_what_follows(fra, til):
    gamle = [version(FOERST, date(2019, 12, 31), pk=1), version(date(2021, 1, 1), pk=2)]

    tidslinje, ny = fristversioner.indsaet(gamle, {"laengde": 5}, fra)

    assert (ny.gyldig_fra, ny.gyldig_til, ny.laengde) == (fra, til, 5)
    assert len(tidslinje) == 3


def test_a_closed_rule_begins_again_with_a_version():
    gammel = version(FOERST, date(2026, 6, 30), pk=1)

    tidslinje, _ = fristversioner.indsaet([gammel], {"laengde": 30}, date(2026, 9, 1))

    assert perioder(tidslinje)[1] == (date(2026, 9, 1), None, 30)


def test_nothing_changed_is_refused():
    with pytest.raises(ValidationError, match="ikke ændret noget"):
        fristversioner.indsaet([version(FOERST, pk=1)], {"laengde": 30}, date(2026, 7, 1))


def test_closing_ends_the_last_version():
    tidslinje, sidste = fristversioner.luk([version(FOERST, pk=1)], date(2026, 6, 30))

    assert perioder(tidslinje) == [(FOERST, date(2026, 6, 30), 30)]
    assert sidste.gyldig_til == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("dag", "besked"),
    [
        (date(2012, 1, 1), "gælder ikke 01.01.2012"),
        (date(2020, 1, 1), "En senere version gælder fra 01.07.2026"),
        (date(2028, 12, 31), "slutter allerede den dag"),
    ],
)
def test_a_rule_is_closed_only_where_it_can_be(dag, besked):
    gamle = [
        version(FOERST, date(2026, 6, 30), pk=1),
        version(date(2026, 7, 1), date(2028, 12, 31), pk=2),
    ]

    with pytest.raises(ValidationError, match=besked):
        fristversioner.luk(gamle, dag)


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"laengde": 1827}, "laengde"),
        ({"enhed": "MAANEDER", "laengde": 61}, "laengde"),
        ({"varsel_dage": 367}, "varsel_dage"),
        ({"kode": "SAMTALER_MIN", "laengde": 0}, "laengde"),
        ({"kode": "SAMTALER_MIN", "antal": 0}, "antal"),
        ({"retning": "foer", "pause_ved_fritagelse": True}, "pause_ved_fritagelse"),
        ({"udloeber": True, "eskalering_dage": 7}, "eskalering_dage"),
        ({"kode": "INDSATSPLAN_FRIST"}, "anker"),
    ],
)
def test_what_cannot_be_is_said_on_its_field(felter, felt):
    with pytest.raises(ValidationError) as fejl:
        fristversioner.kontroller(version(FOERST, **felter))

    assert list(fejl.value.message_dict) == [felt]


@pytest.mark.django_db
def test_the_ground_data_keeps_the_rules_of_the_editor():
    for regel in Fristregel.objects.all():
        fristversioner.kontroller(regel)


def test_every_derived_code_says_when_it_lapses_and_every_exception_is_a_code():
    kendte = {regel["kode"] for regel in REGLER}

    assert set(KODER) | UDEN_SAG == kendte
    # The time limit for appeal and the longest forløb end by themselves.
    assert set(KODER) - set(BORTFALDER) == {"KLAGEFRIST", "FORLOEB_MAX"}
    assert kendte >= LAENGDE_FRA_REGELSAET | PLANENS
