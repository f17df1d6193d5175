"""The guarantee as a deadline: moved by pauses, fulfilled, voided, explained and asked for."""

from datetime import timedelta

import pytest

from opfoelgning import sagsfakta
from opfoelgning.forklaring import forklar
from opfoelgning.models import Frist, Tilstand
from opfoelgning.udledning import udled
from rehabilitering.models import Indsatstype
from ressource.datoer import Enhed, tilfoej
from ressource.kalender import i_dag
from ressource.models import Regelsaet
from tests.factories import (
    FritagelseFactory,
    GenforelaeggelseFactory,
    IndsatsFactory,
    RessourceforloebFactory,
    klokken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def forloeb(db):
    """Begun 250 days ago; the six months are past."""
    return RessourceforloebFactory(start_dato=i_dag() - timedelta(days=250))


def frist(forloeb) -> Frist:
    return Frist.objects.select_related("regel", "ejer").get(
        sag=forloeb.sag, regel__kode="INDSATSGARANTI"
    )


def begynd(forloeb, kode: str, dage: int):
    """An effort of that kind begun so many days after the forløb."""
    return IndsatsFactory(
        forloeb=forloeb,
        i_gang=True,
        planlagt_start=forloeb.start_dato + timedelta(days=dage),
        indsatstype=Indsatstype.objects.get(kode=kode),
    )


def test_six_months_without_an_effort_are_overdue_and_asked_for(forloeb):
    begynd(forloeb, "mentor", 10)

    udled()

    fundet = frist(forloeb)
    assert fundet.forfald_dato == tilfoej(forloeb.start_dato, 6, Enhed.MAANEDER)
    assert fundet.tilstand(i_dag()) == Tilstand.OVERSKREDET
    assert fundet.flaget_den is not None
    assert sagsfakta.hent(forloeb.sag, i_dag()).garanti_overskredet


def test_pause_moves_the_deadline_and_is_told(forloeb):
    udled()
    FritagelseFactory(forloeb=forloeb)

    udled()

    fundet = frist(forloeb)
    uden_pause = tilfoej(forloeb.start_dato, 6, Enhed.MAANEDER)
    assert fundet.forfald_dato == uden_pause + timedelta(days=10)
    forklaring = forklar(fundet)
    assert forklaring.udregning.endswith(
        f"+ 10 dage på pause = {uden_pause + timedelta(days=10):%d.%m.}"
    )
    assert not forklaring.rulning.startswith("Ingen pauser")
    assert not udled()


def test_pause_that_goes_on_moves_it_night_by_night_and_takes_the_flag_off(forloeb):
    udled()
    assert frist(forloeb).flaget_den is not None
    FritagelseFactory(forloeb=forloeb, til_dato=None)

    udled()
    foerst = frist(forloeb)
    udled(i_dag() + timedelta(days=1))

    assert foerst.flaget_den is None
    assert not sagsfakta.hent(forloeb.sag, i_dag()).garanti_overskredet
    assert frist(forloeb).forfald_dato == foerst.forfald_dato + timedelta(days=1)


@pytest.mark.parametrize(
    ("kode", "dage", "tilstand"),
    [
        ("virksomhedspraktik", 30, Tilstand.OPFYLDT),
        ("virksomhedspraktik", 240, Tilstand.OPFYLDT_SENT),
        ("ordinaere_timer", 30, Tilstand.BORTFALDET),
        ("ordinaere_timer", 240, Tilstand.OVERSKREDET),
        ("frivilligt_arbejde", 30, Tilstand.OVERSKREDET),
    ],
)
def test_only_what_counts_ends_it(forloeb, kode, dage, tilstand):
    begynd(forloeb, kode, dage)

    udled()

    assert frist(forloeb).tilstand(i_dag()) == tilstand


def test_presenting_the_case_again_fulfils_it_late(forloeb):
    GenforelaeggelseFactory(
        forloeb=forloeb,
        saerlige_grunde="Behandlingen slutter snart.",
        afgjort_den=klokken(i_dag()),
        afgjort_af=forloeb.afgoerelse.skrevet_af,
    )

    udled()

    assert frist(forloeb).tilstand(i_dag()) == Tilstand.OPFYLDT_SENT


def test_forloeb_that_ended_is_asked_for_nothing(forloeb):
    type(forloeb).objects.filter(pk=forloeb.pk).update(
        afsluttet_dato=forloeb.start_dato + timedelta(days=90)
    )

    udled()

    assert frist(forloeb).bortfaldet_begrundelse == "Forløbet er slut"


def test_no_deadline_without_a_guarantee_in_the_set_of_the_decision(forloeb):
    Regelsaet.objects.filter(pk=forloeb.afgoerelse.regelsaet_id).update(
        indsatsgaranti_maaneder=None
    )

    udled()

    assert not Frist.objects.filter(regel__kode="INDSATSGARANTI").exists()
