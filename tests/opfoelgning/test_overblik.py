"""The worklist: whose cases, in which order, what the counts count, and what it costs."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from borgere.models import Fase, Sag
from opfoelgning import dagen
from opfoelgning.models import Mentorsvar
from rehabilitering.models import Samtale
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag, Rolle, Stedfortraeder
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    ForberedendeDelFactory,
    InhabilitetFactory,
    OpfoelgningsmoedeFactory,
    SagFactory,
    SparringsbookingFactory,
    TildelingFactory,
    klokken,
)
from tests.opfoelgning.sager import efter_teammoede, frist, i_forloeb

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
# Session, user, saved views, counts, rows, look-up log, the day, own reminders, reminders in the
# header.
FORESPOERGSLER = 9


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("sagsbehandler", navn="Maja Kirkegaard")


def navne(svar) -> list[str]:
    return [linje.raekke.fornavn for linje in svar.context["linjer"]]


def antal(svar, navn: str) -> int:
    return next(t.antal for t in svar.context["taellere"] if t.navn == navn)


@pytest.mark.parametrize("sager", [1, 3, 25])
def test_page_costs_the_same_however_many_cases(klient, django_assert_num_queries, sager):
    for _ in range(sager):
        frist(i_forloeb(klient.bruger, moede=IDAG), 3)

    with django_assert_num_queries(FORESPOERGSLER):
        svar = klient.get("/")

    assert len(svar.context["linjer"]) == sager


def test_open_explanation_costs_three_more(klient, django_assert_num_queries):
    en = frist(i_forloeb(klient.bruger), 3)

    # The deadline, its event and the calendar.
    with django_assert_num_queries(FORESPOERGSLER + 3):
        svar = klient.get("/", {"hvorfor": en.pk})

    assert "Udregning" in svar.content.decode()


def test_nearest_open_deadline_comes_first_and_none_last(klient):
    SagFactory(ansvarlig=klient.bruger, borger__fornavn="Uden")
    for fornavn, dage in (("Senere", 20), ("Over", -4), ("Snart", 2)):
        frist(SagFactory(ansvarlig=klient.bruger, borger__fornavn=fornavn), dage)

    svar = klient.get("/")

    assert navne(svar) == ["Over", "Snart", "Senere", "Uden"]
    assert [linje.status and linje.status.tekst for linje in svar.context["linjer"]] == [
        "4 dage over",
        "Om 2 dage",
        "Om 20 dage",
        None,
    ]


def test_only_the_cases_one_answers_for(klient):
    SagFactory(ansvarlig=BrugerFactory(), borger__fornavn="Fremmed")
    afsluttet = SagFactory(
        ansvarlig=klient.bruger,
        fase=Fase.AFSLUTNING,
        afsluttet_dato=i_dag(),
        afsluttet_af=klient.bruger,
        afslutningsaarsag="andet",
    )
    tidligere = SagFactory(borger__fornavn="Afgivet")
    TildelingFactory(sag=tidligere, bruger=klient.bruger, til_dato=i_dag() - timedelta(days=1))
    SagFactory(ansvarlig=klient.bruger, borger__fornavn="Min")

    svar = klient.get("/")

    assert navne(svar) == ["Min"]
    synlige = Sag.objects.synlige_for(klient.bruger)
    assert {linje.raekke.sag_id for linje in svar.context["linjer"]} <= set(
        synlige.values_list("pk", flat=True)
    )
    assert afsluttet.sagsnummer not in svar.content.decode()


@pytest.mark.parametrize(("fra", "ses"), [(0, True), (1, False)])
def test_deputy_sees_the_cases_while_standing_in(klient, fra, ses):
    kollega = BrugerFactory(navn="Ida Holm")
    SagFactory(ansvarlig=kollega, borger__fornavn="Per")
    Stedfortraeder.objects.create(
        for_bruger=kollega, vikar=klient.bruger, fra_dato=i_dag() + timedelta(days=fra)
    )

    svar = klient.get("/")

    assert navne(svar) == (["Per"] if ses else [])
    assert ("Vikar for Ida Holm" in svar.content.decode()) is ses
    assert svar.context["sagsmaengde"] == 0


def test_counts_filter_the_list_to_exactly_what_they_count(klient):
    efter_teammoede(klient.bruger, 11, borger__fornavn="Over")
    frist(SagFactory(ansvarlig=klient.bruger, borger__fornavn="Snart"), 1)
    i_forloeb(klient.bruger, moede=IDAG + timedelta(days=3), borger__fornavn="Aftalt")
    i_forloeb(klient.bruger, indsatser=0, borger__fornavn="Tom")

    fundet = {vis: navne(klient.get("/", {"vis": vis})) for vis in VISNINGER}

    assert {vis: sorted(fornavne) for vis, fornavne in fundet.items()} == {
        "alle": ["Aftalt", "Over", "Snart", "Tom"],
        "overskredet": ["Over"],
        "varslet": ["Snart"],
        "ingen_aftale": ["Over", "Tom"],
        "stille": ["Over", "Snart"],
        "mangler_mentor": ["Aftalt", "Tom"],
        "mangler_praktik": ["Tom"],
    }
    svar = klient.get("/")
    for vis, navn in VISNINGER.items():
        assert antal(svar, navn) == len(fundet[vis])


VISNINGER = {
    "alle": "Alle",
    "overskredet": "Overskredet",
    "varslet": "Varslet",
    "ingen_aftale": "Ingen næste aftale",
    "stille": "Intet sket i 30 dage",
    "mangler_mentor": "Mangler mentor",
    "mangler_praktik": "Mangler praktik",
}


def test_mentor_and_recent_event_take_a_case_off_the_counts(klient):
    sag = i_forloeb(klient.bruger)
    TildelingFactory(sag=sag, art="mentor")

    svar = klient.get("/")

    assert (antal(svar, "Mangler mentor"), antal(svar, "Intet sket i 30 dage")) == (0, 0)


def test_time_limit_for_appeal_is_nobodys_deadline(klient):
    frist(SagFactory(ansvarlig=klient.bruger), -3, kode="KLAGEFRIST")

    svar = klient.get("/")

    assert antal(svar, "Overskredet") == 0
    assert "Ingen frist løber" in svar.content.decode()


@pytest.fixture
def bo_og_eva(klient):
    SagFactory(ansvarlig=klient.bruger, borger__fornavn="Bo", borger__efternavn="Skovsen")
    SagFactory(
        ansvarlig=klient.bruger,
        borger__fornavn="Eva",
        sagsnummer="RF-2026-77001",
        fase=Fase.FORBEREDELSE,
    )


@pytest.mark.parametrize(
    ("sporg", "fundne"),
    [
        ({"fase": "screening"}, ["Bo"]),
        ({"fase": "ukendt"}, ["Bo", "Eva"]),
        ({"vis": "ukendt", "side": "0", "hvorfor": "x"}, ["Bo", "Eva"]),
        ({"side": "99", "hvorfor": "9" * 5000}, ["Bo", "Eva"]),
        ({"q": "bo"}, ["Bo", "Eva"]),
    ],
)
def test_address_narrows_the_list_and_its_counts_but_never_searches(
    klient, bo_og_eva, sporg, fundne
):
    svar = klient.get("/", sporg)

    assert svar.status_code == 200
    assert navne(svar) == fundne
    assert antal(svar, "Alle") == len(fundne)
    assert "q=" not in svar.content.decode()


@pytest.mark.parametrize(
    ("adresse", "sendt", "fundne"),
    [
        ("/", {"q": "bo skov"}, ["Bo"]),
        ("/", {"q": "skov bo"}, ["Bo"]),
        ("/", {"q": "évà 77001"}, ["Eva"]),
        ("/", {"q": "RF-2026-77"}, ["Eva"]),
        ("/", {"q": "100%"}, []),
        ("/", {"q": "_"}, []),
        ("/?fase=screening", {"q": "e"}, ["Bo"]),
        ("/?fase=screening", {"q": "e", "fase": "forberedelse"}, ["Eva"]),
        ("/?vis=overskredet", {"q": "bo"}, []),
    ],
)
def test_search_narrows_what_the_address_shows(klient, bo_og_eva, adresse, sendt, fundne):
    svar = klient.post(adresse, sendt)

    assert svar.status_code == 200
    assert navne(svar) == fundne


def test_pages_of_25_keep_the_state_in_the_address(klient):
    for _ in range(27):
        SagFactory(ansvarlig=klient.bruger)

    foerste, anden = klient.get("/", {"fase": "screening"}), klient.get("/", {"side": 2})

    assert (len(foerste.context["linjer"]), len(anden.context["linjer"])) == (25, 2)
    assert 'href="?fase=screening&amp;side=2"' in foerste.content.decode()
    sete = {linje.raekke.sag_id for svar in (foerste, anden) for linje in svar.context["linjer"]}
    assert len(sete) == 27


def test_pages_and_counts_of_a_search_send_the_text_in_a_form(klient):
    for _ in range(27):
        frist(SagFactory(ansvarlig=klient.bruger, borger__fornavn="Eva"), 3)
    SagFactory(ansvarlig=klient.bruger, borger__fornavn="Bo")

    html = klient.post("/", {"q": "Eva", "fase": "screening"}).content.decode()
    anden = klient.post("/?fase=screening&side=2", {"q": "Eva"})

    assert 'formaction="?fase=screening&amp;side=2"' in html
    assert 'formaction="/?vis=overskredet&amp;fase=screening"' in html
    # Counts, files, pages and the search field; nowhere in an address.
    siden = html.partition("<main")[2]
    assert siden.count('name="q"') == html.count('value="Eva"') == 4
    assert "=Eva" not in html.replace('value="Eva"', "")
    assert "hvorfor=" not in html
    assert (navne(anden), antal(anden, "Alle")) == (["Eva", "Eva"], 27)


def test_form_without_a_text_leads_to_the_lists_address(klient):
    svar = klient.post("/?vis=stille", {"q": " ", "fase": "plan"})

    assert (svar.status_code, svar["Location"]) == (302, "/?vis=stille&fase=plan")


def test_htmx_is_told_the_address_without_the_text(klient):
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/"}

    svar = klient.post("/", {"q": "Eva", "fase": "plan"}, headers=htmx)
    uden_filter = klient.post("/", {"q": "Eva", "fase": ""}, headers=htmx)

    assert svar["HX-Push-Url"] == "/?fase=plan"
    assert "<html" not in svar.content.decode()
    assert "HX-Push-Url" not in uden_filter


def test_overblik_without_a_search_takes_no_form(som):
    assert som("mentor").post("/", {"q": "Eva"}).status_code == 405


def test_htmx_gets_the_list_with_its_counts_and_no_frame(klient):
    html = klient.get("/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in html
    assert 'id="arbejdsliste"' in html
    assert "taellere" in html


def test_the_day_shows_meetings_team_meetings_and_sparring(klient):
    sag = i_forloeb(klient.bruger, moede=IDAG, borger__fornavn="Eva")
    DagsordenspunktFactory(
        sag=SagFactory(ansvarlig=klient.bruger, fase=Fase.MOEDE), moede__dato=IDAG
    )
    SparringsbookingFactory(sag=sag, tid__start=klokken(IDAG + timedelta(days=1)))
    SparringsbookingFactory(sag=sag, tid__start=klokken(IDAG + timedelta(days=30)))
    i_forloeb(BrugerFactory(), moede=IDAG)
    frist(sag, 1)

    svar = klient.get("/")

    assert [a.slags for a in svar.context["i_dag"]] == ["teammoede", "opfoelgning"]
    assert len(svar.context["sparringer"]) == 1
    assert svar.context["linjer"][0].status.tekst == "Møde i dag"


def test_the_day_leads_to_writing_together_and_tells_of_answers(klient):
    eva = i_forloeb(klient.bruger, moede=IDAG)
    lars = BrugerFactory(navn="Lars Bach")
    Mentorsvar.objects.create(
        moede=eva.opfoelgningsmoeder.get(nr=2), godt="Går ture", skrevet_af=lars
    )
    rie = SagFactory(ansvarlig=klient.bruger, fase=Fase.FORBEREDELSE)
    del_ = ForberedendeDelFactory(sag=rie)
    for dage in (0, 1):
        Samtale.objects.create(
            forberedende_del=del_, dato=IDAG - timedelta(days=dage), foert_af=klient.bruger
        )
    nyt, gammelt = (
        SparringsbookingFactory(
            sag=rie,
            tid__start=klokken(IDAG - timedelta(days=dage)),
            svar="Det er forsvarligt.",
            er_afklaret=True,
            besvaret_af=lars,
            besvaret_den=klokken(IDAG - timedelta(days=dage), 10),
        )
        for dage in (3, 9)
    )

    html = klient.get("/").content.decode()

    assert "mentor Lars Bach har svaret på de tre spørgsmål" in html
    sammen = reverse("rehabilitering:sammen", args=[rie.pk])
    assert html.count("Skriv sammen med borgeren") == 1
    assert f'href="{sammen}"' in html
    assert "Nyt svar" in html
    assert reverse("rehabilitering:sparring_svar", args=[nyt.pk]) in html
    assert reverse("rehabilitering:sparring_svar", args=[gammelt.pk]) not in html
    assert "Det er forsvarligt." not in html
    # On the case they are past.
    assert not dagen.for_sag(rie, IDAG)


def test_caseload_is_held_against_the_norm(klient):
    for _ in range(26):
        SagFactory(ansvarlig=klient.bruger)

    html = klient.get("/").content.decode()

    assert "<strong>26 sager</strong>, over normen 20–25" in html


def test_greeting_has_date_week_and_what_is_due(klient):
    efter_teammoede(klient.bruger, 11)

    html = klient.get("/").content.decode()

    assert "God morgen, Maja" in html
    assert "Tirsdag 24. november 2026 · uge 48 · 1 sag er over fristen, ingen er varslet" in html


def test_empty_lists_say_what_to_do_next(klient):
    assert "Du har ingen åbne sager." in klient.get("/").content.decode()
    assert "Ingen frister er overskredet." in klient.get("/?vis=overskredet").content.decode()


def test_protected_citizen_and_interpreter_are_flagged(klient):
    SagFactory(ansvarlig=klient.bruger, borger__er_adressebeskyttet=True, borger__tolkesprog="dari")

    html = klient.get("/").content.decode()

    assert "Beskyttet</span>" in html
    assert "Tolk</span>" in html


def test_page_writes_one_look_up_and_says_what_was_searched_for(klient):
    klient.get("/", {"q": "Bo"})
    klient.post("/", {"q": "Bo"})

    assert list(Opslag.objects.order_by("pk").values_list("handling", "objekt", "formaal")) == [
        ("se", "overblik", ""),
        ("soeg", "overblik", "Søgning: «Bo»"),
    ]
    assert not Haendelse.objects.exists()


def test_both_caseworker_roles_share_one_page(som):
    bruger = BrugerFactory(roller=[Rolle.SAGSBEHANDLER, Rolle.KOORDINERENDE])

    svar = som(bruger).get("/")

    assert svar.status_code == 200
    assert not svar.context["ramme"].rollevalg


def test_mentor_sees_own_citizens_and_their_meetings(som):
    klient = som("mentor")
    sag = i_forloeb(BrugerFactory(), moede=IDAG + timedelta(days=2), borger__fornavn="Eva")
    TildelingFactory(sag=sag, bruger=klient.bruger, art="mentor")
    andet = i_forloeb(BrugerFactory(), borger__fornavn="Fremmed")

    html = klient.get("/").content.decode()

    assert "Eva" in html
    assert "26.11.2026 kl. 13.00" in html
    assert reverse("indsatsplan:mentor", args=[sag.pk]) in html
    assert reverse("indsatsplan:plan", args=[sag.pk]) not in html
    assert "Fremmed" not in html
    assert andet.sagsnummer not in html
    assert "Lægeattest" not in html
    assert reverse("opfoelgning:mentorsvar", args=[sag.pk]) in html
    assert "venter" not in html


def test_mentor_sees_what_waits_and_that_the_questions_are_answered(som):
    klient = som("mentor")
    sag = i_forloeb(BrugerFactory(), moede=IDAG + timedelta(days=2))
    TildelingFactory(sag=sag, bruger=klient.bruger, art="mentor")
    frist(sag, 3, kode="OPGAVE", ejer=klient.bruger, navn="Ring om søvnen")
    frist(sag, -1, kode="OPGAVE", anker=2, navn="Den ansvarliges")
    Mentorsvar.objects.create(
        moede=sag.opfoelgningsmoeder.get(nr=2), godt="Går ture", skrevet_af=klient.bruger
    )

    html = klient.get("/").content.decode()

    assert "1 venter, den næste senest 27.11.2026" in html
    assert "Du har svaret på de tre spørgsmål" in html


@pytest.mark.parametrize("sager", [1, 3, 25])
def test_mentors_page_costs_the_same_however_many(som, django_assert_num_queries, sager):
    klient = som("mentor")
    for _ in range(sager):
        sag = i_forloeb(BrugerFactory(), moede=IDAG)
        TildelingFactory(sag=sag, bruger=klient.bruger, art="mentor")

    # Session, user, cases, meetings, tasks, look-up log, unread reminders.
    with django_assert_num_queries(7):
        klient.get("/")


def test_cancelled_meeting_is_no_appointment(klient):
    sag = i_forloeb(klient.bruger)
    OpfoelgningsmoedeFactory(
        sag=sag,
        nr=3,
        status="aflyst",
        tidspunkt=klokken(IDAG + timedelta(days=2)),
        afgjort_dato=IDAG,
    )

    assert antal(klient.get("/"), "Ingen næste aftale") == 1


def test_deputy_gets_a_protected_citizen_by_number_and_not_in_the_counts(klient):
    kollega = BrugerFactory()
    Stedfortraeder.objects.create(for_bruger=kollega, vikar=klient.bruger, fra_dato=i_dag())
    aaben = SagFactory(ansvarlig=kollega, borger__fornavn="Åben")
    lukket = SagFactory(
        ansvarlig=kollega, borger__fornavn="Lukket", borger__er_adressebeskyttet=True
    )
    egen = SagFactory(
        ansvarlig=klient.bruger, borger__fornavn="Egen", borger__er_adressebeskyttet=True
    )

    svar = klient.get("/")

    assert {linje.raekke.sag_id for linje in svar.context["linjer"]} == {aaben.pk, egen.pk}
    assert antal(svar, "Alle") == 2
    assert svar.context["beskyttede"].sager == [(lukket.pk, lukket.sagsnummer)]
    assert "Lukket" not in svar.content.decode()


def test_case_one_is_inhabil_in_is_not_on_the_list(klient):
    sag = SagFactory(ansvarlig=klient.bruger)
    InhabilitetFactory(borger=sag.borger, bruger=klient.bruger)

    svar = klient.get("/")

    assert (svar.context["linjer"], antal(svar, "Alle")) == ([], 0)
