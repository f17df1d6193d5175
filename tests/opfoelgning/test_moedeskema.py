"""The meeting form: saved while one types, together with the citizen, and what closing changes."""

from datetime import date, timedelta

import pytest
import time_machine

from indsatsplan.models import Indsats
from indsatsplan.services.gennemfoerelse import afslut_indsats
from indsatsplan.services.pause import hold_pause
from opfoelgning import moedeforslag
from opfoelgning.models import Mentorsvar, Opfoelgningsmoede, Progressionsindikator
from opfoelgning.services import progressionskatalog
from opfoelgning.skema import gemt_skema
from ressource.models import Haendelse, Lukkedag
from tests.factories import (
    BrugerFactory,
    IndsatsFactory,
    OpfoelgningsmoedeFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)
from tests.opfoelgning.sager import i_forloeb
from tests.opfoelgning.test_moede import adresse, udfyldt

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 14), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("koordinerende", navn="Maja Kirkegaard")


@pytest.fixture
def moede(klient):
    return i_forloeb(klient.bruger, moede=IDAG).opfoelgningsmoeder.get(nr=2)


@pytest.fixture
def indsats(moede):
    return moede.sag.forloeb.get().indsatser.get()


def gem_selv(klient, moede, **felter):
    return klient.post(adresse(moede), udfyldt(moede, trin="", **felter), headers=HTMX)


def test_what_is_typed_saves_itself_and_says_what_is_missing(klient, moede):
    svar = gem_selv(klient, moede, skitse="", naeste_dato="", naeste_kl="")

    html = svar.content.decode()
    assert svar.status_code == 200
    assert "Gemt kl. 14.00" in html
    assert 'name="laas" id="id_laas" value="1"' in html
    assert "Mangler 2 ting for at lukke mødet" in html
    assert "6 måneder er ikke skitseret" in html
    assert "<!doctype" not in html.lower()
    moede.refresh_from_db()
    assert (moede.referat, moede.status) == ("Det går fremad", "planlagt")


def test_saving_itself_again_and_again_is_one_event(klient, moede):
    for laas in ("0", "1", "2"):
        gem_selv(klient, moede, laas=laas, referat=f"Ord {laas}")

    assert Haendelse.objects.filter(kode="opfoelgning.gemt").count() == 1
    moede.refresh_from_db()
    assert (moede.laas, moede.referat) == (3, "Ord 2")


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"naeste_dato": "05.0"}, "Skriv datoen som dag.måned.år"),
        ({"naeste_kl": ""}, "Skriv også klokkeslæt for næste møde."),
        ({"naeste_dato": "01.11.2026"}, "Næste møde skal ligge efter dette møde."),
    ],
)
def test_half_a_date_keeps_the_rest_and_is_not_stored(klient, moede, felter, fejl):
    svar = gem_selv(klient, moede, **felter)

    html = svar.content.decode()
    assert svar.status_code == 422
    assert "Gemt kl. 14.00, men ikke det hele." in html
    assert fejl in html
    moede.refresh_from_db()
    assert (moede.referat, moede.naeste_tidspunkt, moede.laas) == ("Det går fremad", None, 1)


def test_saving_itself_meets_a_conflict_beside_the_text(som, klient, moede):
    kollega = som(BrugerFactory(roller=["koordinerende"], navn="Ida Holm"))
    TildelingFactory(sag=moede.sag, bruger=kollega.bruger, art="medvirkende")
    gem_selv(kollega, moede, referat="Idas ord")

    svar = gem_selv(klient, moede, referat="Majas ord")

    assert svar.status_code == 409
    assert svar["HX-Retarget"] == "#fejlbesked"
    moede.refresh_from_db()
    assert moede.referat == "Idas ord"


def test_a_box_that_another_ticked_is_asked_about(som, klient, moede):
    kollega = som(BrugerFactory(roller=["koordinerende"]))
    TildelingFactory(sag=moede.sag, bruger=kollega.bruger, art="medvirkende")
    gem_selv(kollega, moede)

    svar = klient.post(adresse(moede), udfyldt(moede, trin="gem", mentor_var_med=""))

    assert svar.status_code == 409
    (felt,) = svar.context["felter"]
    assert (felt.navn, felt.min_vist, felt.anden_vist) == ("mentor_var_med", "Nej", "Ja")


