"""The arithmetic: units, both directions, rolling, two calendars, pauses, and a sea of rules."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from opfoelgning import tasks
from opfoelgning.models import Frist, Fristregel
from opfoelgning.udledning import udled
from rehabilitering.services.sparring.fravaer import luk_dage
from ressource import haendelser
from ressource.datoer import tilfoej
from ressource.models import Kalenderdag, Lukkedag
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    DagsordenspunktFactory,
    FritagelseFactory,
    LaegeattestFactory,
    OpgaveFactory,
)
from tests.opfoelgning.regelsager import DAG, en_sag, et_forloeb, frist, frister, om

pytestmark = pytest.mark.django_db


def regel(kode: str, **felter) -> None:
    Fristregel.objects.filter(kode=kode).update(**felter)


@pytest.fixture
def opgave(db):
    """Its rule is the municipality's own, and counted from `frist_dato`."""
    return OpgaveFactory(frist_dato=DAG, indstilling__moede_dato=DAG - timedelta(days=900))


def forfald(opgave, fra: date, **felter) -> date:
    regel("OPGAVE", **felter)
    type(opgave).objects.filter(pk=opgave.pk).update(frist_dato=fra)
    return frist(opgave.sag, "OPGAVE").forfald_dato


JUL = date(2026, 12, 23)


@pytest.mark.parametrize(
    ("fra", "laengde", "enhed", "retning", "ventet"),
    [
        (date(2024, 1, 31), 1, "MAANEDER", "efter", date(2024, 2, 29)),
        (date(2025, 3, 31), 1, "MAANEDER", "foer", date(2025, 2, 28)),
        (date(2024, 2, 29), 12, "MAANEDER", "efter", date(2025, 2, 28)),
        (date(2026, 12, 17), 2, "UGER", "efter", date(2026, 12, 31)),
        (date(2027, 1, 4), 1, "UGER", "foer", date(2026, 12, 28)),
        (JUL, 2, "DAGE", "efter", date(2026, 12, 25)),
        # 24 to 27 December are closed, and so are New Year's Eve and Day.
        (JUL, 1, "ARBEJDSDAGE", "efter", date(2026, 12, 28)),
        (JUL, 4, "ARBEJDSDAGE", "efter", date(2027, 1, 4)),
        (date(2026, 12, 26), 0, "ARBEJDSDAGE", "efter", date(2026, 12, 26)),
        (date(2026, 12, 26), 1, "ARBEJDSDAGE", "foer", JUL),
        (date(2026, 12, 28), 1, "ARBEJDSDAGE", "foer", JUL),
        (date(2027, 1, 4), 3, "ARBEJDSDAGE", "foer", date(2026, 12, 28)),
    ],
)
def test_each_unit_counts_both_ways_as_the_calendar_of_dates_does(
    opgave, fra, laengde, enhed, retning, ventet
):
    fundet = forfald(opgave, fra, laengde=laengde, enhed=enhed, retning=retning)

    assert fundet == ventet
    assert fundet == tilfoej(fra, laengde if retning == "efter" else -laengde, enhed)


@pytest.mark.parametrize(
    ("rulning", "ventet", "maal"),
    [
        ("ingen", date(2026, 12, 25), JUL),
        ("frem", date(2026, 12, 28), date(2026, 12, 28)),
        ("tilbage", JUL, JUL),
    ],
)
def test_rolling_ends_on_a_working_day(opgave, rulning, ventet, maal):
    fundet = forfald(opgave, date(2026, 12, 25), rulning=rulning)

    assert fundet == ventet
    assert frist(opgave.sag, "OPGAVE").maal_dato == maal


# 14 May 2026 is Ascension Day; the Friday after it the municipality has closed by itself.
FREDAG = date(2026, 5, 15)


@pytest.fixture
def lukket(db):
    Lukkedag.objects.create(dato=FREDAG, aarsag="Fredag efter Kristi himmelfart")


