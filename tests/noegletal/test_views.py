"""The dashboard, the report's PDF and the team leader's Overblik."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from borgere.models import Fase
from noegletal import overskredne
from noegletal.frysning import frys, opgoer
from noegletal.models import Maaltal
from noegletal.rapport import vist
from opfoelgning.models import Frist, Fristregel
from ressource.kalender import i_dag
from ressource.models import Opslag
from tests.factories import (
    BrugerFactory,
    InhabilitetFactory,
    RessourceforloebFactory,
    SagFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def i_november():
    with time_machine.travel("2026-11-21 10:00 +01:00", tick=False):
        yield


def sen_frist(sag, ejer, regel="FOERSTE_OPFOELGNING") -> Frist:
    forfald = i_dag() - timedelta(days=4)
    return Frist.objects.create(
        sag=sag,
        regel=Fristregel.objects.get(kode=regel),
        kode=regel,
        anker_type="indstilling",
        anker_id=sag.pk,
        start_dato=forfald - timedelta(days=7),
        forfald_dato=forfald,
        maal_dato=forfald,
        varsel_dato=forfald,
        ejer=ejer,
    )


def test_dashboard_shows_running_month_as_provisional_and_frozen_ones_as_frozen(som):
    for _ in range(6):
        RessourceforloebFactory(start_dato=date(2026, 9, 1), slut_dato=date(2028, 8, 31))
    rapport = frys(date(2026, 10, 1))
    klient = som("teamleder")

    nu = klient.get(reverse("noegletal:dashboard"))
    frosset = klient.get(reverse("noegletal:dashboard"), {"maaned": "2026-10"})

    assert "Foreløbige tal" in nu.content.decode()
    assert "Frosset 21.11.2026" in frosset.content.decode()
    assert reverse("noegletal:rapport", args=[rapport.pk]) in frosset.content.decode()


@pytest.mark.parametrize("maaned", ["2019-01", "2026-13", "x", "2026-1"])
def test_month_without_figures_is_not_found(som, maaned):
    assert som("leder").get(reverse("noegletal:dashboard"), {"maaned": maaned}).status_code == 404


def test_report_is_given_as_it_was_made(som):
    rapport = frys(date(2026, 10, 1))

    svar = som("leder").get(reverse("noegletal:rapport", args=[rapport.pk]))

    assert svar.content == bytes(rapport.pdf)
    assert svar["Content-Type"] == "application/pdf"
    assert not Opslag.objects.exists()


def test_team_leader_sees_numbers_and_no_names_of_citizens(som):
    ejer = BrugerFactory(navn="Lene Krog")
    sag = SagFactory(ansvarlig=ejer, fase=Fase.PLAN)
    sen_frist(sag, ejer)
    uden = SagFactory()

    tekst = som("teamleder").get(reverse("overblik")).content.decode()

    for ventet in ("Lene Krog", sag.sagsnummer, uden.sagsnummer, "Første opfølgning"):
        assert ventet in tekst
    assert sag.borger.efternavn not in tekst
    assert Opslag.objects.get().objekt == "overblik_teamleder"


def test_only_the_own_teams_cases_lead_to_the_handover(som):
    klient = som("teamleder")
    eget = klient.bruger.team
    min_ejer, anden_ejer = BrugerFactory(team=eget), BrugerFactory()
    SagFactory(ansvarlig=min_ejer, team=eget)
    SagFactory(ansvarlig=anden_ejer)
    SagFactory(team=eget)
    # Nobody answers for a case whose responsible has become inhabil.
    naboens = SagFactory(ansvarlig=min_ejer)
    InhabilitetFactory(borger=naboens.borger, bruger=min_ejer)

    tekst = klient.get(reverse("overblik")).content.decode()

    assert f"{reverse('borgere:overdragelse')}?fra={min_ejer.pk}" in tekst
    assert f"?fra={anden_ejer.pk}" not in tekst
    assert "2 sager uden sagsbehandler" in tekst
    assert "1 i dit team" in tekst


def test_figure_above_a_target_it_should_stay_under_is_called_over(som):
    ejer = BrugerFactory()
    for _ in range(6):
        sen_frist(SagFactory(ansvarlig=ejer, fase=Fase.PLAN), ejer)
    Maaltal.objects.create(
        noegletal="overskredne",
        vaerdi=5,
        retning=Maaltal.Retning.HOEJST,
        ejer="Teamleder",
        gyldig_fra=date(2026, 1, 1),
    )

    assert vist(opgoer(date(2026, 11, 1)), "overskredne").status == "Over"


def test_period_that_ran_out_makes_no_caseworker_late(som):
    ejer = BrugerFactory()
    sag = SagFactory(ansvarlig=ejer, fase=Fase.PLAN)
    sen_frist(sag, ejer)
    sen_frist(sag, ejer, regel="KLAGEFRIST")

    svar = som("teamleder").get(reverse("overblik"))

    assert [(gruppe.navn, gruppe.antal) for gruppe in svar.context["pr_ejer"]] == [(ejer.navn, 1)]
    assert len(svar.context["overskredne"]) == 1


def test_overdue_by_owner_and_by_rule_filter_the_list_to_what_they_count(som):
    klient = som("teamleder")
    lene, ole = BrugerFactory(navn="Lene Krog"), BrugerFactory(navn="Ole Toft")
    mit = SagFactory(ansvarlig=lene, fase=Fase.PLAN, team=klient.bruger.team)
    sen_frist(mit, lene)
    sen_frist(mit, lene, regel="INDSATSPLAN_FRIST")
    sen_frist(SagFactory(ansvarlig=ole, fase=Fase.PLAN), ole)
    sen_frist(SagFactory(fase=Fase.PLAN), None)

    def vis(adresse):
        svar = klient.get(f"/?{adresse}")
        assert len(svar.context["overskredne"]) == svar.context["side"].paginator.count
        return len(svar.context["overskredne"])

    svar = klient.get("/")
    ejere = {g.navn: (g.antal, vis(g.adresse)) for g in svar.context["pr_ejer"]}
    assert ejere == {"Lene Krog": (2, 2), "Ole Toft": (1, 1), "Ingen": (1, 1)}
    assert all(g.antal == vis(g.adresse) for g in svar.context["pr_regel"])
    assert all(t.antal == vis(t.adresse) for t in svar.context["taellere"])
    assert next(t.antal for t in svar.context["taellere"] if t.navn == "Mit team") == 2
    # Also within what is already chosen.
    for valgt in ("vis=teamet", f"ejer={lene.pk}", "regel=INDSATSPLAN_FRIST", "vis=laenge"):
        kontekst = klient.get(f"/?{valgt}").context
        grupper = [g for g in (*kontekst["pr_ejer"], *kontekst["pr_regel"]) if not g.aktiv]
        for taeller in (*grupper, *kontekst["taellere"]):
            assert taeller.antal == vis(taeller.adresse), (valgt, taeller.navn)


@pytest.mark.parametrize("kode", [kolonne.kode for kolonne in overskredne.LISTE.kolonner])
def test_overdue_list_by_any_column_and_as_a_file_without_names_of_citizens(som, kode):
    ejer = BrugerFactory()
    sag = SagFactory(ansvarlig=ejer, fase=Fase.PLAN)
    sen_frist(sag, ejer)
    klient = som("teamleder")

    assert klient.get("/", {"sorter": f"-{kode}", "kol": kode}).status_code == 200
    fil = klient.get("/", {"hent": "csv", "kol": kode}).content.decode()

    assert sag.sagsnummer in fil
    assert sag.borger.efternavn not in fil
    assert Opslag.objects.filter(handling="eksport").count() == 1


def test_a_task_is_overdue_by_its_rule_and_never_by_the_words_typed(som):
    ejer = BrugerFactory()
    frist = sen_frist(SagFactory(ansvarlig=ejer, fase=Fase.PLAN), ejer, regel="OPGAVE")
    Frist.objects.filter(pk=frist.pk).update(navn="Ring til psykiatrien om medicinen")
    klient = som("teamleder")

    for svar in (klient.get("/"), klient.get("/", {"hent": "csv"})):
        assert frist.regel.navn in svar.content.decode()
        assert "psykiatrien" not in svar.content.decode()


@pytest.mark.parametrize("adresse", ["ejer=abc", "regel='; --", "ejer=" + "9" * 30, "vis=x&side=9"])
def test_overdue_list_takes_any_address(som, adresse):
    assert som("teamleder").get(f"/?{adresse}").status_code == 200


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_team_leaders_overblik_takes_the_same_statements(som, antal, django_assert_num_queries):
    klient = som("teamleder")
    for _ in range(antal):
        ejer = BrugerFactory()
        sen_frist(SagFactory(ansvarlig=ejer, fase=Fase.PLAN), ejer)

    # Session, user, reminders and reminders to oneself; the month, frozen months, targets, six populations, two of the month;
    # caseload, without caseworker; saved views, counts, groups and a page of what is overdue;
    # openings without screening; reports; the report's deadline in five; the look-up.
    with django_assert_num_queries(33):
        klient.get(reverse("overblik"))
