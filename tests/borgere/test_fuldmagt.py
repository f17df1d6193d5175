"""Party representative, guardian and bisidder, each with their own rights."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from borgere import deling, services
from borgere.models import Bisidder, Fuldmagt
from ressource.kalender import i_dag
from tests.borgere.delingsdata import DAG
from tests.borgere.test_samtykke import dansk, fil
from tests.factories import FuldmagtFactory, SagFactory

pytestmark = pytest.mark.django_db

# Session, user, case, look-up, circle, facts; fuldmagter, bisiddere; reminders.
SIDE = 9


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger)


def side(navn, sag, *flere):
    return reverse(f"borgere:{navn}", args=[sag.pk, *flere])


def sendt(**felter):
    return {
        "art": "partsrepraesentant",
        "navn": "Advokat Holm",
        "adresse": "Torvet 2",
        "postnummer": "8600",
        "by": "Silkeborg",
        "omfang": "hele",
        "fra_dato": dansk(i_dag()),
    } | felter


def test_representative_takes_over_the_letters_until_it_ends(maja, sag):
    assert maja.post(side("fuldmagt_ny", sag), sendt(fil=fil())).status_code == 302

    fuldmagt = Fuldmagt.objects.get()
    assert fuldmagt.dokument.art == "fuldmagt"
    hoved = deling.brevhoved(sag.borger, "afgoerelse")
    assert hoved["modtager"] == ["Advokat Holm", "Torvet 2", "8600 Silkeborg"]

    assert maja.get(side("fuldmagt_traek", sag, fuldmagt.pk)).status_code == 200
    maja.post(side("fuldmagt_traek", sag, fuldmagt.pk), {"aarsag": "Sagen er slut"})
    assert deling.brevhoved(sag.borger, "afgoerelse")["vedroerer"] == ""
    igen = maja.post(side("fuldmagt_traek", sag, fuldmagt.pk))
    assert igen.status_code == 422
    assert "Ophørt" in maja.get(side("repraesentation", sag)).content.decode()


def test_fuldmagt_sent_twice_is_registered_once(maja, sag):
    maja.post(side("fuldmagt_ny", sag), sendt())
    igen = maja.post(side("fuldmagt_ny", sag), sendt())

    assert "Fuldmagten er allerede registreret." in igen.content.decode()
    assert Fuldmagt.objects.count() == 1


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"art": "vaerge"}, "hvilken afgørelse der har beskikket"),
        ({"omfang": "dele"}, "Vælg enten hele sagen eller de emner"),
        ({"omfang": "hele", "emner": ["plan"]}, "Vælg enten hele sagen eller de emner"),
        ({"til_dato": dansk(i_dag() - DAG)}, "Slutdatoen ligger før"),
        ({"postnummer": "86"}, "fire cifre"),
    ],
)
def test_fuldmagt_that_cannot_be_is_refused_with_the_input_kept(maja, sag, felter, besked):
    svar = maja.post(side("fuldmagt_ny", sag), sendt(**felter))

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert 'value="Advokat Holm"' in svar.content.decode()


def test_guardian_ends_only_with_the_decision_that_ended_it(sag, maja):
    vaerge = FuldmagtFactory(borger=sag.borger, art="vaerge", grundlag="Familieretshuset 1.2.2026")

    with pytest.raises(ValidationError, match="hvilken afgørelse"):
        services.traek_fuldmagt(vaerge, sag=sag, af=maja.bruger)
    svar = maja.post(side("fuldmagt_traek", sag, vaerge.pk), {})
    assert svar.status_code == 422
    assert (
        services.traek_fuldmagt(
            vaerge, sag=sag, aarsag="Ophævet 1.3.2026", af=maja.bruger
        ).trukket_dato
        == i_dag()
    )


def test_bisidder_comes_along_and_gets_no_letter(maja, sag):
    data = {"navn": "Bodil", "aftale": "Er med til møder", "fra_dato": dansk(i_dag() - 5 * DAG)}
    assert maja.post(side("bisidder_ny", sag), data).status_code == 302
    igen = maja.post(side("bisidder_ny", sag), data)
    assert "Bisidderen er allerede registreret." in igen.content.decode()
    bodil = Bisidder.objects.get()

    assert [m.modtager.art for m in deling.postmodtagere(sag.borger, "moeder")] == ["part"]
    assert "bisidder" not in {art for art, _ in deling.Forsendelse.Modtager.choices}

    maja.post(side("bisidder_slut", sag, bodil.pk))
    bodil.refresh_from_db()
    assert bodil.til_dato == i_dag() - DAG
    svar = maja.post(side("bisidder_slut", sag, bodil.pk), follow=True)
    assert "allerede ikke længere med" in svar.content.decode()


def test_somebody_elses_are_not_there(maja, sag):
    fremmed = FuldmagtFactory()
    bisidder = Bisidder.objects.create(borger=fremmed.borger, navn="Bo", fra_dato=i_dag())

    assert maja.post(side("fuldmagt_traek", sag, fremmed.pk)).status_code == 404
    assert maja.post(side("bisidder_slut", sag, bisidder.pk)).status_code == 404


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_page_costs_the_same_however_many_there_are(maja, sag, antal, django_assert_num_queries):
    for nr in range(antal):
        FuldmagtFactory(borger=sag.borger)
        Bisidder.objects.create(borger=sag.borger, navn=f"Bodil {nr}", fra_dato=i_dag())

    with django_assert_num_queries(SIDE):
        maja.get(side("repraesentation", sag))
