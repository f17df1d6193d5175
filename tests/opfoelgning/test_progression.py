"""Answers, lines and small steps: shown beside each other, never added up, never deciding anything."""

import ast
from dataclasses import fields
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from borgere.models import Fase
from borgere.services import afslut_sag
from opfoelgning import dokumenter, dokumenter_progression, maaling, progressionsside
from opfoelgning.maaling import Maaling
from opfoelgning.models import (
    Progressionsindikator,
    Progressionskatalog,
    SmaatSkridt,
)
from opfoelgning.services import progressionskatalog as katalogservices
from opfoelgning.services.progression import tag_skridt_ud, tilfoej_skridt
from ressource import pdf
from ressource.models import Haendelse, Opslag
from tests.factories import (
    OpfoelgningsmoedeFactory,
    ProgressionsmaalingFactory,
    SaerligadgangFactory,
    SagFactory,
    SmaatSkridtFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
# Session, user, case, the frame's three, forløb, answers, indicators, steps of the scales, small steps
# and how many, reminders. A case with a forløb takes seven more for its goals and hours.
SIDEN = 13
TRO = "Fagpersonens tro på job"


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 14), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("koordinerende")


@pytest.fixture
def sag(klient):
    return SagFactory(
        fase=Fase.OPFOELGNING,
        ansvarlig=klient.bruger,
        borger__fornavn="Eva",
        oprettet_dato=date(2025, 1, 1),
    )


@pytest.fixture
def moede(sag):
    """An agreed meeting today."""
    return OpfoelgningsmoedeFactory(sag=sag, nr=50, tidspunkt=klokken(IDAG, 13))


def indikator(kode, nr=1):
    return Progressionsindikator.objects.get(katalog__nr=nr, kode=kode)


def holdt(sag, dage_siden, **felter):
    dag = IDAG - timedelta(days=dage_siden)
    return OpfoelgningsmoedeFactory(
        sag=sag, afholdt=True, tidspunkt=klokken(dag, 13), lukket_den=klokken(dag, 14), **felter
    )


def svar(moede, kode="overskud", borger=3, fagperson=2, note=""):
    return ProgressionsmaalingFactory(
        moede=moede,
        indikator=indikator(kode),
        borger_score=borger,
        fagperson_score=fagperson,
        note=note,
    )


def side(sag, **felter):
    return progressionsside.byg(sag, i_dag=IDAG, **({"uden_skjulte": False} | felter))


def formular(moede, data=None, *, sammen=False):
    """The meeting form's part of it, and its section as the page has it."""
    skema = maaling.maalefelter(moede, sammen=sammen)
    start = skema.startvaerdier(maaling.gemte_maalinger(moede), maaling.gemte_skridt(moede))
    form = forms.Form(data, initial=start)
    form.fields |= skema.felter()
    html = render_to_string("opfoelgning/_maaling.html", {"maaling": skema.afsnit(form)})
    return skema, form, html


# The section of the meeting form


def test_answers_are_typed_stored_and_shown_again(moede):
    i = indikator("overskud")
    skema, form, _ = formular(
        moede,
        {f"score_borger_{i.pk}": "4", f"maaling_note_{i.pk}": "Sover bedre", "smaa_skridt": ""},
    )
    assert form.is_valid()
    maaling.gem_maalinger(moede, skema.maalinger(form.cleaned_data, {}))

    assert maaling.gemte_maalinger(moede) == {i.pk: Maaling(4, None, "Sover bedre")}
    _, _, html = formular(moede)
    assert f'name="score_borger_{i.pk}" value="4" checked' in html
    assert "Jeg har lidt til overs" in html

    maaling.gem_maalinger(moede, {i.pk: Maaling()})
    assert not moede.maalinger.exists()


def test_answers_are_within_the_scale_and_the_version(moede):
    i, kun_fagperson = indikator("overskud"), indikator("faglighed")
    for maalinger, felt in (
        ({i.pk: Maaling(6)}, f"score_borger_{i.pk}"),
        ({i.pk: Maaling(None, 0)}, f"score_fagperson_{i.pk}"),
        ({kun_fagperson.pk: Maaling(3)}, f"score_fagperson_{kun_fagperson.pk}"),
    ):
        with pytest.raises(ValidationError) as fejl:
            maaling.gem_maalinger(moede, maalinger)
        assert list(fejl.value.message_dict) == [felt]
    with pytest.raises(ValidationError, match="skiftet imens"):
        maaling.gem_maalinger(moede, {i.pk + 10_000: Maaling(3)})
    assert not moede.maalinger.exists()


