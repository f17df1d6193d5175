"""Opening a case with a reason: break-glass, the protected citizen's gate, and the review."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from borgere import services
from borgere.models import Fase, Saerligadgang, Sag
from borgere.services.adgang import AABEN_TIMER, antal_til_gennemsyn
from ressource import adgang
from ressource.models import Haendelse, Opslag, Rolle, Stedfortraeder
from tests.factories import (
    BrugerFactory,
    InhabilitetFactory,
    PersonnummerFactory,
    SaerligadgangFactory,
    SagFactory,
    TeamFactory,
    TildelingFactory,
)
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db

GRUND = "Borgeren står i receptionen"
SIDE = "/noedadgang/"


def aabn(sag, bruger, nummer=None):
    return services.aabn_noedadgang(nummer or sag.sagsnummer, begrundelse=GRUND, af=bruger)


def ser(bruger, sag):
    return Sag.objects.synlige_for(bruger).filter(pk=sag.pk).exists()


# The services


def test_case_is_open_for_some_hours_with_one_event():
    sag, maja = SagFactory(), BrugerFactory()

    assert aabn(sag, maja) == sag

    [adgang_] = Saerligadgang.objects.all()
    assert (adgang_.sag, adgang_.bruger, adgang_.art) == (sag, maja, "noedadgang")
    assert adgang_.til_tid - adgang_.fra_tid == timedelta(hours=AABEN_TIMER)
    assert ser(maja, sag)
    [haendelse] = Haendelse.objects.filter(kode="adgang.noedadgang")
    assert (haendelse.af, haendelse.sag_id, haendelse.data) == (maja, sag.pk, {})


def test_refused_attempt_stands_on_the_citizens_own_list(som):
    maja, sag = som("sagsbehandler"), SagFactory()
    InhabilitetFactory(borger=sag.borger, bruger=maja.bruger)

    kendt = maja.post(SIDE, {"nummer": sag.sagsnummer, "begrundelse": GRUND})
    ukendt = maja.post(SIDE, {"nummer": "RF-1999-0001", "begrundelse": GRUND})

    assert (kendt.status_code, ukendt.status_code) == (422, 422)
    raekker = list(Opslag.objects.order_by("pk").values_list("handling", "sag_id", "borger_noegle"))
    assert raekker == [("afvist", sag.pk, sag.borger.noegle), ("afvist", None, None)]


@pytest.mark.parametrize(
    ("side", "data"),
    [
        ("tildel", {"bruger": "maja", "fra_dato": "01.01.2099"}),
        ("sag_afslut", {"aarsag": "doed", "dato": "01.01.2026"}),
        ("uddrag", {"art": "sag"}),
        ("bevar", {"grund": "Klagesag"}),
    ],
)
def test_some_hours_give_no_say_in_what_outlives_them(som, side, data):
    maja, sag = som("sagsbehandler"), SagFactory()
    aabn(sag, maja.bruger)

    svar = maja.post(reverse(f"borgere:{side}", args=[sag.pk]), data)

    assert svar.status_code == 403
    assert "nødadgang" in svar.content.decode()
    assert set(Sag.objects.uden_noedadgang(maja.bruger)) == set()


def test_some_hours_end_nobodys_time_in_the_circle(som):
    maja, sag = som("sagsbehandler"), SagFactory()
    plads = TildelingFactory(sag=sag, art="mentor")
    aabn(sag, maja.bruger)

    assert maja.post(reverse("borgere:tildeling_afslut", args=[plads.pk])).status_code == 403
    plads.refresh_from_db()
    assert plads.til_dato is None
    assert "Knyt en person" not in maja.get(f"/sager/{sag.pk}/kreds/").content.decode()


def test_one_of_the_circle_who_also_broke_the_glass_keeps_what_they_may():
    maja = BrugerFactory()
    sag = SagFactory()
    aabn(sag, maja)
    TildelingFactory(sag=sag, bruger=maja, art="medvirkende")

    assert set(Sag.objects.uden_noedadgang(maja)) == {sag}


def test_personnummer_finds_the_newest_case_also_by_an_old_number():
    gammel = PersonnummerFactory(nummer="7403871234", til_dato=timezone.localdate())
    PersonnummerFactory(borger=gammel.borger, nummer="7403875678")
    afsluttet = SagFactory(
        borger=gammel.borger,
        oprettet_dato=timezone.localdate() - timedelta(days=900),
        fase=Fase.AFSLUTNING,
        afsluttet_dato=timezone.localdate(),
        afslutningsaarsag="andet",
        afsluttet_af=BrugerFactory(),
    )
    sag = SagFactory(borger=gammel.borger)

    assert aabn(None, BrugerFactory(), "740387-1234") == sag
    assert aabn(None, BrugerFactory(), " 7403875678 ") == sag
    assert aabn(None, BrugerFactory(), afsluttet.sagsnummer.lower()) == afsluttet


def test_sent_twice_opens_once():
    sag, maja = SagFactory(), BrugerFactory()

    aabn(sag, maja)
    aabn(sag, maja)

    assert Saerligadgang.objects.count() == 1
    assert Haendelse.objects.filter(kode="adgang.noedadgang").count() == 1


def test_own_case_needs_no_opening():
    maja = BrugerFactory()
    sag = SagFactory(ansvarlig=maja)

    assert aabn(sag, maja) == sag
    assert not Saerligadgang.objects.exists()


def test_unknown_number_and_conflict_of_interest_get_the_same_sentence():
    maja = BrugerFactory()
    sag = SagFactory(borger=PersonnummerFactory(nummer="7403871234").borger)
    InhabilitetFactory(borger=sag.borger, bruger=maja)
    svar = set()
    for nummer in ("RF-1999-0001", "740387-9999", "vrøvl", sag.sagsnummer, "740387-1234"):
        with pytest.raises(ValidationError) as fejl:
            aabn(None, maja, nummer)
        svar.add((fejl.value.code, *fejl.value.messages))

    assert len(svar) == 1
    assert not Saerligadgang.objects.exists()


@pytest.mark.parametrize("grund", ["", "kort nok  ", "ringet om 740387-1234 i dag"])
def test_reason_must_say_something_and_no_number(grund):
    with pytest.raises(ValidationError) as fejl:
        services.aabn_noedadgang(SagFactory().sagsnummer, begrundelse=grund, af=BrugerFactory())

    assert set(fejl.value.error_dict) == {"begrundelse"}


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_open_one():
    sag, maja = SagFactory(), BrugerFactory()
    tjeneste = proev(services.aabn_noedadgang, sag.sagsnummer, begrundelse=GRUND, af=maja)

    assert paa_een_gang([tjeneste, tjeneste]) == ["ok", "ok"]
    assert Saerligadgang.objects.count() == 1


def test_gate_is_only_for_those_it_stands_before():
    sag = SagFactory(fase=Fase.SCREENING, borger__er_adressebeskyttet=True)
    kamilla = BrugerFactory(roller=[Rolle.FAGLIG_KONSULENT])

    with pytest.raises(PermissionDenied):
        services.aabn_beskyttet(sag, begrundelse=GRUND, af=BrugerFactory())
    for _ in range(2):
        services.aabn_beskyttet(sag, begrundelse=GRUND, af=kamilla)

    assert ser(kamilla, sag)
    [adgang_] = Saerligadgang.objects.all()
    assert adgang_.art == "beskyttet"
    assert Haendelse.objects.filter(kode="adgang.beskyttet", sag_id=sag.pk).count() == 1


# The review


def teamleder(team=None, **felter):
    return BrugerFactory(roller=[Rolle.TEAMLEDER], team=team or TeamFactory(), **felter)


def test_opening_waits_for_the_teamleder_of_the_cases_team():
    team = TeamFactory()
    lone, anden = teamleder(team), teamleder()
    adgang_ = SaerligadgangFactory(sag__team=team)

    assert list(Saerligadgang.objects.til_gennemsyn(lone)) == [adgang_]
    assert antal_til_gennemsyn(lone) == 1
    assert not Saerligadgang.objects.til_gennemsyn(anden).exists()
    assert antal_til_gennemsyn(BrugerFactory(team=team)) == 0


def test_opening_by_the_only_teamleder_waits_for_every_other():
    team = TeamFactory()
    lone, anden = teamleder(team), teamleder()
    teamleder(team, is_active=False)
    adgang_ = SaerligadgangFactory(sag__team=team, bruger=lone)

    assert not Saerligadgang.objects.til_gennemsyn(lone).exists()
    assert list(Saerligadgang.objects.til_gennemsyn(anden)) == [adgang_]

    kollega = teamleder(team)

    assert list(Saerligadgang.objects.til_gennemsyn(kollega)) == [adgang_]
    assert not Saerligadgang.objects.til_gennemsyn(anden).exists()


def test_inhabil_teamleder_looks_at_nothing_and_another_does():
    team = TeamFactory()
    lone = BrugerFactory(roller=[Rolle.TEAMLEDER], team=team)
    anden = BrugerFactory(roller=[Rolle.TEAMLEDER], team=TeamFactory())
    adgang_ = SaerligadgangFactory(sag=SagFactory(team=team))
    InhabilitetFactory(borger=adgang_.sag.borger, bruger=lone)

    assert not Saerligadgang.objects.til_gennemsyn(lone).exists()
    assert list(Saerligadgang.objects.til_gennemsyn(anden)) == [adgang_]


def test_review_is_noted_once_by_the_right_one():
    team = TeamFactory()
    lone = teamleder(team)
    adgang_ = SaerligadgangFactory(sag__team=team)

    for forkert in (teamleder(), BrugerFactory(team=team), adgang_.bruger):
        with pytest.raises(PermissionDenied):
            services.gennemse_adgang(adgang_, af=forkert)
    services.gennemse_adgang(adgang_, note="Aftalt på telefon", af=lone)
    with pytest.raises(ValidationError, match="allerede gennemset"):
        services.gennemse_adgang(adgang_, af=lone)

    adgang_.refresh_from_db()
    assert (adgang_.gennemset_af, adgang_.gennemset_note) == (lone, "Aftalt på telefon")
    assert Haendelse.objects.filter(kode="adgang.gennemset").count() == 1
    assert antal_til_gennemsyn(lone) == 0


# The pages


@pytest.mark.parametrize(
    "rolle", ["sagsbehandler", "koordinerende", "teamleder", "faglig_konsulent"]
)
def test_page_opens_the_case_and_logs_the_purpose(som, rolle):
    sag, klient = SagFactory(fase=Fase.PLAN), som(rolle)

    svar = klient.post(SIDE, {"nummer": sag.sagsnummer, "begrundelse": GRUND})

    assert (svar.status_code, svar["Location"]) == (302, reverse("sag", args=[sag.pk]))
    [opslag] = Opslag.objects.all()
    assert (opslag.handling, opslag.sag_id, opslag.borger_noegle) == (
        "se",
        sag.pk,
        sag.borger.noegle,
    )
    assert opslag.formaal == f"nødadgang: {GRUND}"
    assert klient.get(svar["Location"]).status_code == 200


def test_refused_attempt_is_logged_and_keeps_the_input(som):
    maja = som("sagsbehandler")

    svar = maja.post(SIDE, {"nummer": "RF-1999-0001", "begrundelse": GRUND})

    assert svar.status_code == 422
    html = svar.content.decode()
    assert "Sagen kan ikke åbnes med det nummer" in html
    assert 'value="RF-1999-0001"' in html
    assert GRUND in html
    [opslag] = Opslag.objects.all()
    assert (opslag.handling, opslag.objekt, opslag.sag_id) == ("afvist", "noedadgang", None)


def test_short_reason_is_refused_and_not_an_attempt(som):
    sag, maja = SagFactory(), som("sagsbehandler")

    svar = maja.post(SIDE, {"nummer": sag.sagsnummer, "begrundelse": "Fordi"})

    assert svar.status_code == 422
    assert "mindst 10 tegn" in svar.content.decode()
    assert not Saerligadgang.objects.exists()


def test_band_says_how_one_sees_the_case_and_the_log_says_it_too(som):
    sag, maja = SagFactory(ansvarlig=BrugerFactory(navn="Lene Krog")), som("sagsbehandler")
    til = timezone.now() + timedelta(minutes=1)
    SaerligadgangFactory(sag=sag, bruger=maja.bruger, til_tid=til)

    html = maja.get(reverse("sag", args=[sag.pk])).content.decode()

    lokal = timezone.localtime(til)
    assert "Du ser sagen med nødadgang til" in html
    assert f"kl. {lokal.hour}.{lokal.minute:02d}. Alt logges." in html
    assert Opslag.objects.get().formaal == "nødadgang"


def test_band_names_the_one_a_deputy_stands_in_for(som):
    lene, jonas = BrugerFactory(navn="Lene Krog"), som("sagsbehandler")
    sag = SagFactory(ansvarlig=lene)
    Stedfortraeder.objects.create(for_bruger=lene, vikar=jonas.bruger)

    assert (
        "Du ser sagen som vikar for Lene Krog."
        in jonas.get(reverse("sag", args=[sag.pk])).content.decode()
    )
    assert Opslag.objects.get().formaal == "vikar"


def test_no_band_for_the_cases_own_people(som):
    maja = som("sagsbehandler")
    sag = SagFactory(ansvarlig=maja.bruger)

    html = maja.get(reverse("sag", args=[sag.pk])).content.decode()

    assert "adgangsbaand" not in html
    assert Opslag.objects.get().formaal == ""


def test_protected_case_leads_to_the_gate_and_then_in(som):
    lene, jonas = BrugerFactory(navn="Lene Krog"), som("sagsbehandler")
    sag = SagFactory(ansvarlig=lene, borger__er_adressebeskyttet=True)
    Stedfortraeder.objects.create(for_bruger=lene, vikar=jonas.bruger)
    forside, gate = reverse("sag", args=[sag.pk]), reverse("borgere:beskyttet", args=[sag.pk])

    assert jonas.get(forside)["Location"] == gate
    assert jonas.get(forside, headers={"HX-Request": "true"}).status_code == 404
    assert jonas.post(reverse("borgere:journal", args=[sag.pk])).status_code == 404
    side = jonas.get(gate)
    assert sag.sagsnummer in side.content.decode()
    assert sag.borger.efternavn not in side.content.decode()
    svar = jonas.post(gate, {"begrundelse": GRUND})
    assert svar["Location"] == forside
    html = jonas.get(forside).content.decode()
    assert "Du har åbnet sagen som vikar for Lene Krog til" in html
    assert jonas.get(gate)["Location"] == forside


def test_gate_does_not_exist_for_others(som):
    sag = SagFactory(borger__er_adressebeskyttet=True, fase=Fase.PLAN)

    for rolle in ("sagsbehandler", "faglig_konsulent", "teamleder"):
        klient = som(rolle)
        assert klient.get(reverse("sag", args=[sag.pk])).status_code == 404
        assert klient.get(reverse("borgere:beskyttet", args=[sag.pk])).status_code == 404
        assert (
            klient.post(
                reverse("borgere:beskyttet", args=[sag.pk]), {"begrundelse": GRUND}
            ).status_code
            == 404
        )


@pytest.mark.parametrize(
    ("rolle", "adresse"),
    [("sagsbehandler", "/"), ("sagsbehandler", "/sager/"), ("faglig_konsulent", "/")],
)
def test_lists_tell_of_protected_cases_by_number_only(som, rolle, adresse):
    lene, klient = BrugerFactory(), som(rolle)
    sag = SagFactory(
        ansvarlig=lene,
        fase=Fase.SCREENING,
        borger__er_adressebeskyttet=True,
        borger__efternavn="Hemmelighuset",
    )
    if rolle == "sagsbehandler":
        Stedfortraeder.objects.create(for_bruger=lene, vikar=klient.bruger)

    html = klient.get(adresse).content.decode()

    assert reverse("borgere:beskyttet", args=[sag.pk]) in html
    assert "Hemmelighuset" not in html


def test_missing_page_offers_break_glass_to_those_who_may(som):
    sag = SagFactory(fase=Fase.PLAN)

    assert SIDE in som("sagsbehandler").get(reverse("sag", args=[sag.pk])).content.decode()
    assert SIDE not in som("mentor").get(reverse("sag", args=[sag.pk])).content.decode()


def test_teamleder_reads_by_break_glass_and_cannot_write():
    """Of what the matrix lets a teamleder do in a case, nothing changes its content."""
    lone = BrugerFactory(roller=[Rolle.TEAMLEDER])
    skriver = (".skriv", ".opret", ".afslut", ".afgoer", ".book", ".send", ".indsend", ".tildel")

    assert [h for h in adgang.HANDLINGER if h.endswith(skriver) and adgang.maa(lone, h)] == []


def test_waiting_reviews_are_counted_and_shown_to_the_teamleder(som):
    lone = som("teamleder")
    SaerligadgangFactory(sag__team=lone.bruger.team)

    html = lone.get(reverse("opfoelgning:paamindelser")).content.decode()

    assert "1 åbning af sager" in html
    assert '<span class="antal">1' in html
