"""The rules of the case: consents, packages for the team, returns and tasks."""

import pytest
import time_machine

from borgere.services import afslut_sag
from opfoelgning.models import Frist, Paamindelse, Tilstand
from opfoelgning.proeve import proev
from opfoelgning.udledning import udled
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    KvalitetssikringFactory,
    LaegeattestFactory,
    NetvaerkspersonFactory,
    OpgaveFactory,
    SagspakkeFactory,
    SamtykkeFactory,
    TildelingFactory,
    klokken,
)
from tests.opfoelgning.regelsager import DAG, en_sag, frist, frister, luk, om
from tests.opfoelgning.sager import i_forloeb

pytestmark = pytest.mark.django_db


# Consents


@pytest.fixture
def samtykke(db):
    return SamtykkeFactory(borger=en_sag().borger, fra_dato=om(-300), til_dato=om(20))


def test_consent_about_to_expire_is_told_a_month_before_and_then_runs_out(samtykke):
    sag = samtykke.borger.sager.get()

    den = frist(sag, "SAMTYKKE_UDLOEBER")

    assert (den.forfald_dato, den.varsel_dato) == (om(20), om(-10))
    assert den.betegnelse == "Samtykke udløber: egen læge"
    assert den.tilstand(DAG) == Tilstand.VARSLET
    assert frist(sag, "SAMTYKKE_UDLOEBER", om(21)).tilstand(om(21)) == Tilstand.UDLOEBET


def test_new_consent_to_the_same_takes_its_place(samtykke):
    sag = samtykke.borger.sager.get()
    andre = {"borger": sag.borger, "fra_dato": om(-2), "til_dato": om(300)}
    SamtykkeFactory(**andre, modtager="region")
    SamtykkeFactory(
        **andre,
        modtager="netvaerk",
        netvaerksperson=NetvaerkspersonFactory(borger=sag.borger),
    )
    assert frister(sag, "SAMTYKKE_UDLOEBER")[0].opfyldt_dato is None

    SamtykkeFactory(**andre)

    den = frister(sag, "SAMTYKKE_UDLOEBER")[0]
    assert (den.opfyldt_dato, den.tilstand(DAG)) == (om(-2), Tilstand.OPFYLDT)


def test_consent_followed_by_another_the_day_after_is_renewed(samtykke):
    sag = samtykke.borger.sager.get()
    SamtykkeFactory(borger=sag.borger, fra_dato=om(21), til_dato=om(300))

    foer, efter = (frister(sag, "SAMTYKKE_UDLOEBER", om(dage))[0] for dage in (20, 21))

    assert (foer.tilstand(om(20)), efter.tilstand(om(21))) == (Tilstand.VARSLET, Tilstand.OPFYLDT)
    assert efter.dage_for_sent == 0
    tilstande = proev(om(21), koder={"SAMTYKKE_UDLOEBER"}).tilstande["SAMTYKKE_UDLOEBER"]
    assert tilstande[Tilstand.OPFYLDT] == 1


def test_consent_withdrawn_and_case_closed_leave_nothing_to_renew(samtykke):
    sag = samtykke.borger.sager.get()
    samtykke.trukket_dato = om(-1)
    samtykke.trukket_aarsag = "Borgeren vil ikke mere"
    samtykke.save()
    hvorfor = frist(sag, "SAMTYKKE_UDLOEBER").bortfaldet_begrundelse
    assert hvorfor == "Samtykket er trukket tilbage"

    luk(sag, om(-5))

    den = frist(sag, "SAMTYKKE_UDLOEBER")
    assert (den.bortfaldet_dato, den.bortfaldet_begrundelse) == (om(-5), "Sagen er afsluttet")


def test_consent_is_told_in_each_case_of_the_citizen_it_holds_for(samtykke):
    foerste = samtykke.borger.sager.get()
    luk(foerste, om(-100))
    gammel = en_sag(borger=samtykke.borger)
    luk(gammel, om(-350))
    ny = en_sag(borger=samtykke.borger)

    # Whichever of them had the event.
    udled(DAG, sager=[ny.pk])

    frister_ = Frist.objects.filter(kode="SAMTYKKE_UDLOEBER")
    assert set(frister_.values_list("sag", flat=True)) == {foerste.pk, ny.pk}
    assert frister_.aabne().get().sag == ny
    assert gammel.pk not in frister_.values_list("sag", flat=True)


# The package for the team, and a return


@pytest.fixture
def punkt(db):
    punkt = DagsordenspunktFactory(sag=en_sag(), moede__dato=om(30))
    punkt.sat_paa_den = klokken(om(-2))
    punkt.save(update_fields=["sat_paa_den"])
    return punkt


def test_package_is_due_so_many_days_before_the_meeting_as_the_rule_set_says(punkt):
    den = frist(punkt.sag, "SAGSPAKKE")

    assert (den.anker_type, den.anker_id, den.laengde) == ("dagsordenspunkt", punkt.pk, 8)
    # 24 November, eight days before 2 December; warned three days before that.
    assert (den.start_dato, den.forfald_dato, den.varsel_dato) == (om(-2), om(22), om(19))

    pakke = SagspakkeFactory(punkt=punkt)
    type(pakke).objects.filter(pk=pakke.pk).update(udgivet_den=klokken(om(21)))

    assert frist(punkt.sag, "SAGSPAKKE", om(23)).tilstand(om(23)) == Tilstand.OPFYLDT


