"""The access rule: own cases, as deputy, in the past, by step, by dated meeting – and nobody else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from borgere.models import Borger, Dokument, Fase, Saerligadgang, Sag, Tildeling, synlighed
from ressource.kalender import i_dag
from ressource.models import Organisation, Rolle, Stedfortraeder
from tests.factories import (
    BrugerFactory,
    DokumentFactory,
    InhabilitetFactory,
    SaerligadgangFactory,
    SagFactory,
    TildelingFactory,
)

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

    InhabilitetFactory(borger=holdets, bruger=maja)
    assert set(Borger.objects.kendt_af(maja)) == {foer}


def beskyttet_sag(**felter):
    return SagFactory(borger__er_adressebeskyttet=True, **felter)


def vikar_for(bruger, vikar=None, **felter):
    vikar = vikar or BrugerFactory()
    Stedfortraeder.objects.create(for_bruger=bruger, vikar=vikar, **felter)
    return vikar


def ekstern(**felter):
    return BrugerFactory(roller=[Rolle.MENTOR], organisation=Organisation.EKSTERN, **felter)


def test_deputy_reaches_a_protected_citizen_only_through_the_gate():
    maja = BrugerFactory()
    sag = beskyttet_sag(ansvarlig=maja)
    jonas = vikar_for(maja)

    assert ser(maja) == {sag}
    assert ser(jonas) == set()
    assert set(Sag.objects.bag_beskyttelse(jonas)) == {sag}

    SaerligadgangFactory(sag=sag, bruger=jonas, art=Saerligadgang.Art.BESKYTTET)

    assert ser(jonas) == {sag}
    assert set(Sag.objects.bag_beskyttelse(jonas)) == set()


def test_gate_opens_the_day_after_the_protection_has_ended():
    maja = BrugerFactory()
    sag = beskyttet_sag(ansvarlig=maja, borger__adressebeskyttet_til=i_dag())
    jonas = vikar_for(maja)

    assert ser(jonas) == set()
    assert ser(jonas, i_dag() + DAG) == {sag}
    assert set(Sag.objects.bag_beskyttelse(jonas)) == {sag}
    assert set(Sag.objects.bag_beskyttelse(jonas, i_dag() + DAG)) == set()


@pytest.mark.parametrize("fase", [Fase.SCREENING, Fase.KVALITETSSIKRING])
def test_faglig_konsulent_reaches_a_protected_citizen_only_through_the_gate(fase):
    kamilla = BrugerFactory(roller=[Rolle.FAGLIG_KONSULENT])
    sag = beskyttet_sag(fase=fase)

    assert ser(kamilla) == set()
    assert set(Sag.objects.bag_beskyttelse(kamilla)) == {sag}


def test_gate_is_for_nobody_else():
    beskyttet_sag(ansvarlig=BrugerFactory(), fase=Fase.FORBEREDELSE)

    for rolle in Rolle:
        assert not Sag.objects.bag_beskyttelse(BrugerFactory(roller=[rolle])).exists()
    assert not Sag.objects.bag_beskyttelse(ekstern()).exists()


@pytest.mark.parametrize("art", Saerligadgang.Art)
def test_opening_with_a_reason_lasts_its_hours(art):
    maja = BrugerFactory()
    nu = timezone.now()
    aaben = SaerligadgangFactory(bruger=maja, art=art)
    for fra, til in ((-9, -1), (1, 9)):
        SaerligadgangFactory(
            bruger=maja,
            art=art,
            fra_tid=nu + timedelta(hours=fra),
            til_tid=nu + timedelta(hours=til),
        )

    assert ser(maja) == {aaben.sag}


def test_opening_is_for_the_one_who_gave_the_reason():
    SaerligadgangFactory()

    assert ser(BrugerFactory()) == set()


def som_egen(sag, bruger):
    TildelingFactory(sag=sag, bruger=bruger)


def som_vikar(sag, bruger):
    vikar_for(TildelingFactory(sag=sag).bruger, bruger)


def med_rolle(sag, bruger):
    bruger.roller = [Rolle.FAGLIG_KONSULENT]
    bruger.save()


def med_noedadgang(sag, bruger):
    SaerligadgangFactory(sag=sag, bruger=bruger)


def bag_gaten(sag, bruger):
    SaerligadgangFactory(sag=sag, bruger=bruger, art=Saerligadgang.Art.BESKYTTET)


@pytest.mark.parametrize("grund", [som_egen, som_vikar, med_rolle, med_noedadgang, bag_gaten])
def test_conflict_of_interest_cuts_every_ground_while_it_holds(grund):
    sag, bruger = SagFactory(fase=Fase.SCREENING), BrugerFactory()
    grund(sag, bruger)
    assert ser(bruger) == {sag}

    inhabilitet = InhabilitetFactory(borger=sag.borger, bruger=bruger)
    assert ser(bruger) == set()

    inhabilitet.fra_dato = inhabilitet.til_dato = i_dag() - DAG
    inhabilitet.save()
    assert ser(bruger) == {sag}


def test_conflict_of_interest_shuts_all_the_citizens_cases_and_nobody_elses():
    maja = BrugerFactory()
    sag = SagFactory(ansvarlig=maja)
    anden = SagFactory(ansvarlig=maja)
    InhabilitetFactory(borger=sag.borger, bruger=maja)
    InhabilitetFactory(borger=anden.borger)

    assert ser(maja) == {anden}


def test_deputy_of_somebody_inhabil_is_not_let_in_by_it():
    maja = BrugerFactory()
    sag = SagFactory(ansvarlig=maja)
    jonas = vikar_for(maja)
    InhabilitetFactory(borger=sag.borger, bruger=maja)

    assert ser(jonas) == set()


def test_case_whose_responsible_is_inhabil_waits_for_another():
    maja = BrugerFactory()
    sag, anden = SagFactory(ansvarlig=maja), SagFactory(ansvarlig=maja)
    assert not Sag.objects.uden_ansvarlig().exists()

    InhabilitetFactory(borger=sag.borger, bruger=maja)

    assert list(Sag.objects.uden_ansvarlig()) == [sag]
    assert ser(maja) == {anden}


def test_outsider_sees_own_assignments_with_an_end_and_nothing_else():
    lars = ekstern()
    med_slut = TildelingFactory(
        bruger=lars, art=Tildeling.Art.MENTOR, til_dato=i_dag() + 30 * DAG
    ).sag
    TildelingFactory(bruger=lars, art=Tildeling.Art.MENTOR)
    TildelingFactory(bruger=lars, art=Tildeling.Art.MENTOR, til_dato=i_dag() - DAG)
    som_vikar(SagFactory(), lars)
    med_noedadgang(SagFactory(), lars)

    assert ser(lars) == {med_slut}


def test_deputy_of_an_outsider_gets_nothing():
    lars = ekstern()
    TildelingFactory(bruger=lars, art=Tildeling.Art.MENTOR, til_dato=i_dag() + DAG)

    assert ser(vikar_for(lars)) == set()


def test_rule_costs_one_statement(django_assert_num_queries):
    kamilla = BrugerFactory(roller=[Rolle.FAGLIG_KONSULENT])
    SagFactory.create_batch(3, ansvarlig=kamilla)

    with django_assert_num_queries(1):
        assert len(ser(kamilla)) == 3
    with django_assert_num_queries(1):
        assert list(Sag.objects.bag_beskyttelse(kamilla)) == []


def test_the_kept_text_answers_for_the_user_the_day_and_the_moment_of_each_question(time_machine):
    """One text serves all of a kind: what is filled in must be this question's, never the first's."""
    maja, jonas = BrugerFactory(), BrugerFactory()
    hendes, hans = SagFactory(ansvarlig=maja), SagFactory(ansvarlig=jonas)
    aabnet = SaerligadgangFactory(bruger=maja).sag
    InhabilitetFactory(bruger=jonas, borger=hans.borger, fra_dato=i_dag() + DAG)
    assert (ser(maja), ser(jonas)) == ({hendes, aabnet}, {hans})

    time_machine.move_to(timezone.now() + DAG)

    assert (ser(maja), ser(jonas)) == ({hendes}, set())


def test_the_rule_is_written_once_for_each_kind_of_user():
    synlighed._skrevet.cache_clear()

    for rolle in (Rolle.SAGSBEHANDLER, Rolle.MENTOR, Rolle.FAGLIG_KONSULENT, Rolle.SAGSBEHANDLER):
        ser(BrugerFactory(roller=[rolle]))

    # Of the cases and of the citizens one is inhabil towards, with and without the consultant's.
    assert synlighed._skrevet.cache_info().misses == 4
