"""The rules of the granted forløb: its longest and last day, and time with nothing in progress."""

from datetime import date, timedelta

import pytest

from indsatsplan.daekning import Gang, daekning
from opfoelgning.models import Frist, Tilstand
from opfoelgning.udledning import udled
from ressource.models import Regelsaet
from tests.factories import FritagelseFactory, IndsatsFactory, IndsatspauseFactory
from tests.opfoelgning.regelsager import DAG, et_forloeb, frist, frister, luk, om

pytestmark = pytest.mark.django_db


def test_no_forloeb_is_longer_than_the_rule_set_of_its_decision():
    forloeb = et_forloeb(date(2024, 2, 29), date(2029, 2, 1))
    Regelsaet.objects.filter(pk=forloeb.afgoerelse.regelsaet_id).update(varighed_max_maaneder=60)

    den = frist(forloeb.sag, "FORLOEB_MAX")

    assert (den.anker_type, den.anker_id, den.laengde) == ("forloeb", forloeb.pk, 60)
    # Five years on from a leap day.
    assert den.forfald_dato == date(2029, 2, 28)
    forloeb.afsluttet_dato = om(-1)
    forloeb.save()
    assert frist(forloeb.sag, "FORLOEB_MAX").tilstand(DAG) == Tilstand.OPFYLDT


def test_last_day_granted_is_warned_of_three_months_before():
    forloeb = et_forloeb(om(-600), om(100))

    den = frist(forloeb.sag, "FORLOEB_SLUT")

    assert (den.start_dato, den.forfald_dato, den.varsel_dato) == (om(-600), om(100), om(10))
    forloeb.afsluttet_dato = om(99)
    forloeb.save()
    assert frist(forloeb.sag, "FORLOEB_SLUT", om(99)).opfyldt_dato == om(99)


def test_last_day_lapses_with_the_case():
    forloeb = et_forloeb(om(-10))
    luk(forloeb.sag, om(-1))

    den = frist(forloeb.sag, "FORLOEB_SLUT")

    assert (den.bortfaldet_dato, den.bortfaldet_begrundelse) == (om(-1), "Sagen er afsluttet")


# Passive time


def i_gang(forloeb, fra: date, til: date | None = None):
    felter = {"faktisk_slut": til, "status": "afsluttet"} if til else {}
    return IndsatsFactory(
        forloeb=forloeb,
        i_gang=True,
        planlagt_start=fra,
        **felter | ({"slut_begrundelse": "Som aftalt"} if til else {}),
    )


def test_time_without_an_effort_is_acted_on_within_thirty_days():
    forloeb = et_forloeb(om(-40))

    den = frist(forloeb.sag, "PASSIV_TID")

    assert (den.anker_type, den.anker_id) == ("passiv_fra", int(f"{om(-40):%Y%m%d}"))
    assert (den.start_dato, den.forfald_dato) == (om(-40), om(-10))
    assert den.tilstand(DAG) == Tilstand.OVERSKREDET

    i_gang(forloeb, om(-3))

    assert frist(forloeb.sag, "PASSIV_TID").opfyldt_dato == om(-3)
    assert frist(forloeb.sag, "PASSIV_TID").tilstand(DAG) == Tilstand.OPFYLDT_SENT


@pytest.mark.parametrize(("dage", "antal"), [(7, 0), (8, 1)])
def test_a_week_between_two_efforts_is_no_deadline(dage, antal):
    forloeb = et_forloeb(om(-60))
    i_gang(forloeb, om(-60), om(-20))
    i_gang(forloeb, om(-19 + dage))

    assert len(frister(forloeb.sag, "PASSIV_TID")) == antal


def test_pause_of_the_only_effort_is_passive_and_the_effort_may_go_on():
    forloeb = et_forloeb(om(-60))
    indsats = i_gang(forloeb, om(-60))
    IndsatspauseFactory(indsats=indsats, fra_dato=om(-50), til_dato=om(-30))

    den = frist(forloeb.sag, "PASSIV_TID")

    assert (den.start_dato, den.opfyldt_dato) == (om(-50), om(-29))


def test_exemption_ends_passive_time_and_is_none_itself():
    forloeb = et_forloeb(om(-60))
    FritagelseFactory(forloeb=forloeb, fra_dato=om(-40), til_dato=om(-21))

    foer, efter = frister(forloeb.sag, "PASSIV_TID")

    assert foer.bortfaldet_begrundelse == "Borgeren er fritaget"
    assert (foer.start_dato, foer.bortfaldet_dato) == (om(-60), om(-40))
    assert (efter.start_dato, efter.forfald_dato) == (om(-20), om(10))


def test_passive_time_ends_with_the_forloeb():
    forloeb = et_forloeb(om(-60), afsluttet_dato=om(-9))

    den = frist(forloeb.sag, "PASSIV_TID")

    assert (den.bortfaldet_dato, den.bortfaldet_begrundelse) == (om(-9), "Forløbet er slut")


def test_stretches_are_those_of_the_plans_own_reckoning():
    forloeb = et_forloeb(om(-200))
    gange = [(om(-180), om(-150)), (om(-160), om(-120)), (om(-100), om(-95))]
    for fra, til in gange:
        i_gang(forloeb, fra, til)
    FritagelseFactory(forloeb=forloeb, fra_dato=om(-90), til_dato=om(-70))

    fundne = frister(forloeb.sag, "PASSIV_TID")

    ventede = daekning(
        [Gang(fra, til) for fra, til in gange],
        [(om(-90), om(-70))],
        fra=om(-200),
        til=DAG,
    ).passive
    assert [en.start_dato for en in fundne] == [
        fra for fra, til in ventede if (til - fra).days >= 7
    ]


def test_stretch_that_turns_out_not_to_have_been_lapses_also_when_it_was_over():
    forloeb = et_forloeb(om(-60))
    indsats = i_gang(forloeb, om(-10))
    assert frist(forloeb.sag, "PASSIV_TID").opfyldt_dato == om(-10)
    indsats.planlagt_start = indsats.faktisk_start = om(-60)
    indsats.save()

    den = frist(forloeb.sag, "PASSIV_TID")

    assert den.bortfaldet_begrundelse == "Grundlaget for fristen er ændret"
    assert not udled(DAG + timedelta(days=1), sager=[forloeb.sag_id]).bortfaldne
    assert Frist.objects.get(pk=den.pk).bortfaldet_dato == DAG
