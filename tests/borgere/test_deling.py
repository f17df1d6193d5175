"""One rule for what may be shared, asked in four ways that must agree."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from borgere import deling
from borgere.deling import DelingAfvist, Modtager
from borgere.models import Forsendelse, Informationstype, Sag
from opfoelgning import sagsfakta
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse
from tests.borgere.delingsdata import (
    DAG,
    LAEGEN,
    UDEN_GRUNDLAG,
    en_sag,
    paaroerende,
    planen,
    samtykke,
)
from tests.factories import BrugerFactory, FuldmagtFactory, SagFactory

pytestmark = pytest.mark.django_db

PLAN = Informationstype.PLAN


@pytest.fixture
def sag():
    return en_sag()


def spoerg(sag, modtager=LAEGEN, hvad=PLAN, dato=None):
    return deling.maa_dele(sag.borger, modtager, hvad, dato, sag_id=sag.pk)


def raa_forsendelse(sag, aftale):
    """A row as a hand at the database would write it, on what there is."""
    with transaction.atomic():
        Forsendelse.objects.bulk_create(
            [
                Forsendelse(
                    sag=sag,
                    dokument=planen(sag),
                    informationstype=PLAN,
                    modtager_art="egen_laege",
                    modtager_navn="Lægehuset",
                    samtykke=aftale,
                    kanal="brev",
                    afsendt_dato=i_dag(),
                )
            ]
        )


@pytest.mark.parametrize("tilstand", ["gaelder", *UDEN_GRUNDLAG])
def test_rule_in_python_in_lists_in_sql_and_in_the_database_agree(sag, tilstand):
    if tilstand == "gaelder":
        aftale = samtykke(sag)
        samtykke(sag, typer=["indstilling"])
    else:
        aftale = UDEN_GRUNDLAG[tilstand](sag)
        # So that the plan alone decides in the SQL, which asks for both.
        samtykke(sag, typer=["indstilling"])

    maa = tilstand == "gaelder"
    assert spoerg(sag).maa is maa
    liste = deling.maa_faa("egen_laege", [PLAN], i_dag())
    assert Sag.objects.filter(liste, pk=sag.pk).exists() is maa
    assert Sag.objects.filter(pk=sag.pk).annotate(ok=liste).get().ok is maa
    assert sagsfakta.hent(sag, i_dag()).har_laegesamtykke is maa
    if maa:
        raa_forsendelse(sag, aftale)
    else:
        with pytest.raises(IntegrityError):
            raa_forsendelse(sag, aftale)


@pytest.mark.parametrize(
    ("tilstand", "kode", "saetning"),
    [
        ("aldrig", "aldrig", "Borgeren har ikke givet samtykke til, at egen læge får"),
        ("udloebet", "udloebet", "udløb"),
        ("trukket", "trukket", "er trukket tilbage"),
        ("kommende", "kommende", "gælder først fra"),
        ("andre_oplysninger", "andre_oplysninger", "gælder andre oplysninger"),
        ("gdpr", "aldrig", "har ikke givet"),
        ("anden_borger", "aldrig", "har ikke givet"),
    ],
)
def test_refusal_says_what_is_missing_and_where_it_is_mended(sag, tilstand, kode, saetning):
    UDEN_GRUNDLAG[tilstand](sag)

    svar = spoerg(sag)

    assert (svar.maa, svar.kode, svar.grundlag) == (False, kode, None)
    assert saetning in svar.aarsag
    assert svar.link == (
        f"/sager/{sag.pk}/samtykker/ny/?modtager=egen_laege&informationstyper=plan"
    )
    with pytest.raises(ValidationError) as fejl:
        deling.kraev_deling(sag, LAEGEN, PLAN)
    assert fejl.value.messages == [svar.aarsag]
    assert fejl.value.svar.link == svar.link


def test_yes_names_what_it_rests_on_on_both_its_last_days(sag):
    aftale = samtykke(sag, fra_dato=i_dag() - DAG, til_dato=i_dag() + DAG)

    for dage in (-1, 0, 1):
        assert spoerg(sag, dato=i_dag() + dage * DAG).grundlag == aftale
    for dage in (-2, 2):
        assert not spoerg(sag, dato=i_dag() + dage * DAG).maa


def test_what_holds_counts_though_another_was_withdrawn(sag):
    samtykke(sag, trukket_dato=i_dag())
    aftale = samtykke(sag)

    assert spoerg(sag).grundlag == aftale


def test_consent_for_one_relative_does_not_open_for_another(sag):
    laila, til_laila = paaroerende(sag, navn="Laila")
    _, til_farid = paaroerende(sag, navn="Farid")
    samtykke(sag, "netvaerk", netvaerksperson=laila)

    assert spoerg(sag, til_laila).maa
    svar = spoerg(sag, til_farid)
    assert "at Farid får" in svar.aarsag
    assert f"netvaerksperson={til_farid.netvaerksperson_id}" in svar.link
    assert "Farid" not in svar.link


def test_consent_for_one_company_does_not_open_for_another(sag):
    samtykke(sag, "virksomhed", typer=["skaanehensyn"], modtager_navn="Bageren")

    hvad = Informationstype.SKAANEHENSYN
    assert spoerg(sag, Modtager("virksomhed", "Bageren"), hvad).maa
    assert not spoerg(sag, Modtager("virksomhed", "Smeden"), hvad).maa


@pytest.mark.parametrize(
    ("felter", "maa", "kode"),
    [
        ({}, True, ""),
        ({"omfang": "dele", "emner": ["plan"]}, True, ""),
        ({"omfang": "dele", "emner": ["moeder"]}, False, "andre_oplysninger"),
        ({"trukket_dato": i_dag()}, False, "trukket"),
        ({"fra_dato": i_dag() - 9 * DAG, "til_dato": i_dag() - DAG}, False, "udloebet"),
        ({"art": "vaerge", "grundlag": "Familieretshuset 2026"}, False, "aldrig"),
        ({"navn": "En anden"}, False, "aldrig"),
    ],
)
def test_representative_gets_what_the_fuldmagt_covers(sag, felter, maa, kode):
    FuldmagtFactory(borger=sag.borger, **{"navn": "Advokat Holm"} | felter)

    svar = spoerg(sag, Modtager("partsrepraesentant", "Advokat Holm"))

    assert (svar.maa, svar.kode) == (maa, kode)
    assert svar.link == ("" if maa else f"/sager/{sag.pk}/fuldmagter/ny/")


def test_several_kinds_are_all_asked_and_the_one_that_ends_first_is_named(sag):
    samtykke(sag, typer=["plan"])
    with pytest.raises(DelingAfvist, match="teamets indstilling"):
        deling.kraev_deling(sag, LAEGEN, PLAN, Informationstype.INDSTILLING)

    foerst = samtykke(sag, typer=["indstilling"], til_dato=i_dag() + DAG)
    svar = deling.kraev_deling(sag, LAEGEN, PLAN, Informationstype.INDSTILLING)
    assert svar.grundlag == foerst


def test_refusal_leaves_an_event_without_names_and_undoes_the_rest(sag):
    _, til = paaroerende(sag, navn="Laila")

    def proev():
        with deling.afvisning_logges(sag.pk, af=None):
            BrugerFactory(brugernavn="fortrydes")
            deling.kraev_deling(sag, til, PLAN)

    with pytest.raises(DelingAfvist):
        proev()
    assert not Bruger.objects.filter(brugernavn="fortrydes").exists()

    [haendelse] = Haendelse.objects.filter(kode="deling.afvist")
    assert haendelse.sag_id == sag.pk
    assert haendelse.data == {"modtager": "netvaerk", "informationstype": "plan", "grund": "aldrig"}


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_asking_costs_two_statements(sag, antal, django_assert_num_queries):
    for nr in range(antal):
        samtykke(sag, til_dato=i_dag() + nr * DAG)

    with django_assert_num_queries(2):
        spoerg(sag)


# Who gets the letters


def test_letters_go_to_the_citizen_who_has_nobody():
    sag = SagFactory(borger__adresse="Skovvej 1", borger__postnummer="8600", borger__by="Silkeborg")
    FuldmagtFactory(borger=sag.borger, trukket_dato=i_dag())

    [modtager] = deling.postmodtagere(sag.borger, PLAN)

    assert modtager.modtager.art == "part"
    assert modtager.linjer == (sag.borger.navn, "Skovvej 1", "8600 Silkeborg")
    assert modtager.vedroerer == ""


def test_letters_go_to_who_acts_for_the_citizen_without_the_citizens_address():
    sag = SagFactory(borger__adresse="Hemmelig vej 1", borger__er_adressebeskyttet=True)
    FuldmagtFactory(borger=sag.borger, art="vaerge", navn="Vera", grundlag="Beskikket 1.2.2026")
    FuldmagtFactory(borger=sag.borger, navn="Holm", adresse="Torvet 2", omfang="hele")
    FuldmagtFactory(borger=sag.borger, navn="Delvis", omfang="dele", emner=["moeder"])

    modtagere = deling.postmodtagere(sag.borger, PLAN)

    assert [m.modtager.navn for m in modtagere] == ["Holm", "Vera"]
    hoved = deling.brevhoved(sag.borger, PLAN)
    assert hoved == {"modtager": ["Holm", "Torvet 2"], "vedroerer": sag.borger.navn}


def test_representative_who_lives_at_a_protected_address_is_written_without_it():
    adresse = {"postnummer": "8600", "by": "Silkeborg"}
    sag = SagFactory(
        borger__adresse="Hemmelig vej 1, 2. tv",
        borger__er_adressebeskyttet=True,
        **{f"borger__{felt}": v for felt, v in adresse.items()},
    )
    FuldmagtFactory(borger=sag.borger, navn="Vera", adresse="hemmelig Vej 1 2.tv.", **adresse)

    assert deling.brevhoved(sag.borger, PLAN)["modtager"] == ["Vera"]
    sag.borger.er_adressebeskyttet = False
    assert deling.brevhoved(sag.borger, PLAN)["modtager"][1:] == [
        "hemmelig Vej 1 2.tv.",
        "8600 Silkeborg",
    ]