def test_a_meeting_keeps_the_version_it_began_to_answer(moede):
    ny = katalogservices.ny_version(af=moede.aftalt_af)
    svar(moede, "overskud")
    katalogservices.udgiv(ny, fra=IDAG, laas=ny.laas, af=moede.aftalt_af)

    assert maaling.maalefelter(moede).katalog.nr == 1
    andet = OpfoelgningsmoedeFactory(sag=moede.sag, nr=51, tidspunkt=klokken(IDAG, 15))
    assert maaling.maalefelter(andet).katalog == ny
    Progressionskatalog.objects.filter(pk=ny.pk).update(gyldig_til=IDAG)
    senere = OpfoelgningsmoedeFactory(sag=moede.sag, nr=52)
    assert maaling.maalefelter(senere).katalog is None
    assert "Små skridt siden sidst" in formular(senere)[2]


def test_missing_answers_wait_and_are_not_asked_too_often(moede):
    skema = maaling.maalefelter(moede)
    assert skema.ubesvarede({}) == 20
    alle = {i.pk: Maaling(3 if i.spoergsmaal_borger else None, 3) for i in skema.indikatorer}
    assert skema.ubesvarede(alle) == 0
    svar(holdt(moede.sag, 60))
    assert maaling.maalefelter(moede).ubesvarede({}) == 0
    assert maaling.maalefelter(moede).ubesvarede({indikator("overskud").pk: Maaling(3)}) == 19


def test_section_is_three_statements_whatever_is_answered(moede, django_assert_num_queries):
    for n in range(25):
        svar(holdt(moede.sag, 30 * n + 30))
    with django_assert_num_queries(1):
        skema = maaling.maalefelter(moede)
    form = forms.Form()
    form.fields |= skema.felter()
    assert moede.sag.borger
    with django_assert_num_queries(2):
        skema.afsnit(form)


def test_together_with_the_citizen_the_hidden_answers_stay_on_the_server(moede):
    tro, overskud = indikator("fagpersonens_tro"), indikator("overskud")
    svar(holdt(moede.sag, 90), "fagpersonens_tro", None, 2)
    svar(moede, "fagpersonens_tro", None, 4, "Tvivler lidt")
    svar(moede, "overskud", 3, 2, "Kun til os")
    gemt = maaling.gemte_maalinger(moede)

    skema, form, html = formular(moede, {f"score_borger_{overskud.pk}": "5"}, sammen=True)

    for ord_ in (TRO, "Tvivler lidt", "Kun til os", f"_{tro.pk}"):
        assert ord_ not in html
    assert form.is_valid()
    maaling.gem_maalinger(moede, skema.maalinger(form.cleaned_data, gemt))
    assert maaling.gemte_maalinger(moede) == {
        tro.pk: Maaling(None, 4, "Tvivler lidt"),
        overskud.pk: Maaling(5, None, "Kun til os"),
    }
    assert TRO in formular(moede)[2]


def test_small_steps_of_a_form_that_saves_itself_are_one_row_each(moede):
    af = moede.aftalt_af
    for tekst in ("Tog", "Tog bussen", "Tog bussen alene\n\n Sagde fra ", "Tog bussen alene"):
        maaling.gem_smaa_skridt(moede, tekst, af=af)
    assert maaling.gemte_skridt(moede) == "Tog bussen alene"
    assert moede.smaa_skridt.count() == 2
    maaling.gem_smaa_skridt(moede, "Tog bussen alene\nSagde fra", af=af)
    assert maaling.gemte_skridt(moede) == "Tog bussen alene\nSagde fra"
    assert moede.smaa_skridt.count() == 2


def test_steps_too_many_or_too_long_are_refused_with_the_words_kept(moede):
    for tekst in ("\n".join(map(str, range(21))), "x" * 251):
        _, form, _html = formular(moede, {"smaa_skridt": tekst})
        assert not form.is_valid()
        assert tekst in form["smaa_skridt"].as_widget()


# The page


def test_page_shows_first_latest_and_highest_of_each(klient, sag):
    for dage, borger, fagperson in ((300, 2, 1), (200, 4, None), (100, 3, 2)):
        svar(holdt(sag, dage), "overskud", borger, fagperson, "En tung uge" if dage == 200 else "")
    holdt(sag, 50)

    html = klient.get(reverse("opfoelgning:progression", args=[sag.pk])).content.decode()

    [linje] = side(sag).versioner[0].linjer
    borger, fagperson = linje.udviklinger
    assert [t.vaerdi for t in (borger.foerste, borger.seneste, borger.bedste)] == [2, 3, 4]
    assert [t.vaerdi for t in (fagperson.foerste, fagperson.seneste)] == [1, 2]
    assert "Eva: 2, 4, 3. Fagperson: 1, 2. Skala 1 til 5." in html
    assert "En tung uge" in html
    # A setback is a number like any other.
    for ord_ in ("tilbagegang", "forværr", "fald", "desværre", "maerke-overskredet"):
        assert ord_ not in linje.tegning.lower() + html.lower()
    assert Opslag.objects.filter(sag_id=sag.pk, objekt="progression").count() == 1


