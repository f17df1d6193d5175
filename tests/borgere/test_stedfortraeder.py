"""Deputies: chosen for oneself or, by the teamleder, for the team's people."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from borgere import services
from ressource.kalender import i_dag
from ressource.models import Haendelse, Organisation, Rolle, Stedfortraeder
from tests.factories import BrugerFactory, TeamFactory
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)
SIDE = "/stedfortraedere/"
# Session, user; count, page; choices of the form; unread reminders of the frame.
SIDENS_KALD = 6


def saet(maja, jonas, af=None, fra=0, til=5):
    return services.saet_stedfortraeder(
        maja, jonas, fra_dato=i_dag() + fra * DAG, til_dato=i_dag() + til * DAG, af=af or maja
    )


def dansk(dage):
    return f"{i_dag() + dage * DAG:%d.%m.%Y}"


def test_chosen_once_with_one_event():
    maja, jonas = BrugerFactory(), BrugerFactory()

    assert saet(maja, jonas) == saet(maja, jonas)

    [haendelse] = Haendelse.objects.filter(kode="stedfortraeder.sat")
    assert (haendelse.data["for_bruger"], haendelse.data["vikar"]) == (maja.pk, jonas.pk)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_choose_once():
    maja, jonas = BrugerFactory(), BrugerFactory()
    periode = {"fra_dato": i_dag(), "til_dato": i_dag() + DAG}
    tjeneste = proev(services.saet_stedfortraeder, maja, jonas, **periode, af=maja)

    assert paa_een_gang([tjeneste, tjeneste]) == ["ok", "ok"]
    assert Stedfortraeder.objects.count() == 1


def test_overlapping_period_with_the_same_deputy_is_refused():
    maja, jonas = BrugerFactory(), BrugerFactory()
    saet(maja, jonas)

    with pytest.raises(ValidationError, match="allerede vikar"):
        saet(maja, jonas, fra=3, til=8)
    saet(maja, jonas, fra=6, til=8)


@pytest.mark.parametrize(
    ("vikar", "felt"),
    [
        ({"roller": [Rolle.TEAMMEDLEM]}, "vikar"),
        ({"is_active": False}, "vikar"),
        ({"roller": [Rolle.MENTOR], "organisation": Organisation.EKSTERN}, "vikar"),
    ],
)
def test_deputy_is_a_colleague_with_the_same_role(vikar, felt):
    with pytest.raises(ValidationError) as fejl:
        saet(BrugerFactory(roller=[Rolle.SAGSBEHANDLER, Rolle.MENTOR]), BrugerFactory(**vikar))

    assert set(fejl.value.error_dict) == {felt}


def test_nobody_stands_in_for_themself_or_for_an_outsider():
    maja = BrugerFactory()
    lars = BrugerFactory(roller=[Rolle.MENTOR], organisation=Organisation.EKSTERN)

    for for_bruger, vikar in ((maja, maja), (lars, BrugerFactory(roller=[Rolle.MENTOR]))):
        with pytest.raises(ValidationError):
            saet(for_bruger, vikar)


@pytest.mark.parametrize(
    ("fra", "til", "felt"), [(-1, 5, "fra_dato"), (5, 4, "til_dato"), (0, 400, "til_dato")]
)
def test_days_must_make_sense(fra, til, felt):
    with pytest.raises(ValidationError) as fejl:
        saet(BrugerFactory(), BrugerFactory(), fra=fra, til=til)

    assert set(fejl.value.error_dict) == {felt}


def test_only_oneself_and_ones_teamleder_choose():
    team = TeamFactory()
    maja, jonas = BrugerFactory(team=team), BrugerFactory(team=team)
    lone = BrugerFactory(roller=[Rolle.TEAMLEDER], team=team)
    anden = BrugerFactory(roller=[Rolle.TEAMLEDER])

    for forkert in (jonas, anden):
        with pytest.raises(PermissionDenied):
            saet(maja, jonas, af=forkert)
    assert saet(maja, jonas, af=lone).for_bruger == maja


def test_ends_at_once_and_once():
    maja, jonas = BrugerFactory(), BrugerFactory()
    loeber = Stedfortraeder.objects.create(for_bruger=maja, vikar=jonas, fra_dato=i_dag() - DAG)
    kommer = saet(maja, BrugerFactory(), fra=2)

    with pytest.raises(PermissionDenied):
        services.afslut_stedfortraeder(loeber, af=BrugerFactory())
    services.afslut_stedfortraeder(loeber, af=jonas)
    services.afslut_stedfortraeder(loeber, af=maja)
    services.afslut_stedfortraeder(kommer, af=maja)

    loeber.refresh_from_db()
    assert loeber.til_dato == i_dag() - DAG
    assert list(Stedfortraeder.objects.all()) == [loeber]
    assert Haendelse.objects.filter(kode="stedfortraeder.afsluttet").count() == 2


# The page


def test_page_chooses_and_ends(som):
    maja, jonas = som("sagsbehandler"), BrugerFactory(navn="Jonas Holt")
    data = {"vikar": jonas.pk, "fra_dato": dansk(0), "til_dato": dansk(5)}

    valgt = maja.post(SIDE, data, follow=True).content.decode()
    raekke = Stedfortraeder.objects.get()
    slut = maja.post(reverse("borgere:stedfortraeder_afslut", args=[raekke.pk]), follow=True)

    assert "Jonas Holt er valgt som vikar" in valgt
    assert "er ikke længere vikar" in slut.content.decode()
    assert not Stedfortraeder.objects.exists()


def test_page_offers_only_colleagues_with_a_shared_role(som):
    maja, jonas = som("sagsbehandler"), BrugerFactory()
    BrugerFactory(roller=[Rolle.TEAMMEDLEM])

    assert list(maja.get(SIDE).context["form"].fields["vikar"].queryset) == [jonas]


def test_refused_form_keeps_the_input(som):
    maja, jonas = som("sagsbehandler"), BrugerFactory()

    svar = maja.post(SIDE, {"vikar": jonas.pk, "fra_dato": dansk(5), "til_dato": dansk(1)})

    assert svar.status_code == 422
    assert "Slutdatoen ligger før startdatoen." in svar.content.decode()
    assert f'value="{dansk(5)}"' in svar.content.decode()


def test_teamleder_chooses_for_the_teams_people_only(som):
    lone = som("teamleder")
    maja, jonas = BrugerFactory(team=lone.bruger.team), BrugerFactory()
    data = {"vikar": jonas.pk, "fra_dato": dansk(0), "til_dato": dansk(5)}

    andet = lone.post(SIDE, data | {"for_bruger": jonas.pk})
    eget = lone.post(SIDE, data | {"for_bruger": maja.pk})

    assert (andet.status_code, eget.status_code) == (422, 302)
    assert Stedfortraeder.objects.get().for_bruger == maja


def test_others_choose_only_for_themselves_whatever_the_form_says(som):
    maja, jonas, ib = som("sagsbehandler"), BrugerFactory(), BrugerFactory()

    maja.post(
        SIDE,
        {"for_bruger": ib.pk, "vikar": jonas.pk, "fra_dato": dansk(0), "til_dato": dansk(5)},
    )

    assert Stedfortraeder.objects.get().for_bruger == maja.bruger


def test_other_peoples_deputies_are_not_on_the_page(som):
    maja = som("sagsbehandler")
    andres = saet(BrugerFactory(), BrugerFactory())

    assert list(maja.get(SIDE).context["side"].object_list) == []
    svar = maja.post(reverse("borgere:stedfortraeder_afslut", args=[andres.pk]))
    assert svar.status_code == 404


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_page_costs_the_same_for_any_number(som, antal, django_assert_num_queries):
    maja = som("sagsbehandler")
    for _ in range(antal):
        saet(maja.bruger, BrugerFactory())

    with django_assert_num_queries(SIDENS_KALD):
        svar = maja.get(SIDE)

    assert len(svar.context["side"].object_list) == antal
