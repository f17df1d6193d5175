"""Receipt, appeal and reconsideration by the counting rules (domain.md 8.2 and 8.3)."""

from datetime import date

import pytest

from rehabilitering import klagefrist
from ressource.models import Regelsaet

SAETTET = Regelsaet(klagefrist_uger=4, genvurdering_uger=4, postgang_dage=5)

EKSEMPLER = [
    ("2026-11-27", "2026-12-28"),  # ends on juledag
    ("2026-12-03", "2027-01-04"),  # ends on nytårsaftensdag
    ("2027-02-25", "2027-03-30"),  # ends on skærtorsdag
    ("2027-05-08", "2027-06-07"),  # received and ends on a Saturday, Grundlovsdag
    ("2026-11-24", "2026-12-22"),
]


@pytest.mark.parametrize(("modtaget", "frist"), EKSEMPLER)
def test_four_weeks_from_receipt_rolled_forward(modtaget, frist):
    dag, ventet = date.fromisoformat(modtaget), date.fromisoformat(frist)

    assert klagefrist.klagefrist(dag, SAETTET) == ventet
    assert klagefrist.genvurderingsfrist(dag, SAETTET) == ventet


def test_store_bededag_is_a_working_day_from_2024():
    uge = Regelsaet(klagefrist_uger=1)

    assert klagefrist.klagefrist(date(2024, 4, 19), uge) == date(2024, 4, 26)
    assert klagefrist.klagefrist(date(2023, 4, 28), uge) == date(2023, 5, 8)


def test_digital_post_is_there_the_same_day_and_a_letter_after_the_days_of_the_set():
    sendt = date(2026, 11, 24)

    assert klagefrist.modtaget(sendt, SAETTET, fritaget_digital_post=False) == sendt
    assert klagefrist.modtaget(sendt, SAETTET, fritaget_digital_post=True) == date(2026, 11, 29)


def test_the_weeks_are_those_of_the_set():
    saet = Regelsaet(klagefrist_uger=5, genvurdering_uger=2)

    assert klagefrist.klagefrist(date(2026, 11, 24), saet) == date(2026, 12, 29)
    assert klagefrist.genvurderingsfrist(date(2026, 11, 24), saet) == date(2026, 12, 8)