def test_drafts_and_cancelled_talks_do_not_count(sag, moede):
    svar(moede)
    svar(OpfoelgningsmoedeFactory(sag=sag, nr=60, status="aflyst", afgjort_dato=IDAG))
    SmaatSkridtFactory(sag=sag, moede=moede)
    assert side(sag).versioner == ()
    assert not side(sag).skridt


def test_versions_stand_apart_with_a_break(klient, sag):
    svar(holdt(sag, 100), "overskud", 2)
    ny = katalogservices.ny_version(af=klient.bruger)
    katalogservices.udgiv(ny, fra=IDAG, laas=ny.laas, af=klient.bruger)
    ProgressionsmaalingFactory(
        moede=holdt(sag, 0), indikator=indikator("overskud", ny.nr), borger_score=5
    )

    nyeste, aeldre = side(sag).versioner
    assert (nyeste.katalog, aeldre.katalog.nr) == (ny, 1)
    for version, vaerdi in ((nyeste, 5), (aeldre, 2)):
        [linje] = version.linjer
        borger = linje.udviklinger[0]
        assert borger.foerste.vaerdi == borger.seneste.vaerdi == borger.bedste.vaerdi == vaerdi
        assert linje.tegning.count("<circle") == 1
    html = klient.get(reverse("opfoelgning:progression", args=[sag.pk])).content.decode()
    assert html.count("Her skiftede skemaet") == 1


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_page_takes_as_many_statements_for_few_and_many(
    klient, sag, antal, django_assert_num_queries
):
    for n in range(antal):
        svar(holdt(sag, 10 * n + 1))
        SmaatSkridtFactory(sag=sag)
    with django_assert_num_queries(SIDEN):
        klient.get(reverse("opfoelgning:progression", args=[sag.pk]))


def test_teamleder_sees_the_page_without_what_is_the_professionals_own(som, sag):
    leder = som("teamleder")
    svar(holdt(sag, 10), "fagpersonens_tro", None, 1, "Tvivler")
    SaerligadgangFactory(sag=sag, bruger=leder.bruger)
    html = leder.get(reverse("opfoelgning:progression", args=[sag.pk])).content.decode()
    assert TRO not in html
    assert "Tvivler" not in html


# Small steps between the talks


def test_step_is_written_and_taken_out(klient, sag):
    adresse = reverse("opfoelgning:skridt_ny", args=[sag.pk])
    klient.post(adresse, {"dato": "20.11.2026", "tekst": "Tog bussen alene"})
    skridt = SmaatSkridt.objects.get()
    assert (skridt.dato, skridt.skrevet_af) == (date(2026, 11, 20), klient.bruger)
    ud = reverse("opfoelgning:skridt_tag_ud", args=[sag.pk, skridt.pk])
    klient.post(ud)
    assert not side(sag).skridt
    assert klient.post(ud).status_code == 404
    koder = Haendelse.objects.filter(sag_id=sag.pk, kode__startswith="progression.")
    assert sorted(koder.values_list("kode", flat=True)) == [
        "progression.skridt_skrevet",
        "progression.skridt_taget_ud",
    ]


@pytest.mark.parametrize(
    ("dato", "tekst", "besked"),
    [
        ("25.11.2026", "I morgen", "fremtiden"),
        ("01.12.2024", "Før sagen", "før sagen blev oprettet"),
        ("20.11.2026", "", "Hvad gik fremad?"),
    ],
)
def test_step_that_cannot_be_is_refused(klient, sag, dato, tekst, besked):
    adresse = reverse("opfoelgning:skridt_ny", args=[sag.pk])
    svar = klient.post(adresse, {"dato": dato, "tekst": tekst})
    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert f'value="{dato}"' in svar.content.decode()
    assert not SmaatSkridt.objects.exists()


