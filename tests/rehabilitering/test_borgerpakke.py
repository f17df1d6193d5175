"""The citizen's packet: every required slot, what is not known said plainly, kept as handed over."""

from datetime import time
from io import BytesIO

import page
import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from borgere.models import Bisidder, Informationstype
from rehabilitering.borgerpakke import byg_pakke, pakke_pdf
from rehabilitering.borgerpakke.tekst import Blok, blokke, udfyld
from rehabilitering.models import Pakketekst, Teamspoergsmaal
from rehabilitering.moedeskabeloner import KRAEVEDE, PAKKE
from rehabilitering.services.borgerpakke import udlever_pakke
from rehabilitering.services.moedeforberedelse import gem_moedeforberedelse
from ressource.kalender import i_dag
from ressource.laesbarhed import maal
from ressource.models import Opslag, Regelsaet
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    ForberedendeDelFactory,
    FuldmagtFactory,
    LaegeattestFactory,
    MoededeltagerFactory,
    NetvaerkspersonFactory,
    SagFactory,
)

pytestmark = pytest.mark.django_db
AFTALE = {
    "fortaeller_selv": "Om mine katte",
    "hjaelp_til": "Lægens ord",
    "kommer_med": "Min søster",
    "hentes_af": "Maja",
    "venter_hvor": "Receptionen",
    "ventetid": "ti minutter",
    "saerlige_behov": "Kørestol",
    "kontaktperson": "Maja, 70 00 10 00",
}


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard", telefon="70 00 10 00")


@pytest.fixture
def sag(maja):
    return SagFactory(fase="moede", ansvarlig=maja, borger__tolkesprog="somali")


@pytest.fixture
def klar(sag, maja):
    """A case where everything is known."""
    gem_moedeforberedelse(sag, AFTALE, laas=0, af=maja)
    ForberedendeDelFactory(sag=sag, gennemgaaet_dato=i_dag(), status="gennemgaaet")
    LaegeattestFactory(sag=sag, modtaget=True)
    punkt = DagsordenspunktFactory(sag=sag, moede__start=time(9, 0), moede__minutter_pr_sag=40)
    MoededeltagerFactory(moede=punkt.moede, bruger__navn="Ali Demir")
    MoededeltagerFactory(moede=punkt.moede, bruger=punkt.moede.moedeleder, fagomraade="sundhed")
    return sag


def url(navn, sag):
    return reverse(f"rehabilitering:{navn}", args=[sag.pk])


def tekst(sag, maja):
    pdf = pakke_pdf(sag, byg_pakke(sag), af=maja, tidspunkt=timezone.now())
    sider = (side.extract_text() for side in pypdf.PdfReader(BytesIO(pdf)).pages)
    return " ".join(" ".join(sider).split())


def test_every_required_slot_is_there_and_none_is_empty(sag):
    pakke = byg_pakke(sag)

    dele = [f"udfald_{udfald}" for udfald in sag.regelsaet.udfald[:4]]
    koder = [afsnit.kode for afsnit in pakke.afsnit]
    assert {"indledning", *koder, *dele} == KRAEVEDE
    assert len(next(a for a in pakke.afsnit if a.kode == "udfald").dele) == 4
    assert all(afsnit.overskrift and (afsnit.fakta or afsnit.tekst) for afsnit in pakke.afsnit)
    assert pakke.mangler == []


def test_what_is_not_known_is_said_plainly(sag, maja):
    pakke = byg_pakke(sag)

    assert pakke.ukendt == [
        "tid og sted",
        "ventetid",
        "hvor borgeren venter",
        "hvem der henter borgeren",
        "hvem der er med til mødet",
    ]
    sagt = tekst(sag, maja)
    for saetning in (
        "Vi ved endnu ikke, hvor og hvornår mødet er",
        "Vi ved endnu ikke, hvem der er med",
        "Den er ikke skrevet endnu",
        "Den er ikke kommet endnu",
        "Hvornår Det ved vi ikke endnu",
    ):
        assert saetning in sagt


def test_what_is_known_stands_in_it(klar, maja):
    Bisidder.objects.create(borger=klar.borger, navn="Ven Vennesen", fra_dato=i_dag())
    NetvaerkspersonFactory(borger=klar.borger, navn="Gerda Skov", deltager_i=["teammoede"])

    assert byg_pakke(klar).ukendt == []
    sagt = tekst(klar, maja)
    for ord_ in (
        "kl. 9.00. Mødet varer cirka 40 minutter.",
        "Sted: Rådhuset, mødelokale 4.",
        "Ventetid: ti minutter.",
        "Her venter du: Receptionen.",
        "Du bliver hentet af Maja.",
        "Maja Kirkegaard er din sagsbehandler og hjælper dig",
        "Ali Demir ved noget om støtte",
        "leder mødet og ved noget om kommunens sundhedstilbud",
        "Det fortæller du selv: Om mine katte",
        "Det hjælper din sagsbehandler med: Lægens ord",
        "Vi har aftalt: Kørestol",
        "Ven Vennesen er din bisidder",
        "Gerda Skov",
        "Min søster",
        "tolk: somali",
        "På mødedagen: Maja, 70 00 10 00.",
        "som vi gik igennem sammen",
        "som vi fik",
        "Hvordan har du det lige nu?",
        "Datatilsynet",
    ):
        assert ord_ in sagt


