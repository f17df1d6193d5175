"""A forløb after the cut-off: refused, asked for, answered by the teamleder, then possible."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from borgere.models import Sag
from rehabilitering import varighed, varighedskontrol
from rehabilitering.services import regelfravigelse as services
from ressource.kalender import i_dag
from ressource.models import Besked, Haendelse, Opslag, Regelsaet
from tests.factories import (
    BrugerFactory,
    RegelfravigelseFactory,
    RessourceforloebFactory,
    SagFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db
START = date(2026, 12, 1)
SLUT = varighed.sidste_dag(START, 24)


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def leder():
    return BrugerFactory(navn="Helle Lund", roller=["teamleder"], team=TeamFactory())


@pytest.fixture
def sag(maja, leder):
    return SagFactory(
        ansvarlig=maja, team=leder.team, fase="afgoerelse", borger__foedselsdato=date(1990, 5, 17)
    )


@pytest.fixture
def r2026():
    """R2026 in force from February; the case keeps R2022."""
    Regelsaet.objects.filter(kode="R2022").update(gyldig_til=date(2026, 1, 31))
    Regelsaet.objects.filter(kode="R2026").update(er_aktivt=True)
    return Regelsaet.objects.get(kode="R2026")


def brud(sag, **andet):
    return varighedskontrol.brud(sag, **({"start": START, "slut": SLUT} | andet))


def test_a_new_forloeb_after_the_cut_off_is_refused_without_override(sag, maja, leder, r2026):
    (besked,) = brud(sag)
    assert "senest begynde 31.01.2026 (R2026)" in besked
    assert sag.regelsaet.kode == "R2022"

    spurgt = services.anmod(sag, art="nyt_forloeb", begrundelse="Forelagt i tide.", af=maja)
    assert brud(sag)
    services.afgoer(spurgt, resultat="godkendt", svar="Ja, sagen lå klar.", af=leder)

    assert brud(sag) == []
    # The approval lifts the cut-off and no other limit.
    assert brud(sag, slut=varighed.sidste_dag(START, 60))[0].startswith("Et ressourceforløb kan")
    assert Besked.objects.get().modtager == maja
    koder = Haendelse.objects.filter(kode__startswith="regel.").values_list("kode", "af")
    assert list(koder) == [
        ("regel.fravigelse_anmodet", maja.pk),
        ("regel.fravigelse_godkendt", leder.pk),
    ]


def test_a_refusal_and_an_approval_of_another_kind_change_nothing(sag, maja, leder, r2026):
    for art, svar in (("nyt_forloeb", "afvist"), ("forlaengelse", "godkendt")):
        spurgt = services.anmod(sag, art=art, begrundelse="Det haster.", af=maja)
        services.afgoer(spurgt, resultat=svar, svar="Sådan er det.", af=leder)

    assert brud(sag)


def test_an_approval_is_for_one_forloeb(sag, maja, leder, r2026):
    def spoerg():
        spurgt = services.anmod(sag, art="forlaengelse", begrundelse="Snart i job.", af=maja)
        services.afgoer(spurgt, resultat="godkendt", svar="Ja.", af=leder)

    behandlet = {"afgoerelse__indstilling__punkt__behandlet_den": timezone.now()}
    RessourceforloebFactory(
        sag=sag, start_dato=date(2025, 12, 1), slut_dato=date(2026, 11, 30), **behandlet
    )
    spoerg()
    assert brud(sag) == []

    mere = RessourceforloebFactory(sag=sag, start_dato=START, slut_dato=date(2027, 5, 31))
    om = {"start": date(2027, 6, 1), "slut": date(2027, 12, 31)}
    assert "ikke forlænges efter 31.01.2026" in brud(sag, **om)[0]
    # What was granted with it can still be changed.
    assert brud(sag, undtagen=mere.afgoerelse) == []
    spoerg()
    assert brud(sag, **om) == []


def luk(sag):
    Sag.objects.filter(pk=sag.pk).update(
        fase="afslutning",
        afsluttet_dato=i_dag(),
        afsluttet_af=sag.oprettet_af,
        afslutningsaarsag="uddannelse",
    )


def test_history_is_that_of_all_the_citizens_cases(r2026):
    Regelsaet.objects.filter(kode="R2026").update(maa_forlaenges=True)
    foer = RessourceforloebFactory(start_dato=date(2025, 12, 1), slut_dato=date(2026, 11, 30))
    luk(foer.sag)
    sag = SagFactory(borger=foer.borger, fase="afgoerelse")

    assert varighedskontrol.tidligere_forloeb(sag) == [(foer.start_dato, foer.slut_dato)]
    # It goes on the day after and is no longer than one forløb: an extension.
    assert brud(sag) == []
    assert varighedskontrol.tidligere_forloeb(sag, undtagen=foer.afgoerelse) == []
    foer.afsluttet_dato = date(2026, 11, 29)
    foer.save()
    assert "senest begynde" in brud(sag)[0]


def test_no_rule_set_in_force_on_the_first_day_is_said(sag):
    Regelsaet.objects.filter(kode="R2022").update(gyldig_til=date(2026, 11, 30))

    assert "intet regelsæt i kraft 01.12.2026" in brud(sag)[0]


@pytest.mark.parametrize(
    ("findes", "begrundelse", "besked"),
    [
        ({}, " ", "Skriv, hvorfor"),
        ({}, "Igen", "allerede spurgt"),
        ({"resultat": "godkendt", "svar": "Ja"}, "Igen", "allerede godkendt"),
    ],
)
def test_a_request_is_refused_in_words(sag, maja, leder, findes, begrundelse, besked):
    if findes:
        findes |= {"afgjort_af": leder, "afgjort_den": timezone.now()}
    RegelfravigelseFactory(sag=sag, **findes)

    with pytest.raises(ValidationError, match=besked):
        services.anmod(sag, art="nyt_forloeb", begrundelse=begrundelse, af=maja)


def test_only_who_answers_for_an_open_case_may_ask(sag, maja, leder):
    with pytest.raises(PermissionDenied):
        services.anmod(sag, art="nyt_forloeb", begrundelse="x", af=BrugerFactory())
    fravigelse = RegelfravigelseFactory(sag=sag)
    luk(sag)
    with pytest.raises(ValidationError, match="afsluttet"):
        services.afgoer(fravigelse, resultat="godkendt", svar="Ja", af=leder)


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("regelfravigelse_har_grund", {"begrundelse": ""}),
        ("regelfravigelse_afgoerelse_hel", {"resultat": "godkendt"}),
        ("regelfravigelse_art_kendt", {"art": "alder"}),
        ("regelfravigelse_en_aaben", {"igen": True}),
        ("regelfravigelse_af_anden", {"egen": True}),
    ],
)
def test_the_database_refuses_a_request_that_cannot_be(sag, maja, navn, felter):
    if felter.pop("egen", False):
        svaret = {"resultat": "godkendt", "svar": "Ja", "afgjort_den": timezone.now()}
        felter |= svaret | {"anmodet_af": maja, "afgjort_af": maja}
    if felter.pop("igen", False):
        RegelfravigelseFactory(sag=sag)

    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        RegelfravigelseFactory(sag=sag, **felter)


def test_the_whole_way_on_the_pages(som, sag, maja, leder, django_assert_num_queries):
    hendes, lederens = som(maja), som(leder)
    spoerg = reverse("rehabilitering:regel_fravig", args=[sag.pk])
    assert hendes.post(spoerg, {"art": "nyt_forloeb", "begrundelse": ""}).status_code == 422
    data = {"art": "nyt_forloeb", "begrundelse": "Teamet så sagen i januar."}
    assert hendes.post(spoerg, data).status_code == 302
    assert "Venter på teamleder" in hendes.get(spoerg).text

    url = reverse("rehabilitering:regelfravigelse", args=[sag.regelfravigelser.get().pk])
    assert url in lederens.get(reverse("overblik")).text
    with django_assert_num_queries(6):
        vist = lederens.get(url)
    assert "Teamet så sagen i januar." in vist.text
    assert sag.borger.efternavn not in vist.text
    assert Opslag.objects.filter(objekt="regelfravigelse", sag_id=sag.pk, bruger=leder).count() == 1
    assert lederens.post(url, {"resultat": "godkendt", "svar": ""}).status_code == 422

    assert lederens.post(url, {"resultat": "godkendt", "svar": "Ja."}).status_code == 302
    assert "Nyt ressourceforløb efter skæringsdatoen: godkendt" in hendes.get(spoerg).text
    assert url not in lederens.get(reverse("overblik")).text
