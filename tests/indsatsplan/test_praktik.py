"""A praktik: the company chosen, proposed, agreed, visited, and put in words."""

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from borgere.models import Dokument, Informationstype, Tildeling
from indsatsplan import bevilling, praktikplads, services
from indsatsplan.models import Indsats, Praktik, Virksomhedskontakt
from rehabilitering.models import Indsatstype
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import (
    IndsatsFactory,
    IndsatsplanFactory,
    IndsatstrinFactory,
    PraktikFactory,
    SamtykkeFactory,
    TildelingFactory,
    VirksomhedFactory,
    VirksomhedskontaktFactory,
)

pytestmark = pytest.mark.django_db

# Session, user, the effort with its praktik, the case's frame 2, its look-up row, reminders.
PRAKTIKSIDEN = 7


@pytest.fixture
def praktik(db):
    """A praktik in progress under an approved plan."""
    praktik = PraktikFactory()
    IndsatsplanFactory(forloeb=praktik.indsats.forloeb, godkendt=True)
    return praktik


@pytest.fixture
def tina(som, praktik):
    """The virksomhedskonsulent of the case, signed in."""
    return i_kredsen(som, praktik, "virksomhedskonsulent")


def i_kredsen(som, praktik, rolle):
    klient = som(rolle)
    art = Tildeling.Art.MEDVIRKENDE
    TildelingFactory(sag=praktik.indsats.forloeb.sag, bruger=klient.bruger, art=art)
    return klient


def url(navn, pk):
    return reverse(f"indsatsplan:{navn}", args=[pk])


def ret(praktik, **andre):
    """The form of a praktik that has begun."""
    return {
        "virksomhed": praktik.virksomhed_id,
        "virksomhedsmentor": praktik.virksomhedsmentor_id or "",
        "formaal_art": praktik.formaal_art,
        "formaal_tekst": praktik.formaal_tekst,
        "laas": praktik.laas + praktik.indsats.laas,
    } | andre


def forslag(praktik, virksomhed, **andre):
    """The form of a praktik that is proposed."""
    return {
        "virksomhed": virksomhed.pk,
        "beskrivelse": "Praktik på stutteri",
        "maal": praktik.indsats.maal_id,
        "tilfoejet_begrundelse": "Borgeren vil arbejde med heste",
        "planlagt_start": f"{i_dag() + timedelta(days=10):%d.%m.%Y}",
        "ansvarlig": "Tina",
        "formaal_art": "traening",
        "formaal_tekst": "Komme af sted to dage om ugen",
        "laas": 0,
    } | andre


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("praktik_formaal_kendt", {"formaal_art": "hygge"}),
        ("praktik_har_formaal", {"formaal_tekst": ""}),
    ],
)
def test_table_refuses(praktik, navn, felter):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        Praktik.objects.filter(pk=praktik.pk).update(**felter)


def test_praktik_is_proposed_with_its_company_and_opens_the_draft(tina, praktik):
    stutteri = VirksomhedFactory(navn="Stutteriet", er_fast=True)
    ny = url("praktik_ny", praktik.indsats.forloeb.sag_id)

    fundne = tina.get(ny, {"q": "stutt"}).content.decode()
    assert f"?virksomhed={stutteri.pk}" in fundne
    assert "Praktik, Stutteriet" in tina.get(ny, {"virksomhed": stutteri.pk}).content.decode()
    svar = tina.post(ny, forslag(praktik, stutteri, ny_mentor="Grethe  Lind"))

    forslaget = Praktik.objects.latest("pk")
    assert svar["Location"] == url("praktik", forslaget.indsats_id)
    assert forslaget.indsats.status == Indsats.Status.FORESLAAET
    assert forslaget.indsats.formaal == "Komme af sted to dage om ugen"
    assert forslaget.virksomhedsmentor.navn == "Grethe Lind"
    assert forslaget.virksomhedsmentor.er_mentor
    assert praktik.indsats.forloeb.planer.kladder().count() == 1
    assert "Stutteriet" in tina.get(svar["Location"]).content.decode()


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"formaal_tekst": ""}, "Skriv, hvad praktikken skal føre til."),
        ({"formaal_art": ""}, "Vælg, hvad praktikken skal føre til."),
        ({"tilfoejet_begrundelse": ""}, "skriv, hvorfor den er tilføjet"),
        ({"planlagt_start": "01.01.2020"}, "uden for forløbet"),
        ({"planlagt_slut": "01.01.2020"}, "ligger før startdatoen"),
        ({"besoeg_dato": "01.01.2100"}, "Besøget skal ligge før"),
        ({"maal": ""}, "Dette felt er påkrævet"),
    ],
)
def test_refused_proposal_keeps_what_was_typed_and_leaves_nothing(tina, praktik, felter, besked):
    stutteri = VirksomhedFactory()

    svar = tina.post(
        url("praktik_ny", praktik.indsats.forloeb.sag_id),
        forslag(praktik, stutteri, ny_kontakt="Bo Vad", **felter),
    )

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert "Bo Vad" in svar.content.decode()
    assert Praktik.objects.count() == 1
    assert not Virksomhedskontakt.objects.filter(navn="Bo Vad").exists()
    assert praktik.indsats.forloeb.planer.kladder().count() == 0


