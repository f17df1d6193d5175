"""Every constraint of the plan violated once, and the reads that key figures count with."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from indsatsplan.models import Indsats, Indsatsplan, Maal, Ressourceforloeb
from rehabilitering.models import Indsatstype
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
def test_forloeb_afviser(navn, felter):
    forloeb = RessourceforloebFactory()

    # Dates in reverse cannot be made into a range either; either check may speak first.
    with pytest.raises(Exception, match=f"{navn}|range lower bound"), transaction.atomic():
        Ressourceforloeb.objects.filter(pk=forloeb.pk).update(**felter)


def test_forloeb_af_samme_borger_overlapper_ikke():
    foerste = RessourceforloebFactory()
    andet = RessourceforloebFactory(start_dato=foerste.slut_dato + timedelta(days=1))

    with brud("forloeb_ingen_overlap"), transaction.atomic():
        Ressourceforloeb.objects.filter(pk=andet.pk).update(
            borger=foerste.borger, start_dato=foerste.slut_dato
        )


def test_forloeb_dagen_efter_et_andet_er_i_orden():
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
def test_plan_afviser_en_halv_godkendelse(navn, felter):
    plan = IndsatsplanFactory()

    with brud(navn), transaction.atomic():
        Indsatsplan.objects.filter(pk=plan.pk).update(**felter)


def test_plan_afviser_uenighed_uden_tekst():
    plan = IndsatsplanFactory(godkendt=True)

    with brud("indsatsplan_uenighed_beskrevet"), transaction.atomic():
        Indsatsplan.objects.filter(pk=plan.pk).update(borger_enig="uenig")


def test_plan_har_en_kladde_ad_gangen():
    plan = IndsatsplanFactory()

    with brud("indsatsplan_en_kladde"), transaction.atomic():
        IndsatsplanFactory(forloeb=plan.forloeb, nr=2)


def test_plan_har_hvert_nummer_en_gang():
    plan = IndsatsplanFactory(godkendt=True)

    with brud("indsatsplan_nr"), transaction.atomic():
        IndsatsplanFactory(forloeb=plan.forloeb, nr=1)


def test_maal_har_hver_sin_plads():
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
def test_indsats_afviser(navn, felter):
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
def test_indsatser_i_perioden_taeller_faktiske_dage_med_begge_ender(fra, til, er_med):
    indsats = IndsatsFactory(
        status="afsluttet",
        faktisk_start=date(2026, 3, 10),
        faktisk_slut=date(2026, 3, 31),
        # Planned dates do not count.
        planlagt_start=date(2026, 1, 1),
        planlagt_slut=date(2026, 12, 31),
    )

    assert list(Indsats.objects.i_perioden(fra, til)) == ([indsats] if er_med else [])


def test_loebende_indsats_er_med_i_alle_senere_perioder():
    indsats = IndsatsFactory(i_gang=True, planlagt_start=i_dag() - timedelta(days=3))

    assert list(Indsats.objects.i_perioden(i_dag(), i_dag() + timedelta(days=99))) == [indsats]


def test_virksomhedsrettede_og_mentorindsatser_er_hver_sit():
    praktik = IndsatsFactory()
    mentor = IndsatsFactory(indsatstype=Indsatstype.objects.get(kode="mentor"))
    IndsatsFactory(indsatstype=Indsatstype.objects.get(kode="psykolog"))

    assert list(Indsats.objects.virksomhedsrettede()) == [praktik]
    assert list(Indsats.objects.mentorindsatser()) == [mentor]


def test_fremmede_sager_er_usynlige():
    indsats = IndsatsFactory()
    IndsatsplanFactory(forloeb=indsats.forloeb)
    fremmed = BrugerFactory()

    for model in (Ressourceforloeb, Indsatsplan, Maal, Indsats):
        assert model.objects.exists()
        assert not model.objects.synlige_for(fremmed).exists()
