"""Consents: one at a time, a whole sheet, on paper, and withdrawn."""

from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from borgere import services
from borgere.models import Dokument, Netvaerksperson, Samtykke
from borgere.services.samtykke import Arklinje, senest_til
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.borgere.delingsdata import DAG, paaroerende, samtykke
from tests.factories import DokumentFactory, NetvaerkspersonFactory, SagFactory
from tests.ressource.filer import pdf as en_pdf

pytestmark = pytest.mark.django_db

# Session, user, case, look-up, circle, facts; count and page; reminders.
SIDE = 9


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger)


def side(navn, sag, *flere):
    return reverse(f"borgere:{navn}", args=[sag.pk, *flere])


def dansk(dato):
    return dato.strftime("%d.%m.%Y")


def sendt(**felter):
    return {
        "modtager": "egen_laege",
        "informationstyper": ["plan", "indstilling"],
        "art": "forvaltning",
        "fra_dato": dansk(i_dag()),
        "til_dato": dansk(i_dag() + 60 * DAG),
        "givet": "underskrevet",
        "givet_hvordan": "Ligger i sagsmappen",
    } | felter


def fil():
    return SimpleUploadedFile("ark.pdf", en_pdf())


def test_consent_is_registered_with_its_scan(maja, sag):
    svar = maja.post(
        side("samtykke_ny", sag), sendt(fil=fil(), formaal="Opfølgning", givet_hvordan="")
    )

    assert svar.status_code == 302
    givet = Samtykke.objects.get()
    assert givet.informationstyper == ["indstilling", "plan"]
    assert (givet.givet, givet.formaal, givet.scan.art) == (
        "underskrevet",
        "Opfølgning",
        Dokument.Art.SAMTYKKE,
    )
    html = maja.get(side("samtykker", sag)).content.decode()
    assert "Gælder" in html
    assert reverse("borgere:dokument", args=[givet.scan_id]) in html


def test_consent_may_rest_on_a_document_that_is_there(maja, sag):
    ark = DokumentFactory(sag=sag, art="samtykke")

    maja.post(side("samtykke_ny", sag), sendt(scan=ark.pk))

    assert Samtykke.objects.get().scan == ark
    fremmed = DokumentFactory(art="samtykke")
    assert maja.post(side("samtykke_ny", sag), sendt(scan=fremmed.pk)).status_code == 422
    with pytest.raises(ValidationError, match="ikke på borgerens sag"):
        services.giv_samtykke(
            sag,
            modtager="region",
            informationstyper=["helbred"],
            fra_dato=i_dag(),
            til_dato=i_dag(),
            scan=fremmed,
            af=maja.bruger,
        )


def test_consent_sent_twice_is_registered_once(maja, sag):
    maja.post(side("samtykke_ny", sag), sendt(fil=fil()))
    igen = maja.post(
        side("samtykke_ny", sag), sendt(fil=fil(), informationstyper=["indstilling", "plan"])
    )

    assert igen.status_code == 422
    assert "Samtykket er allerede registreret." in igen.content.decode()
    assert (Samtykke.objects.count(), Dokument.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"til_dato": dansk(i_dag() - DAG)}, "Slutdatoen ligger før startdatoen."),
        ({"til_dato": dansk(senest_til(i_dag()) + DAG)}, "højst gælde 12 måneder"),
        ({"givet_hvordan": ""}, "Læg det, borgeren har underskrevet"),
        ({"givet": "digitalt", "givet_hvordan": " "}, "Læg det, borgeren har underskrevet"),
        ({"givet": "mundtligt", "givet_hvordan": ""}, "Skriv, hvor og hvordan borgeren sagde ja."),
        ({"modtager": "netvaerk"}, "Vælg den person i netværket"),
        ({"modtager": "virksomhed"}, "Skriv, hvilken virksomhed"),
        ({"informationstyper": []}, "Hvilke oplysninger"),
    ],
)
def test_consent_that_cannot_be_is_refused_with_the_input_kept(maja, sag, felter, besked):
    svar = maja.post(side("samtykke_ny", sag), sendt(**felter, oplysninger="Om planen"))

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert 'value="Om planen"' in svar.content.decode()
    assert not Samtykke.objects.exists()