def test_closed_company_cannot_be_chosen_and_an_unknown_one_is_not_found(tina, praktik):
    ny = url("praktik_ny", praktik.indsats.forloeb.sag_id)

    svar = tina.post(ny, forslag(praktik, VirksomhedFactory(er_aktiv=False)))

    assert svar.status_code == 422
    assert "er lukket i registret" in svar.content.decode()
    assert tina.get(ny, {"virksomhed": "999999"}).status_code == 404
    assert tina.get(ny, {"virksomhed": "²" * 30}).status_code == 200


def test_new_company_on_the_way_comes_back_chosen(tina, praktik):
    ny = url("praktik_ny", praktik.indsats.forloeb.sag_id)
    sag_id = praktik.indsats.forloeb.sag_id
    firma = VirksomhedFactory.build(navn="Helt Ny")

    svar = tina.post(
        f"{reverse('indsatsplan:virksomhed_ny')}?sag={sag_id}",
        {"cvr": firma.cvr, "navn": firma.navn},
    )

    assert svar["Location"].startswith(f"{ny}?virksomhed=")
    assert "Helt Ny" in tina.get(svar["Location"]).content.decode()


def test_what_the_plan_does_not_show_needs_no_draft(tina, praktik):
    besoeg = praktik.indsats.faktisk_start - timedelta(days=2)
    data = ret(praktik, besoeg_dato=f"{besoeg:%d.%m.%Y}", besoeg_note="Hilste på Bjarne")

    assert tina.post(url("praktik_ret", praktik.indsats_id), data).status_code == 302

    praktik.refresh_from_db()
    assert (praktik.besoeg_dato, praktik.laas) == (besoeg, 1)
    assert praktik.indsats.forloeb.planer.kladder().count() == 0
    assert Haendelse.objects.filter(kode="plan.praktik_gemt").count() == 1


@pytest.mark.parametrize("aendring", ["virksomhed", "virksomhedsmentor", "skaanehensyn"])
def test_what_the_plan_shows_opens_the_draft(tina, praktik, aendring):
    ny = {
        "virksomhed": lambda: {"virksomhed": VirksomhedFactory().pk, "virksomhedsmentor": ""},
        "virksomhedsmentor": lambda: {"virksomhedsmentor": "", "ny_mentor": "Anna"},
        "skaanehensyn": lambda: {"skaanehensyn": "Ingen tunge løft"},
    }[aendring]()

    assert tina.post(url("praktik_ret", praktik.indsats_id), ret(praktik, **ny)).status_code == 302
    assert praktik.indsats.forloeb.planer.kladder().count() == 1


def test_person_of_another_company_is_refused(praktik):
    fremmed = VirksomhedskontaktFactory(navn="Fremmed")

    with pytest.raises(ValidationError, match="er ikke hos"):
        services.gem_praktik(praktik.indsats, af=tilfaeldig(), kontakt=fremmed)


def tilfaeldig():
    return TildelingFactory().bruger


def test_person_who_has_left_stays_where_chosen_and_cannot_be_chosen_anew(praktik):
    Virksomhedskontakt.objects.update(udgaaet_dato=i_dag())
    af = tilfaeldig()
    mentor = Virksomhedskontakt.objects.get()

    services.gem_praktik(praktik.indsats, af=af, formaal_tekst="Andet")
    with pytest.raises(ValidationError, match="ikke i virksomheden mere"):
        services.gem_praktik(praktik.indsats, af=af, kontakt=mentor)


def test_effort_of_another_kind_is_no_praktik(praktik, tina):
    mentor = Indsatstype.objects.filter(er_praktik=False).first()
    anden = IndsatsFactory(forloeb=praktik.indsats.forloeb, indsatstype=mentor)

    with pytest.raises(ValidationError, match="ikke en virksomhedspraktik"):
        services.gem_praktik(anden, af=tilfaeldig(), virksomhed=praktik.virksomhed)
    assert tina.get(url("praktik", anden.pk)).status_code == 404


