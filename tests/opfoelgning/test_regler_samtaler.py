"""The rules of the talks: how far ahead, the next one agreed, six in twelve months."""

from datetime import date

import pytest

from opfoelgning.models import Fristregel, Opfoelgningspunkt, Tilstand
from tests.factories import (
    IndsatsFactory,
    OpfoelgningsmoedeFactory,
    klokken,
)
from tests.opfoelgning.regelsager import DAG, en_sag, et_forloeb, frist, frister, holdt, luk, om

pytestmark = pytest.mark.django_db


# How far ahead they look


@pytest.fixture
def talt(db):
    """A held talk that spoke of the next three months and sketched six."""
    forloeb = et_forloeb(om(-30))
    moede = holdt(forloeb.sag, DAG, skitse="Flere timer.")
    Opfoelgningspunkt.objects.create(
        moede=moede, indsats=IndsatsFactory(forloeb=forloeb), naeste_tre_maaneder="Tre dage."
    )
    return moede


def test_three_months_and_the_sketch_are_spoken_of_again_before_they_are_up(talt):
    konkret, skitse = (frist(talt.sag, f"HORISONT_{hvad}") for hvad in ("KONKRET", "SKITSE"))
    assert (konkret.anker_type, konkret.anker_id) == ("moede", talt.pk)
    assert konkret.forfald_dato == date(2027, 2, 2)
    assert skitse.forfald_dato == date(2027, 5, 2)
    # A Sunday: the last open day before it is what to plan for.
    assert skitse.maal_dato == date(2027, 4, 30)

    holdt(talt.sag, om(100))

    assert frist(talt.sag, "HORISONT_KONKRET", om(100)).tilstand(om(100)) == Tilstand.OPFYLDT_SENT
    assert frist(talt.sag, "HORISONT_SKITSE", om(100)).tilstand(om(100)) == Tilstand.OPFYLDT


def test_talk_that_says_nothing_of_the_future_sets_no_horizon():
    sag = en_sag()
    holdt(sag, DAG)

    assert not frister(sag, "HORISONT_KONKRET") + frister(sag, "HORISONT_SKITSE")


def test_horizon_lapses_the_day_after_the_last_forloeb_or_with_the_case(talt):
    forloeb = talt.sag.forloeb.get()
    forloeb.afsluttet_dato = om(10)
    forloeb.save()
    assert frist(talt.sag, "HORISONT_SKITSE", om(10)).bortfaldet_dato is None
    efter = frist(talt.sag, "HORISONT_SKITSE", om(11))
    assert (efter.bortfaldet_dato, efter.bortfaldet_begrundelse) == (om(10), "Forløbet er slut")

    luk(talt.sag, om(10))

    efter = frist(talt.sag, "HORISONT_SKITSE", om(11))
    assert efter.bortfaldet_begrundelse == "Sagen er afsluttet"


def test_another_forloeb_keeps_the_horizon_open(talt):
    forloeb = talt.sag.forloeb.get()
    forloeb.sag.dagsordenspunkter.update(behandlet_den=klokken(om(-40)))
    forloeb.afsluttet_dato = om(10)
    forloeb.save()
    et_forloeb(om(11), sag=talt.sag)

    assert frist(talt.sag, "HORISONT_SKITSE", om(40)).bortfaldet_dato is None


# The next one agreed


def test_next_talk_is_agreed_as_this_one_is_closed():
    sag = en_sag()
    naeste = OpfoelgningsmoedeFactory(sag=sag, tidspunkt=klokken(om(30)), aftalt_dato=om(2))
    moede = holdt(sag, DAG, lukket_den=klokken(om(2)), uden_naeste_begrundelse="", naeste=naeste)

    den = frist(sag, "NAESTE_MOEDE_AFTALT", om(2))

    assert den.anker_id == moede.pk
    assert den.start_dato == den.forfald_dato == den.opfyldt_dato == om(2)