@pytest.mark.parametrize(
    ("felt", "hvorfor"),
    [
        ("taget_af_den", "Sagen er taget af dagsordenen"),
        ("behandlet_den", "Teamet har behandlet sagen"),
    ],
)
def test_package_lapses_when_the_team_does_not_wait_for_it(punkt, felt, hvorfor):
    setattr(punkt, felt, klokken(om(3)))
    punkt.save(update_fields=[felt])

    den = frist(punkt.sag, "SAGSPAKKE", om(3))

    assert (den.bortfaldet_dato, den.bortfaldet_begrundelse) == (om(3), hvorfor)


def test_package_lapses_with_the_meeting(punkt):
    moede = punkt.moede
    moede.aflyst_den, moede.aflyst_grund = klokken(om(1)), "Sygdom"
    moede.save()

    assert frist(punkt.sag, "SAGSPAKKE", om(1)).bortfaldet_dato == om(1)


def test_case_sent_back_is_sent_in_again_within_a_week():
    sag = en_sag(fase="kvalitetssikring")
    retur = KvalitetssikringFactory(
        sag=sag,
        godkendt=True,
        resultat="retur",
        begrundelse="Helbred mangler",
        indsendt_den=klokken(om(-4)),
        # After midnight in Denmark, and not yet in UTC.
        afgjort_den=klokken(DAG, 0, 30),
    )

    den = frist(sag, "RETUR_SVAR")

    assert (den.anker_id, den.start_dato, den.forfald_dato) == (retur.pk, DAG, om(7))
    KvalitetssikringFactory(
        sag=sag, forberedende_del=retur.forberedende_del, indsendt_den=klokken(om(8))
    )
    assert frist(sag, "RETUR_SVAR", om(8)).tilstand(om(8)) == Tilstand.OPFYLDT_SENT


# Tasks


@pytest.fixture
def opgave(db):
    sag = en_sag(fase="afgoerelse")
    indstilling = IndstillingFactory(
        afsluttet=True,
        punkt__sag=sag,
        punkt__moede__dato=DAG,
        punkt__behandlet_den=klokken(DAG),
    )
    return OpgaveFactory(indstilling=indstilling, frist_dato=om(14))


def test_task_is_a_deadline_by_its_own_name(opgave):
    den = frist(opgave.sag, "OPGAVE")

    assert (den.start_dato, den.forfald_dato) == (DAG, om(14))
    assert den.betegnelse == "Ring til praktikstedet"
    opgave.udfoert_dato, opgave.udfoert_af = om(3), BrugerFactory()
    opgave.save()
    assert frist(opgave.sag, "OPGAVE", om(3)).opfyldt_dato == om(3)


def test_task_that_lapses_says_why_in_what_there_is_room_for(opgave):
    opgave.bortfaldet_dato, opgave.bortfaldet_grund = om(2), "Langt " * 30
    opgave.save()

    den = frist(opgave.sag, "OPGAVE", om(2))

    assert den.bortfaldet_begrundelse == ("Langt " * 30)[:150]


def test_task_is_whose_part_it_is_today(opgave):
    ansvarlig = opgave.sag.tildelinger.get().bruger
    opgave.hvem = "mentor"
    opgave.save()
    assert frist(opgave.sag, "OPGAVE").ejer == ansvarlig
    mentor = TildelingFactory(sag=opgave.sag, art="mentor", fra_dato=om(5)).bruger
    assert frist(opgave.sag, "OPGAVE").ejer == ansvarlig
    assert frist(opgave.sag, "OPGAVE", om(5)).ejer == mentor


def test_task_of_the_company_consultant_is_the_one_the_case_has(opgave):
    konsulent = BrugerFactory(roller=["virksomhedskonsulent"])
    TildelingFactory(sag=opgave.sag, art="medvirkende", bruger=konsulent, fra_dato=om(-5))
    opgave.hvem = "virksomhedskonsulent"
    opgave.save()

    assert frist(opgave.sag, "OPGAVE").ejer == konsulent


def test_named_person_has_the_task_while_active(opgave):
    opgave.bruger = BrugerFactory()
    opgave.save()
    assert frist(opgave.sag, "OPGAVE").ejer == opgave.bruger

    opgave.bruger.is_active = False
    opgave.bruger.save()

    assert frist(opgave.sag, "OPGAVE").ejer == opgave.sag.tildelinger.get().bruger


def test_closing_a_case_leaves_nothing_to_remind_of():
    """Whatever the case had, on no later day is anybody told of it."""
    with time_machine.travel(klokken(DAG, 9), tick=False):
        sag = i_forloeb(BrugerFactory(), moede=om(9))
        SamtykkeFactory(borger=sag.borger)
        LaegeattestFactory(sag=sag)
        OpgaveFactory(sag=sag)
        DagsordenspunktFactory(sag=sag, moede__dato=om(30))
        udled(DAG)
        assert Frist.objects.aabne().filter(sag=sag).count() == 7
        afslut_sag(sag, aarsag="andet", dato=DAG, af=BrugerFactory())
    Paamindelse.objects.all().delete()

    for dage in (0, 40, 400, 1200):
        udled(om(dage))
        aabne = Frist.objects.aabne().filter(sag=sag)
        assert set(aabne.values_list("kode", flat=True)) <= {"KLAGEFRIST"}
    assert not Paamindelse.objects.filter(frist__sag=sag).exists()
