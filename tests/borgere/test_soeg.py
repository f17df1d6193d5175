"""The search box: what it finds, for whom, and what it leaves behind."""

import pytest
from django.db import connection
from django.urls import reverse

from borgere.models import Fase, Sag
from borgere.models.soegning import laes
from ressource.kalender import i_dag
from ressource.models import Opslag
from tests.factories import BorgerFactory, PersonnummerFactory, SagFactory

pytestmark = pytest.mark.django_db

SOEG = reverse("borgere:soeg")
# Session, user, the cases, the log row, reminders.
SOEGESIDE = 5


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def soeren(maja):
    """Søren Åbo, who has had two numbers."""
    borger = BorgerFactory(fornavn="Søren", efternavn="Åbo")
    PersonnummerFactory(borger=borger, nummer="7403871235", til_dato=i_dag())
    PersonnummerFactory(borger=borger, nummer="7205831234", fra_dato=i_dag())
    return SagFactory(ansvarlig=maja.bruger, borger=borger, sagsnummer="RF-2026-0409")


def fundne(svar):
    return [sag.borger.navn for sag, _ in svar.context["fundne"]]


def log():
    return list(Opslag.objects.order_by("pk").values_list("handling", "objekt", "sag_id"))


@pytest.mark.parametrize(
    "tekst",
    [
        "Soeren Aaboe",
        "søren åbo",
        "Sren Aboe",
        "SØREN ÅBO",
        "soren abo",
        "Åbo Søren",
        "sören",
        "åbo",
        "sør",
        "Sørren Åboe",
        "0409",
        "søren 0409",
        "2026-04",
    ],
)
def test_name_is_found_however_it_is_spelt(maja, soeren, tekst):
    SagFactory(ansvarlig=maja.bruger, borger__fornavn="Karin", borger__efternavn="Munk")

    assert fundne(maja.post(SOEG, {"q": tekst})) == ["Søren Åbo"]


@pytest.mark.parametrize(
    ("navn", "tekst"),
    [
        ("Ibrahim Rahmani", "ibrahmi rahmani"),
        ("Ibrahim Rahmani", "Ibraim"),
        ("Eva Lindholt", "evva lindholdt"),
        ("Katrine Lund", "Cathrine"),
        ("Kristian Søgaard", "christian sogaard"),
        ("Peter Bjerregaard", "Bjeregård"),
        ("Hans Pedersen", "hans petersen"),
    ],
)
def test_typing_errors_are_tolerated(maja, navn, tekst):
    fornavn, efternavn = navn.split()
    SagFactory(ansvarlig=maja.bruger, borger__fornavn=fornavn, borger__efternavn=efternavn)

    assert fundne(maja.post(SOEG, {"q": tekst})) == [navn]


@pytest.mark.parametrize(
    "tekst", ["Karin", "sven bo", "100%", "_", "%", "'", "\\", '"', "0410", "-"]
)
def test_other_names_and_wildcards_find_nothing(maja, soeren, tekst):
    svar = maja.post(SOEG, {"q": tekst})

    assert svar.status_code in (200, 422)
    assert not svar.context.get("fundne")


@pytest.mark.parametrize(
    "tekst",
    [
        "7205831234",
        "720583-1234",
        " 720583 1234 ",
        "740387-1235",
        "74.03.87/1235",
        "rf-2026-0409",
        "RF-2026-0409",
    ],
)
def test_exact_number_leads_straight_to_the_case(maja, soeren, tekst):
    SagFactory(ansvarlig=maja.bruger, sagsnummer="RF-2026-04091")

    svar = maja.post(SOEG, {"q": tekst})

    assert (svar.status_code, svar["Location"]) == (302, reverse("sag", args=[soeren.pk]))
    assert log() == [("soeg", "soeg", soeren.pk)]
    assert Opslag.objects.get().borger_noegle == soeren.borger.noegle


def test_number_of_a_citizen_with_two_cases_shows_both(maja, soeren):
    SagFactory(
        ansvarlig=maja.bruger,
        borger=soeren.borger,
        fase=Fase.AFSLUTNING,
        afsluttet_dato=i_dag(),
        afslutningsaarsag="andet",
        afsluttet_af=maja.bruger,
    )

    assert len(fundne(maja.post(SOEG, {"q": "7205831234"}))) == 2


@pytest.mark.parametrize("tekst", ["Søren Åbo", "RF-2026-0409", "720583-1234"])
def test_somebody_elses_case_is_not_found(som, soeren, tekst):
    svar = som("sagsbehandler").post(SOEG, {"q": tekst})

    assert svar.status_code == 200
    assert "Ingen af dine sager passer." in svar.content.decode()
    assert log() == [("soeg", "soeg", None)]


