"""What is done to a citizen and a case after registration."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from borgere import services
from borgere.models import Afslutningsaarsag, Borger, Fase, Sag, Tildeling
from ressource.kalender import i_dag
from ressource.models import Haendelse, Rolle
from tests.factories import BrugerFactory, SagFactory, TildelingFactory

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja)


def koder():
    return list(Haendelse.objects.order_by("pk").values_list("kode", flat=True))


# Steps


def test_step_moves_along_the_course_and_is_logged(sag, maja):
    services.skift_fase(services.laas_sag(sag.pk), Fase.FORBEREDELSE, af=maja)

    sag.refresh_from_db()
    assert sag.fase == Fase.FORBEREDELSE
    assert Haendelse.objects.get().data == {"fra": "screening", "til": "forberedelse"}


@pytest.mark.parametrize("til", [Fase.PLAN, Fase.AFSLUTNING])
def test_step_cannot_jump(sag, maja, til):
    with pytest.raises(ValidationError, match="kan ikke gå til"):
        services.skift_fase(sag, til, af=maja)
    assert koder() == []


def test_wrong_step_is_named():
    with pytest.raises(ValidationError) as fejl:
        services.kraev_fase(SagFactory.build(fase=Fase.PLAN), Fase.MOEDE, Fase.INDSTILLING)

    assert fejl.value.messages == [
        "Sagen er i trinnet plan. Det her kan kun gøres i møde eller indstilling."
    ]


# The case circle


def test_new_responsible_begins_when_the_former_ends(sag, maja):
    jonas = BrugerFactory()

    services.tildel(sag, jonas, Tildeling.Art.ANSVARLIG, af=maja)

    raekker = sag.tildelinger.ansvarlige().order_by("fra_dato")
    assert [(r.bruger, r.til_dato) for r in raekker] == [(maja, i_dag() - DAG), (jonas, None)]
    assert koder() == ["sag.tildelt"]


def test_case_handed_over_on_its_first_day_keeps_both_in_the_circle(maja):
    sag = SagFactory(oprettet_dato=i_dag(), ansvarlig=maja)
    jonas = BrugerFactory()

    services.tildel(sag, jonas, Tildeling.Art.ANSVARLIG, af=maja)

    assert {(r.bruger, r.art, r.til_dato) for r in sag.tildelinger.all()} == {
        (maja, Tildeling.Art.MEDVIRKENDE, i_dag()),
        (jonas, Tildeling.Art.ANSVARLIG, None),
    }


@pytest.mark.parametrize(
    ("art", "rolle"),
    [(Tildeling.Art.MENTOR, Rolle.SAGSBEHANDLER), (Tildeling.Art.ANSVARLIG, Rolle.MENTOR)],
)
def test_task_needs_its_role(sag, maja, art, rolle):
    with pytest.raises(ValidationError, match="ikke den rolle"):
        services.tildel(sag, BrugerFactory(roller=[rolle]), art, af=maja)
    assert sag.tildelinger.count() == 1


def test_same_task_is_not_given_twice(sag, maja):
    lars = BrugerFactory(roller=[Rolle.MENTOR])
    services.tildel(sag, lars, Tildeling.Art.MENTOR, af=maja)

    with pytest.raises(ValidationError, match="allerede knyttet"):
        services.tildel(sag, lars, Tildeling.Art.MENTOR, af=maja)


def test_end_before_start_is_refused(sag, maja):
    with pytest.raises(ValidationError, match="Slutdatoen ligger før startdatoen"):
        services.tildel(
            sag,
            BrugerFactory(),
            Tildeling.Art.TEAMMOEDE,
            fra_dato=i_dag(),
            til_dato=i_dag() - DAG,
            af=maja,
        )


# The end


def afslut(sag, af, **felter):
    standard = {"aarsag": Afslutningsaarsag.FLEKSJOB_ANSAT, "dato": i_dag()}
    return services.afslut_sag(sag, **standard | felter, af=af)


def test_case_ends_with_reason_and_all_but_the_responsible_leave(sag, maja):
    mentor = TildelingFactory(sag=sag, art=Tildeling.Art.MENTOR).bruger
    kommende = TildelingFactory(sag=sag, art=Tildeling.Art.TEAMMOEDE, fra_dato=i_dag() + DAG)
    forbi = TildelingFactory(sag=sag, art=Tildeling.Art.MENTOR, til_dato=i_dag() - 9 * DAG)

    afslut(sag, maja, dato=i_dag() - DAG, bemaerkning="Ansat på biblioteket")

    sag.refresh_from_db()
    assert sag.er_afsluttet
    assert (sag.afsluttet_dato, sag.afsluttet_af) == (i_dag() - DAG, maja)
    assert sag.afslutningsbemaerkning == "Ansat på biblioteket"
    assert not Tildeling.objects.filter(pk=kommende.pk).exists()
    forbi.refresh_from_db()
    assert forbi.til_dato == i_dag() - 9 * DAG
    assert list(Sag.objects.synlige_for(mentor)) == [sag]
    assert list(Sag.objects.synlige_for(mentor, i_dag() + DAG)) == []
    assert list(Sag.objects.synlige_for(maja, i_dag() + DAG)) == [sag]
    assert koder() == ["sag.afsluttet"]


def test_case_ends_only_once(sag, maja):
    afslut(sag, maja)

    with pytest.raises(ValidationError, match="allerede afsluttet"):
        afslut(sag, maja)
    with pytest.raises(ValidationError, match="Sagen er afsluttet"):
        services.tildel(sag, BrugerFactory(), Tildeling.Art.MEDVIRKENDE, af=maja)
    assert koder() == ["sag.afsluttet"]


@pytest.mark.parametrize(
    ("felter", "sentence"),
    [
        ({"dato": i_dag() + 400 * DAG}, "fremtiden"),
        ({"dato": i_dag() - 4000 * DAG}, "før den er oprettet"),
        ({"aarsag": "kedsomhed"}, "Vælg, hvorfor"),
    ],
)
def test_end_that_cannot_be_is_refused(sag, maja, felter, sentence):
    with pytest.raises(ValidationError, match=sentence):
        afslut(sag, maja, **felter)
    sag.refresh_from_db()
    assert not sag.er_afsluttet
    assert koder() == []


# The citizen


def test_correction_writes_what_differs_and_names_the_fields(sag, maja):
    services.ret_borger(sag, {"telefon": "50607080", "fornavn": sag.borger.fornavn}, af=maja)

    assert Borger.objects.get().telefon == "50607080"
    assert Haendelse.objects.get().data == {"felter": ["telefon"]}


def test_correction_that_changes_nothing_writes_nothing(sag, maja):
    services.ret_borger(sag, {"fornavn": sag.borger.fornavn}, af=maja)

    assert koder() == []


def test_follow_up_of_the_childrens_case_is_signed(sag, maja):
    services.ret_borger(sag, {"har_boernesag": True, "boernesag_fulgt_op_dato": i_dag()}, af=maja)

    assert Borger.objects.get().boernesag_fulgt_op_af == maja
    services.ret_borger(sag, {"boernesag_fulgt_op_dato": None}, af=maja)
    assert Borger.objects.get().boernesag_fulgt_op_af is None


def test_end_of_protection_without_protection_is_refused(sag, maja):
    with pytest.raises(ValidationError, match="En slutdato kræver"):
        services.ret_borger(sag, {"adressebeskyttet_til": i_dag()}, af=maja)
