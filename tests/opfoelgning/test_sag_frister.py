"""All deadlines of a case: state, what moved them and why, late fulfilment, and what is asked for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from opfoelgning import fristhistorik
from opfoelgning.models import Frist
from opfoelgning.services.fristregler import ret_fristregel
from opfoelgning.udledning import udled
from ressource.kalender import i_dag
from ressource.models import Opslag
from tests.factories import (
    BrugerFactory,
    FritagelseFactory,
    OpfoelgningsmoedeFactory,
    RessourceforloebFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)
from tests.opfoelgning.sager import efter_teammoede, frist

pytestmark = pytest.mark.django_db


@pytest.fixture
def klient(som):
    return som("koordinerende")


def side(sag):
    return reverse("opfoelgning:sag_frister", args=[sag.pk])


def tekster(en):
    return [a.tekst for a in fristhistorik.aendringer([en])[en.pk]]


def test_the_page_shows_state_owner_and_how_late_it_was_met(klient):
    sag = efter_teammoede(klient.bruger, 12)
    OpfoelgningsmoedeFactory(
        sag=sag, nr=1, afholdt=True, tidspunkt=klokken(i_dag() - timedelta(days=2))
    )
    udled(sager=[sag.pk])

    tekst = klient.get(side(sag)).text

    assert "Opfyldt" in tekst
    assert "3 dage for sent" in tekst
    assert "1 ændring" in tekst
    assert klient.bruger.navn in tekst
    assert Opslag.objects.filter(objekt="frister", sag_id=sag.pk).count() == 1


def test_the_case_page_leads_to_it(klient):
    sag = efter_teammoede(klient.bruger, 3)

    assert f'href="{side(sag)}"' in klient.get(reverse("sag", args=[sag.pk])).text


def test_what_was_moved_says_why():
    admin, ny = BrugerFactory(roller=["administrator"]), BrugerFactory(navn="Lars Bach")
    sag = efter_teammoede(BrugerFactory(), 10)
    en = Frist.objects.get(sag=sag, kode="FOERSTE_OPFOELGNING")
    foer = en.forfald_dato
    ret_fristregel(
        "FOERSTE_OPFOELGNING",
        {"laengde": 2},
        gaelder_fra=i_dag() - timedelta(days=30),
        begrundelse="Nyt mål",
        laas=None,
        af=admin,
    )
    sag.tildelinger.update(til_dato=i_dag() - timedelta(days=1))
    TildelingFactory(sag=sag, bruger=ny, art="ansvarlig", fra_dato=i_dag())
    udled(sager=[sag.pk])

    en.refresh_from_db()
    flyttet = f"Flyttet fra {foer:%d.%m.%Y} til {foer + timedelta(days=7):%d.%m.%Y}: "
    assert tekster(Frist.objects.select_related("ejer", "regel").get(pk=en.pk)) == [
        "Ny ejer: Lars Bach.",
        f"{flyttet}en anden version af reglen gælder.",
        "Set som overskredet.",
    ]


def test_a_pause_and_what_set_it_going_are_named():
    forloeb = RessourceforloebFactory()
    udled(sager=[forloeb.sag_id])
    fra = forloeb.start_dato + timedelta(days=10)
    FritagelseFactory(forloeb=forloeb, fra_dato=fra, til_dato=fra + timedelta(days=9))
    udled(sager=[forloeb.sag_id])
    en = Frist.objects.select_related("ejer", "regel").get(sag=forloeb.sag, kode="INDSATSGARANTI")

    assert any("pauserne er nu 10 dage, før 0 dage" in tekst for tekst in tekster(en))
    Frist.objects.filter(pk=en.pk).update(
        start_dato=fra, forfald_dato=en.forfald_dato + timedelta(days=1), laengde=7
    )
    en.refresh_from_db()
    assert (
        f"det, der udløste den, er nu {fra:%d.%m.%Y}; sagens regelsæt siger en anden længde"
        in tekster(en)[0]
    )


def test_met_lapsed_and_open_again_are_told():
    sag = SagFactory()
    en = frist(sag, 3)
    dag = i_dag()
    Frist.objects.filter(pk=en.pk).update(opfyldt_dato=dag)
    Frist.objects.filter(pk=en.pk).update(
        opfyldt_dato=None, bortfaldet_dato=dag, bortfaldet_begrundelse="Sagen er afsluttet"
    )
    Frist.objects.filter(pk=en.pk).update(bortfaldet_dato=None, bortfaldet_begrundelse="")
    Frist.objects.filter(pk=en.pk).update(forfald_dato=en.forfald_dato + timedelta(days=1))
    en = Frist.objects.select_related("ejer", "regel").get(pk=en.pk)

    assert tekster(en)[1:] == [
        "Løber igen.",
        "Ikke opfyldt alligevel.",
        f"Bortfaldet {dag:%d.%m.%Y}. Sagen er afsluttet.",
        f"Opfyldt {dag:%d.%m.%Y}.",
    ]
    assert "reglen, kalenderen eller den dag, der regnes fra, er rettet" in tekster(en)[0]


def test_each_way_to_narrow_the_list_counts_and_finds_the_same(klient):
    sag = SagFactory(ansvarlig=klient.bruger)
    dag = i_dag()
    frist(sag, 5, anker=1)
    frist(sag, -5, anker=2)
    frist(sag, -5, anker=3, opfyldt_dato=dag - timedelta(days=6))
    frist(sag, -5, anker=4, opfyldt_dato=dag)
    frist(sag, 5, anker=5, bortfaldet_dato=dag, bortfaldet_begrundelse="Sagen er afsluttet")

    # A consent that ran out, two that were renewed, and one that ran out since last night.
    samtykke = {"kode": "SAMTYKKE_UDLOEBER"}
    frist(sag, -5, anker=6, opfyldt_dato=dag - timedelta(days=5), **samtykke)
    frist(sag, -5, anker=7, opfyldt_dato=dag - timedelta(days=9), **samtykke)
    frist(sag, -5, anker=8, opfyldt_dato=dag - timedelta(days=4), **samtykke)
    frist(sag, -1, anker=9, **samtykke)

    antal = {vis: tal for vis, _, tal in fristhistorik.antal(sag, dag)}

    assert antal == {
        "": 9,
        "aabne": 2,
        "overskredne": 1,
        "opfyldte": 4,
        "sent": 1,
        "udloebne": 2,
        "bortfaldne": 1,
    }
    i_listen = {
        vis: {f.tilstand(dag).value for f in fristhistorik.frister(sag, vis, dag)} for vis in antal
    }
    assert i_listen["opfyldte"] == {"opfyldt", "opfyldt_sent"}
    assert (i_listen["sent"], i_listen["udloebne"]) == ({"opfyldt_sent"}, {"udloebet"})
    assert (i_listen["overskredne"], i_listen["aabne"]) == (
        {"overskredet"},
        {"overskredet", "kommende"},
    )
    for vis, tal in antal.items():
        assert klient.get(side(sag), {"vis": vis}).context["side"].paginator.count == tal
    raekkefoelge = [f.anker_id for f in fristhistorik.frister(sag, "aabne", dag)]
    assert raekkefoelge[:2] == [2, 1]
    assert klient.get(side(sag), {"vis": "noget andet"}).context["vis"] == ""


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_page_costs_the_same_however_many(klient, django_assert_num_queries, antal):
    sag = SagFactory(ansvarlig=klient.bruger)
    for nr in range(antal):
        en = frist(sag, nr, anker=nr, ejer=klient.bruger)
        Frist.objects.filter(pk=en.pk).update(pause_dage=1)

    with django_assert_num_queries(11):
        klient.get(side(sag))


def test_a_long_list_goes_over_pages(klient):
    sag = SagFactory(ansvarlig=klient.bruger)
    for nr in range(61):
        frist(sag, nr, anker=nr)

    foerste = klient.get(side(sag), {"vis": "aabne"})

    assert len(foerste.context["linjer"]) == 60
    assert "?vis=aabne&amp;side=2" in foerste.text
    assert len(klient.get(side(sag), {"vis": "aabne", "side": 2}).context["linjer"]) == 1


def test_a_case_without_deadlines_says_how_they_come(klient):
    sag = SagFactory(ansvarlig=klient.bruger)

    assert "De kommer af sig selv" in klient.get(side(sag)).text
    assert "ingen frister af den slags" in klient.get(side(sag), {"vis": "sent"}).text