def test_wrong_file_and_two_scans_are_refused(maja, sag):
    ark = DokumentFactory(sag=sag, art="samtykke")

    html = SimpleUploadedFile("ark.pdf", b"<html></html>")
    assert maja.post(side("samtykke_ny", sag), sendt(fil=html)).status_code == 422
    begge = maja.post(side("samtykke_ny", sag), sendt(fil=fil(), scan=ark.pk))
    assert "Vælg enten en fil eller et dokument." in begge.content.decode()
    assert not Samtykke.objects.exists()


def test_a_refusals_link_fills_the_form_in(maja, sag):
    laila, _ = paaroerende(sag, navn="Laila")

    svar = maja.get(
        side("samtykke_ny", sag),
        {"modtager": "netvaerk", "netvaerksperson": laila.pk, "informationstyper": "plan"},
    )

    form = svar.context["form"]
    assert form["modtager"].value() == "netvaerk"
    assert str(form["netvaerksperson"].value()) == str(laila.pk)
    assert form["informationstyper"].value() == ["plan"]
    assert form["til_dato"].value() == senest_til(i_dag())


def test_somebody_elses_or_former_relative_is_refused(sag, maja):
    for person, besked in (
        (NetvaerkspersonFactory(), "ikke i borgerens netværk"),
        (NetvaerkspersonFactory(borger=sag.borger, udgaaet_dato=i_dag()), "ikke længere"),
    ):
        with pytest.raises(ValidationError, match=besked):
            services.giv_samtykke(
                sag,
                modtager="netvaerk",
                netvaerksperson=person,
                informationstyper=["plan"],
                fra_dato=i_dag(),
                til_dato=i_dag(),
                af=maja.bruger,
            )


def test_person_who_has_left_since_the_page_was_shown_is_told_nothing_new(sag, maja):
    laila, _ = paaroerende(sag, navn="Laila")
    laila_paa_siden = Netvaerksperson.objects.get(pk=laila.pk)
    services.udgaa_netvaerksperson(laila, sag=sag, af=maja.bruger)

    with pytest.raises(ValidationError, match="ikke længere i netværket"):
        services.giv_samtykke(
            sag,
            modtager="netvaerk",
            netvaerksperson=laila_paa_siden,
            informationstyper=["plan"],
            fra_dato=i_dag(),
            til_dato=i_dag(),
            givet_hvordan="Ligger i sagsmappen",
            af=maja.bruger,
        )


def test_consent_is_withdrawn_once_after_a_question(maja, sag):
    givet = samtykke(sag)
    assert (
        "Fra i dag kan der ikke sendes mere"
        in maja.get(side("samtykke_traek", sag, givet.pk)).content.decode()
    )

    foerste = maja.post(side("samtykke_traek", sag, givet.pk), {"aarsag": "Vil ikke"}, follow=True)
    anden = maja.post(side("samtykke_traek", sag, givet.pk))

    givet.refresh_from_db()
    assert (givet.trukket_dato, givet.trukket_aarsag) == (i_dag(), "Vil ikke")
    assert "Trukket tilbage" in foerste.content.decode()
    assert anden.status_code == 422
    assert "Samtykket er allerede trukket tilbage." in anden.content.decode()
    assert maja.post(side("samtykke_traek", sag, samtykke(SagFactory()).pk)).status_code == 404


def test_list_keeps_everything_and_marks_what_is_about_to_end(maja, sag):
    samtykke(sag, til_dato=i_dag() + 5 * DAG)
    samtykke(sag, fra_dato=i_dag() - 9 * DAG, til_dato=i_dag() - DAG)
    samtykke(sag, fra_dato=i_dag() + DAG)
    samtykke(sag, art="gdpr", formaal="Foto")

    html = maja.get(side("samtykker", sag)).content.decode()

    for ventet in ("Udløber snart", "Udløbet", "Gælder senere", "Frivilligt (GDPR)", "Foto"):
        assert ventet in html


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_costs_the_same_however_many_there_are(maja, sag, antal, django_assert_num_queries):
    for nr in range(antal):
        samtykke(sag, til_dato=i_dag() + nr * DAG)

    with django_assert_num_queries(SIDE):
        maja.get(side("samtykker", sag))