def test_everybody_ticked_and_written_was_there(klient, moede):
    TildelingFactory(
        sag=moede.sag,
        art="medvirkende",
        bruger=BrugerFactory(roller=["virksomhedskonsulent"], navn="Tina Vestergaard"),
    )

    klient.post(adresse(moede), udfyldt(moede, trin="gem", med_0="on", andre_til_stede="Søsteren"))

    moede.refresh_from_db()
    assert moede.andre_til_stede == "Virksomhedskonsulent Tina Vestergaard, Søsteren"
    form = klient.get(adresse(moede)).context["form"]
    assert (form["med_0"].value(), form["andre_til_stede"].value()) == (True, "Søsteren")


def test_shared_screen_shows_nothing_internal_and_keeps_it(klient, moede, indsats):
    TildelingFactory(sag=moede.sag, art="mentor", bruger=BrugerFactory(navn="Lars Bach"))
    Mentorsvar.objects.create(moede=moede, svaert="Mandage", skrevet_af=klient.bruger)
    klient.post(adresse(moede), udfyldt(moede, trin="gem", referat="Intern note"))
    adr = f"{adresse(moede)}?sammen=1"

    side = klient.get(adr).content.decode()
    svar = klient.post(
        adr, {"laas": "1", f"hvad_skete_{indsats.pk}": "Vi øvede kassen", "skitse": "10 timer"}
    )

    for skjult in ("Intern note", "Mandage", "Lars Bach", moede.sag.sagsnummer, "Kan mødet lukkes"):
        assert skjult not in side
    assert svar.status_code == 302
    moede.refresh_from_db()
    assert (moede.referat, moede.mentor_var_med, moede.skitse) == ("Intern note", True, "10 timer")
    assert moede.punkter.get().hvad_skete == "Vi øvede kassen"


def test_conflict_on_the_shared_screen_names_nothing_hidden(som, klient, moede, indsats):
    tro = Progressionsindikator.objects.get(kode="fagpersonens_tro")
    adr = f"{adresse(moede)}?sammen=1"
    kollega = som(BrugerFactory(roller=["koordinerende"]))
    TildelingFactory(sag=moede.sag, bruger=kollega.bruger, art="medvirkende")
    gem_selv(
        kollega,
        moede,
        referat="Intern note",
        **{f"score_fagperson_{tro.pk}": "1", f"maaling_note_{tro.pk}": "Tror det ikke"},
    )

    svar = klient.post(adr, {"laas": "0", "skitse": "Min skitse"})
    html = svar.content.decode()

    assert svar.status_code == 409
    for skjult in (tro.navn, f"_{tro.pk}", "Tror det ikke", "Intern note", moede.sag.sagsnummer):
        assert skjult not in html
    assert f'href="{adr}"' in html
    svar = klient.post(
        adr, {"laas": "1", "skitse": "Vores", f"hvad_skete_{indsats.pk}": "Kassen", "trin": "gem"}
    )
    assert svar.url == adr
    assert moede.maalinger.get().fagperson_score == 1


@pytest.mark.parametrize(
    ("valgt", "felter", "status"),
    [
        ("pause", {"status_grund": "Influenza"}, "pause"),
        ("afsluttet", {}, "afsluttet"),
        ("afbrudt", {"status_grund": "For hårdt", "status_dato": "20.11.2026"}, "afbrudt"),
    ],
)
def test_effort_changes_as_the_talk_is_closed_and_not_before(
    klient, moede, indsats, valgt, felter, status
):
    data = {f"status_nu_{indsats.pk}": valgt}
    data |= {f"{felt}_{indsats.pk}": vaerdi for felt, vaerdi in felter.items()}
    klient.post(adresse(moede), udfyldt(moede, trin="gem", **data))
    indsats.refresh_from_db()
    assert indsats.status == "i_gang"

    svar = klient.post(adresse(moede), udfyldt(moede, laas="1", **data))

    assert svar.status_code == 302
    indsats.refresh_from_db()
    assert indsats.status == status
    if status == "afbrudt":
        assert indsats.faktisk_slut == date(2026, 11, 20)


