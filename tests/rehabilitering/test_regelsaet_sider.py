"""The administrator's pages of the rule sets: timeline, whole set, change, coming into force."""

from datetime import timedelta

import pytest
from django.urls import reverse

from rehabilitering.forms.regelsaet import Regelsaetformular
from rehabilitering.regler import felter
from ressource.kalender import i_dag
from ressource.models import Opslag, Regelsaet, Regelsaetversion
from tests.factories import BrugerFactory, SagFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return BrugerFactory(roller=["administrator"])


@pytest.fixture
def klient(som, admin):
    return som(admin)


def side(navn, kode="R2022"):
    return reverse(f"rehabilitering:{navn}", args=[kode])


def udfyldt(kode="R2022", **andet):
    """The page's form as a browser sends it back, with `andet` changed."""
    saet = Regelsaet.objects.get(kode=kode)
    formular = Regelsaetformular(saet, felter.indhold(saet))
    data = {}
    for felt in formular.form:
        data[felt.html_name] = felt.value()
    for liste in formular.lister.values():
        for felt in (*liste.management_form, *(f for raekke in liste for f in raekke)):
            data[felt.html_name] = felt.value()
    return {k: v for k, v in (data | andet).items() if v is not None and v is not False}


def test_the_timeline_shows_what_nobody_has_verified(klient, admin, django_assert_num_queries):
    with django_assert_num_queries(5):
        vist = klient.get(reverse("rehabilitering:regelsaet_liste")).text

    for saet in Regelsaet.objects.all():
        assert side("regelsaet", saet.kode) in vist
        assert all(saetning in vist for saetning in saet.forbehold)
    assert vist.count("Ikke efterprøvet<") == 4
    assert vist.count("I kraft<") == 1


def test_a_set_is_shown_whole_and_cheaply(klient, django_assert_num_queries):
    with django_assert_num_queries(5):
        vist = klient.get(side("regelsaet")).text

    for ord_ in (
        "LÆ 265 er aktuel",
        "Langvarig offentlig",
        "spærrer for indstillingen",
        "§§ 112-115",
    ):
        assert ord_ in vist
    assert "Ingen har rettet det" in vist


def test_a_change_is_shown_before_it_is_made(klient, admin):
    SagFactory()
    url = side("regelsaet_ret")
    # Nothing typed is nothing changed: what the page reads is what it showed.
    uroert = klient.post(url, udfyldt(trin="vis"))
    assert uroert.status_code == 422
    assert "ikke ændret noget" in uroert.text

    nyt = {
        "klagefrist_uger": "6",
        "varigheder-0-pr_forloeb": "24",
        "maalgruppebetingelser-3-kode": "4",
        "maalgruppebetingelser-3-tekst": "En ny betingelse",
        "hjemler-0-tekst": "§ 116",
        "samtaleemner-6-DELETE": "on",
        "samtaleemner-0-ORDER": "9",
    }
    vist = klient.post(url, udfyldt(trin="vis", **nyt))

    assert vist.status_code == 200
    assert "<del>til og med alder: 39, måneder pr. forløb: 36</del>" in vist.text
    assert "<ins>kode: 4, betingelse: En ny betingelse</ins>" in vist.text
    assert '<strong class="num">1</strong> uden afgørelse' in vist.text
    assert not Regelsaetversion.objects.exists()
    aendringer = vist.context["form"]["aendringer"].value()
    data = {"aendringer": aendringer, "version": 1, "gaelder_fra": f"{i_dag():%d.%m.%Y}"}
    tilbage = klient.post(url, data | {"trin": "tilbage"}).text
    assert 'value="En ny betingelse"' in tilbage

    uden_grund = klient.post(url, data | {"trin": "gem", "begrundelse": ""})
    assert uden_grund.status_code == 422
    assert "<ins>6</ins>" in uden_grund.text
    assert klient.post(url, data | {"trin": "gem", "begrundelse": "Ny lov."}).status_code == 302

    saet = Regelsaet.objects.get(kode="R2022")
    assert saet.klagefrist_uger == 6
    assert [e["kode"] for e in saet.samtaleemner][-1] == "jobonsker"
    assert len(saet.samtaleemner) == 6
    assert Regelsaetversion.objects.get().oprettet_af == admin
    assert "Version 2: rettelse" in klient.get(side("regelsaet")).text