def test_a_representative_with_a_narrow_fuldmagt_is_not_told_what_is_private(klar, maja):
    assert byg_pakke(klar).indhold == Informationstype.FORBEREDENDE_DEL
    FuldmagtFactory(borger=klar.borger, navn="Advokat Holm", omfang="dele", emner=["moeder"])

    sagt = tekst(klar, maja)

    assert byg_pakke(klar).indhold == Informationstype.MOEDER
    assert "Advokat Holm" in sagt
    assert f"Vedrørende {klar.borger.navn}" in sagt
    for privat in ("katte", "Lægens ord", "Kørestol"):
        assert privat not in sagt


def test_the_names_are_those_of_the_cases_rule_set(sag, maja):
    sag.regelsaet = Regelsaet.objects.get(kode="R2026")

    assert udfyld("{team} og {myndighed}", sag) == "Det tværfaglige møde og kommunen"
    assert "Bagefter er det kommunen, der bestemmer" in tekst(sag, maja)


def test_lines_that_begin_with_a_dash_are_a_list():
    fundne = blokke("Først\n\n- et\n- to\nSidst")

    assert fundne == [Blok("Først"), Blok(punkter=("et", "to")), Blok("Sidst")]


def test_the_texts_a_municipality_starts_with_are_easy_to_read():
    svaere = [kode for kode, _, tekst in PAKKE if maal(tekst).over_maal]

    assert svaere == []


@pytest.mark.parametrize("profil", ["ua1", "2a"])
def test_the_packet_is_accessible_and_archivable(klar, maja, profil):
    pdf = pakke_pdf(klar, byg_pakke(klar), af=maja, tidspunkt=timezone.now())

    svar = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile(profil))

    assert [(f.rule_id, f.message) for f in svar.failures] == []


def test_a_packet_is_handed_over_once_until_it_says_something_else(som, klar, maja):
    klient = som(maja)

    assert klient.post(url("borgerpakke_udlever", klar)).status_code == 302
    assert udlever_pakke(klar, af=maja) == klar.pakkeudleveringer.get()
    dokument = klar.dokumenter.get(er_dannet=True)
    assert dokument.titel == "Din pakke om mødet"
    side = klient.get(url("borgerpakke", klar)).text
    assert "Borgeren har fået pakken, som den er nu." in side
    assert "Udlever" not in side.replace("Udleveret", "").replace("Udlevering", "")
    assert f"/dokumenter/{dokument.pk}/send/?indhold=forberedende_del" in side

    gem_moedeforberedelse(klar, {"ventetid": "tyve minutter"}, laas=1, af=maja)

    side = klient.get(url("borgerpakke", klar)).text
    assert "Giv borgeren en ny" in side
    assert "Send til borgeren" not in side
    udlever_pakke(klar, af=maja)
    assert klar.pakkeudleveringer.count() == 2
    assert klar.dokumenter.filter(er_dannet=True).count() == 2


@pytest.mark.parametrize("mangel", ["tekst", "spoergsmaal", "kontakt"])
def test_a_packet_with_an_empty_slot_is_not_handed_over(som, sag, maja, mangel):
    if mangel == "tekst":
        Pakketekst.objects.filter(kode="bisidder").update(tekst=" ")
    elif mangel == "spoergsmaal":
        Teamspoergsmaal.objects.update(til_dato=i_dag())
    else:
        sag.tildelinger.update(art="medvirkende")

    svar = som(maja).post(url("borgerpakke_udlever", sag))

    assert svar.status_code == 422
    assert "Pakken er ikke lagt på sagen" in svar.text
    assert not sag.pakkeudleveringer.exists()
    [tekst] = byg_pakke(sag).mangler
    assert tekst in svar.text


def test_after_the_meeting_no_packet_is_handed_over(maja):
    with pytest.raises(ValidationError, match="trinnet"):
        udlever_pakke(SagFactory(fase="afgoerelse", ansvarlig=maja), af=maja)


def test_a_protected_address_stands_nowhere(maja):
    sag = SagFactory(
        fase="moede",
        ansvarlig=maja,
        borger__er_adressebeskyttet=True,
        borger__adresse="Hemmelig vej 1",
        borger__telefon="10203040",
    )

    sagt = tekst(sag, maja)

    assert "Hemmelig" not in sagt
    assert "10203040" not in sagt


def test_the_pdf_is_logged_as_printed(som, sag, maja):
    svar = som(maja).get(url("borgerpakke_pdf", sag))

    assert svar["Content-Type"] == "application/pdf"
    assert Opslag.objects.get(sag_id=sag.pk).handling == Opslag.Handling.UDSKRIV


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_page_takes_the_same_statements(som, klar, maja, antal, django_assert_num_queries):
    punkt = klar.dagsordenspunkter.get()
    for _ in range(antal):
        MoededeltagerFactory(moede=punkt.moede)
        DagsordenspunktFactory(moede=punkt.moede)
        NetvaerkspersonFactory(borger=klar.borger, deltager_i=["teammoede"])
    klient = som(maja)

    with django_assert_num_queries(24):
        klient.get(url("borgerpakke", klar))