def test_effort_that_ends_needs_no_next_three_months(klient, moede, indsats):
    data = {f"status_nu_{indsats.pk}": "afsluttet", f"naeste_tre_maaneder_{indsats.pk}": ""}

    assert klient.post(adresse(moede), udfyldt(moede, **data)).status_code == 302


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"status_nu": "afbrudt"}, "Skriv, hvorfor indsatsen blev afbrudt."),
        ({"status_nu": "pause"}, "Skriv, hvorfor indsatsen sættes på pause."),
        ({"status_nu": "afsluttet", "status_dato": "25.11.2026"}, "Datoen ligger i fremtiden."),
        ({"status_nu": "i_gang"}, "Indsatsen har fået en anden status imens."),
    ],
)
def test_change_the_plan_refuses_stands_on_its_field_and_nothing_is_closed(
    klient, moede, indsats, felter, fejl
):
    data = {f"{felt}_{indsats.pk}": vaerdi for felt, vaerdi in felter.items()}

    svar = klient.post(adresse(moede), udfyldt(moede, **data))

    assert svar.status_code == 422
    assert fejl in svar.content.decode()
    assert not svar.context["form"].non_field_errors()
    moede.refresh_from_db()
    indsats.refresh_from_db()
    assert (moede.status, indsats.status) == ("planlagt", "i_gang")


def test_planned_effort_begins_and_paused_one_goes_on(klient, moede):
    forloeb = moede.sag.forloeb.get()
    planlagt = IndsatsFactory(forloeb=forloeb)
    paa_pause = IndsatsFactory(forloeb=forloeb, i_gang=True)
    fra = IDAG - timedelta(days=5)
    hold_pause(paa_pause, fra=fra, begrundelse="Ferie", af=klient.bruger)
    data = {f"status_nu_{i.pk}": "i_gang" for i in (planlagt, paa_pause)}

    svar = klient.post(adresse(moede), udfyldt(moede, **data))

    assert svar.status_code == 302
    assert {i.status for i in Indsats.objects.filter(forloeb=forloeb)} == {"i_gang"}


def test_suggested_times_are_open_and_free(klient, moede):
    mentor = TildelingFactory(sag=moede.sag, art="mentor").bruger
    uden = moedeforslag.forslag(moede)
    Lukkedag.objects.create(dato=uden[0].date(), aarsag="personaledag")
    anden = SagFactory(ansvarlig=BrugerFactory())
    TildelingFactory(sag=anden, art="mentor", bruger=mentor)
    OpfoelgningsmoedeFactory(sag=anden, nr=1, tidspunkt=uden[1] + timedelta(minutes=30))

    med = moedeforslag.forslag(moede)

    assert uden == sorted(uden)
    assert len({tid.date() for tid in uden}) == len({tid.date() for tid in med}) == 3
    assert uden[0].date() not in {tid.date() for tid in med}
    assert uden[1] not in med
    for tid in med:
        assert IDAG + timedelta(weeks=4) <= tid.date() <= IDAG + timedelta(weeks=8)


def test_suggested_time_is_one_choice(klient, moede):
    forslag = klient.get(adresse(moede)).context["tidsvalg"][0]
    data = udfyldt(moede, naeste_dato="", naeste_kl="", naeste_valg=forslag.vaerdi)

    klient.post(adresse(moede), data | {"trin": "gem"})
    vist = klient.get(adresse(moede)).context["tidsvalg"]
    klient.post(adresse(moede), data | {"laas": "1"})

    assert [v.er_valgt for v in vist] == [True, False, False]
    assert Opfoelgningsmoede.objects.get(nr=3).tidspunkt == forslag.tidspunkt


def test_meeting_of_a_series_is_the_next_one_already(klient, moede):
    aftalt = OpfoelgningsmoedeFactory(
        sag=moede.sag, nr=3, tidspunkt=klokken(date(2027, 1, 5), 10), sted="Kantinen"
    )

    side = klient.get(adresse(moede))
    klient.post(adresse(moede), udfyldt(moede, naeste_dato="05.01.2027", naeste_kl="10.00"))

    assert [v.tidspunkt for v in side.context["tidsvalg"] if v.er_valgt] == [aftalt.tidspunkt]
    moede.refresh_from_db()
    assert moede.naeste == aftalt


def test_talk_in_between_leads_to_the_meeting_already_agreed(klient, moede):
    klient.post(adresse(moede), udfyldt(moede))
    naeste = Opfoelgningsmoede.objects.get(nr=3)
    imellem = OpfoelgningsmoedeFactory(sag=moede.sag, nr=4, tidspunkt=klokken(IDAG, 16))
    valgt = [v for v in klient.get(adresse(imellem)).context["tidsvalg"] if v.er_valgt]

    klient.post(adresse(imellem), udfyldt(imellem))

    imellem.refresh_from_db()
    assert [v.tidspunkt for v in valgt] == [naeste.tidspunkt]
    assert (imellem.naeste, moede.sag.opfoelgningsmoeder.aftalte().count()) == (naeste, 1)


