"""Two forløb of one case: the one that runs is written in while the next one is planned."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from borgere.models import Tildeling
from indsatsplan import roed_traad
from indsatsplan.models import Indsats
from ressource.datoer import EN_DAG
from ressource.kalender import i_dag
from tests.factories import (
    IndsatsFactory,
    IndsatsplanFactory,
    MaalFactory,
    RessourceforloebFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def klient(som):
    """The coordinating caseworker of a case whose forløb runs, and whose next one is granted."""
    loeber = RessourceforloebFactory(
        slut_dato=i_dag() + timedelta(days=30),
        afgoerelse__indstilling__punkt__behandlet_den=timezone.now(),
    )
    naeste = RessourceforloebFactory(
        sag=loeber.sag,
        start_dato=loeber.slut_dato + EN_DAG,
        slut_dato=loeber.slut_dato + timedelta(days=365),
    )
    for forloeb in (loeber, naeste):
        IndsatsplanFactory(forloeb=forloeb)
    MaalFactory(forloeb=loeber, rang=1, tekst="Chauffør")
    MaalFactory(forloeb=naeste, rang=1, tekst="Buschauffør")
    klient = som("koordinerende")
    TildelingFactory(sag=loeber.sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)
    klient.loeber, klient.naeste = loeber, naeste
    klient.plan = reverse("indsatsplan:plan", args=[loeber.sag_id])
    klient.valg = f"?forloeb={loeber.pk}"
    return klient


def til(navn, pk):
    return reverse(f"indsatsplan:{navn}", args=[pk])


def vist(svar):
    return svar.content.decode()


def test_newest_is_shown_and_leads_to_the_one_that_runs(klient):
    side = vist(klient.get(klient.plan))

    assert "Buschauffør" in side
    assert f'href="{klient.plan}{klient.valg}"' in side
    assert "(kan rettes)" in side


def test_running_forloeb_is_written_in_and_stays_on_the_page(klient):
    maal = klient.loeber.maal.get()
    indsats = IndsatsFactory(forloeb=klient.loeber, maal=maal, i_gang=True)
    valgt = f"{klient.plan}{klient.valg}"
    side = vist(klient.get(f"{valgt}&aaben=slut-{indsats.pk}"))
    for noegle in (f"maal-{maal.pk}", f"forlaeng-{indsats.pk}", "indsats-ny"):
        assert f"{valgt}&amp;aaben={noegle}" in side
    assert "?aaben=" not in side

    slut = {"dato": f"{i_dag():%d.%m.%Y}", "udfald": "afsluttet"}
    svar = klient.post(til("indsats_slut", indsats.pk), slut)

    assert svar.url == f"{valgt}#indsats-{indsats.pk}"
    assert Indsats.objects.get(pk=indsats.pk).status == "afsluttet"


def test_what_is_new_goes_into_the_forloeb_it_was_written_in(klient):
    nyt = {"tekst": "Sove bedre", "art": "", "plads": "2", "laas": "0", "begrundelse": ""}
    svar = klient.post(til("maal_ny", klient.loeber.sag_id) + klient.valg, nyt)

    assert svar.url.startswith(f"{klient.plan}{klient.valg}#maal-")
    assert klient.loeber.maal.filter(tekst="Sove bedre").exists()
    assert not klient.naeste.maal.filter(tekst="Sove bedre").exists()


def test_refused_form_leads_on_to_the_plan_of_its_forloeb(klient):
    maal = klient.loeber.maal.get()
    svar = klient.post(til("maal_naaet", maal.pk), {"dato": "i går"})

    side = vist(svar)
    assert svar.status_code == 422
    assert 'value="i går"' in side
    assert 'href="?' not in side
    assert f'href="{klient.plan}{klient.valg}&amp;zoom=' in side


def test_the_talk_and_the_mentor_are_about_the_one_that_runs(klient, som):
    maal = klient.loeber.maal.get()
    IndsatsFactory(forloeb=klient.loeber, maal=maal, mentor=True, i_gang=True)
    mentor = som("mentor")
    TildelingFactory(sag=klient.loeber.sag, bruger=mentor.bruger, art=Tildeling.Art.MENTOR)

    assert roed_traad.planens_maal(klient.loeber.sag_id).nu == "Chauffør"
    assert "Ringe hver mandag" in vist(mentor.get(til("mentor", klient.loeber.sag_id)))
