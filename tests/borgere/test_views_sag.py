"""The list of cases, the case frame, and registering, handing over and closing in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse

from borgere import sagsramme, soegning
from borgere.models import Borger, Fase, Sag, Tildeling
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag, Rolle
from tests.factories import (
    BorgerFactory,
    BrugerFactory,
    PersonnummerFactory,
    SagFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db

# Session, user, log row, count, page; cases behind the further gate; unread reminders of the frame.
LISTE = 7
# The same for an answer without rows: the page itself is not asked for.
TOM_LISTE = 6
# Session, user, case, log row, circle, facts; the network, fuldmagter, bisiddere and the number of
# consents; the numbers the citizen has had; reminders.
BORGERSIDE = 12
NY = {
    "art": "dansk",
    "nummer": "740387-1235",
    "fornavn": "Bo",
    "efternavn": "Skovsen",
    "antal_hjemmeboende_boern": "0",
}


@pytest.fixture
def maja(som):
    return som("sagsbehandler", navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger, borger__fornavn="Eva", borger__efternavn="Lindholt")


def side(navn, sag, **kwargs):
    return reverse(f"borgere:{navn}", args=[sag.pk], **kwargs)


# The list


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_costs_the_same_for_any_number_of_rows(maja, antal, django_assert_num_queries):
    SagFactory.create_batch(antal, ansvarlig=maja.bruger)

    with django_assert_num_queries(LISTE):
        svar = maja.get(reverse("borgere:sag_liste"))

    assert len(svar.context["side"].object_list) == antal


def test_empty_list_says_what_to_do(maja, django_assert_num_queries):
    with django_assert_num_queries(TOM_LISTE):
        svar = maja.get(reverse("borgere:sag_liste"))

    assert "Ingen sager passer" in svar.content.decode()


def test_list_holds_25_to_a_page_and_keeps_the_filter(maja):
    SagFactory.create_batch(26, ansvarlig=maja.bruger)

    foerste = maja.get(reverse("borgere:sag_liste"), {"sorter": "nyeste"})
    anden = maja.get(reverse("borgere:sag_liste"), {"sorter": "nyeste", "side": "2"})

    assert len(foerste.context["side"].object_list) == 25
    assert len(anden.context["side"].object_list) == 1
    assert 'href="?sorter=nyeste&amp;side=2"' in foerste.content.decode()


def test_search_pages_by_form_and_keeps_the_filter_in_the_address(maja):
    SagFactory.create_batch(26, ansvarlig=maja.bruger, borger__fornavn="Eva")
    SagFactory(ansvarlig=maja.bruger, borger__fornavn="Bo")

    foerste = maja.post(reverse("borgere:sag_liste"), {"q": "Eva", "sorter": "nyeste"})
    anden = maja.post(f"{reverse('borgere:sag_liste')}?sorter=nyeste&side=2", {"q": "Eva"})

    html = foerste.content.decode()
    assert foerste.context["side"].paginator.count == 26
    assert 'formaction="?sorter=nyeste&amp;side=2"' in html
    # In the filter and in the pages; the search box of the top bar stays empty.
    siden = html.partition("<main")[2]
    assert siden.count('name="q"') == html.count('value="Eva"') == 2
    assert "q=Eva" not in html
    assert len(anden.context["side"].object_list) == 1


def test_form_without_a_text_leads_to_the_lists_address(maja):
    svar = maja.post(reverse("borgere:sag_liste"), {"q": "", "fase": "plan", "sorter": ""})
    uden = maja.post(reverse("borgere:sag_liste"), {"q": ""})

    assert (svar.status_code, svar["Location"]) == (302, "/sager/?fase=plan")
    assert uden["Location"] == "/sager/"


@pytest.mark.parametrize(
    ("valg", "fundet"),
    [
        ({}, ["Eva", "Søren"]),
        ({"q": "eva lind"}, ["Eva"]),
        ({"q": "soren"}, ["Søren"]),
        ({"q": "RF-2026-00777"}, ["Søren"]),
        ({"q": "findes ikke"}, []),
        ({"q": "e", "fase": "plan"}, ["Søren"]),
        ({"fase": "plan"}, ["Søren"]),
        ({"fase": "alle"}, ["Eva", "Søren", "Tove"]),
        ({"fase": "afslutning"}, ["Tove"]),
        ({"sorter": "sagsnummer"}, ["Søren", "Eva"]),
        ({"sorter": "fase"}, ["Eva", "Søren"]),
        ({"fase": "noget andet"}, ["Eva", "Søren"]),
    ],
)
def test_list_filters_and_sorts(maja, sag, valg, fundet):
    Sag.objects.filter(pk=sag.pk).update(sagsnummer="RF-2026-00999")
    SagFactory(
        ansvarlig=maja.bruger,
        borger__fornavn="Søren",
        sagsnummer="RF-2026-00777",
        fase=Fase.PLAN,
    )
    SagFactory(
        ansvarlig=maja.bruger,
        borger__fornavn="Tove",
        fase=Fase.AFSLUTNING,
        afsluttet_dato=i_dag(),
        afslutningsaarsag="andet",
        afsluttet_af=maja.bruger,
    )

    svar = (maja.post if "q" in valg else maja.get)(reverse("borgere:sag_liste"), valg)

    assert [s.borger.fornavn for s in svar.context["side"].object_list] == fundet


def test_list_answers_htmx_with_the_rows_only(maja, sag):
    svar = maja.get(reverse("borgere:sag_liste"), headers={"HX-Request": "true"})

    assert svar.content.decode().lstrip().startswith('<section id="sagsliste"')
    assert "HX-Request" in svar["Vary"]


def test_search_is_logged_with_what_was_searched_for(maja, sag):
    maja.get(reverse("borgere:sag_liste"), {"q": "Eva"})
    maja.post(reverse("borgere:sag_liste"), {"q": "Eva"})

    assert list(Opslag.objects.order_by("pk").values_list("handling", "sag_id", "formaal")) == [
        ("se", None, ""),
        ("soeg", None, "Søgning: «Eva»"),
    ]


@pytest.mark.parametrize(
    ("tekst", "kriterium"),
    [
        ("720583-1234", "72-05 ** ****"),
        ("72 05 83 - 1234 eva", "72-05 ** **** eva"),
        ("eva 7205831234", "eva 72-05 ** ****"),
        ("7205831ab4", "72-05 ** ****"),
        ("RF-2026-77001", "RF-2026-77001"),
    ],
)
def test_log_never_holds_a_whole_personnummer(tekst, kriterium):
    assert soegning.kriterium(tekst) == f"Søgning: «{kriterium}»"


def test_only_those_who_may_are_offered_a_new_case(maja, som):
    assert reverse("borgere:sag_ny") in maja.get(reverse("borgere:sag_liste")).content.decode()
    mentors = som("mentor").get(reverse("borgere:sag_liste")).content.decode()
    assert reverse("borgere:sag_ny") not in mentors


# The frame


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_case_page_costs_the_same_for_any_number_of_rows(
    maja, sag, antal, django_assert_num_queries
):
    for nr in range(antal):
        sag.borger.netvaerk.create(navn=f"Laila {nr}", relation="søster")
        TildelingFactory(sag=sag, art=Tildeling.Art.MEDVIRKENDE)

    with django_assert_num_queries(BORGERSIDE):
        maja.get(side("borger", sag))


def test_frame_shows_who_and_what(maja, sag):
    TildelingFactory(
        sag=sag,
        bruger=BrugerFactory(navn="Lars Munk", roller=[Rolle.MENTOR]),
        art=Tildeling.Art.MENTOR,
    )
    PersonnummerFactory(borger=sag.borger, nummer="7403871235")

    html = maja.get(side("borger", sag)).content.decode()

    assert f"<title>Borger og netværk {sag.sagsnummer} – Ressource</title>" in html
    for tekst in ("Eva Lindholt, ", "Maja Kirkegaard", "Lars Munk", "R2022", "Erstatningsnummer"):
        assert tekst in html
    assert "74-03 ** ****" in html
    assert "7403871235" not in html
    assert "740387-1235" not in html
    assert "Navne- og adressebeskyttelse" not in html


def test_frame_warns_about_protection_interpreter_and_letters(maja, sag):
    Borger.objects.update(
        er_adressebeskyttet=True,
        tolkesprog="dari",
        har_laesevanskeligheder=True,
        er_fritaget_digital_post=True,
    )

    html = maja.get(side("borger", sag)).content.decode()

    for tekst in (
        "Navne- og adressebeskyttelse.",
        "Tolk: dari.",
        "Har svært ved at læse.",
        "Fritaget for Digital Post.",
    ):
        assert tekst in html


def test_tabs_are_those_of_the_role_and_count_what_is_behind(maja, sag, som):
    kim = som("teammedlem")
    TildelingFactory(sag=sag, bruger=kim.bruger, art=Tildeling.Art.TEAMMOEDE)
    maja.post(
        side("journal", sag),
        {"er_delt": "ja", "dato": "01.01.2026", "overskrift": "O", "tekst": "T"},
    )

    faner = {f["navn"]: f for f in maja.get(side("journal", sag)).context["faner"]}

    assert faner["Journal"]["antal"] == 1
    assert faner["Dokumenter"]["antal"] == 0
    assert [f["navn"] for f in faner.values() if f["aktiv"]] == ["Journal"]


def test_facts_of_higher_floors_are_shown_in_one_statement(
    maja, sag, monkeypatch, django_assert_num_queries
):
    from django.db.models import F, Value

    monkeypatch.setattr(sagsramme, "_fakta", {})
    monkeypatch.setattr(sagsramme, "_titelmaerker", {})
    sagsramme.faktum("sidst", "Sidst", lambda: F("oprettet_dato"), plads=2, vis=lambda d: "i fjor")
    sagsramme.faktum("jobmaal", "Jobmål", lambda: Value("Køkken"), plads=1)
    sagsramme.faktum("tom", "Tom", lambda: Value(""), plads=3)
    sagsramme.titelmaerke("forloeb", lambda: Value("Ressourceforløb"))

    with django_assert_num_queries(BORGERSIDE):
        svar = maja.get(side("borger", sag))

    assert svar.context["fakta"] == [("Jobmål", "Køkken"), ("Sidst", "i fjor")]
    assert svar.context["titelmaerker"] == ["Ressourceforløb"]


def test_whole_number_is_shown_once_and_logged(maja, sag):
    PersonnummerFactory(borger=sag.borger, nummer="7403871235")

    svar = maja.post(side("personnummer", sag))

    assert "740387-1235" in svar.content.decode()
    assert "no-store" in svar["Cache-Control"]
    [opslag] = Opslag.objects.all()
    assert (opslag.handling, opslag.sag_id) == ("vis_personnummer", sag.pk)
    assert opslag.borger_noegle == sag.borger.noegle
    assert "740387-1235" not in maja.get(side("borger", sag)).content.decode()


def test_htmx_gets_the_number_alone(maja, sag):
    PersonnummerFactory(borger=sag.borger, nummer="7403871235")

    html = maja.post(side("personnummer", sag), headers={"HX-Request": "true"}).content.decode()

    assert "740387-1235" in html
    assert html.strip().startswith("<dd")
    assert maja.get(side("personnummer", sag)).status_code == 405


def test_citizen_without_a_number_says_so(maja, sag):
    assert "Ikke registreret" in maja.post(side("personnummer", sag)).content.decode()


# Registering


def test_new_case_in_one_form(maja):
    svar = maja.post(
        reverse("borgere:sag_ny"), NY | {"har_uddannelse": "nej", "har_laesevanskeligheder": "on"}
    )

    sag = Sag.objects.get()
    assert (svar.status_code, svar["Location"]) == (302, reverse("sag", args=[sag.pk]))
    assert sag.borger.har_uddannelse is False
    assert sag.borger.har_laesevanskeligheder is True
    assert sag.tildelinger.get().bruger == maja.bruger


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"nummer": "740387-123"}, "Et personnummer har 10 cifre, og her er 9."),
        ({"nummer": "321387-1234"}, "De første seks cifre er ikke en dato."),
        ({"nummer": "abc"}, "Et personnummer har kun cifre"),
        ({"nummer": ""}, "Dette felt"),
        ({"art": "udenlandsk", "nummer": "PL 1"}, "Skriv fødselsdatoen"),
        ({"foedselsdato": "01.01.1990"}, "passer ikke til personnummeret"),
        ({"art": "udenlandsk", "nummer": "P", "foedselsdato": "01.01.1880"}, "kan ikke passe"),
        ({"foedselsdato": "32.01.1990"}, "Skriv datoen som"),
        ({"postnummer": "12"}, "fire cifre"),
        ({"adressebeskyttet_til": "01.01.2030"}, "En slutdato kræver"),
        ({"email": "bo"}, "e-mail"),
    ],
)
def test_refused_form_keeps_what_was_typed(maja, felter, besked):
    svar = maja.post(reverse("borgere:sag_ny"), NY | felter)

    html = svar.content.decode()
    assert svar.status_code == 422
    assert besked in html
    assert 'value="Skovsen"' in html
    assert Sag.objects.count() == Borger.objects.count() == 0


def test_open_case_is_refused_with_a_sentence(maja, sag):
    PersonnummerFactory(borger=sag.borger, nummer="7403871235")

    svar = maja.post(reverse("borgere:sag_ny"), NY)

    assert svar.status_code == 422
    assert f"Borgeren har allerede en åben sag, {sag.sagsnummer}." in svar.content.decode()
    raekker = Opslag.objects.values_list("handling", "objekt", "sag_id", "borger_noegle")
    assert list(raekker) == [("afvist", "sag_ny", sag.pk, sag.borger.noegle)]


def test_somebody_elses_citizen_is_refused_and_logged(maja):
    fremmed = SagFactory(borger__fornavn="Hemmelig")
    PersonnummerFactory(borger=fremmed.borger, nummer="7403871235")

    svar = maja.post(reverse("borgere:sag_ny"), NY)

    assert svar.status_code == 422
    assert "spørg din teamleder" in svar.content.decode()
    assert "Hemmelig" not in svar.content.decode()
    assert list(Opslag.objects.values_list("handling", "objekt")) == [("afvist", "sag_ny")]


def test_known_citizen_of_the_team_is_used_again(maja):
    borger = BorgerFactory()
    PersonnummerFactory(borger=borger, nummer="7403871235")
    SagFactory(
        borger=borger,
        team=maja.bruger.team,
        fase=Fase.AFSLUTNING,
        afsluttet_dato=i_dag(),
        afslutningsaarsag="andet",
        afsluttet_af=maja.bruger,
    )

    assert maja.post(reverse("borgere:sag_ny"), NY).status_code == 302
    assert borger.sager.count() == 2


# Handing over and closing


def test_mentor_is_chosen_among_mentors(maja, sag):
    lars = BrugerFactory(navn="Lars Munk", roller=[Rolle.MENTOR])
    form = maja.get(side("tildel", sag), {"art": "mentor"}).context["form"]
    assert list(form.fields["bruger"].queryset) == [lars]

    svar = maja.post(
        f"{side('tildel', sag)}?art=mentor", {"bruger": lars.pk, "fra_dato": "01.01.2026"}
    )

    assert svar.status_code == 302
    assert sag.tildelinger.get(art=Tildeling.Art.MENTOR).bruger == lars


def test_same_mentor_twice_is_refused_with_the_choice_kept(maja, sag):
    lars = BrugerFactory(roller=[Rolle.MENTOR])
    TildelingFactory(sag=sag, bruger=lars, art=Tildeling.Art.MENTOR)

    svar = maja.post(
        f"{side('tildel', sag)}?art=mentor", {"bruger": lars.pk, "fra_dato": "01.11.2026"}
    )

    assert svar.status_code == 422
    assert "allerede knyttet" in svar.content.decode()
    assert f'<option value="{lars.pk}" selected' in svar.content.decode()


@pytest.mark.parametrize("art", ["ansvarlig", "medvirkende", "ukendt"])
def test_task_is_chosen_by_links(maja, sag, art):
    svar = maja.get(side("tildel", sag), {"art": art})

    valgt = [vaerdi for vaerdi, _, er_valgt in svar.context["arter"] if er_valgt]
    assert valgt == ["mentor" if art == "ukendt" else art]


def test_case_is_closed_with_outcome(maja, sag):
    svar = maja.post(
        side("sag_afslut", sag),
        {"aarsag": "fleksjob_ansat", "dato": f"{i_dag():%d.%m.%Y}", "bemaerkning": "Ansat"},
    )

    sag.refresh_from_db()
    assert svar["Location"] == reverse("borgere:sag_liste")
    assert (sag.afslutningsaarsag, sag.afslutningsbemaerkning) == ("fleksjob_ansat", "Ansat")
    igen = maja.post(side("sag_afslut", sag), {"aarsag": "andet", "dato": "01.01.2026"})
    assert igen.status_code == 422
    assert "Sagen er allerede afsluttet." in igen.content.decode()


@pytest.mark.parametrize(
    ("dato", "besked"),
    [
        ("01.01.2001", "Sagen kan ikke slutte, før den er oprettet."),
        ((i_dag() + timedelta(days=9)).strftime("%d.%m.%Y"), "fremtiden"),
    ],
)
def test_closing_in_the_wrong_order_is_refused_with_the_text_kept(maja, sag, dato, besked):
    svar = maja.post(
        side("sag_afslut", sag), {"aarsag": "andet", "dato": dato, "bemaerkning": "Min tekst"}
    )

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert "Min tekst" in svar.content.decode()
    assert Haendelse.objects.count() == 0
