"""Opening a case without an approved note: asked for, answered by the teamleder, told in the QA."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from borgere.models import Sag
from opfoelgning.sagsfakta import hent as sagsfakta
from opfoelgning.trin import trin
from rehabilitering import kvalitetstjek
from rehabilitering.models import Screeningsfravigelse, Screeningsnotat
from rehabilitering.services import screening
from rehabilitering.services import screeningsfravigelse as services
from ressource.kalender import i_dag
from ressource.models import Besked, Haendelse, Opslag
from tests.factories import (
    BrugerFactory,
    InhabilitetFactory,
    SagFactory,
    ScreeningsfravigelseFactory,
    ScreeningsnotatFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def leder():
    return BrugerFactory(navn="Helle Lund", roller=["teamleder"], team=TeamFactory())


@pytest.fixture
def sag(maja, leder):
    return SagFactory(ansvarlig=maja, team=leder.team)


@pytest.fixture
def anmodet(sag, maja):
    return services.anmod(sag, begrundelse="Sygedagpengene stopper på mandag.", af=maja)


def test_an_approved_request_opens_the_case_and_is_told(sag, maja, leder, anmodet):
    services.afgoer(anmodet, resultat="godkendt", svar="Det kan ikke vente.", af=leder)

    sag = Sag.objects.get(pk=sag.pk)
    assert sag.fase == "forberedelse"
    koder = list(Haendelse.objects.filter(kode__startswith="screening").values_list("kode", "af"))
    assert koder == [
        ("screening.fravigelse_anmodet", maja.pk),
        ("screening.fravigelse_godkendt", leder.pk),
    ]
    assert Besked.objects.get().modtager == maja
    punkt = next(p for p in kvalitetstjek.tjekliste(sag) if p.kode == "screening_fraveget")
    assert (punkt.opfyldt, punkt.er_krav) == (False, False)
    assert "Helle Lund godkendte det" in punkt.tekst
    assert trin(sagsfakta(sag, i_dag()), None)[0].tekst == "Fraveget"


def test_a_refused_request_leaves_the_case_and_can_be_made_again(sag, maja, leder, anmodet):
    services.afgoer(anmodet, resultat="afvist", svar="Vent på konsulenten.", af=leder)

    sag.refresh_from_db()
    assert sag.fase == "screening"
    assert services.anmod(sag, begrundelse="Nu haster det.", af=maja).pk != anmodet.pk


@pytest.mark.parametrize(
    ("felter", "besked"),
    [({"begrundelse": " "}, "Skriv, hvorfor"), ({"begrundelse": "Igen"}, "allerede spurgt")],
)
def test_a_request_is_refused_in_words(sag, maja, felter, besked):
    ScreeningsfravigelseFactory(sag=sag)

    with pytest.raises(ValidationError, match=besked):
        services.anmod(sag, **felter, af=maja)


def test_a_case_past_screening_needs_no_opening(maja):
    with pytest.raises(ValidationError, match="trinnet forberedelse"):
        services.anmod(SagFactory(fase="forberedelse"), begrundelse="x", af=maja)


def test_an_answer_needs_a_reason_another_person_and_an_open_request(sag, leder, anmodet):
    with pytest.raises(ValidationError, match="Skriv hvorfor"):
        services.afgoer(anmodet, resultat="godkendt", svar=" ", af=leder)
    with pytest.raises(ValidationError, match="selv bedt om det"):
        services.afgoer(anmodet, resultat="godkendt", svar="Ja", af=anmodet.anmodet_af)
    services.afgoer(anmodet, resultat="godkendt", svar="Ja", af=leder)
    with pytest.raises(ValidationError, match="allerede afgjort"):
        services.afgoer(anmodet, resultat="afvist", svar="Nej", af=leder)


def test_a_note_approved_meanwhile_makes_the_request_idle(sag, leder, anmodet):
    notat = ScreeningsnotatFactory(sag=sag, indsendt_den=timezone.now())
    konsulent = BrugerFactory(roller=["faglig_konsulent"])
    screening.afgoer_notat(notat, resultat="fortsaet", af=konsulent)

    assert not Screeningsfravigelse.objects.venter().exists()
    with pytest.raises(ValidationError, match="trinnet forberedelse"):
        services.afgoer(anmodet, resultat="godkendt", svar="Ja", af=leder)


def test_a_note_left_behind_waits_for_nobody(sag, leder, anmodet):
    ScreeningsnotatFactory(sag=sag, indsendt_den=timezone.now())
    services.afgoer(anmodet, resultat="godkendt", svar="Ja", af=leder)

    assert not Screeningsnotat.objects.venter().exists()


def test_the_own_teams_leader_is_asked_and_another_where_there_is_none(sag, leder, anmodet):
    anden = BrugerFactory(roller=["teamleder"], team=TeamFactory())

    def ser(bruger):
        return Screeningsfravigelse.objects.for_teamleder(bruger).filter(pk=anmodet.pk).exists()

    assert ser(leder)
    assert not ser(anden)
    sag.tildelinger.update(bruger=leder)
    assert (ser(leder), ser(anden)) == (False, True)
    sag.tildelinger.update(bruger=anmodet.anmodet_af)
    InhabilitetFactory(borger=sag.borger, bruger=leder)
    assert (ser(leder), ser(anden)) == (False, True)
    with pytest.raises(PermissionDenied):
        services.afgoer(anmodet, resultat="godkendt", svar="Ja", af=leder)


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("screeningsfravigelse_har_grund", {"begrundelse": ""}),
        ("screeningsfravigelse_afgoerelse_hel", {"resultat": "godkendt"}),
        ("screeningsfravigelse_af_anden", {"egen": True}),
    ],
)
def test_the_database_refuses_an_opening_that_cannot_be(maja, navn, felter):
    if felter.pop("egen", False):
        svaret = {"resultat": "godkendt", "svar": "Ja", "afgjort_den": timezone.now()}
        felter |= svaret | {"anmodet_af": maja, "afgjort_af": maja}

    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        ScreeningsfravigelseFactory(**felter)


def test_the_database_holds_one_open_request_per_case(anmodet):
    with pytest.raises(IntegrityError, match="screeningsfravigelse_en_aaben"), transaction.atomic():
        ScreeningsfravigelseFactory(sag=anmodet.sag)


def test_the_whole_way_on_the_pages(som, sag, maja, leder):
    hendes, lederens = som(maja), som(leder)
    side = reverse("rehabilitering:screening", args=[sag.pk])
    spoerg = reverse("rehabilitering:screening_fravig", args=[sag.pk])
    assert spoerg in hendes.get(side).text
    assert hendes.post(spoerg, {"begrundelse": ""}).status_code == 422

    assert hendes.post(spoerg, {"begrundelse": "Det haster."}).status_code == 302
    assert "Venter på teamleder" in hendes.get(side).text
    assert "Teamleder er bedt om" in hendes.get(reverse("sag", args=[sag.pk])).text

    url = reverse("rehabilitering:screeningsfravigelse", args=[sag.screeningsfravigelser.get().pk])
    assert url in lederens.get(reverse("overblik")).text
    vist = lederens.get(url)
    assert "Det haster." in vist.text
    assert sag.borger.efternavn not in vist.text
    assert Opslag.objects.filter(objekt="screeningsfravigelse", sag_id=sag.pk).count() == 2
    uden_grund = lederens.post(url, {"resultat": "godkendt", "svar": ""})
    assert uden_grund.status_code == 422

    assert lederens.post(url, {"resultat": "godkendt", "svar": "Ja."}).status_code == 302
    assert "Åbning uden godkendt screening: godkendt" in hendes.get(side).text
    assert url not in lederens.get(reverse("overblik")).text


def test_the_teamleders_page_is_cheap(som, leder, anmodet, django_assert_num_queries):
    klient = som(leder)

    with django_assert_num_queries(7):
        klient.get(reverse("rehabilitering:screeningsfravigelse", args=[anmodet.pk]))