@pytest.mark.parametrize(
    ("alvor", "rulning", "ventet"),
    [
        ("vejledende", "frem", date(2026, 5, 18)),
        ("vejledende", "tilbage", date(2026, 5, 13)),
        ("lov", "frem", FREDAG),
        ("lov", "tilbage", FREDAG),
    ],
)
def test_own_closing_day_moves_the_municipalitys_own_and_no_statutory_deadline(
    lukket, opgave, alvor, rulning, ventet
):
    assert forfald(opgave, FREDAG, alvor=alvor, rulning=rulning) == ventet
    # What is planned for is a day somebody is at work, whatever the law says.
    assert frist(opgave.sag, "OPGAVE").maal_dato in (date(2026, 5, 13), date(2026, 5, 18))


@pytest.mark.parametrize(("alvor", "ventet"), [("vejledende", 18), ("lov", 15)])
def test_working_days_leave_out_the_own_closing_day(lukket, opgave, alvor, ventet):
    felter = {"laengde": 1, "enhed": "ARBEJDSDAGE", "alvor": alvor}

    assert forfald(opgave, date(2026, 5, 13), **felter) == date(2026, 5, ventet)


def test_warning_comes_no_earlier_than_what_set_it_going():
    attest = LaegeattestFactory(sag=en_sag(), anmodet_dato=DAG)
    regel("LAE265_SVAR", varsel_dage=60)
    assert frist(attest.sag, "LAE265_SVAR").varsel_dato == DAG

    # Unless it was due before that.
    regel("LAE265_SVAR", varsel_dage=5, retning="foer")

    assert frist(attest.sag, "LAE265_SVAR").varsel_dato == om(-35)


def test_no_rule_in_force_no_deadline():
    attest = LaegeattestFactory(sag=en_sag(), anmodet_dato=DAG)
    regel("LAE265_SVAR", gyldig_til=om(-1))
    assert not frister(attest.sag, "LAE265_SVAR")

    regel("LAE265_SVAR", gyldig_til=DAG)

    assert frist(attest.sag, "LAE265_SVAR")


def test_date_outside_the_calendar_is_no_deadline_yet(opgave):
    sidste = Kalenderdag.objects.order_by("-dato").values_list("dato", flat=True)[0]
    assert forfald(opgave, sidste) == sidste

    type(opgave).objects.filter(pk=opgave.pk).update(frist_dato=sidste + timedelta(days=1))

    assert frist(opgave.sag, "OPGAVE").bortfaldet_begrundelse.startswith("Grundlaget")


def test_what_is_dated_tomorrow_has_not_happened(opgave):
    opgave.bortfaldet_dato, opgave.bortfaldet_grund = om(1), "Borgeren gør det selv"
    opgave.save()

    assert frist(opgave.sag, "OPGAVE").bortfaldet_dato is None
    assert frist(opgave.sag, "OPGAVE", om(1)).bortfaldet_dato == om(1)


# Pauses; the deadline is thirty days from DAG, on om(30)


@pytest.fixture
def attest(db):
    forloeb = et_forloeb(om(-100))
    regel("LAE265_SVAR", pause_ved_fritagelse=True)
    return LaegeattestFactory(sag=forloeb.sag, anmodet_dato=DAG)


def svar(attest, dato: date = DAG) -> Frist:
    """The deadline of that certificate; the forløb has one of its own."""
    [den] = [en for en in frister(attest.sag, "LAE265_SVAR", dato) if en.anker_id == attest.pk]
    return den


def fritag(attest, fra: int, til: int | None) -> None:
    FritagelseFactory(
        forloeb=attest.sag.forloeb.get(),
        fra_dato=om(fra),
        til_dato=None if til is None else om(til),
    )


@pytest.mark.parametrize(
    ("perioder", "dage"),
    [
        # Over before it began; the day it began is not counted, so it cannot stand still.
        ([(-20, 0)], 0),
        ([(-20, 1)], 1),
        ([(5, 9)], 5),
        # Begun on the last day: all of it. The day after: none of it.
        ([(30, 40)], 11),
        ([(31, 40)], 0),
        # The second begins before the end as the first has moved it, and touches it.
        ([(28, 30), (31, 33)], 6),
        ([(30, 31), (33, 33)], 2),
        ([(30, 31), (32, 35), (37, 40)], 6),
    ],
)
def test_days_in_which_the_citizen_is_exempted_are_added(attest, perioder, dage):
    for fra, til in perioder:
        fritag(attest, fra, til)

    den = svar(attest)

    assert (den.pause_dage, den.forfald_dato) == (dage, om(30 + dage))


