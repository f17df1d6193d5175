"""Conflicts of interest: declared, registered by others, and ended."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from borgere import services
from borgere.models import Inhabilitet, Sag, Tildeling
from ressource.kalender import i_dag
from ressource.models import Haendelse, Rolle
from tests.factories import (
    BrugerFactory,
    InhabilitetFactory,
    SaerligadgangFactory,
    SagFactory,
    TeamFactory,
    TildelingFactory,
)
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)
LISTE = "/inhabilitet/"
# Session, user; count, page; log row; choices of the form; reviews and reminders of the frame.
LISTESIDE = 8


def meld(sag, hvem, af=None):
    return services.meld_inhabil(sag, hvem, begrundelse="Nabo", af=af or hvem)


def leder(team):
    return BrugerFactory(roller=[Rolle.TEAMLEDER], team=team)


def test_declared_once_with_one_event():
    maja = BrugerFactory()
    sag = SagFactory(ansvarlig=maja)

    assert meld(sag, maja) == meld(sag, maja)

    [haendelse] = Haendelse.objects.filter(kode="adgang.inhabil")
    assert (haendelse.sag_id, haendelse.data) == (sag.pk, {"bruger": maja.pk})
    assert not Sag.objects.synlige_for(maja).exists()
    assert list(Sag.objects.uden_ansvarlig()) == [sag]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_register_once():
    maja = BrugerFactory()
    sag = SagFactory(ansvarlig=maja)
    tjeneste = proev(services.meld_inhabil, sag, maja, begrundelse="Nabo", af=maja)

    assert paa_een_gang([tjeneste, tjeneste]) == ["ok", "ok"]
    assert Inhabilitet.objects.count() == 1


def test_others_are_registered_by_the_responsible_and_the_teamleder_only():
    maja, team = BrugerFactory(), TeamFactory()
    sag = SagFactory(ansvarlig=maja, team=team)
    medvirkende = TildelingFactory(sag=sag, art=Tildeling.Art.MEDVIRKENDE).bruger

    for forkert in (medvirkende, leder(TeamFactory()), BrugerFactory(team=team)):
        with pytest.raises(PermissionDenied):
            meld(sag, BrugerFactory(), af=forkert)
    for rigtig in (maja, leder(team)):
        meld(sag, BrugerFactory(), af=rigtig)

    assert Inhabilitet.objects.count() == 2


def test_responsible_who_is_inhabil_registers_nobody():
    maja = BrugerFactory()
    sag = SagFactory(ansvarlig=maja)
    meld(sag, maja)

    with pytest.raises(PermissionDenied):
        meld(sag, BrugerFactory(), af=maja)


def test_ended_by_a_teamleder_it_concerns_from_tomorrow():
    team = TeamFactory()
    maja, lone = BrugerFactory(team=team), leder(team)
    sag = SagFactory(ansvarlig=maja)
    raekke = meld(sag, maja)

    for forkert in (maja, leder(TeamFactory()), BrugerFactory(team=team)):
        with pytest.raises(PermissionDenied):
            services.ophaev_inhabilitet(raekke, af=forkert)
    services.ophaev_inhabilitet(raekke, af=lone)
    services.ophaev_inhabilitet(raekke, af=lone)

    raekke.refresh_from_db()
    assert raekke.til_dato == i_dag()
    assert Haendelse.objects.filter(kode="adgang.inhabil_ophaevet", sag_id=sag.pk).count() == 1


def test_teamleder_never_ends_their_own():
    lone = leder(TeamFactory())
    raekke = InhabilitetFactory(bruger=lone)

    with pytest.raises(PermissionDenied):
        services.ophaev_inhabilitet(raekke, af=lone)


# The pages


def test_declaring_oneself_leaves_the_case_at_once(som):
    maja = som("sagsbehandler")
    sag = SagFactory(ansvarlig=maja.bruger)
    side = reverse("borgere:inhabil", args=[sag.pk])

    assert "Du er ansvarlig for sagen." in maja.get(side).content.decode()
    svar = maja.post(side, {"bruger": maja.bruger.pk, "begrundelse": "Min nabo"}, follow=True)

    html = svar.content.decode()
    assert svar.redirect_chain == [("/", 302)]
    assert "Sagen mangler nu en ansvarlig" in html
    assert maja.get(reverse("sag", args=[sag.pk])).status_code == 404
    assert sag.borger.efternavn not in html


def test_member_can_declare_only_themself(som):
    jonas, anden = som("teammedlem"), BrugerFactory()
    sag = SagFactory()
    TildelingFactory(sag=sag, bruger=jonas.bruger, art=Tildeling.Art.TEAMMOEDE)
    side = reverse("borgere:inhabil", args=[sag.pk])

    assert "bruger" not in jonas.get(side).context["form"].fields
    jonas.post(side, {"bruger": anden.pk, "begrundelse": "Nabo"})

    assert Inhabilitet.objects.get().bruger == jonas.bruger


def test_responsible_registers_a_colleague_and_stays(som):
    maja, jonas = som("sagsbehandler"), BrugerFactory(navn="Jonas Holt")
    sag = SagFactory(ansvarlig=maja.bruger)
    side = reverse("borgere:inhabil", args=[sag.pk])

    tom = maja.post(side, {"bruger": jonas.pk, "begrundelse": ""})
    svar = maja.post(side, {"bruger": jonas.pk, "begrundelse": "Svoger"})

    assert tom.status_code == 422
    assert svar["Location"] == reverse("borgere:kreds", args=[sag.pk])
    assert Inhabilitet.objects.get().bruger == jonas


def test_teamleder_registers_by_case_number_without_seeing_the_case(som):
    lone, jonas = som("teamleder"), BrugerFactory()
    sag = SagFactory(team=lone.bruger.team)
    data = {"bruger": jonas.pk, "begrundelse": "Svoger"}

    svar = lone.post(LISTE, data | {"sagsnummer": sag.sagsnummer.lower()}, follow=True)

    html = svar.content.decode()
    assert sag.sagsnummer in html
    assert sag.borger.efternavn not in html
    assert Inhabilitet.objects.get().registreret_af == lone.bruger


def test_another_teams_case_is_no_case(som):
    lone, jonas = som("teamleder"), BrugerFactory()
    data = {"bruger": jonas.pk, "begrundelse": "Svoger"}

    andres = lone.post(LISTE, data | {"sagsnummer": SagFactory().sagsnummer})
    ingen = lone.post(LISTE, data | {"sagsnummer": "RF-1999-0001"})

    for svar in (andres, ingen):
        assert svar.status_code == 422
        assert "Dit team har ingen sag med det nummer." in svar.content.decode()
    assert not Inhabilitet.objects.exists()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_costs_the_same_for_any_number(som, antal, django_assert_num_queries):
    lone = som("teamleder")
    for _ in range(antal):
        InhabilitetFactory(borger=SagFactory().borger, bruger=BrugerFactory(team=lone.bruger.team))

    with django_assert_num_queries(LISTESIDE):
        svar = lone.get(LISTE)

    assert len(svar.context["side"].object_list) == antal


def test_ending_on_the_page(som):
    lone = som("teamleder")
    egen = InhabilitetFactory(bruger=BrugerFactory(team=lone.bruger.team))
    andens = InhabilitetFactory()

    assert lone.post(reverse("borgere:inhabilitet_ophaev", args=[andens.pk])).status_code == 404
    svar = lone.post(reverse("borgere:inhabilitet_ophaev", args=[egen.pk]), follow=True)

    assert "slutter i dag" in svar.content.decode()


def test_break_glass_does_not_open_what_is_shut():
    maja = BrugerFactory()
    adgang = SaerligadgangFactory(bruger=maja)
    assert Sag.objects.synlige_for(maja).exists()

    meld(adgang.sag, maja)

    assert not Sag.objects.synlige_for(maja).exists()
