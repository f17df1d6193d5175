"""A page left open while the forløb ended or something was taken out: what is sent says why not."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from indsatsplan import services
from indsatsplan.forms import IndsatsForm
from indsatsplan.models import Ressourceforloeb
from ressource.kalender import i_dag
from tests.factories import (
    FritagelseFactory,
    GenforelaeggelseFactory,
    IndsatsFactory,
    IndsatstrinFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db

SLUT = "kan læses, men ikke ændres"


def url(navn, pk):
    return reverse(f"indsatsplan:{navn}", args=[pk])


@pytest.fixture
def klient(som):
    return som("koordinerende")


@pytest.fixture
def indsats(klient):
    indsats = IndsatsFactory(i_gang=True, maal__rang=1)
    TildelingFactory(sag=indsats.forloeb.sag, bruger=klient.bruger, art="medvirkende")
    return indsats


def slut(forloeb):
    Ressourceforloeb.objects.filter(pk=forloeb.pk).update(afsluttet_dato=i_dag())


def test_what_is_sent_after_the_forloeb_ended_is_refused_in_words(klient, indsats):
    forloeb = indsats.forloeb
    trin, udkast = IndsatstrinFactory(indsats=indsats), GenforelaeggelseFactory(forloeb=forloeb)
    slut(forloeb)
    dag = f"{i_dag():%d.%m.%Y}"
    gyldige = {
        url("trin", trin.pk): {},
        url("trin_ny", indsats.pk): {},
        url("timer_ny", indsats.pk): {"fra_dato": dag, "timer_pr_uge": "4", "laas": 0},
        url("fravaer_ny", indsats.pk): {"fra_dato": dag, "art": "syg"},
        url("fritagelse_ny", forloeb.sag_id): {"fra_dato": dag, "begrundelse": "Ferie"},
        url("maal_ny", forloeb.sag_id): {"tekst": "Job", "art": "job"},
        url("saerlige_grunde", udkast.pk): {"saerlige_grunde": "Ingen"},
        url("genforelaeggelse", forloeb.sag_id): {"tekst": "Det hele", "laas": udkast.laas},
    }

    for adresse, felter in gyldige.items():
        svar = klient.post(adresse, felter)

        assert svar.status_code == 422, adresse
        assert SLUT in svar.content.decode(), adresse


def test_what_is_sent_about_something_taken_out_is_refused_in_words(klient, indsats):
    fritagelse = FritagelseFactory(forloeb=indsats.forloeb)
    services.fjern_fritagelse(fritagelse, af=klient.bruger)
    felter = {"art": "fritaget", "fra_dato": f"{i_dag():%d.%m.%Y}", "begrundelse": "x", "laas": 0}

    svar = klient.post(url("fritagelse", fritagelse.pk), felter, follow=True)

    assert "Fritagelsen er taget ud imens" in svar.content.decode()


def test_type_taken_out_of_the_catalogue_is_kept_by_its_effort_and_chosen_by_no_other(indsats):
    udgaaet = indsats.indsatstype
    udgaaet.er_aktiv = False
    udgaaet.save()

    egen = IndsatsForm(forloeb=indsats.forloeb, instance=indsats).fields["indsatstype"]
    ny = IndsatsForm(forloeb=indsats.forloeb).fields["indsatstype"]

    assert egen.clean(udgaaet.pk) == udgaaet
    with pytest.raises(ValidationError):
        ny.clean(udgaaet.pk)