def test_open_pause_moves_it_night_by_night_and_a_removed_one_does_not(attest):
    fritag(attest, 10, None)

    assert [svar(attest, om(n)).pause_dage for n in (9, 10, 25)] == [0, 1, 16]
    attest.sag.forloeb.get().fritagelser.update(fjernet_den="2026-11-30T12:00Z")
    assert svar(attest, om(25)).pause_dage == 0


def test_deadline_before_an_event_and_one_whose_rule_runs_on_stand_still_for_nobody(attest):
    fritag(attest, -50, 50)
    regel("LAE265_SVAR", retning="foer")
    assert svar(attest).pause_dage == 0

    regel("LAE265_SVAR", retning="efter", pause_ved_fritagelse=False)

    assert svar(attest).pause_dage == 0


# Runs


def test_some_rules_alone_are_derived_with_those_counted_from_them():
    afgoerelse = AfgoerelseFactory(truffet=True, modtaget_dato=DAG, afgoerelse_dato=DAG)

    udled(DAG, koder={"FOERSTE_OPFOELGNING"})

    fundne = set(Frist.objects.filter(sag=afgoerelse.sag).values_list("kode", flat=True))
    assert fundne == {"FOERSTE_OPFOELGNING", "INDSATSPLAN_VARSEL", "INDSATSPLAN_FRIST"}
    udled(DAG, koder={"KLAGEFRIST"})
    assert set(Frist.objects.filter(sag=afgoerelse.sag).values_list("kode", flat=True)) == (
        fundne | {"KLAGEFRIST"}
    )
    assert not udled(DAG, koder={"RAPPORT_MAANED"}).aendrede


def test_statement_of_a_case_is_ready_again_on_a_new_connection(opgave, monkeypatch):
    from weakref import WeakKeyDictionary

    from opfoelgning import forberedt

    udled(DAG, sager=[opgave.sag_id])
    # As after a connection that was lost: the other session knows no such statement.
    connection.connection.execute("DEALLOCATE ALL")
    monkeypatch.setattr(forberedt, "_KENDT", WeakKeyDictionary())

    assert not udled(DAG, sager=[opgave.sag_id])


def test_closing_days_have_all_derived_anew_once_after_the_commit(
    opgave, monkeypatch, django_capture_on_commit_callbacks
):
    bestilt = []
    monkeypatch.setattr(tasks.udled_frister, "delay", lambda: bestilt.append(udled(FREDAG)))
    regel("OPGAVE", rulning="frem")
    assert forfald(opgave, FREDAG) == FREDAG

    with (
        time_machine.travel("2026-05-04T10:00+02:00", tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        luk_dage(
            FREDAG,
            FREDAG + timedelta(days=3),
            aarsag="Kommunen holder lukket",
            af=BrugerFactory(),
        )

    assert len(bestilt) == 1
    assert Frist.objects.get(sag=opgave.sag, kode="OPGAVE").forfald_dato == date(2026, 5, 19)


def test_meeting_moved_to_another_day_moves_the_package_at_once(
    django_capture_on_commit_callbacks,
):
    punkt = DagsordenspunktFactory(sag=en_sag(), moede__dato=om(30))
    assert frist(punkt.sag, "SAGSPAKKE").forfald_dato == om(22)
    type(punkt.moede).objects.filter(pk=punkt.moede_id).update(dato=om(37))

    with django_capture_on_commit_callbacks(execute=True):
        haendelser.log(punkt.moede, "moede.rettet", af=BrugerFactory())

    assert Frist.objects.get(sag=punkt.sag, kode="SAGSPAKKE").forfald_dato == om(29)