def test_button_pressed_twice_closes_once_and_says_nothing_wrong(klient, moede, indsats):
    data = udfyldt(moede, **{f"status_nu_{indsats.pk}": "afsluttet"})

    svar = [klient.post(adresse(moede), data) for _ in range(2)]

    assert [(s.status_code, s.url) for s in svar] == [(302, adresse(moede))] * 2
    assert Haendelse.objects.filter(kode="opfoelgning.holdt").count() == 1


def test_effort_that_ended_meanwhile_is_told_and_does_not_keep_the_talk_open(
    klient, moede, indsats
):
    oensket = {f"status_nu_{indsats.pk}": "pause", f"status_grund_{indsats.pk}": "Ferie"}
    klient.post(adresse(moede), udfyldt(moede, trin="gem", **oensket))
    afslut_indsats(indsats, dato=IDAG, afbrudt=False, begrundelse="", af=klient.bruger)

    gammel = klient.post(adresse(moede), udfyldt(moede, laas="1", **oensket))
    svar = klient.post(adresse(moede), udfyldt(moede, laas="1"))

    assert gammel.status_code == 422
    assert "er afsluttet imens" in gammel.content.decode()
    assert svar.status_code == 302
    assert moede.punkter.get().status_nu == ""


def test_answers_to_questions_that_were_changed_meanwhile_are_not_lost_in_silence(klient, moede):
    navn = next(
        n
        for n in klient.get(adresse(moede)).context["form"].fields
        if n.startswith("score_borger_")
    )
    ny = progressionskatalog.ny_version(af=klient.bruger)
    progressionskatalog.udgiv(ny, fra=IDAG, laas=ny.laas, af=klient.bruger)

    svar = gem_selv(klient, moede, **{navn: "4"})

    assert svar.status_code == 422
    assert "Progressionsskemaet er skiftet imens" in svar.content.decode()
    moede.refresh_from_db()
    assert (moede.referat, moede.maalinger.count()) == ("Det går fremad", 0)


def test_mentor_of_the_day_is_the_one_asked_about(klient, moede):
    dag = IDAG - timedelta(days=3)
    Opfoelgningsmoede.objects.filter(pk=moede.pk).update(tidspunkt=klokken(dag))
    for navn, fra, til in (
        ("Lars Bach", dag - timedelta(days=30), IDAG - timedelta(days=1)),
        ("Sara Lund", IDAG, None),
    ):
        bruger = BrugerFactory(roller=["mentor"], navn=navn)
        TildelingFactory(sag=moede.sag, art="mentor", bruger=bruger, fra_dato=fra, til_dato=til)

    html = klient.get(adresse(moede)).content.decode()

    assert "Mentor Lars Bach" in html
    assert "Mentor Sara Lund" not in html


def test_mentors_answer_stands_in_the_form(klient, moede):
    Mentorsvar.objects.create(moede=moede, godt="Kantinen", skrevet_af=klient.bruger)

    assert "Mentor har svaret:" in klient.get(adresse(moede)).content.decode()


def test_progression_can_wait(klient, moede):
    krav = klient.get(adresse(moede)).context["krav"]

    (progression,) = [k for k in krav if k.anker == "progression"]
    assert (progression.tilstand, progression.opfyldt) == ("obs-punkt", True)
    assert klient.post(adresse(moede), udfyldt(moede)).status_code == 302


def test_scores_and_small_steps_go_with_the_form(klient, moede):
    form = klient.get(adresse(moede)).context["form"]
    navn = next(n for n in form.fields if n.startswith("score_borger_"))

    gem_selv(klient, moede, **{navn: "4", "smaa_skridt": "Tog bussen alene"})

    skema = gemt_skema(Opfoelgningsmoede.objects.get(pk=moede.pk))
    assert [m.borger for m in skema.maalinger.values()] == [4]
    assert skema.smaa_skridt == "Tog bussen alene"


def test_meeting_ahead_is_moved_before_it_is_closed(klient, moede):
    Opfoelgningsmoede.objects.filter(pk=moede.pk).update(
        tidspunkt=klokken(IDAG + timedelta(days=2))
    )

    svar = klient.post(adresse(moede), udfyldt(moede))

    assert svar.status_code == 422
    assert "Flyt det til den dag, det blev holdt" in svar.content.decode()
