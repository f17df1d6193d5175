"""Staff, roles, teams and deputies; and the matrix of who may do what."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ressource import adgang
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle, Stedfortraeder
from tests.factories import BrugerFactory, TeamFactory

pytestmark = pytest.mark.django_db


def sig_selv():
    maja = BrugerFactory()
    Stedfortraeder.objects.create(for_bruger=maja, vikar=maja)


def baglaens():
    Stedfortraeder.objects.create(
        for_bruger=BrugerFactory(),
        vikar=BrugerFactory(),
        fra_dato=i_dag(),
        til_dato=i_dag() - timedelta(days=1),
    )


def samme_vikar_to_gange():
    maja, jonas = BrugerFactory(), BrugerFactory()
    for fra in (i_dag(), i_dag() + timedelta(days=3)):
        Stedfortraeder.objects.create(
            for_bruger=maja, vikar=jonas, fra_dato=fra, til_dato=fra + timedelta(days=3)
        )


def to_ens_hold():
    TeamFactory(navn="Team Nord")
    TeamFactory(navn="Team Nord")


def to_ens_navne():
    BrugerFactory(brugernavn="maja")
    BrugerFactory(brugernavn="maja")


BRUD = {
    "bruger_roller_kendte": lambda: BrugerFactory(roller=["konge"]),
    "bruger_organisation_kendt": lambda: BrugerFactory(organisation="x"),
    "bruger_ekstern_har_faa_roller": lambda: BrugerFactory(
        organisation="region", roller=["sagsbehandler"]
    ),
    "ressource_bruger_brugernavn_key": to_ens_navne,
    "ressource_team_navn_key": to_ens_hold,
    "stedfortraeder_ikke_sig_selv": sig_selv,
    "stedfortraeder_slut_efter_start": baglaens,
    "stedfortraeder_ingen_dobbelt": samme_vikar_to_gange,
}


@pytest.mark.parametrize("navn", BRUD)
def test_constraint_refuses(navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        BRUD[navn]()


def test_password_is_kept_hashed():
    maja = Bruger.objects.create_user("maja", "hemmeligt", navn="Maja Kirkegaard")

    assert maja.password != "hemmeligt"
    assert maja.check_password("hemmeligt")
    assert not Bruger.objects.create_user("job", navn="Job").has_usable_password()


def test_deputies_hold_through_both_ends():
    fra, til = date(2026, 7, 1), date(2026, 7, 31)
    Stedfortraeder.objects.create(
        for_bruger=BrugerFactory(), vikar=BrugerFactory(), fra_dato=fra, til_dato=til
    )

    holder = Stedfortraeder.objects.gaeldende
    assert [holder(d).exists() for d in (date(2026, 6, 30), fra, til, date(2026, 8, 1))] == [
        False,
        True,
        True,
        False,
    ]


def test_name_for_greetings():
    assert BrugerFactory.build(navn="Maja Kirkegaard", team=None).get_short_name() == "Maja"


def test_several_roles_add_up():
    bruger = BrugerFactory.build(roller=[Rolle.MENTOR, Rolle.REVISOR], team=None)

    assert adgang.maa(bruger, "log.se")
    assert adgang.maa(bruger, "opfoelgning.se")
    assert not adgang.maa(bruger, "plan.skriv")


def test_inactive_user_and_user_without_roles_may_nothing():
    for bruger in (
        BrugerFactory.build(is_active=False, team=None),
        BrugerFactory.build(roller=[], team=None),
    ):
        assert not any(adgang.maa(bruger, handling) for handling in adgang.HANDLINGER)
        with pytest.raises(PermissionDenied, match="Din rolle giver ikke adgang"):
            adgang.kraev(bruger, "sag.se")


def test_action_nobody_listed_is_a_mistake():
    with pytest.raises(KeyError):
        adgang.maa(BrugerFactory.build(team=None), "sag.slet")
    with pytest.raises(KeyError):
        adgang.kraever("sag.slet")
