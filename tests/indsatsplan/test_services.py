"""Goals, efforts and versions: what the services let through and what they refuse."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from borgere.models import Fase
from indsatsplan import billede, services
from indsatsplan.models import Indsats, Indsatsplan
from rehabilitering.models import Indsatstype
from ressource.kalender import i_dag
from ressource.models import Haendelse
from tests.factories import (
    BrugerFactory,
    IndsatsFactory,
    IndsatsplanFactory,
    IndstillingslinjeFactory,
    MaalFactory,
    RessourceforloebFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tina(db):
    return BrugerFactory(navn="Tina Vestergaard", roller=["koordinerende"])


@pytest.fixture
def kladde(db):
    """A draft with one goal and no effort."""
    return IndsatsplanFactory(forloeb=MaalFactory(rang=1).forloeb)


def felter(forloeb, **andre):
    return {
        "maal": forloeb.maal.first(),
        "indsatstype": Indsatstype.objects.get(kode="virksomhedspraktik"),
        "beskrivelse": "Praktik i byggecentret",
        "formaal": "Prøve lager og kunder",
        "tilfoejet_begrundelse": "Borgerens ønske",
        "planlagt_start": i_dag(),
        "ansvarlig": "Tina Vestergaard",
        **andre,
    }


# Goals --------------------------------------------------------------------------------------------


def test_new_goal_comes_last(kladde, tina):
    maal = services.gem_maal(kladde.forloeb, tekst="Sove bedre", art="", af=tina)

    assert maal.rang == 2
    assert Haendelse.objects.get(kode="plan.maal_gemt").objekt_id == maal.pk


# Efforts ------------------------------------------------------------------------------------------


def test_effort_is_stored_as_planned(kladde, tina):
    indsats = services.gem_indsats(kladde.forloeb, af=tina, **felter(kladde.forloeb))

    assert (indsats.status, indsats.faktisk_start) == ("planlagt", None)
    assert Haendelse.objects.filter(kode="plan.indsats_gemt").count() == 1


def test_effort_without_purpose_is_refused_on_the_field(kladde, tina):
    with pytest.raises(ValidationError) as afvist:
        services.gem_indsats(kladde.forloeb, af=tina, **felter(kladde.forloeb, formaal=""))

    assert set(afvist.value.message_dict) == {"formaal"}
    assert not Indsats.objects.exists()


def test_effort_without_line_and_reason_is_refused(kladde, tina):
    tom = felter(kladde.forloeb, tilfoejet_begrundelse="")

    with pytest.raises(ValidationError, match="eller skriv, hvorfor den er tilføjet"):
        services.gem_indsats(kladde.forloeb, af=tina, **tom)


def test_effort_with_dates_in_the_wrong_order_is_refused(kladde, tina):
    forkert = felter(kladde.forloeb, planlagt_slut=i_dag() - timedelta(days=1))

    with pytest.raises(ValidationError, match="Den planlagte slutdato ligger før startdatoen"):
        services.gem_indsats(kladde.forloeb, af=tina, **forkert)


def test_effort_outside_the_forloeb_is_refused_on_the_field(kladde, tina):
    forloeb = kladde.forloeb
    udenfor = felter(
        forloeb,
        planlagt_start=forloeb.start_dato - timedelta(days=1),
        planlagt_slut=forloeb.slut_dato + timedelta(days=1),
    )

    with pytest.raises(ValidationError) as afvist:
        services.gem_indsats(forloeb, af=tina, **udenfor)

    assert set(afvist.value.message_dict) == {"planlagt_start", "planlagt_slut"}
    assert "uden for forløbet" in afvist.value.messages[0]


def test_effort_on_the_first_and_last_day_is_allowed(kladde, tina):
    forloeb = kladde.forloeb

    indsats = services.gem_indsats(
        forloeb,
        af=tina,
        **felter(forloeb, planlagt_start=forloeb.start_dato, planlagt_slut=forloeb.slut_dato),
    )

    assert indsats.pk


def test_effort_cannot_borrow_goal_and_line_of_others(kladde, tina):
    forloeb = kladde.forloeb

    with pytest.raises(ValidationError, match="egne mål"):
        services.gem_indsats(forloeb, af=tina, **felter(forloeb, maal=MaalFactory()))
    with pytest.raises(ValidationError, match="egen indstilling"):
        services.gem_indsats(forloeb, af=tina, **felter(forloeb, linje=IndstillingslinjeFactory()))


def test_effort_is_corrected_field_by_field(kladde, tina):
    indsats = IndsatsFactory(forloeb=kladde.forloeb, maal=kladde.forloeb.maal.get())

    services.gem_indsats(kladde.forloeb, indsats=indsats, af=tina, timer_pr_uge=Decimal("7.5"))

    indsats.refresh_from_db()
    assert (indsats.timer_pr_uge, indsats.formaal) == (Decimal("7.5"), "Prøve om opgaverne passer")


def test_ended_forloeb_cannot_be_changed(kladde, tina):
    forloeb = kladde.forloeb
    forloeb.afsluttet_dato = i_dag()
    forloeb.save()

    with pytest.raises(ValidationError, match="kan læses, men ikke ændres"):
        services.gem_indsats(forloeb, af=tina, **felter(forloeb))


# What happened ------------------------------------------------------------------------------------


def test_effort_begins_and_ends_in_an_approved_plan_too(tina):
    indsats = IndsatsFactory()
    IndsatsplanFactory(forloeb=indsats.forloeb, godkendt=True)

    services.begynd_indsats(indsats, dato=i_dag() - timedelta(days=9), af=tina)
    services.afslut_indsats(indsats, dato=i_dag(), afbrudt=False, af=tina)

    indsats.refresh_from_db()
    assert (indsats.status, (indsats.faktisk_slut - indsats.faktisk_start).days) == (
        "afsluttet",
        9,
    )
    koder = Haendelse.objects.filter(objekt_id=indsats.pk).order_by("id")
    assert list(koder.values_list("kode", flat=True)) == [
        "plan.indsats_begyndt",
        "plan.indsats_slut",
    ]


def test_effort_can_be_broken_off_the_day_it_began(tina):
    indsats = IndsatsFactory(i_gang=True)

    services.afslut_indsats(
        indsats, dato=indsats.faktisk_start, afbrudt=True, begrundelse="For hårdt", af=tina
    )

    indsats.refresh_from_db()
    assert indsats.status == "afbrudt"


def test_effort_cannot_end_before_it_began(tina):
    indsats = IndsatsFactory(i_gang=True)

    with pytest.raises(ValidationError) as afvist:
        services.afslut_indsats(
            indsats, dato=indsats.faktisk_start - timedelta(days=1), afbrudt=False, af=tina
        )

    assert "Slutdatoen kan ikke ligge før" in afvist.value.message_dict["dato"][0]


@pytest.mark.parametrize(
    ("dage", "besked"), [(1, "ligger i fremtiden"), (-61, "uden for forløbet")]
)
def test_effort_begins_within_the_forloeb_and_no_later_than_today(tina, dage, besked):
    indsats = IndsatsFactory()

    with pytest.raises(ValidationError) as afvist:
        services.begynd_indsats(indsats, dato=i_dag() + timedelta(days=dage), af=tina)

    assert besked in afvist.value.message_dict["dato"][0]


def test_effort_begins_only_once(tina):
    indsats = IndsatsFactory(i_gang=True)

    with pytest.raises(ValidationError, match="i gang og kan ikke begynde"):
        services.begynd_indsats(indsats, dato=i_dag(), af=tina)


def test_only_a_planned_effort_can_lapse(tina):
    planlagt = IndsatsFactory()
    i_gang = IndsatsFactory(i_gang=True)

    services.lad_indsats_bortfalde(planlagt, begrundelse="Fandt job", af=tina)
    with pytest.raises(ValidationError, match="kan ikke bortfalde"):
        services.lad_indsats_bortfalde(i_gang, begrundelse="Fandt job", af=tina)

    planlagt.refresh_from_db()
    assert planlagt.status == "bortfaldet"


# Versions -----------------------------------------------------------------------------------------


@pytest.fixture
def faerdig(kladde):
    """A draft with a goal and an effort, ready to be approved."""
    IndsatsFactory(
        forloeb=kladde.forloeb, maal=kladde.forloeb.maal.get(), timer_pr_uge=Decimal("10.0")
    )
    IndsatsFactory(forloeb=kladde.forloeb, maal=kladde.forloeb.maal.get(), mentor=True)
    return kladde


def test_first_approval_keeps_the_content_and_moves_the_case(faerdig, tina):
    plan = services.godkend_plan(faerdig, borger_enig="enig", af=tina)

    plan.refresh_from_db()
    sag = plan.forloeb.sag
    sag.refresh_from_db()
    assert sag.fase == Fase.OPFOELGNING
    assert (plan.godkendt_af, plan.godkendt_dato) == (tina, i_dag())
    assert billede.fra_json(plan.indhold) == billede.af_forloeb(plan.forloeb)


def test_second_version_is_approved_without_moving_the_case(faerdig, tina):
    forste = services.godkend_plan(faerdig, borger_enig="enig", af=tina)
    ny = services.aabn_kladde(forste.forloeb, af=tina)

    services.godkend_plan(ny, borger_enig="delvist", uenig_tekst="Timerne", af=tina)

    assert list(ny.forloeb.planer.values_list("nr", "borger_enig")) == [
        (2, "delvist"),
        (1, "enig"),
    ]
    assert Haendelse.objects.filter(kode="sag.fase").count() == 1


def test_old_version_stays_as_it_was(faerdig, tina):
    plan = services.godkend_plan(faerdig, borger_enig="enig", af=tina)
    foer = billede.fra_json(plan.indhold)
    services.gem_maal(
        plan.forloeb,
        tekst="Chauffør",
        art="job",
        begrundelse="Efter praktik i byggecentret",
        maal=plan.forloeb.maal.get(),
        af=tina,
    )

    plan.refresh_from_db()
    assert billede.fra_json(plan.indhold) == foer
    assert billede.antal_aendringer(foer, billede.af_forloeb(plan.forloeb)) == 1


@pytest.mark.parametrize("enig", ["delvist", "uenig"])
def test_disagreement_must_be_described(faerdig, tina, enig):
    with pytest.raises(ValidationError, match="Skriv, hvad borgeren er uenig i"):
        services.godkend_plan(faerdig, borger_enig=enig, uenig_tekst="  ", af=tina)

    faerdig.refresh_from_db()
    assert not faerdig.er_godkendt


def test_plan_without_effort_cannot_be_approved(kladde, tina):
    IndsatsFactory(forloeb=kladde.forloeb, maal=kladde.forloeb.maal.get(), status="bortfaldet")

    with pytest.raises(ValidationError, match="mangler en indsats"):
        services.godkend_plan(kladde, borger_enig="enig", af=tina)


def test_empty_plan_cannot_be_approved(tina):
    with pytest.raises(ValidationError, match="mangler et mål og en indsats"):
        services.godkend_plan(IndsatsplanFactory(), borger_enig="enig", af=tina)


def test_plan_is_approved_only_once(faerdig, tina):
    services.godkend_plan(faerdig, borger_enig="enig", af=tina)

    with pytest.raises(ValidationError) as afvist:
        services.godkend_plan(faerdig, borger_enig="uenig", uenig_tekst="Alt", af=BrugerFactory())

    assert "Version 1 er allerede godkendt" in afvist.value.messages[0]
    assert "Tina Vestergaard" in afvist.value.messages[0]
    faerdig.refresh_from_db()
    assert faerdig.borger_enig == "enig"


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_give_one_approval():
    forloeb = RessourceforloebFactory()
    IndsatsFactory(forloeb=forloeb, maal__rang=1, mentor=True)
    plan = IndsatsplanFactory(forloeb=forloeb)
    start = threading.Barrier(2)
    udfald = []

    def godkend(bruger):
        try:
            start.wait(timeout=10)
            services.godkend_plan(plan, borger_enig="enig", af=bruger)
            udfald.append("godkendt")
        except ValidationError as fejl:
            udfald.append(fejl.code)
        finally:
            connection.close()

    traade = [threading.Thread(target=godkend, args=[BrugerFactory()]) for _ in range(2)]
    for traad in traade:
        traad.start()
    for traad in traade:
        traad.join(timeout=30)

    assert sorted(udfald) == ["allerede_godkendt", "godkendt"]
    assert Indsatsplan.objects.godkendte().count() == 1
    assert Haendelse.objects.filter(kode="plan.godkendt").count() == 1
    forloeb.sag.refresh_from_db()
    assert forloeb.sag.fase == Fase.OPFOELGNING