def test_talk_closed_with_a_reason_for_no_next_needs_none():
    sag = en_sag()
    holdt(sag, DAG, uden_naeste_begrundelse="Aftales på telefon")

    den = frist(sag, "NAESTE_MOEDE_AFTALT")

    assert (den.bortfaldet_dato, den.bortfaldet_begrundelse) == (DAG, "Begrundet ved mødet")


@pytest.mark.parametrize("status", ["aflyst", "udeblevet"])
def test_meeting_not_held_asks_for_a_new_one_until_it_is_agreed(status):
    sag = en_sag()
    OpfoelgningsmoedeFactory(
        sag=sag, status=status, afgjort_dato=DAG, tidspunkt=klokken(om(3)), aftalt_dato=om(-20)
    )
    # Agreed and called off before: no appointment to come to.
    OpfoelgningsmoedeFactory(
        sag=sag,
        status="aflyst",
        afgjort_dato=om(-5),
        tidspunkt=klokken(om(60)),
        aftalt_dato=om(-20),
    )
    alle = frister(sag, "NAESTE_MOEDE_AFTALT", om(1))
    assert [en.tilstand(om(1)) for en in alle] == [Tilstand.OVERSKREDET] * 2

    OpfoelgningsmoedeFactory(sag=sag, tidspunkt=klokken(om(9)), aftalt_dato=om(4))

    alle = frister(sag, "NAESTE_MOEDE_AFTALT", om(4))
    assert [en.opfyldt_dato for en in alle] == [om(4), om(4)]
    assert all(en.tilstand(om(4)) == Tilstand.OPFYLDT_SENT for en in alle)


def test_meeting_agreed_ahead_in_a_series_counts_as_the_next():
    sag = en_sag()
    OpfoelgningsmoedeFactory(sag=sag, tidspunkt=klokken(om(56)), aftalt_dato=om(-60))
    holdt(sag, DAG, uden_naeste_begrundelse="Aftalt i serien")

    den = frist(sag, "NAESTE_MOEDE_AFTALT")

    assert den.opfyldt_dato == DAG


# Six in twelve months


def test_six_talks_are_due_twelve_months_from_the_first_day():
    forloeb = et_forloeb()

    den = frist(forloeb.sag, "SAMTALER_MIN")

    assert (den.anker_type, den.anker_id) == ("forloeb", forloeb.pk)
    assert den.forfald_dato == date(2027, 11, 2)
    assert den.betegnelse == "Samtale 1 af 6"


def test_each_talk_begins_a_year_and_only_the_one_that_binds_is_open():
    forloeb = et_forloeb(om(-300))
    # Before the forløb it was no talk of it.
    holdt(forloeb.sag, om(-310))
    talt = [holdt(forloeb.sag, om(-300 + 40 * nr)) for nr in range(1, 8)]

    alle = frister(forloeb.sag, "SAMTALER_MIN")

    assert [(en.anker_type, en.anker_id) for en in alle] == [
        ("forloeb", forloeb.pk),
        ("moede", talt[0].pk),
        ("moede", talt[1].pk),
    ]
    assert [en.opfyldt_dato for en in alle] == [om(-60), om(-20), None]
    assert [en.navn for en in alle] == ["", "", "Samtale 6 af 6"]
    assert alle[2].start_dato == om(-220)


def test_how_many_talks_follow_the_rule_of_the_day():
    Fristregel.objects.filter(kode="SAMTALER_MIN").update(antal=2)
    forloeb = et_forloeb(om(-100))
    holdt(forloeb.sag, om(-50))
    assert frist(forloeb.sag, "SAMTALER_MIN").navn == "Samtale 2 af 2"
    holdt(forloeb.sag, om(-20))

    foerste, naeste = frister(forloeb.sag, "SAMTALER_MIN")

    assert (foerste.opfyldt_dato, naeste.navn) == (om(-20), "Samtale 2 af 2")


def test_talks_are_not_missed_once_the_forloeb_is_over():
    forloeb = et_forloeb(om(-300), om(-5))

    den = frist(forloeb.sag, "SAMTALER_MIN")

    assert (den.bortfaldet_dato, den.bortfaldet_begrundelse) == (om(-5), "Forløbet er slut")
    assert den.betegnelse == den.regel.navn