@pytest.mark.parametrize(
    ("felter_", "besked"),
    [
        ({"klagefrist_uger": "fire"}, "Klagefrist (uger)"),
        ({"varigheder-1-fra_alder": "39"}, 'href="#liste-varigheder">Varighed efter alder: To'),
        (
            {"varigheder-0-DELETE": "on", "varigheder-1-antal": "0"},
            'href="#id_varigheder-1-fra_alder">Varighed efter alder: Række 2: lad',
        ),
        (
            {"varigheder-0-pr_forloeb": "mange"},
            'href="#id_varigheder-0-pr_forloeb">Varighed efter alder: Række 1, Måneder',
        ),
        ({"afsnit-4-DELETE": "on"}, "«helbred» kan ikke undværes"),
        ({"hjemler-0-tekst": ""}, 'href="#id_hjemler-0-tekst">Hjemmel for hver afgørelse: Række 1'),
    ],
)
def test_what_cannot_be_answers_422_with_the_input_kept(klient, felter_, besked):
    vist = klient.post(side("regelsaet_ret"), udfyldt(trin="vis", navn="Mit navn", **felter_))

    assert vist.status_code == 422
    assert besked in vist.text
    assert 'value="Mit navn"' in vist.text


def test_somebody_elses_change_is_said_and_nothing_is_lost(klient):
    url, data = side("regelsaet_ret"), {"trin": "gem", "version": 1, "begrundelse": "Ny lov."}
    data["gaelder_fra"] = f"{i_dag():%d.%m.%Y}"
    klient.post(url, data | {"aendringer": '{"klagefrist_uger": 6}'})

    vist = klient.post(url, data | {"aendringer": '{"klagefrist_uger": 5}'})

    assert vist.status_code == 422
    assert "En anden har ændret regelsættet" in vist.text
    assert "<ins>5</ins>" in vist.text


def test_a_set_comes_into_force_after_its_cases_are_shown(klient):
    SagFactory()
    url = side("regelsaet_ikraft", "R2026")
    data = {
        "version": 1,
        "gaelder_fra": f"{i_dag() + timedelta(days=5):%d.%m.%Y}",
        "ubesluttede": "flyt_alle",
        "begrundelse": "Lov 1750.",
    }
    assert "ikke efterprøvet mod lovteksten" in klient.get(url).text
    assert klient.post(url, data | {"begrundelse": ""}).status_code == 422
    vist = klient.post(url, data)
    assert '<strong class="num">1</strong> flyttes til R2026' in vist.text
    assert not Regelsaetversion.objects.exists()

    assert klient.post(url, data | {"trin": "gem"}).status_code == 302

    version = Regelsaetversion.objects.get()
    vist = klient.get(side("regelsaet", "R2026")).text
    assert "En ændring venter på" in vist
    assert side("regelsaet_ret", "R2026") not in vist
    fortryd = reverse("rehabilitering:regelsaet_annuller", args=[version.pk])
    assert klient.post(fortryd).status_code == 302
    assert "venter ikke længere" in klient.post(fortryd, follow=True).text
    assert Regelsaet.objects.for_dato(i_dag()).kode == "R2022"


def test_case_numbers_that_are_shown_are_in_the_log(som):
    begge = BrugerFactory(roller=["administrator", "sagsbehandler"])
    sag = SagFactory(ansvarlig=begge)

    vist = som(begge).post(side("regelsaet_ret"), udfyldt(trin="vis", klagefrist_uger="6"))

    assert sag.sagsnummer in vist.text
    assert Opslag.objects.filter(objekt="regelsaet_beroerte", bruger=begge).count() == 1


@pytest.mark.parametrize(
    ("trin", "aendringer"),
    [
        ("gem", "[1]"),
        ("gem", "x"),
        ("gem", ""),
        ("gem", '{"pk": 7}'),
        ("gem", '{"folkepensionsaldre": [{"foedt_fra": "x", "aar": 1, "maaneder": 0}]}'),
        ("gem", '{"folkepensionsaldre": [{"foedt_fra": "1900-01-01", "aar": "1", "maaneder": 0}]}'),
        ("tilbage", '{"varigheder": "x"}'),
    ],
)
def test_a_change_that_did_not_come_from_the_page_is_refused(klient, trin, aendringer):
    data = {"trin": trin, "version": 1, "gaelder_fra": "1.1.2027", "begrundelse": "x"}

    vist = klient.post(side("regelsaet_ret"), data | {"aendringer": aendringer})

    assert vist.status_code == (422 if trin == "gem" else 200)
    assert not Regelsaetversion.objects.exists()
