"""Every date explains itself: the event, the rule, the sum, the owner and what clears it."""

from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.urls import reverse

from opfoelgning.forklaring import forklar
from opfoelgning.models import Frist, Fristregel
from opfoelgning.udledning import udled
from opfoelgning.udregning import regn
from ressource.datoer import Enhed
from ressource.kalender import i_dag
from ressource.models import Lukkedag
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    FritagelseFactory,
    KlageFactory,
    LaegeattestFactory,
    OpfoelgningsmoedeFactory,
    RessourceforloebFactory,
    SagFactory,
    SamtykkeFactory,
    klokken,
)
from tests.opfoelgning.sager import efter_teammoede, i_forloeb

pytestmark = pytest.mark.django_db


def fristen(sag, kode) -> Frist:
    return Frist.objects.select_related("regel", "ejer").get(sag=sag, kode=kode)


def regel(kode, **felter) -> None:
    Fristregel.objects.filter(kode=kode).update(**felter)


@pytest.mark.parametrize("alvor", Fristregel.Alvor.values)
@pytest.mark.parametrize("enhed", Enhed.values)
def test_what_is_explained_is_what_the_derivation_reckoned(alvor, enhed):
    # A closing day of our own in front of the public holidays, and dates around the turn of a year.
    Lukkedag.objects.create(dato=date(2025, 12, 23), aarsag="Lukket mellem jul og nytår")
    sag = SagFactory()
    dage = [date(2025, 12, dag) for dag in (16, 19, 22, 24, 28)] + [date(2024, 2, 29)]
    taget_tilbage = {"annulleret_dato": i_dag(), "annulleret_begrundelse": "Skrevet to gange"}
    attester = [LaegeattestFactory(sag=sag, anmodet_dato=dag, **taget_tilbage) for dag in dage]

    for retning, rulning, antal in product(
        Fristregel.Retning.values, Fristregel.Rulning.values, (0, 1, 4)
    ):
        felter = {"retning": retning, "rulning": rulning, "laengde": antal}
        regel("LAE265_SVAR", alvor=alvor, enhed=enhed, **felter)
        udled(sager=[sag.pk], koder={"LAE265_SVAR"})
        frister = {f.anker_id: f for f in Frist.objects.filter(sag=sag).select_related("regel")}
        for attest in attester:
            frist = frister[attest.pk]
            regnet = regn(frist.regel, attest.anmodet_dato)
            assert (regnet.forfald, regnet.maal) == (frist.forfald_dato, frist.maal_dato), felter


def test_the_chain_says_event_rule_sum_owner_and_what_clears_it():
    maja = BrugerFactory(navn="Maja Kirkegaard", roller=["sagsbehandler"])
    with time_machine.travel("2026-11-24 10:00 +01:00", tick=False):
        sag = efter_teammoede(maja, 10)
        frist = fristen(sag, "FOERSTE_OPFOELGNING")

        forklaring = forklar(frist, maja)

    assert forklaring.udloest_af == "Teammøde 14.11.2026"
    assert forklaring.udloest_url == reverse("rehabilitering:sag_moede", args=[sag.pk])
    assert forklaring.udloeses_af == "Teammøde med indstilling til ressourceforløb"
    assert forklaring.regel == "1 uge efter (vejledende)"
    assert "Kommunens egen frist" in forklaring.hjemmel
    assert forklaring.version == "Reglen gælder fra 01.01.2013"
    assert forklaring.udregning == "14.11. + 1 uge = 21.11."
    assert forklaring.rulning == "21.11.2026 er en lørdag: planlæg senest 20.11.2026"
    assert forklaring.ejer == "Maja Kirkegaard"
    assert forklaring.varsler == ("Teamlederen ser den fra 28.11.2026",)
    assert forklaring.opfyldes_af == "En holdt opfølgning"
    assert forklaring.bortfalder.startswith("Afgørelsen bliver en anden")


def test_a_page_the_reader_may_not_open_is_no_link():
    sag = SagFactory()
    LaegeattestFactory(sag=sag)
    udled(sager=[sag.pk])
    frist = fristen(sag, "LAE265_SVAR")

    assert forklar(frist, BrugerFactory(roller=["sagsbehandler"])).udloest_url
    assert not forklar(frist, BrugerFactory(roller=["moedekoordinator"])).udloest_url
    assert not forklar(frist).udloest_url


def test_closed_days_are_named_where_it_rolls_and_where_it_does_not():
    Lukkedag.objects.create(dato=date(2026, 12, 28), aarsag="Lukket mellem jul og nytår")
    with time_machine.travel("2026-11-27 10:00 +01:00", tick=False):
        klage = KlageFactory(modtaget_dato=i_dag())
        udled(sager=[klage.sag_id])
        forklaring = forklar(fristen(klage.sag, "GENVURDERING"))

    # The law's deadline ends on the municipality's closing day: it is planned before Christmas.
    assert forklaring.rulning == (
        "25.12.2026 er Juledag: rykket til næste arbejdsdag, 28.12.2026. "
        "28.12.2026 er kommunens lukkedag, Lukket mellem jul og nytår: planlæg senest 23.12.2026"
    )


