"""Every constraint of the plan violated once, and the reads that key figures count with."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from indsatsplan.models import Indsats, Indsatsplan, Maal, Ressourceforloeb
from ressource.kalender import i_dag
from tests.factories import (
    BrugerFactory,
    IndsatsFactory,
    IndsatsplanFactory,
    MaalFactory,
    RessourceforloebFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

TIDLIGERE = date(2020, 1, 1)


def brud(navn):
    return pytest.raises(IntegrityError, match=navn)


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("forloeb_slut_efter_start", {"slut_dato": TIDLIGERE}),
        ("forloeb_afsluttet_efter_start", {"afsluttet_dato": TIDLIGERE}),
    ],
)
def test_forloeb_refuses(navn, felter):
    forloeb = RessourceforloebFactory()

    # Dates in reverse cannot be made into a range either; either check may speak first.
    with pytest.raises(Exception, match=f"{navn}|range lower bound"), transaction.atomic():
        Ressourceforloeb.objects.filter(pk=forloeb.pk).update(**felter)


def test_forloeb_of_the_same_citizen_do_not_overlap():
    foerste = RessourceforloebFactory()
    andet = RessourceforloebFactory(start_dato=foerste.slut_dato + timedelta(days=1))

    with brud("forloeb_ingen_overlap"), transaction.atomic():
        Ressourceforloeb.objects.filter(pk=andet.pk).update(
            borger=foerste.borger, start_dato=foerste.slut_dato
        )


def test_forloeb_the_day_after_another_is_allowed():
    foerste = RessourceforloebFactory()
    andet = RessourceforloebFactory(start_dato=foerste.slut_dato + timedelta(days=1))

    assert Ressourceforloeb.objects.filter(pk=andet.pk).update(borger=foerste.borger) == 1


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("indsatsplan_godkendelse_hel", {"godkendt_dato": date(2026, 11, 1)}),
        ("indsatsplan_godkendelse_hel", {"borger_enig": "enig"}),
        ("indsatsplan_godkendelse_hel", {"godkendt_den": klokken(date(2026, 11, 1))}),
    ],
)
def test_plan_refuses_half_an_approval(navn, felter):
    plan = IndsatsplanFactory()

    with brud(navn), transaction.atomic():
        Indsatsplan.objects.filter(pk=plan.pk).update(**felter)


def test_plan_refuses_disagreement_without_text():
    plan = IndsatsplanFactory(godkendt=True)

    with brud("indsatsplan_uenighed_beskrevet"), transaction.atomic():
        Indsatsplan.objects.filter(pk=plan.pk).update(borger_enig="uenig")


def test_plan_has_one_draft_at_a_time():
    plan = IndsatsplanFactory()

    with brud("indsatsplan_en_kladde"), transaction.atomic():
        IndsatsplanFactory(forloeb=plan.forloeb, nr=2)


def test_plan_has_each_number_once():
    plan = IndsatsplanFactory(godkendt=True)

    with brud("indsatsplan_nr"), transaction.atomic():
        IndsatsplanFactory(forloeb=plan.forloeb, nr=1)


def test_goals_have_a_rank_each():
    maal = MaalFactory(rang=1)

    with brud("maal_rang"), transaction.atomic():
        Maal.objects.create(forloeb=maal.forloeb, rang=1, tekst="Sove bedre")
        # Deferred, so that goals can change places: judged here instead of at commit.
        connection.check_constraints()


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("indsats_har_formaal", {"formaal": ""}),
        ("indsats_linje_eller_grund", {"tilfoejet_begrundelse": ""}),
        ("indsats_planlagt_slut_efter_start", {"planlagt_slut": TIDLIGERE}),
        (
            "indsats_faktisk_slut_efter_start",
            {
                "status": "afsluttet",
                "faktisk_start": date(2026, 5, 2),
                "faktisk_slut": date(2026, 5, 1),
            },
        ),
        ("indsats_status_passer_med_datoer", {"status": "i_gang"}),
        ("indsats_status_passer_med_datoer", {"faktisk_start": date(2026, 5, 2)}),
        ("indsats_status_passer_med_datoer", {"status": "afbrudt"}),
    ],
)
def test_effort_refuses(navn, felter):
    indsats = IndsatsFactory()

    with brud(navn), transaction.atomic():
        Indsats.objects.filter(pk=indsats.pk).update(**felter)


@pytest.mark.parametrize(
    ("fra", "til", "er_med"),
    [
        (date(2026, 3, 10), date(2026, 3, 31), True),
        (date(2026, 3, 31), date(2026, 3, 31), True),
        (date(2026, 2, 1), date(2026, 3, 10), True),
        (date(2026, 2, 1), date(2026, 3, 9), False),
        (date(2026, 4, 1), date(2026, 4, 30), False),
    ],
)
def test_efforts_of_a_period_count_actual_days_with_both_ends(fra, til, er_med):
    indsats = IndsatsFactory(
        status="afsluttet",
        faktisk_start=date(2026, 3, 10),
        faktisk_slut=date(2026, 3, 31),
        # Planned dates do not count.
        planlagt_start=date(2026, 1, 1),
        planlagt_slut=date(2026, 12, 31),
    )

    assert list(Indsats.objects.i_perioden(fra, til)) == ([indsats] if er_med else [])


def test_running_effort_is_in_every_later_period():
    indsats = IndsatsFactory(i_gang=True, planlagt_start=i_dag() - timedelta(days=3))

    assert list(Indsats.objects.i_perioden(i_dag(), i_dag() + timedelta(days=99))) == [indsats]


def test_cases_of_others_are_invisible():
    indsats = IndsatsFactory()
    IndsatsplanFactory(forloeb=indsats.forloeb)
    fremmed = BrugerFactory()

    for model in (Ressourceforloeb, Indsatsplan, Maal, Indsats):
        assert model.objects.exists()
        assert not model.objects.synlige_for(fremmed).exists()
