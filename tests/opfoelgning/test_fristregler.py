"""The administrator changes a deadline rule: the effect is seen first, and then it is there."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg.errors import LockNotAvailable

from opfoelgning import fristversioner
from opfoelgning.models import Frist, Fristregel
from opfoelgning.services.fristregler import luk_fristregel, ret_fristregel
from opfoelgning.udledning import udled
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import BrugerFactory
from tests.opfoelgning.sager import efter_teammoede

pytestmark = pytest.mark.django_db

KODE = "FOERSTE_OPFOELGNING"
FOERST = date(2013, 1, 1)


@pytest.fixture
def admin():
    return BrugerFactory(roller=["administrator"], navn="Ulla Mark")


@pytest.fixture
def klient(som, admin):
    return som(admin)


def side(navn, kode=KODE):
    return reverse(f"opfoelgning:{navn}", args=[kode])


def udfyldt(klient, kode=KODE, fra=None, **andet):
    """What the browser sends back of the form as it is shown, with `andet` changed."""
    form = klient.get(side("fristregel_ret", kode), {"fra": fra} if fra else {}).context["form"]
    data = {felt.html_name: felt.value() for felt in form}
    data |= {"gaelder_fra": f"{data['gaelder_fra']:%d.%m.%Y}", "begrundelse": "Byrådets mål."}
    return {k: v for k, v in (data | andet).items() if v is not None and v is not False}


def ret(indhold, af, *, kode=KODE, fra=FOERST, begrundelse="Byrådets mål.", laas=None):
    return ret_fristregel(kode, indhold, gaelder_fra=fra, begrundelse=begrundelse, laas=laas, af=af)


def test_a_length_changed_in_the_page_shows_its_effect_and_takes_effect_the_same_minute(
    som, klient
):
    sagsbehandler = BrugerFactory(roller=["koordinerende"])
    sag = efter_teammoede(sagsbehandler, 10)
    hendes = som(sagsbehandler)
    forfald = i_dag() - timedelta(days=3)
    assert "3 dage over" in hendes.get(reverse("sag", args=[sag.pk])).text
    foer = Fristregel.objects.count()

    data = udfyldt(klient, laengde="2", gaelder_fra="01.01.2013")
    with CaptureQueriesContext(
        connection,
    ) as sql:
        vist = klient.post(side("fristregel_ret"), data | {"trin": "vis"})

    # Before: what it would do, by case number alone, and nothing is written but the look-up.
    tekst = vist.text
    assert vist.status_code == 200
    assert sag.sagsnummer in tekst
    assert sag.borger.efternavn not in tekst
    assert f"{forfald:%d.%m.%Y}" in tekst
    assert f"{forfald + timedelta(days=7):%d.%m.%Y}" in tekst
    assert '<strong class="num">1</strong> er ikke længere overskredet' in tekst
    assert '<strong class="num">0</strong> bliver overskredet' in tekst
    skrevet = [q["sql"] for q in sql if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [s for s in skrevet if "ressource_opslag" not in s] == []
    assert Opslag.objects.filter(objekt="fristregel_beroerte", sag_id=None).count() == 1
    assert Fristregel.objects.count() == foer
    assert Frist.objects.get(sag=sag, kode=KODE).forfald_dato == forfald

    # After: the very next page has it.
    gemt = klient.post(side("fristregel_ret"), data | {"trin": "gem"}, follow=True)

    assert "Fristerne er regnet om" in gemt.text
    assert "2 uger efter" in gemt.text
    assert Frist.objects.get(sag=sag, kode=KODE).forfald_dato == forfald + timedelta(days=7)
    side_nu = hendes.get(reverse("sag", args=[sag.pk])).text
    assert "3 dage over" not in side_nu
    assert "Om 4 dage" in side_nu
    # The plan's weeks are counted from the first follow-up's, and moved along.
    assert Frist.objects.get(sag=sag, kode="INDSATSPLAN_FRIST").forfald_dato == (
        forfald + timedelta(days=28)
    )
    assert not udled()


def test_a_change_from_today_leaves_what_has_happened(admin):
    sag = efter_teammoede(BrugerFactory(), 10)
    foer = Frist.objects.get(sag=sag, kode=KODE).forfald_dato

    ny = ret({"laengde": 2}, admin, fra=i_dag())

    assert Frist.objects.get(sag=sag, kode=KODE).forfald_dato == foer
    gammel = Fristregel.objects.exclude(pk=ny.pk).get(kode=KODE)
    assert gammel.gyldig_til == i_dag() - timedelta(days=1)
    assert (ny.gyldig_fra, ny.gyldig_til, ny.laengde) == (i_dag(), None, 2)
    assert (ny.rettet_af, ny.begrundelse) == (admin, "Byrådets mål.")
    haendelse = Haendelse.objects.get(kode="fristregel.rettet")
    assert (haendelse.af, haendelse.data["regel"]) == (admin, KODE)


def test_the_page_of_a_rule_says_what_was_changed_by_whom_and_why(klient, admin):
    ret({"laengde": 2}, admin, fra=i_dag())
    ret({"laengde": 9, "enhed": "DAGE"}, admin, fra=i_dag(), begrundelse="Fejl i går")

    vist = klient.get(side("fristregel")).text

    assert f"Fra {i_dag():%d.%m.%Y}" in vist
    assert "<del>1 uge</del>" in vist  # the version before
    assert "<del>2 uger</del>" in vist  # what stood here first
    assert "<ins>9 dage</ins>" in vist
    assert "Ulla Mark: Fejl i går." in vist
    assert "Fulgte med systemet" in vist
    liste = klient.get(reverse("opfoelgning:fristregler")).text
    assert "9 dage efter" in liste


def test_a_version_to_come_is_listed_and_corrected_where_it_stands(klient, admin):
    om_et_aar = i_dag() + timedelta(days=365)
    kommende = ret({"laengde": 2}, admin, fra=om_et_aar)

    assert (
        f"Kommende: fra {om_et_aar:%d.%m.%Y}" in klient.get(reverse("opfoelgning:fristregler")).text
    )
    data = udfyldt(klient, fra=kommende.pk, laengde="3")
    assert data["gaelder_fra"] == f"{om_et_aar:%d.%m.%Y}"
    klient.post(f"{side('fristregel_ret')}?fra={kommende.pk}", data | {"trin": "gem"})

    kommende.refresh_from_db()
    assert kommende.laengde == 3
    assert Fristregel.objects.filter(kode=KODE).count() == 2


@pytest.mark.parametrize(
    ("aendret", "besked"),
    [
        ({}, "ikke ændret noget"),
        ({"laengde": "1000"}, "Skriv højst 260 uger"),
        ({"laengde": "x"}, "Indtast et heltal"),
        ({"laengde": "2", "begrundelse": ""}, "Dette felt er påkrævet"),
        ({"laengde": "2", "gaelder_fra": "31.12.2011"}, "Vælg en dag fra 01.01.2012"),
        ({"laengde": "2", "udloeber": "on", "eskalering_dage": "7"}, "ingen for sent på den"),
    ],
)
@pytest.mark.parametrize("trin", ["vis", "gem"])
def test_what_cannot_be_is_refused_with_the_input_kept(klient, aendret, besked, trin):
    data = udfyldt(klient, navn="Første opfølgning", **aendret)

    svar = klient.post(
        side("fristregel_ret"),
        data | {"trin": trin, "hjemmel": "Ny hjemmel"} if aendret else data | {"trin": trin},
    )

    assert svar.status_code == 422
    assert besked in svar.text
    if aendret:
        assert "Ny hjemmel" in svar.text
    assert Fristregel.objects.filter(kode=KODE).count() == 1


def test_going_back_keeps_what_was_typed(klient):
    data = udfyldt(klient, laengde="2", pause_ved_fritagelse="on")
    vist = klient.post(side("fristregel_ret"), data | {"trin": "vis"})
    # The page carries the whole form along, unticked boxes too.
    skjulte = {felt.html_name: felt.value() or "" for felt in vist.context["form"]}

    tilbage = klient.post(side("fristregel_ret"), skjulte | {"trin": "tilbage"})

    assert tilbage.status_code == 200
    form = tilbage.context["form"]
    assert (form["laengde"].value(), form["begrundelse"].value()) == ("2", "Byrådets mål.")
    assert form["pause_ved_fritagelse"].value()
    assert not form["udloeber"].value()


def test_two_who_change_the_same_rule_see_both_versions(klient, admin):
    data = udfyldt(klient, laengde="2")
    ret({"laengde": 3}, BrugerFactory(navn="Per Holm"), fra=i_dag())

    svar = klient.post(side("fristregel_ret"), data | {"trin": "gem"})

    assert svar.status_code == 409
    assert "Per Holm" in svar.text
    assert Fristregel.objects.get(kode=KODE, gyldig_til=None).laengde == 3
    # Sent again with the number of what is stored, it is saved.
    laas = svar.context["version"]
    igen = klient.post(side("fristregel_ret"), data | {"trin": "gem", "laas": laas})
    assert igen.status_code == 302
    assert Fristregel.objects.get(kode=KODE, gyldig_til=None).laengde == 2


def test_a_change_while_the_night_derives_says_to_wait(klient, monkeypatch):
    def optaget(**_kwargs):
        raise OperationalError from LockNotAvailable()

    monkeypatch.setattr("opfoelgning.services.fristregler.udled", optaget)

    svar = klient.post(side("fristregel_ret"), udfyldt(klient, laengde="2", trin="gem"))

    assert svar.status_code == 422
    assert "Vent et minut, og gem igen" in svar.text
    assert Fristregel.objects.get(kode=KODE).laengde == 1


def test_a_longer_warning_shows_how_many_are_told_of_now(klient):
    efter_teammoede(BrugerFactory(), 1)

    data = udfyldt(klient, varsel_dage="7", gaelder_fra="01.01.2013", trin="vis")

    vist = klient.post(side("fristregel_ret"), data).text
    assert '<strong class="num">1</strong> frist varsles nu' in vist
    assert "løbende sag" not in vist


def test_any_change_of_the_versions_makes_an_open_page_old(admin):
    laas = fristversioner.laas(list(Fristregel.objects.filter(kode=KODE)))
    ret({"laengde": 2}, admin, fra=date(2028, 1, 1))

    with pytest.raises(ForaeldetVersionError):
        ret({"laengde": 3}, admin, laas=laas)
    with pytest.raises(ForaeldetVersionError):
        luk_fristregel(KODE, i_dag(), begrundelse="Slut", laas=laas, af=admin)


def test_where_the_plan_is_counted_from_is_the_rules_choice(klient):
    sag = efter_teammoede(BrugerFactory(), 3)
    moede = i_dag() - timedelta(days=3)
    assert Frist.objects.get(sag=sag, kode="INDSATSPLAN_FRIST").start_dato == moede + timedelta(7)

    data = udfyldt(
        klient, "INDSATSPLAN_FRIST", anker="TEAMMOEDE", gaelder_fra="01.01.2013", trin="gem"
    )
    assert klient.post(side("fristregel_ret", "INDSATSPLAN_FRIST"), data).status_code == 302

    frist = Frist.objects.get(sag=sag, kode="INDSATSPLAN_FRIST")
    assert (frist.start_dato, frist.forfald_dato) == (moede, moede + timedelta(days=21))


@pytest.mark.parametrize("kode", ["KLAGEFRIST", "FORLOEB_MAX", "SAGSPAKKE"])
def test_a_length_of_the_rule_set_is_not_changed_here(klient, kode):
    form = klient.get(side("fristregel_ret", kode)).context["form"]

    assert not {"laengde", "enhed", "anker", "antal"} & set(form.fields)
    assert "varsel_dage" in form.fields
    assert "antal" in klient.get(side("fristregel_ret", "SAMTALER_MIN")).context["form"].fields


def test_a_rule_is_closed_after_its_effect_is_shown(klient):
    sag = efter_teammoede(BrugerFactory(), 3)
    dag = i_dag() - timedelta(days=5)
    laas = klient.get(side("fristregel_luk")).context["form"]["laas"].value()
    data = {"laas": laas, "sidste_dag": f"{dag:%d.%m.%Y}", "begrundelse": "Ny ordning"}

    vist = klient.post(side("fristregel_luk"), data | {"trin": "vis"})
    assert sag.sagsnummer in vist.text
    assert "Falder bort" in vist.text
    assert Fristregel.objects.get(kode=KODE).gyldig_til is None

    gemt = klient.post(side("fristregel_luk"), data | {"trin": "gem"}, follow=True)

    assert "Reglen slutter" in gemt.text
    assert Fristregel.objects.get(kode=KODE).gyldig_til == dag
    frist = Frist.objects.get(sag=sag, kode=KODE)
    assert frist.bortfaldet_dato == i_dag()
    igen = klient.post(side("fristregel_luk"), data | {"trin": "gem", "laas": laas})
    assert igen.status_code == 422
    assert "En anden har ændret reglen" in igen.text


def test_a_page_of_what_is_not_a_rule_is_not_found(klient, admin):
    assert klient.get(side("fristregel", "FINDES_IKKE")).status_code == 404
    with pytest.raises(ValidationError, match="findes ikke"):
        ret({"laengde": 1}, admin, kode="FINDES_IKKE")
    with pytest.raises(ValidationError, match="hvorfor"):
        ret({"laengde": 2}, admin, begrundelse=" ")


def test_the_rule_of_the_monthly_report_touches_no_case(klient):
    data = udfyldt(klient, "RAPPORT_MAANED", laengde="3", trin="vis")

    assert "ikke til en sag" in klient.post(side("fristregel_ret", "RAPPORT_MAANED"), data).text
    data["trin"] = "gem"
    assert klient.post(side("fristregel_ret", "RAPPORT_MAANED"), data).status_code == 302


@pytest.mark.parametrize("versioner", [1, 3, 25])
def test_the_pages_cost_the_same_however_many_versions(
    klient, admin, django_assert_num_queries, versioner
):
    foer = Fristregel.objects.get(kode=KODE)
    for nr in range(1, versioner):
        fra = date(2013, 1, 1) + timedelta(days=30 * nr)
        foer.gyldig_til = fra - timedelta(days=1)
        foer.save()
        foer = Fristregel.objects.create(
            kode=KODE, navn="Første", laengde=1, enhed="UGER", gyldig_fra=fra, rettet_af=admin
        )

    with django_assert_num_queries(4):
        klient.get(reverse("opfoelgning:fristregler"))
    with django_assert_num_queries(5):
        klient.get(side("fristregel"))


@pytest.mark.parametrize(
    ("felter", "constraint"),
    [
        ({"gyldig_til": date(2012, 1, 1)}, "fristregel_slut_efter_start"),
        ({"enhed": "AAR"}, "fristregel_enhed_kendt"),
        ({"rulning": "op"}, "fristregel_valg_kendte"),
        ({"anker": "TEAMMOEDE"}, "fristregel_anker_kun_planens"),
        ({"antal": 0}, "fristregel_antal_mindst_en"),
        ({"kode": KODE}, "fristregel_en_ad_gangen"),
    ],
)
def test_the_database_keeps_a_rule_whole(felter, constraint):
    hele = {"kode": "NY", "navn": "Ny", "laengde": 1, "enhed": "UGER", "gyldig_fra": FOERST}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Fristregel.objects.create(**hele | felter)