def test_praktik_in_health_is_not_for_those_who_may_not_read_about_it(som, praktik, tina):
    Indsatstype.objects.filter(er_praktik=True).update(omraade="sundhed")
    maja = i_kredsen(som, praktik, "koordinerende")
    plan = url("plan", praktik.indsats.forloeb.sag_id)

    for klient, status in ((tina, 404), (maja, 200)):
        assert klient.get(url("praktik", praktik.indsats_id)).status_code == status
        assert (praktik.virksomhed.navn in klient.get(plan).content.decode()) == (status == 200)


def test_change_of_either_meanwhile_is_a_conflict(tina, praktik):
    side = url("praktik_ret", praktik.indsats_id)
    sendt = ret(praktik, formaal_tekst="Job som lagermand")
    services.gem_praktik(praktik.indsats, af=tina.bruger, formaal_tekst="Job i butikken")

    svar = tina.post(side, sendt)

    assert svar.status_code == 409
    assert "Job som lagermand" in svar.content.decode()
    assert "Job i butikken" in svar.content.decode()
    Indsats.objects.filter(pk=praktik.indsats_id).update(laas=7)
    flyttet = ret(praktik, virksomhed=VirksomhedFactory(navn="Anden").pk, virksomhedsmentor="")
    assert "Anden" in tina.post(side, flyttet | {"laas": 0}).content.decode()
    with pytest.raises(ForaeldetVersionError):
        services.gem_praktik(praktik.indsats, af=tina.bruger, laas=1)


def test_proposal_is_changed_as_a_whole_and_stays_one(tina, praktik):
    ny = url("praktik_ny", praktik.indsats.forloeb.sag_id)
    data = forslag(praktik, VirksomhedFactory())
    tina.post(ny, data)
    forslaget = Praktik.objects.latest("pk")
    laas = forslaget.laas + forslaget.indsats.laas

    side = url("praktik_ret", forslaget.indsats_id)
    assert "Praktik på stutteri" in tina.get(side).content.decode()
    assert tina.post(side, data | {"beskrivelse": "Staldpraktik", "laas": laas}).status_code == 302

    forslaget.indsats.refresh_from_db()
    assert (forslaget.indsats.beskrivelse, forslaget.indsats.status) == (
        "Staldpraktik",
        "foreslaaet",
    )


@pytest.mark.parametrize(
    ("status", "om_dage", "besoegt", "advarsel"),
    [
        ("i_gang", -5, False, "Begyndt uden et besøg før start."),
        ("i_gang", -5, True, ""),
        ("planlagt", 14, False, "Der er ikke aftalt et besøg før start."),
        ("planlagt", 15, False, ""),
        ("afsluttet", -90, False, ""),
    ],
)
def test_visit_is_missed_before_and_after_the_first_day(status, om_dage, besoegt, advarsel):
    dag = i_dag()
    indsats = Indsats(status=status, planlagt_start=dag + timedelta(days=om_dage))
    praktik = Praktik(besoeg_dato=dag - timedelta(days=30) if besoegt else None)

    assert praktikplads.advarsel(indsats, praktik, dag) == advarsel
    if status != "afsluttet":
        assert praktikplads.advarsel(indsats, None, dag) == "Der er ikke valgt virksomhed."


def test_beginning_without_a_visit_is_warned_of_and_not_refused(som, praktik):
    maja = i_kredsen(som, praktik, "koordinerende")
    ny = PraktikFactory(
        indsats__forloeb=praktik.indsats.forloeb, indsats__i_gang=False, virksomhedsmentor=None
    ).indsats

    svar = maja.post(
        url("indsats_begynd", ny.pk),
        {"dato": f"{ny.planlagt_start:%d.%m.%Y}", "laas": ny.laas},
        follow=True,
    )

    assert "Begyndt uden et besøg før start." in [str(m) for m in svar.context["messages"]]
    ny.refresh_from_db()
    assert ny.status == Indsats.Status.I_GANG


def test_page_is_logged_once_and_costs_the_same(tina, praktik, django_assert_num_queries):
    IndsatstrinFactory(indsats=praktik.indsats)
    side = url("praktik", praktik.indsats_id)

    with django_assert_num_queries(PRAKTIKSIDEN):
        tina.get(side)

    assert Opslag.objects.filter(sag_id=praktik.indsats.forloeb.sag_id).count() == 1


def test_reader_sees_the_praktik_and_may_not_change_it(som, praktik):
    maja = i_kredsen(som, praktik, "sagsbehandler")

    html = maja.get(url("praktik", praktik.indsats_id)).content.decode()

    assert praktik.virksomhed.navn in html
    assert url("praktik_ret", praktik.indsats_id) not in html
    assert maja.get(url("praktik_ret", praktik.indsats_id)).status_code == 403


