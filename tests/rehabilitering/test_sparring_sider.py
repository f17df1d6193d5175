"""The pages around a booking and the waiting list."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from borgere.models import Fase
from rehabilitering.models import Sparringsbooking, Sparringsspoergsmaal, Venteplads
from rehabilitering.services import sparring as services
from rehabilitering.services.sparring import venteliste
from ressource.models import Opslag
from tests.factories import BrugerFactory, SagFactory, SparringstidFactory, klokken
from tests.rehabilitering.sparringsdata import giv_samtykke

pytestmark = pytest.mark.django_db

NU = klokken(date(2026, 11, 19), 9)
MANDAG = date(2026, 11, 30)
URL = "/sparring/"
BEKYMRING = "Hvad siger oplysningerne om borgerens bekymring?"


@pytest.fixture(autouse=True)
def torsdag():
    with time_machine.travel(NU, tick=False) as rejse:
        yield rejse


@pytest.fixture
def maja(som):
    return som("sagsbehandler", navn="Maja Kirkegaard")


@pytest.fixture
def nanna(som):
    return som("moedekoordinator", navn="Nanna Friis")


@pytest.fixture
def birgit(som):
    return som("sundhedskoordinator", navn="Birgit Falk")


@pytest.fixture
def sag(maja):
    return ny_sag(maja.bruger)


@pytest.fixture
def tid(birgit):
    return ny_tid(birgit)


def ny_sag(ansvarlig, fase=Fase.FORBEREDELSE):
    sag = SagFactory(
        fase=fase, ansvarlig=ansvarlig, borger__fornavn="Kim", borger__efternavn="Østerby"
    )
    giv_samtykke(sag)
    return sag


def ny_tid(birgit, dage=0, kl=(10, 0), **felter):
    start = klokken(MANDAG + timedelta(days=dage), *kl)
    return SparringstidFactory(sundhedskoordinator=birgit.bruger, start=start, **felter)


def book(tid, sag, af, **felter):
    return services.book(tid, sag, **({"eget_spoergsmaal": "Larm?"} | felter), af=af)


def book_for_en_anden(tid):
    jonas = BrugerFactory()
    return book(tid, ny_sag(jonas), jonas)


def vent(sag, af, **felter):
    return venteliste.saet_paa(
        sag,
        fra_dato=MANDAG,
        til_dato=MANDAG + timedelta(days=4),
        eget_spoergsmaal="Tåler Kim støj?",
        af=af,
        **felter,
    )


def tekst(svar):
    return " ".join(svar.content.decode().split())


def adresse(navn, *argumenter):
    return reverse(f"rehabilitering:{navn}", args=argumenter)


# For a colleague


def test_nanna_books_for_maja_by_case_number_alone(nanna, maja, sag, tid):
    valg = tekst(nanna.get(URL, {"tid": tid.pk}))
    assert "Vis kollegaens sager" in valg

    side = tekst(nanna.get(URL, {"tid": tid.pk, "kollega": maja.bruger.pk}))
    assert "Book for Maja Kirkegaard" in side
    assert f">{sag.sagsnummer}</option>" in side
    assert "Østerby" not in side

    data = {"kollega": maja.bruger.pk, "sag": sag.pk, "med_borger": "nej"}
    svar = nanna.post(adresse("sparring_kollega", tid.pk), data, follow=True)
    assert "er booket for Maja Kirkegaard." in tekst(svar)
    assert "1 booking mangler spørgsmål" in tekst(svar)
    # Her own click, but the slot is Maja's.
    assert "M. Kirkegaard</b>" in tekst(nanna.get(URL, {"uge": "2026-W49"}))
    assert "Mangler spørgsmål" in tekst(maja.get(URL))
    assert not Opslag.objects.filter(bruger=nanna.bruger, sag_id__isnull=False).exists()


def test_a_taken_slot_offers_nanna_the_next_with_what_she_chose(nanna, maja, birgit, sag, tid):
    ledig = ny_tid(birgit, 1)
    book_for_en_anden(tid)
    data = {"kollega": maja.bruger.pk, "sag": sag.pk, "med_borger": "nej"}

    svar = nanna.post(adresse("sparring_kollega", tid.pk), data)

    assert svar.status_code == 409
    assert f'formaction="{adresse("sparring_kollega", ledig.pk)}"' in tekst(svar)
    assert f'value="{sag.pk}" selected' in tekst(svar)
    fremmed = nanna.post(adresse("sparring_kollega", ledig.pk), data | {"sag": 1})
    assert (fremmed.status_code, list(fremmed.context["kollegaform"].errors)) == (422, ["sag"])
    uden = nanna.post(adresse("sparring_kollega", ledig.pk), {}, follow=True)
    assert "Vælg den kollega" in tekst(uden)


def test_somebody_in_two_places_is_409_with_other_times(maja, birgit, sag, tid):
    book(tid, sag, maja.bruger)
    samtidig = SparringstidFactory(start=tid.start)
    fri = ny_tid(birgit, 1)
    data = {"sag": sag.pk, "med_borger": "nej", "eget_spoergsmaal": "Larm?"}

    svar = maja.post(adresse("sparring_book", samtidig.pk), data)

    assert svar.status_code == 409
    assert "Du er allerede optaget af en anden sparring" in tekst(svar)
    assert svar.context["alternativer"] == [fri]


# From the case


def test_a_worry_begins_a_booking_without_text_in_the_address(maja, tid):
    sag = ny_sag(maja.bruger, fase=Fase.OPFOELGNING)
    url = adresse("sparring_sag", sag.pk)
    assert f'href="{url}?bekymring=1"' in tekst(maja.get(reverse("sag", args=[sag.pk])))

    side = maja.get(url, {"bekymring": "1"})
    valgt = Sparringsspoergsmaal.objects.get(tekst=BEKYMRING)
    assert list(side.context["form"].initial["spoergsmaal"]) == [valgt]
    assert "Bekymring for helbredet under forløbet:" in tekst(side)

    data = {"tid": tid.pk, "med_borger": "ja", "spoergsmaal": [valgt.pk]}
    svar = maja.post(url, data)
    booking = Sparringsbooking.objects.get()
    assert svar["Location"] == adresse("sparring_svar", booking.pk)
    assert (booking.sag, booking.tid, booking.med_borger) == (sag, tid, True)


def test_from_the_case_the_late_one_sees_what_is_free_now(maja, birgit, sag, tid):
    ledig = ny_tid(birgit, 1)
    url = adresse("sparring_sag", sag.pk)
    data = {"tid": tid.pk, "med_borger": "nej", "eget_spoergsmaal": "Tåler Kim larm?"}
    book_for_en_anden(tid)

    svar = maja.post(url, data)

    assert svar.status_code == 409
    assert "Tåler Kim larm?</textarea>" in tekst(svar)
    assert [pk for pk, _ in svar.context["form"].fields["tid"].choices] == [ledig.pk]
    tom = maja.post(url, {"med_borger": "nej"})
    assert (tom.status_code, list(tom.context["form"].errors)) == (422, ["tid"])


@pytest.mark.parametrize("antal", [1, 3, 8])
def test_booking_from_the_case_takes_the_same_statements(
    maja, birgit, sag, antal, django_assert_num_queries
):
    for nr in range(antal):
        ny_tid(birgit, kl=(8 + nr, 0))
    url = adresse("sparring_sag", sag.pk)
    maja.get(url)

    # Session, user, case, slots, the frame's three, consent (2), questions, colleagues, reminders.
    with django_assert_num_queries(12):
        maja.get(url)


# Cancelling and moving


def test_who_will_be_told_is_shown_before_anything_is_sent(maja, sag, tid):
    booking = book(tid, sag, maja.bruger)
    url = adresse("sparring_aflys", booking.pk)

    side = tekst(maja.get(url))

    assert "Disse beskeder bliver sendt" in side
    assert "<strong>Til:</strong> Birgit Falk" in side
    assert "Sparring 30.11.2026 kl. 10.00 er aflyst" in side
    maja.post(url)
    assert "Bookingen er allerede aflyst." in tekst(maja.get(url))


def test_moving_by_page_and_to_a_slot_that_went(nanna, maja, birgit, sag, tid):
    booking = book(tid, sag, maja.bruger)
    gik, fri = ny_tid(birgit, 1), ny_tid(birgit, 2)
    url = adresse("sparring_flyt", booking.pk)
    assert "Østerby" in tekst(maja.get(url))
    assert "Østerby" not in tekst(nanna.get(url))
    book_for_en_anden(gik)

    afvist = maja.post(url, {"tid": gik.pk})
    assert afvist.status_code == 422
    assert "Tiden er lige blevet booket af en anden" in tekst(afvist)
    assert "er flyttet til onsdag 2. december" in tekst(
        maja.post(url, {"tid": fri.pk}, follow=True)
    )


def test_a_form_sent_twice_books_once_and_says_so(nanna, maja, birgit, sag, tid):
    data = {"sag": sag.pk, "med_borger": "nej", "eget_spoergsmaal": "Tåler Kim larm?"}
    url = adresse("sparring_book", tid.pk)
    for _ in range(2):
        assert "er booket." in tekst(maja.post(url, data, follow=True))
    assert Sparringsbooking.objects.count() == 1

    # Changed in between, it is no repetition, and nothing typed is lost.
    svar = maja.post(url, data | {"eget_spoergsmaal": "Og støv?"})
    assert svar.status_code == 409
    assert "Tiden er allerede booket til sagen." in tekst(svar)
    assert "Og støv?</textarea>" in tekst(svar)

    kollegas = ny_tid(birgit, 1)
    data = {"kollega": maja.bruger.pk, "sag": ny_sag(maja.bruger).pk, "med_borger": "nej"}
    for _ in range(2):
        svar = nanna.post(adresse("sparring_kollega", kollegas.pk), data, follow=True)
        assert "er booket for Maja Kirkegaard." in tekst(svar)


def test_old_addresses_of_a_booking_lead_to_where_it_went(maja, birgit, sag, tid):
    booking = book(tid, sag, maja.bruger)
    url = adresse("sparring_flyt", booking.pk)
    fri = ny_tid(birgit, 1)

    for _ in range(2):
        svar = maja.post(url, {"tid": fri.pk}, follow=True)
        assert "er flyttet til tirsdag 1. december 2026 kl. 10.00" in tekst(svar)
    ny = Sparringsbooking.objects.aktive().get()
    maja.post(adresse("sparring_aflys", ny.pk))
    for gammel in (adresse("sparring_svar", booking.pk), adresse("sparring_svar", ny.pk)):
        assert "tirsdag 1. december 2026 kl. 10.00 er aflyst" in tekst(
            maja.get(gammel, follow=True)
        )


def test_the_case_follows_along_to_the_slot_one_chooses(maja, sag, tid):
    for vis in ("", "liste"):
        uge = maja.get(URL, {"uge": "2026-W49", "sag": sag.pk, "vis": vis})
        assert f"&amp;tid={tid.pk}{'&amp;vis=liste' if vis else ''}&amp;sag={sag.pk}" in tekst(uge)
    panel = maja.get(URL, {"tid": tid.pk, "sag": sag.pk})
    assert f'<option value="{sag.pk}" selected' in tekst(panel)


def test_what_will_be_sent_is_shown_before_one_books_and_moves(maja, birgit, sag, tid):
    fagperson = BrugerFactory(navn="Ib Lund", roller=["virksomhedskonsulent"])
    data = {"sag": sag.pk, "med_borger": "nej", "eget_spoergsmaal": "Larm?"}
    data |= {"fagperson": fagperson.pk, "vis": "1"}
    side = tekst(maja.post(adresse("sparring_book", tid.pk), data))
    for navn in ("Birgit Falk", "Ib Lund", "Maja Kirkegaard"):
        assert f"<strong>Til:</strong> {navn}" in side
    assert "Sparring 30.11.2026 kl. 10.00 er booket" in side
    assert "Larm?</textarea>" in side
    assert not Sparringsbooking.objects.exists()

    booking = book(tid, sag, maja.bruger)
    ny_tid(birgit, 1)
    assert "Sparring 30.11.2026 kl. 10.00 er aflyst" in tekst(
        maja.get(adresse("sparring_flyt", booking.pk))
    )


# Questions and no-shows


def test_questions_later(nanna, maja, sag, tid):
    booking = services.book(tid, sag, sagsbehandler=maja.bruger, af=nanna.bruger)
    url = adresse("sparring_spoergsmaal", booking.pk)

    assert "senest fredag 27. november 2026 kl. 12.00" in tekst(maja.get(url))
    assert maja.post(url, {"eget_spoergsmaal": ""}).status_code == 422
    assert "Tåler Kim larm?" in tekst(
        maja.post(url, {"eget_spoergsmaal": "Tåler Kim larm?"}, follow=True)
    )


def test_no_show_and_its_regret(birgit, maja, sag, tid, torsdag):
    booking = book(tid, sag, maja.bruger)
    url = adresse("sparring_udeblevet", booking.pk)
    assert birgit.post(url, {"udeblevet": "sagsbehandler"}).status_code == 422
    torsdag.move_to(tid.slut)
    birgit.force_login(birgit.bruger)

    assert birgit.post(url, {"udeblevet": "borger"}).status_code == 422
    svar = birgit.post(url, {"udeblevet": "sagsbehandler"}, follow=True)
    assert "Sagsbehandleren kom ikke. Noteret af Birgit Falk" in tekst(svar)
    svar = birgit.post(adresse("sparring_kom", booking.pk), follow=True)
    assert "Noten er slettet." in tekst(svar)
    assert "Gem svaret" in tekst(svar)
    assert "ikke noteret" in tekst(birgit.post(adresse("sparring_kom", booking.pk), follow=True))


# The waiting list


def test_standing_in_line_from_the_week_and_leaving(maja, sag):
    side = tekst(maja.get(URL, {"uge": "2026-W49"}))
    assert 'href="/sparring/venteliste/ny/?uge=2026-W49"' in side

    ny = maja.get(adresse("venteliste_ny"), {"uge": "2026-W49"})
    assert 'value="30.11.2026"' in tekst(ny)
    data = {
        "sag": sag.pk,
        "fra_dato": "30.11.2026",
        "til_dato": "04.12.2026",
        "tidspunkt": "formiddag",
        "med_borger": "ja",
        "eget_spoergsmaal": "Tåler Kim støj?",
    }
    for fejl, felt in (
        ({"til_dato": "29.11.2026"}, "til_dato"),
        ({"eget_spoergsmaal": ""}, "spoergsmaal"),
    ):
        svar = maja.post(adresse("venteliste_ny"), data | fejl)
        assert (svar.status_code, list(svar.context["form"].errors)) == (422, [felt])
    svar = maja.post(adresse("venteliste_ny"), data, follow=True)
    assert "1 står på venteliste i uge 49." in tekst(svar)
    assert "Kim Østerby, 30.11.2026–04.12.2026" in tekst(svar)
    igen = maja.post(adresse("venteliste_ny"), data)
    assert "Sagen står allerede på ventelisten." in tekst(igen)

    plads = Venteplads.objects.get()
    svar = maja.post(adresse("venteliste_frameld", plads.pk), follow=True)
    assert "Sagen står ikke længere på ventelisten." in tekst(svar)


def test_nanna_is_shown_only_slots_that_fit_who_waits(nanna, maja, birgit, sag, tid):
    eftermiddag = ny_tid(birgit, kl=(13, 0))
    afslaaet = ny_tid(birgit, kl=(14, 0))
    plads = vent(sag, maja.bruger, tidspunkt=Venteplads.Tidspunkt.EFTERMIDDAG)
    venteliste.afslaa(venteliste.tilbyd(afslaaet, plads, af=nanna.bruger), af=maja.bruger)

    side = nanna.get(adresse("venteliste_tilbyd", plads.pk))

    assert side.context["tider"] == [eftermiddag]


@pytest.mark.parametrize("svar", ["ja", "nej"])
def test_an_offer_is_made_by_nanna_and_answered_by_maja(nanna, maja, sag, tid, svar):
    plads = vent(sag, maja.bruger)
    side = tekst(nanna.get(URL, {"uge": "2026-W49"}))
    assert sag.sagsnummer in side
    assert "Alene, hele dagen" in side
    assert "Østerby" not in side
    url = adresse("venteliste_tilbyd", plads.pk)
    assert nanna.post(url, {"tid": ""}).status_code == 422
    assert "Maja Kirkegaard er tilbudt tiden" in tekst(
        nanna.post(url, {"tid": tid.pk}, follow=True)
    )

    url = adresse("sparringstilbud", plads.tilbud.get().pk)
    assert f'href="{url}"' in tekst(maja.get(URL))
    assert "holdes for dig til fredag 20. november 2026 kl. 9.00" in tekst(maja.get(url))
    efter = tekst(maja.post(url, {"svar": svar}, follow=True))

    assert ("er booket." if svar == "ja" else "Du beholder din plads") in efter
    assert Sparringsbooking.objects.exists() == (svar == "ja")
    igen = maja.post(url, {"svar": "ja"})
    assert igen.status_code == 422
    assert "Tilbuddet gælder ikke længere" in tekst(igen)


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_waiting_list_takes_the_same_statements(nanna, maja, antal, django_assert_num_queries):
    for _ in range(antal):
        vent(ny_sag(maja.bruger), maja.bruger)
    nanna.get(URL)

    # The list is one statement, however many wait.
    with django_assert_num_queries(15):
        svar = nanna.get(URL, {"uge": "2026-W49"})

    assert len(svar.context["venteliste"]) == antal
