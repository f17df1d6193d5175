"""The access rule: own cases, as deputy, in the past, by step, by dated meeting – and nobody else."""

from datetime import date, timedelta

import pytest

from borgere.models import Borger, Dokument, Fase, Sag, Tildeling
from ressource.kalender import i_dag
from ressource.models import Rolle, Stedfortraeder
from tests.factories import BrugerFactory, DokumentFactory, SagFactory, TildelingFactory

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)


def ser(bruger, dato=None):
    return set(Sag.objects.synlige_for(bruger, dato))


def test_own_case_is_seen_and_others_are_not():
    maja = BrugerFactory()
    egen = SagFactory(ansvarlig=maja)
    SagFactory(ansvarlig=BrugerFactory())
    SagFactory()

    assert ser(maja) == {egen}


@pytest.mark.parametrize("rolle", Rolle)
def test_no_role_sees_a_case_it_has_nothing_to_do_with(rolle):
    SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=BrugerFactory())

    assert ser(BrugerFactory(roller=[rolle])) == set()


def test_assignment_opens_from_first_to_last_day():
    kim = BrugerFactory(roller=[Rolle.TEAMMEDLEM])
    fra, til = date(2026, 3, 2), date(2026, 3, 20)
    sag = TildelingFactory(bruger=kim, art=Tildeling.Art.TEAMMOEDE, fra_dato=fra, til_dato=til).sag

    assert ser(kim, fra - DAG) == set()
    assert ser(kim, fra) == {sag}
    assert ser(kim, til) == {sag}
    assert ser(kim, til + DAG) == set()


def test_former_caseworker_no_longer_sees_the_case():
    maja = BrugerFactory()
    TildelingFactory(bruger=maja, til_dato=i_dag() - DAG)

    assert ser(maja) == set()


def test_deputy_sees_the_other_ones_cases_in_the_period_only():
    maja, jonas = BrugerFactory(), BrugerFactory()
    sag = SagFactory(ansvarlig=maja)
    fra, til = i_dag() - 5 * DAG, i_dag() + 5 * DAG
    Stedfortraeder.objects.create(for_bruger=maja, vikar=jonas, fra_dato=fra, til_dato=til)

    assert ser(jonas, fra - DAG) == set()
    assert ser(jonas, fra) == {sag}
    assert ser(jonas, til) == {sag}
    assert ser(jonas, til + DAG) == set()


def test_deputy_takes_nothing_over_and_gives_nothing_back():
    maja, jonas = BrugerFactory(), BrugerFactory()
    egen = SagFactory(ansvarlig=jonas)
    sag = SagFactory(ansvarlig=maja)
    Stedfortraeder.objects.create(for_bruger=maja, vikar=jonas, fra_dato=i_dag())

    assert ser(maja) == {sag}
    assert ser(jonas) == {sag, egen}


def test_deputy_does_not_see_what_the_other_one_no_longer_sees():
    maja, jonas = BrugerFactory(), BrugerFactory()
    TildelingFactory(bruger=maja, til_dato=i_dag() - DAG)
    Stedfortraeder.objects.create(for_bruger=maja, vikar=jonas, fra_dato=i_dag() - 9 * DAG)

    assert ser(jonas) == set()


@pytest.mark.parametrize("fase", Fase)
def test_faglig_konsulent_sees_the_cases_that_wait_for_the_role(fase):
    felter = {}
    if fase == Fase.AFSLUTNING:
        felter = {
            "afsluttet_dato": i_dag(),
            "afslutningsaarsag": "andet",
            "afsluttet_af": BrugerFactory(),
        }
    sag = SagFactory(fase=fase, **felter)
    venter = fase in (Fase.SCREENING, Fase.KVALITETSSIKRING)

    assert ser(BrugerFactory(roller=[Rolle.FAGLIG_KONSULENT])) == ({sag} if venter else set())


def test_two_assignments_give_one_row():
    maja = BrugerFactory()
    sag = SagFactory(ansvarlig=maja)
    TildelingFactory(sag=sag, bruger=maja, art=Tildeling.Art.MEDVIRKENDE)

    assert list(Sag.objects.synlige_for(maja)) == [sag]


def test_citizens_and_documents_follow_the_case():
    maja = BrugerFactory()
    sag = SagFactory(ansvarlig=maja)
    dokument = DokumentFactory(sag=sag)
    DokumentFactory()

    assert list(Borger.objects.synlige_for(maja)) == [sag.borger]
    assert list(Dokument.objects.synlige_for(maja)) == [dokument]


def test_known_citizens_are_those_of_ones_own_time_and_team():
    maja = BrugerFactory()
    foer = TildelingFactory(bruger=maja, til_dato=i_dag() - DAG).sag.borger
    holdets = SagFactory(team=maja.team).borger
    SagFactory()

    assert set(Borger.objects.kendt_af(maja)) == {foer, holdets}