def test_a_step_of_another_case_and_one_of_a_closed_case_stay(klient, sag):
    fremmed = SmaatSkridtFactory()
    ud = reverse("opfoelgning:skridt_tag_ud", args=[sag.pk, fremmed.pk])
    assert klient.post(ud).status_code == 404
    eget = SmaatSkridtFactory(sag=sag)
    afslut_sag(sag, aarsag="ordinaert_job", dato=IDAG, bemaerkning="", af=klient.bruger)
    with pytest.raises(ValidationError, match="afsluttet"):
        tag_skridt_ud(eget, af=klient.bruger)
    with pytest.raises(ValidationError, match="afsluttet"):
        tilfoej_skridt(sag, dato=IDAG, tekst="x", af=klient.bruger)


def test_database_refuses_an_empty_step_two_answers_and_numbers_off_every_scale(sag):
    with pytest.raises(IntegrityError, match="har_tekst"), transaction.atomic():
        SmaatSkridtFactory(sag=sag, tekst="")
    moede = holdt(sag, 1)
    svar(moede)
    with pytest.raises(IntegrityError, match="en_pr_moede"), transaction.atomic():
        svar(moede)
    for felt in ("borger", "fagperson"):
        with pytest.raises(IntegrityError, match=f"{felt}_skala"), transaction.atomic():
            svar(holdt(sag, 2, nr=90), "helbred", **{felt: 11})


# What the citizen takes home


@pytest.fixture
def med_skjult(sag):
    """A held talk with an answer kept from the citizen, among others."""
    moede = holdt(sag, 3)
    svar(moede, "overskud", 3, 2, "Kun til os")
    svar(moede, "fagpersonens_tro", None, 1, "Tror ikke på det")
    SmaatSkridtFactory(sag=sag, moede=moede, tekst="Tog bussen alene")
    return moede


SKJULT = (TRO, "Tror du på, at borgeren", "Tror ikke på det", "Kun til os")


def test_hidden_answers_are_in_no_paper_of_the_citizens(med_skjult, monkeypatch):
    monkeypatch.setattr(pdf, "skriv_pdf", lambda html, **_: html.encode())
    sag = med_skjult.sag
    for papir in (
        dokumenter.borgerens_kopi(med_skjult),
        dokumenter_progression.borgerens_udgave(sag, tidspunkt=klokken(IDAG)),
    ):
        tekst = papir.decode()
        assert "Overskud i hverdagen" in tekst
        assert "Tog bussen alene" in tekst
        assert "Dig: 3. Fagperson: 2." in tekst
        for ord_ in SKJULT:
            assert ord_ not in tekst


def test_citizens_print_is_a_tagged_pdf_and_logged(klient, med_skjult):
    sag = med_skjult.sag
    svar = klient.get(
        reverse("opfoelgning:progression_udskrift", args=[sag.pk]), {"skrift": "stor"}
    )

    laeser = PdfReader(BytesIO(svar.content))
    tekst = " ".join(s.extract_text() for s in laeser.pages)
    assert laeser.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in svar.content or "pdfuaid" in str(laeser.xmp_metadata.stream.get_data())
    assert "Sådan går det" in tekst
    assert "Tro på job" not in tekst
    assert Opslag.objects.filter(handling="udskriv", objekt="progression_udskrift").count() == 1


# What progression never is

PROGRESSION = (
    "opfoelgning/maaling.py",
    "opfoelgning/progression.py",
    "opfoelgning/progressionsside.py",
    "opfoelgning/dokumenter_progression.py",
    "ressource/svg/progression.py",
)
ROD = Path(__file__).parents[2]


def test_nothing_adds_scores_up():
    """No sum or mean over scores anywhere, neither in Python nor in SQL; nothing holds one."""
    for sti in PROGRESSION:
        trae = ast.parse((ROD / sti).read_text())
        navne = {n.id for n in ast.walk(trae) if isinstance(n, ast.Name)}
        navne |= {n.attr for n in ast.walk(trae) if isinstance(n, ast.Attribute)}
        assert not navne & {"Avg", "Sum", "mean", "fmean", "median", "statistics"}, sti
    tal = {f.name for f in fields(progressionsside.Progressionsside)}
    assert tal == {"versioner", "skridt", "naaede", "timer"}


def test_nothing_else_reads_scores():
    """Scores are read to be shown; no rule, deadline or next step knows the words."""
    laesere = {
        str(fil.relative_to(ROD))
        for app in (
            "borgere",
            "rehabilitering",
            "indsatsplan",
            "opfoelgning",
            "noegletal",
            "ressource",
        )
        for fil in (ROD / app).rglob("*.py")
        if "migrations" not in fil.parts
        and any(ord_ in fil.read_text() for ord_ in ("borger_score", "fagperson_score"))
    }
    assert laesere == {
        "opfoelgning/maaling.py",
        "opfoelgning/models/progression.py",
        "opfoelgning/progression.py",
        "ressource/demo/progression.py",
    }
