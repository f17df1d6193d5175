"""The letter engine: merge fields, what is left out, what stops a letter; the shipped texts."""

from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from rehabilitering import brev
from rehabilitering.brev import afgoerelse as brevafgoerelse
from rehabilitering.brev import felter, proeve
from rehabilitering.brev.standard import STANDARD
from rehabilitering.brev.tekst import Blok, byg
from rehabilitering.models import Brevskabelon
from ressource.laesbarhed import maal
from tests.factories import BrugerFactory, SagFactory

Kode = Brevskabelon.Kode


def tekst(pdf):
    return " ".join(
        " ".join(side.extract_text() for side in pypdf.PdfReader(BytesIO(pdf)).pages).split()
    )


def skabelon(kode):
    overskrift, broedtekst = STANDARD[kode]
    return Brevskabelon(kode=kode, nr=1, overskrift=overskrift, tekst=broedtekst)


def test_text_becomes_headings_paragraphs_and_lists_with_a_capital_where_asked():
    blokke = byg(
        "## Om {team}\n\n{Team} mødes.\n\n- et\n- {nr}\n\n{punkter}\n\n{ord}.",
        {"team": "holdet", "nr": "to", "punkter": ("tre", "fire"), "ord": "første\n- fem\nsidste"},
    )

    assert blokke == [
        Blok("overskrift", "Om holdet"),
        Blok("afsnit", "Holdet mødes."),
        Blok("liste", punkter=("et", "to")),
        Blok("liste", punkter=("tre", "fire")),
        Blok("afsnit", "Første"),
        Blok("liste", punkter=("fem",)),
        Blok("afsnit", "Sidste"),
    ]


def test_line_without_a_value_goes_and_so_does_a_heading_with_nothing_under_it():
    blokke = byg("Først.\n## Mål\n{maal}\n## Ring\nRing på {telefon}.\nEller kom.", {"maal": ""})

    assert [blok.tekst for blok in blokke] == ["Først.", "Ring", "Eller kom."]


def test_what_is_filled_in_is_never_read_as_a_field_or_a_heading():
    blokke = byg("{a}\nOg {a}", {"a": "## {b}", "b": "hemmelig"})

    assert blokke == [Blok("afsnit", "## {b}"), Blok("afsnit", "Og ## {b}")]


@pytest.mark.parametrize("kode", Kode.values)
def test_shipped_text_is_without_mistakes_and_easy_enough_to_read(kode):
    overskrift, broedtekst = STANDARD[kode]

    assert proeve.fejl(kode, overskrift, broedtekst) == {}
    linjer = [
        blok.tekst if blok.art != "overskrift" else f"{blok.tekst}."
        for blok in brev.eksempel(skabelon(kode))
        if blok.tekst
    ]
    assert maal("\n".join(linjer)).lix <= 40


@pytest.mark.parametrize(
    ("overskrift", "broedtekst", "felt", "del_"),
    [
        ("Om {borger}", None, "overskrift", "uden { }"),
        (" ", None, "overskrift", "Skriv en overskrift"),
        ("Brev", "", "tekst", "Skriv brevets tekst"),
        ("Brev", "{resultat} {begrundelse} {modtaget_dato} {navn}", "tekst", "{navn} kendes ikke"),
        ("Brev", "{resultat} {begrundelse} {modtaget_dato} {", "tekst", "{ kendes ikke"),
        ("Brev", "{resultat} {modtaget_dato}", "tekst", "skal indeholde {begrundelse}: kommunens"),
    ],
)
def test_mistakes_in_a_text_are_said_by_field(overskrift, broedtekst, felt, del_):
    standard = STANDARD[Kode.GENVURDERING][1]

    fundne = proeve.fejl(
        Kode.GENVURDERING, overskrift, standard if broedtekst is None else broedtekst
    )

    assert del_ in " ".join(fundne[felt])


@pytest.mark.parametrize("kode", ["afg_ressourceforloeb", "afg_fleksjob", "indstilling"])
def test_letter_of_ordinary_length_is_one_page(kode):
    pdf = brev.eksempel_pdf(skabelon(kode), tidspunkt=timezone.now())

    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize(
    ("hjemmel", "i_saetning"),
    [
        ("Lov om aktiv hjælp.", "lov om aktiv hjælp"),
        ("§ 112 i loven", "§ 112 i loven"),
        ("LAB § 112", "LAB § 112"),
    ],
)
def test_basis_ends_the_sentence(hjemmel, i_saetning):
    assert brevafgoerelse.sidst_i_saetning(hjemmel) == i_saetning


@pytest.mark.parametrize("felt", ["begrundelse", "hjemmel", "klagevejledning"])
@pytest.mark.parametrize("kode", [k for k in Kode.values if k.startswith("afg_")])
def test_decision_letter_can_do_without_none_of_reasons_basis_and_guidance(kode, felt):
    overskrift, broedtekst = STANDARD[kode]

    assert felt in " ".join(
        proeve.fejl(kode, overskrift, broedtekst.replace(f"{{{felt}}}", ""))["tekst"]
    )
    with pytest.raises(ValidationError, match="Brevet kan ikke laves endnu"):
        brev.blokke(skabelon(kode), {**felter.eksempler(kode), felt: ""})


def test_field_the_letter_does_not_know_is_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="kender ikke fremmed"):
        brev.blokke(skabelon(Kode.PARTSHOERING), {"fremmed": "x"})


@pytest.mark.django_db
def test_letter_is_addressed_signed_and_the_same_twice():
    af = BrugerFactory()
    sag = SagFactory(
        ansvarlig=af, borger__er_adressebeskyttet=True, borger__adresse="Hemmelig vej 1"
    )
    nu = timezone.now()
    felter_ = {"oplysninger": "Lægen skriver, at {borger} har det bedre.", "frist_dato": "1. maj"}

    pdf = brev.dan(Kode.PARTSHOERING, sag, felter_, af=af, tidspunkt=nu)

    assert brev.dan(Kode.PARTSHOERING, sag, felter_, af=af, tidspunkt=nu) == pdf
    laest = tekst(pdf)
    assert sag.borger.navn in laest
    assert af.navn in laest
    assert "at {borger} har det bedre" in laest
    assert "Hemmelig" not in laest


@pytest.mark.django_db
def test_letter_to_somebody_else_says_nothing_of_the_citizen_but_the_name():
    sag = SagFactory(borger__adresse="Birkevej 7")
    pdf = brev.dan(
        Kode.INDKALDELSE_NETVAERK,
        sag,
        {
            "modtagernavn": "Bo",
            "moede_dato": "1. maj",
            "moede_tid": "9",
            "sted": "Rådhuset",
            "kontakt": "Karin på 12345678",
        },
        af=BrugerFactory(),
        tidspunkt=timezone.now(),
        modtager=["Bo Holm", ""],
    )

    laest = tekst(pdf)
    assert "Bo Holm" in laest
    assert sag.borger.navn in laest
    assert "Birkevej" not in laest
    assert "Personnummer" not in laest


@pytest.mark.django_db
def test_without_an_approved_text_there_is_no_letter():
    with pytest.raises(ValidationError, match="Der mangler: de oplysninger"):
        brev.blokke(brev.gaeldende(Kode.PARTSHOERING), {})

    Brevskabelon.objects.filter(kode=Kode.PARTSHOERING).update(status="afloest")
    with pytest.raises(ValidationError, match="ingen godkendt tekst til brevet «Partshøring»"):
        brev.gaeldende(Kode.PARTSHOERING)