def test_protected_citizen_of_ones_own_is_marked(maja, soeren):
    soeren.borger.er_adressebeskyttet = True
    soeren.borger.save()

    assert "Beskyttet" in maja.post(SOEG, {"q": "søren"}).content.decode()


def test_text_is_in_no_address_title_or_heading_of_the_page(maja, soeren):
    svar = maja.post(SOEG, {"q": "søren"})

    html = svar.content.decode()
    assert "søren" not in html.partition("</title>")[0]
    assert "=s" + "øren" not in html
    assert 'value="søren"' in html
    assert "no-store" in svar["Cache-Control"]


def test_search_is_one_row_with_the_number_masked(maja):
    maja.post(SOEG, {"q": "eva 740387-1235"})

    [raekke] = Opslag.objects.all()
    assert (raekke.handling, raekke.objekt) == ("soeg", "soeg")
    assert raekke.formaal == "Søgning: «eva 74-03 ** ****»"


def test_text_in_an_address_is_no_search(maja, soeren):
    svar = maja.get(SOEG, {"q": "søren"})

    assert svar.status_code == 200
    assert "Sådan finder du en sag" in svar.content.decode()
    assert "Åbo</a>" not in svar.content.decode()
    assert log() == []


@pytest.mark.parametrize("tekst", ["", "   ", "\x00", "\u200f", "a" * 101])
def test_nothing_to_look_for_is_refused_without_a_row(maja, tekst):
    svar = maja.post(SOEG, {"q": tekst})

    assert svar.status_code == 422
    assert "alert-error" in svar.content.decode()
    assert log() == []


def test_at_most_25_are_shown_with_the_advice_to_narrow(maja):
    for _ in range(26):
        SagFactory(ansvarlig=maja.bruger, borger__fornavn="Eva")

    svar = maja.post(SOEG, {"q": "eva"})

    assert len(fundne(svar)) == 25
    assert "Snævr ind" in svar.content.decode()


def test_best_comes_first(maja):
    for efternavn in ("Lindgren", "Lindholt", "Lind"):
        SagFactory(ansvarlig=maja.bruger, borger__fornavn="Eva", borger__efternavn=efternavn)

    assert fundne(maja.post(SOEG, {"q": "eva lindholdt"}))[0] == "Eva Lindholt"


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_search_costs_the_same_for_any_number(maja, antal, django_assert_num_queries):
    for _ in range(antal):
        SagFactory(ansvarlig=maja.bruger, borger__fornavn="Eva")

    with django_assert_num_queries(SOEGESIDE):
        assert len(fundne(maja.post(SOEG, {"q": "eva"}))) == antal


@pytest.mark.parametrize(
    ("rolle", "har"),
    [("sagsbehandler", True), ("teamleder", True), ("administrator", False), ("revisor", False)],
)
def test_box_is_on_every_page_of_those_who_may(som, rolle, har):
    html = som(rolle).get("/").content.decode()

    assert (f'action="{SOEG}"' in html) is har


@pytest.mark.parametrize(
    ("rolle", "organisation"), [("sundhedskoordinator", "region"), ("mentor", "ekstern")]
)
def test_nobody_from_outside_the_municipality_searches(som, rolle, organisation):
    """They can hold no other role (`bruger_ekstern_har_faa_roller`)."""
    klient = som(rolle, organisation=organisation)

    assert klient.post(SOEG, {"q": "eva"}).status_code == 403
    assert f'action="{SOEG}"' not in klient.get("/").content.decode()


def test_lists_find_by_the_same_rule(maja, soeren):
    liste = maja.post(reverse("borgere:sag_liste"), {"q": "sren aboe"})
    arbejdsliste = maja.post("/", {"q": "sren aboe"})

    assert [s.borger.navn for s in liste.context["side"].object_list] == ["Søren Åbo"]
    assert "Søren Åbo" in arbejdsliste.content.decode()


def test_index_on_the_sound_answers_a_name():
    soegt = laes("hans petersen")

    plan = _plan(Sag.objects.soeg(soegt.tekst))

    assert "borger_lyd" in plan


def test_index_on_the_case_number_answers_its_end():
    assert "sag_sagsnummer_del" in _plan(Sag.objects.soeg("0409"))


def _plan(sager):
    """The plan with the cheap reading of a nearly empty table forbidden."""
    with connection.cursor() as markoer:
        markoer.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    return sager.explain()