@pytest.mark.parametrize(
    ("alvor", "hvilke"),
    [("lov", "Weekender og helligdage"), ("vejledende", "Weekender, helligdage og lukkedage")],
)
def test_working_days_are_said_to_skip_the_closed_ones(alvor, hvilke):
    felter = {"laengde": 3, "rulning": Fristregel.Rulning.TILBAGE, "alvor": alvor}
    regel("LAE265_SVAR", enhed=Enhed.ARBEJDSDAGE, **felter)
    with time_machine.travel("2026-12-22 10:00 +01:00", tick=False):
        attest = LaegeattestFactory(anmodet_dato=i_dag())
        udled(sager=[attest.sag_id])
        forklaring = forklar(fristen(attest.sag, "LAE265_SVAR"))

    assert forklaring.udregning == "22.12. + 3 arbejdsdage = 29.12."
    assert forklaring.regel.startswith("3 arbejdsdage efter")
    assert forklaring.rulning == f"{hvilke} tælles ikke med"


def test_pauses_are_named_by_their_days():
    forloeb = RessourceforloebFactory()
    fra = forloeb.start_dato + timedelta(days=20)
    FritagelseFactory(forloeb=forloeb, fra_dato=fra, til_dato=fra + timedelta(days=9))
    FritagelseFactory(forloeb=forloeb, fra_dato=fra + timedelta(days=30), til_dato=None)
    udled(sager=[forloeb.sag_id])

    forklaring = forklar(fristen(forloeb.sag, "INDSATSGARANTI"))

    til = fra + timedelta(days=9)
    assert forklaring.pauser == (
        f"Stod stille {fra:%d.%m.%Y} til {til:%d.%m.%Y}",
        f"Stod stille fra {fra + timedelta(days=30):%d.%m.%Y} og stadig",
    )
    assert "på pause" in forklaring.udregning


def test_what_is_counted_back_and_over_years_is_written_so():
    moede = i_dag() + timedelta(days=40)
    punkt = DagsordenspunktFactory(moede__dato=moede)
    forloeb = RessourceforloebFactory()
    udled(sager=[punkt.sag_id, forloeb.sag_id])

    pakke = forklar(fristen(punkt.sag, "SAGSPAKKE"))
    assert " − " in pakke.udregning
    assert pakke.udloest_af.startswith(f"Teammøde {moede:%d.%m.%Y}, sat på dagsordenen")
    laengst = forklar(fristen(forloeb.sag, "FORLOEB_MAX"))
    assert f"{forloeb.start_dato:%d.%m.%Y} + 36 måneder = " in laengst.udregning
    assert not laengst.udregning.endswith(f"{forloeb.start_dato:%d.%m.}")


def test_a_date_changed_since_is_not_explained_away():
    sag = efter_teammoede(BrugerFactory(), 3)
    regel("FOERSTE_OPFOELGNING", laengde=3)

    forklaring = forklar(fristen(sag, "FOERSTE_OPFOELGNING"))

    assert forklaring.udregning.startswith("Regnet til ")
    assert "regnes om i nat" in forklaring.rulning


def test_every_kind_of_event_is_found_and_its_sum_is_right(django_assert_max_num_queries):
    """Everything the derivation makes of a rich case is explained to the stored date."""
    koordinerende = BrugerFactory(roller=["koordinerende"])
    sag = i_forloeb(koordinerende, moede=i_dag() + timedelta(days=9))
    OpfoelgningsmoedeFactory(
        sag=sag, nr=3, afholdt=True, tidspunkt=klokken(i_dag() - timedelta(days=5))
    )
    SamtykkeFactory(borger=sag.borger)
    LaegeattestFactory(sag=sag)
    KlageFactory(sag=sag, afgoerelse__sag=sag)
    DagsordenspunktFactory(sag=sag, moede__dato=i_dag() + timedelta(days=30))
    udled()
    frister = list(Frist.objects.filter(sag=sag).select_related("regel", "ejer"))

    for frist in frister:
        with django_assert_max_num_queries(6):
            forklaring = forklar(frist, koordinerende)
        assert not forklaring.udregning.startswith("Regnet til "), frist
        assert forklaring.udloest_url, frist
        assert forklaring.udloest_af != forklaring.udloeses_af, frist
    fundne = {f.anker_type for f in frister}
    assert fundne >= {"indstilling", "forloeb", "moede", "samtykke", "laegeattest"}
