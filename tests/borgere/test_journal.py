"""The journal: internal and shared notes, corrections as new editions, and the citizen's print."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction
from django.urls import reverse
from pypdf import PdfReader

from borgere import services
from borgere.models import Journalnotat
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from ressource.pdf import PdfUtilgaengelig
from tests.borgere.test_models import notat
from tests.factories import BrugerFactory, SagFactory, TildelingFactory
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db

# Session, user, case, log row, circle, facts; whether responsible; count and page of notes, their
# earlier editions (two); reminders.
JOURNALSIDE = 12


@pytest.fixture
def maja(som):
    return som("sagsbehandler", navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger)


def side(navn, objekt):
    return reverse(f"borgere:{navn}", args=[objekt.pk])


def skriv(**felter):
    return {
        "er_delt": "nej",
        "dato": "01.11.2026",
        "overskrift": "Samtale",
        "tekst": "Vil gerne i køkken",
    } | felter


def skrevet(sag, bruger, **felter):
    standard = {"overskrift": "Samtale", "tekst": "Køkken", "dato": i_dag(), "er_delt": False}
    return services.skriv_notat(sag, **standard | felter, af=bruger)


def ret(note, bruger, **felter):
    standard = {
        "overskrift": note.overskrift,
        "tekst": "Kantine",
        "dato": note.dato,
        "er_delt": note.er_delt,
        "grund": "Skrev forkert sted",
    }
    return services.ret_notat(note, **standard | felter, af=bruger)


# Writing


def test_note_is_written_once_and_signed(sag, maja):
    note = skrevet(sag, maja.bruger, er_delt=True)

    assert (note.forfatter, note.er_delt) == (maja.bruger, True)
    assert Haendelse.objects.get().data == {"er_delt": True}


def test_internal_and_shared_notes_cannot_be_mistaken(maja, sag):
    maja.post(side("journal", sag), skriv())
    maja.post(side("journal", sag), skriv(er_delt="ja"))

    html = maja.get(side("journal", sag)).content.decode()

    assert html.count("notat--internt") == html.count("notat--delt") == 1
    # Words and a sign besides the colour and the edge.
    assert (
        html.count("Kun for kommunen</span>") == html.count("Borgeren kan læse dette</span>") == 1
    )
    assert html.count("#lock") == html.count("all-svg-icons.svg#lock")
    assert "Internt: kun for kommunen" in html


def test_note_sent_twice_stands_once(maja, sag):
    maja.post(side("journal", sag), skriv())
    igen = maja.post(side("journal", sag), skriv())

    assert igen.status_code == 422
    assert "står allerede i journalen" in igen.content.decode()
    assert Journalnotat.objects.count() == 1


def test_nobody_shares_a_note_by_not_choosing(maja, sag):
    svar = maja.post(side("journal", sag), skriv(er_delt=""))

    assert svar.status_code == 422
    assert "Vil gerne i køkken" in svar.content.decode()
    assert Journalnotat.objects.count() == 0


def test_note_of_the_future_is_refused(maja, sag):
    svar = maja.post(side("journal", sag), skriv(dato="01.01.2099"))

    assert svar.status_code == 422
    assert "fremtiden" in svar.content.decode()


@pytest.mark.parametrize("goer", ["update", "delete"])
def test_database_refuses_to_change_or_remove_one(sag, goer):
    fundne = Journalnotat.objects.filter(pk=notat(sag).pk)

    with pytest.raises(ProgrammingError, match="annot"), transaction.atomic():
        fundne.update(tekst="Andet") if goer == "update" else fundne._raw_delete("default")


# Correcting


def test_correction_stands_on_top_and_the_old_text_below(maja, sag):
    gammelt = skrevet(sag, maja.bruger)
    data = skriv(er_delt="ja", tekst="Vil gerne i kantine", grund="Misforstået", retter=gammelt.pk)

    assert maja.get(side("notat_ret", gammelt)).context["form"].initial["tekst"] == "Køkken"
    svar = maja.post(side("notat_ret", gammelt), data)

    nyt = Journalnotat.objects.get(retter=gammelt)
    assert svar.status_code == 302
    assert (nyt.rettelse_grund, nyt.er_delt, nyt.forfatter) == ("Misforstået", True, maja.bruger)
    assert Haendelse.objects.latest("pk").kode == "journal.rettet"
    journal = maja.get(side("journal", sag))
    assert [(n, [t.pk for t in gamle]) for n, gamle, _ in journal.context["linjer"]] == [
        (nyt, [gammelt.pk])
    ]
    html = journal.content.decode()
    for tekst in ("Misforstået", "Sådan stod der før (1)", "Køkken", "Vil gerne i kantine"):
        assert tekst in html
    assert next(f for f in journal.context["faner"] if f["navn"] == "Journal")["antal"] == 1


def test_every_edition_stays_and_only_the_newest_is_corrected(maja, sag):
    foerste = skrevet(sag, maja.bruger)
    anden = ret(foerste, maja.bruger, tekst="To")
    tredje = ret(anden, maja.bruger, tekst="Tre")

    [(_, gamle, _)] = maja.get(side("journal", sag)).context["linjer"]

    assert gamle == [anden, foerste]
    assert maja.get(side("notat_ret", foerste)).context["form"].initial["tekst"] == "Tre"
    with pytest.raises(ValidationError, match="har rettet notatet"):
        ret(foerste, maja.bruger)
    assert tredje.nyeste() == tredje


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"grund": " "}, "Skriv, hvorfor"),
        ({"tekst": "Køkken"}, "ikke rettet noget"),
        ({"tekst": ""}, "tekst"),
        ({"dato": i_dag().replace(year=2099)}, "fremtiden"),
    ],
)
def test_correction_that_says_nothing_is_refused(sag, maja, felter, besked):
    with pytest.raises(ValidationError, match=besked):
        ret(skrevet(sag, maja.bruger), maja.bruger, **felter)
    assert Journalnotat.objects.count() == 1


def test_author_and_responsible_correct_and_nobody_else(sag, maja, som):
    forfatter, tredje = BrugerFactory(), som("sagsbehandler")
    for bruger in (forfatter, tredje.bruger):
        TildelingFactory(sag=sag, bruger=bruger, art="medvirkende")
    note = skrevet(sag, forfatter)

    with pytest.raises(ValidationError, match="rettes af den, der skrev det"):
        ret(note, tredje.bruger)
    assert "Ret notatet<" not in tredje.get(side("journal", sag)).content.decode()
    assert "Gem rettelsen" not in tredje.get(side("notat_ret", note)).content.decode()
    afvist = tredje.post(side("notat_ret", note), skriv(retter=note.pk, grund="G", tekst="Min"))
    assert (afvist.status_code, "Min</textarea>" in afvist.content.decode()) == (422, True)
    af_ansvarlig = ret(note, maja.bruger, tekst="Af ansvarlig")
    assert ret(skrevet(sag, forfatter, tekst="Andet"), forfatter).forfatter == forfatter
    assert af_ansvarlig.forfatter == maja.bruger


def test_the_second_of_two_sees_both_texts_and_loses_nothing(maja, sag, som):
    kollega = som("sagsbehandler", navn="Lars Munk")
    note = skrevet(sag, kollega.bruger)
    TildelingFactory(sag=sag, bruger=kollega.bruger, art="medvirkende")
    nyt = ret(note, maja.bruger, tekst="Majas tekst")
    data = skriv(tekst="Lars' tekst", grund="Glemte noget", retter=note.pk, er_delt="ja")

    svar = kollega.post(side("notat_ret", note), data)

    html = svar.content.decode()
    assert svar.status_code == 409
    for tekst in ("Majas tekst", "Lars&#x27; tekst", "Maja Kirkegaard", "Glemte noget"):
        assert tekst in html
    assert list(Opslag.objects.values_list("handling", "objekt")) == [("se", "journal")]
    igen = kollega.post(side("notat_ret", note), data | {"retter": nyt.pk})
    assert igen.status_code == 302
    assert note.nyeste().tekst == "Lars' tekst"


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_are_one(maja, sag):
    note = skrevet(sag, maja.bruger)

    udfald = paa_een_gang([proev(ret, note, maja.bruger, tekst=f"Tekst {nr}") for nr in (1, 2)])

    assert sorted(udfald) == ["AlleredeRettetError", "ok"]
    assert Journalnotat.objects.filter(retter=note).count() == 1


def test_somebody_elses_note_is_not_there(maja):
    assert maja.get(side("notat_ret", notat())).status_code == 404


def test_note_of_another_case_cannot_be_slipped_in(maja, sag):
    note, fremmed = skrevet(sag, maja.bruger), notat()

    svar = maja.post(side("notat_ret", note), skriv(grund="G", retter=fremmed.pk))

    assert svar.status_code == 422
    assert Journalnotat.objects.filter(retter=fremmed).count() == 0


# Reading


def test_journal_shows_one_kind_at_a_time(maja, sag):
    skrevet(sag, maja.bruger, overskrift="Intern")
    skrevet(sag, maja.bruger, overskrift="Fælles", er_delt=True)

    def vist(vis):
        svar = maja.get(side("journal", sag), {"vis": vis})
        return {n.overskrift for n, _, _ in svar.context["linjer"]}

    assert vist("delt") == {"Fælles"}
    assert vist("internt") == {"Intern"}
    assert vist("") == vist("andet") == {"Fælles", "Intern"}


def test_notes_come_25_to_a_page_and_keep_the_kind(maja, sag):
    for nr in range(27):
        skrevet(sag, maja.bruger, overskrift=f"Nr. {nr}")

    svar = maja.get(side("journal", sag), {"vis": "internt"})

    assert len(svar.context["linjer"]) == 25
    assert "?vis=internt&amp;side=2" in svar.content.decode()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_journal_costs_the_same_for_any_number(maja, sag, antal, django_assert_num_queries):
    for _ in range(antal):
        ret(notat(sag), maja.bruger)

    with django_assert_num_queries(JOURNALSIDE):
        svar = maja.get(side("journal", sag))

    assert len(svar.context["linjer"]) == antal


def test_print_holds_what_the_citizen_may_read_and_nothing_else(maja, sag):
    skrevet(sag, maja.bruger, overskrift="Intern", tekst="Skjult for borgeren")
    ret(skrevet(sag, maja.bruger, overskrift="Fejlen", er_delt=True), maja.bruger, overskrift="Ret")
    fortrudt = skrevet(sag, maja.bruger, overskrift="Fortrudt", er_delt=True)
    ret(fortrudt, maja.bruger, er_delt=False)

    svar = maja.get(side("journal_udskrift", sag))

    if svar.status_code == 302:
        pytest.skip("PDF kan ikke laves her.")
    tekst = "".join(s.extract_text() for s in PdfReader(io.BytesIO(svar.content)).pages)
    assert "Ret" in tekst
    assert "Kantine" in tekst
    for skjult in ("Intern", "Skjult", "Fejlen", "Fortrudt", "Skrev forkert"):
        assert skjult not in tekst
    assert svar["Content-Disposition"] == f'inline; filename="journal-{sag.sagsnummer}.pdf"'
    assert list(Opslag.objects.values_list("handling", "objekt")) == [
        ("udskriv", "journal_udskrift")
    ]


def test_print_says_what_is_missing_when_no_pdf_can_be_made(maja, sag, monkeypatch):
    from borgere import journaludskrift

    def nej(*_, **__):
        raise PdfUtilgaengelig("PDF kan ikke laves, fordi serveren mangler Pango.")

    monkeypatch.setattr(journaludskrift, "skabelon_til_pdf", nej)

    svar = maja.get(side("journal_udskrift", sag), follow=True)

    assert "mangler Pango" in svar.content.decode()