# The sheet


def test_sheet_is_printed_with_the_wishes_and_logged(maja):
    sag = SagFactory(
        ansvarlig=maja.bruger,
        borger__adresse="Hemmelig vej 1",
        borger__telefon="10203040",
        borger__er_adressebeskyttet=True,
    )
    paaroerende(sag, navn="Laila", oensket_deling=["moeder"])

    svar = maja.get(side("samtykkeark", sag))

    assert svar["Content-Type"] == "application/pdf"
    assert sag.borger.navn not in svar["Content-Disposition"]
    tekst = "".join(s.extract_text() for s in pypdf.PdfReader(BytesIO(svar.content)).pages)
    # Only what the citizen has said is crossed: nothing for the GP, the region and the mentor.
    assert tekst.count("X ") == 1, tekst
    assert "Vi spørger dig om: " in tekst
    for ventet in ("Laila", "Din egen læge", "Sådan fortryder du", "Din underskrift", "12 måneder"):
        assert ventet in tekst
    for hemmeligt in ("Hemmelig", "10203040"):
        assert hemmeligt not in tekst
    assert list(Opslag.objects.values_list("handling", "objekt")) == [("udskriv", "samtykkeark")]


def test_signed_sheet_becomes_all_its_consents_on_one_scan(maja, sag):
    laila, _ = paaroerende(sag, navn="Laila", oensket_deling=["moeder"])
    form = maja.get(side("samtykkeark_underskrevet", sag)).context["form"]
    # Neither the wish nor what we ask the GP for: what is registered is what was signed.
    assert not any(form[navn].value() for navn in (f"person_{laila.pk}", "egen_laege", "region"))

    svar = maja.post(
        side("samtykkeark_underskrevet", sag),
        {
            "fra_dato": dansk(i_dag()),
            "til_dato": dansk(i_dag() + 30 * DAG),
            "fil": fil(),
            f"person_{laila.pk}": ["moeder", "plan"],
            "egen_laege": ["plan"],
        },
    )

    assert svar.status_code == 302
    scan = Dokument.objects.get()
    assert list(
        Samtykke.objects.order_by("pk").values_list("modtager", "netvaerksperson", "scan", "givet")
    ) == [
        ("netvaerk", laila.pk, scan.pk, "underskrevet"),
        ("egen_laege", None, scan.pk, "underskrevet"),
    ]
    assert list(Haendelse.objects.values_list("kode", flat=True)) == [
        "dokument.tilfoejet",
        "samtykke.ark",
    ]


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({}, "Sæt mindst ét kryds"),
        ({"egen_laege": ["plan"], "fil": ""}, "Vælg scanningen"),
        ({"egen_laege": ["plan"], "til_dato": "01.01.2099"}, "højst gælde 12 måneder"),
        ({"egen_laege": ["alt"]}, "alt"),
    ],
)
def test_sheet_that_cannot_be_is_refused_whole(maja, sag, felter, besked):
    data = {"fra_dato": dansk(i_dag()), "til_dato": dansk(i_dag()), "fil": fil()} | felter

    svar = maja.post(side("samtykkeark_underskrevet", sag), data)

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert not Samtykke.objects.exists()
    assert not Dokument.objects.exists()


def test_one_consent_that_exists_stops_the_whole_sheet_and_is_named(maja, sag):
    samtykke(sag, fra_dato=i_dag(), til_dato=i_dag())
    linjer = [Arklinje("region", ["helbred"]), Arklinje("egen_laege", ["plan"])]

    with pytest.raises(ValidationError, match="egen læge: Samtykket er allerede registreret"):
        services.registrer_samtykkeark(
            sag,
            linjer,
            scan=DokumentFactory(sag=sag, art="samtykke"),
            fra_dato=i_dag(),
            til_dato=i_dag(),
            af=maja.bruger,
        )
    assert Samtykke.objects.count() == 1