# The agreement in words ---------------------------------------------------------------------------


def ord_i(praktik):
    blokke = bevilling.vis(praktik, af=tilfaeldig()).blokke
    return "\n".join([b.tekst for b in blokke] + [p for b in blokke for p in b.punkter])


def test_one_text_holds_every_step_and_person(praktik):
    start = praktik.indsats.faktisk_start
    IndsatstrinFactory(
        indsats=praktik.indsats,
        fra_dato=start,
        dage_pr_uge=2,
        timer_pr_dag="2.00",
        ugedage="mandag og onsdag",
        opgaver="Rydde op.",
    )
    IndsatstrinFactory(
        indsats=praktik.indsats,
        fra_dato=start + timedelta(days=30),
        dage_pr_uge=1,
        timer_pr_dag="4.50",
        opgaver="Egen reol",
        stoette="efter_behov",
        er_skitse=True,
    )

    tekst = ord_i(praktik)

    assert "2 dage om ugen (mandag og onsdag), 2 timer om dagen, i alt 4 timer om ugen." in tekst
    assert "Opgaver: Rydde op (enkle opgaver). En ved siden af hele tiden." in tekst
    assert "1 dag om ugen, 4,5 timer om dagen" in tekst
    assert "Støtte efter behov. Kun en skitse" in tekst
    assert "job i virksomheden eller branchen: Job som chauffør" in tekst
    assert praktik.virksomhedsmentor.navn in tekst
    assert "Kommunen ser efter, at disse linjer passer" in tekst


def test_without_steps_the_hours_of_the_plan_are_said_and_without_hours_nothing_is_made(praktik):
    Indsats.objects.update(timer_pr_uge="7.5")
    praktik.indsats.refresh_from_db()
    assert "7,5 timer om ugen" in ord_i(praktik)

    praktik.indsats.timer_pr_uge = None
    with pytest.raises(ValidationError, match="Skriv først praktikkens trin"):
        ord_i(praktik)


def test_skaanehensyn_need_a_consent_to_that_company(praktik):
    sag = praktik.indsats.forloeb.sag
    IndsatstrinFactory(indsats=praktik.indsats)
    praktik.indsats.skaanehensyn = "Ingen tunge løft"
    felter = {
        "borger": sag.borger,
        "modtager": "virksomhed",
        "informationstyper": [Informationstype.SKAANEHENSYN],
    }
    SamtykkeFactory(modtager_navn="En anden virksomhed", **felter)

    assert "tunge løft" not in ord_i(praktik)
    udeladt = bevilling.vis(praktik, af=tilfaeldig())
    assert praktik.virksomhed.navn in udeladt.udeladt
    assert "samtykke" in udeladt.link

    SamtykkeFactory(modtager_navn=praktik.virksomhed.navn, **felter)
    assert "tunge løft" in ord_i(praktik)
    assert bevilling.vis(praktik, af=tilfaeldig()).udeladt == ""


@pytest.mark.parametrize(
    ("opgaver", "besked"),
    [
        ("Køre med 720583-1234 til møde", "ligner et personnummer"),
        ("Hentes på Hemmelig Vej 1, 2. tv", "beskyttede adresse"),
    ],
)
def test_text_never_holds_a_number_or_a_protected_address(praktik, opgaver, besked):
    borger = praktik.indsats.forloeb.sag.borger
    borger.er_adressebeskyttet, borger.adresse = True, "Hemmelig vej 1"
    borger.save()
    IndsatstrinFactory(indsats=praktik.indsats, opgaver=opgaver)

    with pytest.raises(ValidationError, match=besked):
        ord_i(praktik)


def test_text_is_put_on_the_case_once_a_day_and_shown(tina, praktik):
    side = url("bevillingstekst", praktik.indsats_id)
    pdf = url("bevillingstekst_pdf", praktik.indsats_id)
    assert tina.get(pdf).status_code == 404
    afvist = tina.post(side)
    assert afvist.status_code == 422
    assert "Skriv først praktikkens trin" in afvist.content.decode()
    IndsatstrinFactory(indsats=praktik.indsats)

    assert tina.post(side)["Location"] == side
    tina.post(side)

    [dokument] = Dokument.objects.filter(titel__startswith="Bevillingstekst")
    svar = tina.get(pdf)
    assert svar.content == bytes(dokument.indhold)
    laest = " ".join(pypdf.PdfReader(BytesIO(svar.content)).pages[0].extract_text().split())
    assert praktik.virksomhed.navn in laest
    assert "Personnummer" not in laest
    assert Opslag.objects.filter(objekt="bevillingstekst").count() == 1
    assert pdf in tina.get(side).content.decode()
