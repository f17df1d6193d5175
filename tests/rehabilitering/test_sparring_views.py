from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from borgere.models import Fase, Sag, Tildeling
from borgere.services import tildel
from rehabilitering.models import Sparringsbooking, Sparringsspoergsmaal, Sparringstid
from rehabilitering.services import sparring as services
from rehabilitering.views.sparring import overblik_sparring
from ressource.models import Lukkedag, Opslag, Rolle, Stedfortraeder
from tests.factories import (
    BrugerFactory,
    SagFactory,
    SparringsbookingFactory,
    SparringstidFactory,
    TildelingFactory,
    klokken,
)
from tests.rehabilitering.sparringsdata import giv_samtykke

pytestmark = pytest.mark.django_db

NU = klokken(date(2026, 11, 19), 9)
MANDAG = date(2026, 11, 30)
UGE = "2026-W49"
URL = "/sparring/"


@pytest.fixture(autouse=True)
def torsdag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def maja(som):
    return som("sagsbehandler", navn="Maja Kirkegaard")


@pytest.fixture
def nanna(som):
    return som("moedekoordinator", navn="Nanna Friis")


@pytest.fixture
def birgit(som):
    return som("sundhedskoordinator", navn="Birgit Falk", titel="overlæge")


@pytest.fixture
def sag(maja):
    return ny_sag(maja.bruger, fornavn="Kim", efternavn="Østerby")


@pytest.fixture
def tid(birgit):
    return ny_tid(birgit.bruger)


def ny_sag(ansvarlig, *, samtykke=True, fase=Fase.FORBEREDELSE, **borger):
    felter = {f"borger__{navn}": vaerdi for navn, vaerdi in borger.items()}
    sag = SagFactory(fase=fase, ansvarlig=ansvarlig, **felter)
    if samtykke:
        giv_samtykke(sag)
    return sag


def ny_tid(koordinator, dage=0, kl=(10, 0), **felter):
    start = klokken(MANDAG + timedelta(days=dage), *kl)
    return SparringstidFactory(sundhedskoordinator=koordinator, start=start, **felter)


def book(tid, sag, af):
    return services.book(tid, sag, eget_spoergsmaal="Tåler Kim larm?", af=af)


def data_for(sag, **felter):
    return {"sag": sag.pk, "med_borger": "nej", "eget_spoergsmaal": "Tåler Kim larm?"} | felter


def tekst(svar):
    return " ".join(svar.content.decode().split())


# The week


def test_uge_shows_own_free_and_taken_slots(maja, birgit, sag, tid):
    book(tid, sag, maja.bruger)
    fremmed = ny_sag(BrugerFactory(), fornavn="Ida", efternavn="Lund")
    book(ny_tid(birgit.bruger, 1), fremmed, BrugerFactory(navn="Jonas Holt"))
    ny_tid(birgit.bruger, 2)

    svar = maja.get(URL, {"uge": UGE})

    side = tekst(svar)
    celler = [c.tilstand for dag in svar.context["uge"].dage for c in dag.celler if c]
    assert celler == ["min", "optaget", "ledig"]
    assert "man 10.00 · Kim Østerby" in side
    assert "Ida" not in side
    assert "Jonas" not in side
    assert "Tåler Kim larm?" not in side


def test_uge_shows_why_a_day_is_closed(maja, tid):
    Lukkedag.objects.create(dato=MANDAG + timedelta(days=3), aarsag="teammøde")

    assert "<strong>Lukket</strong><br>Teammøde" in tekst(maja.get(URL, {"uge": UGE}))
    assert "<strong>Lukket</strong><br>Juledag" in tekst(maja.get(URL, {"uge": "2026-W52"}))


def test_a_free_slot_on_a_day_closed_later_is_no_link(maja, tid):
    Lukkedag.objects.create(dato=MANDAG, aarsag="kursus")

    side = tekst(maja.get(URL, {"uge": UGE}))

    assert f"tid={tid.pk}" not in side
    assert "Lukket</b>" in side


@pytest.mark.parametrize(
    ("uge", "vist", "forrige", "naeste"),
    [
        (UGE, "Uge 49, 30. november–4. december 2026", "2026-W48", "2026-W50"),
        ("2026-W53", "Uge 53, 28. december 2026–1. januar 2027", "2026-W52", "2027-W01"),
        ("", "Uge 47, 16.–20. november 2026", "2026-W46", "2026-W48"),
        ("2026-W54", "Uge 47,", "2026-W46", "2026-W48"),
        ("9999-W52", "Uge 47,", "2026-W46", "2026-W48"),
        ("vrøvl", "Uge 47,", "2026-W46", "2026-W48"),
    ],
)
def test_uge_is_in_the_address_and_links_to_its_neighbours(maja, uge, vist, forrige, naeste):
    side = tekst(maja.get(URL, {"uge": uge}))

    assert f"<strong>{vist}" in side
    assert f"?uge={forrige}" in side
    assert f"?uge={naeste}" in side


def test_uge_shows_the_coming_week_in_the_weekend(som):
    with time_machine.travel(klokken(date(2026, 11, 21)), tick=False):
        assert "Uge 48, 23.–27. november 2026" in tekst(som("sagsbehandler").get(URL))


@pytest.mark.parametrize(
    ("uge", "mandag"),
    [
        ("2026-W13", date(2026, 3, 23)),  # summer time begins on its Sunday
        ("2026-W14", date(2026, 3, 30)),
        ("2026-W43", date(2026, 10, 19)),  # summer time ends on its Sunday
        ("2026-W44", date(2026, 10, 26)),
    ],
)
def test_uge_shows_the_clock_on_the_wall_around_the_change_of_time(maja, uge, mandag):
    for dato in (mandag, mandag + timedelta(days=4)):
        SparringstidFactory(start=klokken(dato, 9))
    SparringstidFactory(start=klokken(mandag + timedelta(days=7), 0))
    SparringstidFactory(start=klokken(mandag - timedelta(days=1), 23))

    vist = maja.get(URL, {"uge": uge}).context["uge"]

    assert vist.klokkeslaet == ["9.00"]
    assert [[c.titel for c in dag.celler if c] for dag in vist.dage] == [
        ["man 9.00"],
        [],
        [],
        [],
        ["fre 9.00"],
    ]


def test_slots_at_the_same_time_get_a_row_each(maja, tid):
    SparringstidFactory(start=tid.start)

    uge = maja.get(URL, {"uge": UGE}).context["uge"]

    assert uge.klokkeslaet == ["10.00", ""]
    assert [len(dag.celler) for dag in uge.dage] == [2] * 5


def test_moedekoordinator_sees_counts_but_no_case(nanna, maja, birgit, sag, tid):
    booking = book(tid, sag, maja.bruger)
    ny_tid(birgit.bruger, 1)

    svar = nanna.get(URL, {"tid": tid.pk})

    side = tekst(svar)
    assert "uge 49: 1 af 2 tider er booket" in side
    assert "man 10.00 · </span>1 spørgsmål" in side
    assert "Booket af Maja Kirkegaard" in side
    assert "Kim" not in side
    assert sag.sagsnummer not in side
    assert nanna.get(reverse("rehabilitering:sparring_svar", args=[booking.pk])).status_code == 403
    # Nothing of a case was looked up: the only row is the refusal.
    assert [o.handling for o in Opslag.objects.filter(bruger=nanna.bruger)] == ["afvist"]


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_uge_takes_the_same_number_of_statements(maja, birgit, antal, django_assert_num_queries):
    for nr in range(antal):
        sag = ny_sag(maja.bruger)
        book(ny_tid(birgit.bruger, nr % 5, (8 + nr // 5, 0)), sag, maja.bruger)
    ledig = ny_tid(birgit.bruger, kl=(15, 0))
    maja.get(URL)

    # Session, user, slot, week (2), absences, closed days (2), waiting list (2), log, own bookings
    # (2), reminders, cases, colleagues, questions.
    with django_assert_num_queries(17):
        svar = maja.get(URL, {"tid": ledig.pk})

    assert len(svar.context["sparring_bookinger"]) == antal


def test_htmx_gets_the_panel_and_the_week_only(maja, tid):
    svar = maja.get(URL, {"tid": tid.pk}, headers={"HX-Request": "true"})

    side = tekst(svar)
    assert "<html" not in side
    assert "Book mandag 30. november 2026 kl. 10.00" in side
    assert 'id="ugens-tider" hx-swap-oob="innerHTML"' in side
    assert svar["Vary"].count("HX-Request") == 1


@pytest.mark.parametrize("tid", ["x", "0", "99999999999999999999", "²"])
def test_a_slot_that_does_not_exist_is_404(maja, tid):
    assert maja.get(URL, {"tid": tid}).status_code == 404


# Publishing


UDGIV = {
    "dato": "18.12.2026",
    "uger": "3",
    "klokken": "9.00",
    "antal": "2",
    "minutter": "30",
    "sted": "Video",
    "er_video": "on",
    "form": "begge",
    "anledning": "begge",
}


def test_udgiv_says_which_days_were_left_out(nanna, birgit):
    svar = nanna.post(
        reverse("rehabilitering:sparring_udgiv"),
        UDGIV | {"sundhedskoordinator": birgit.bruger.pk},
        follow=True,
    )

    assert svar.redirect_chain == [(f"{URL}?uge=2026-W51", 302)]
    assert (
        "2 tider er udgivet. Udeladt: fre 25.12.2026 (Juledag), "
        "fre 01.01.2027 (Nytårsdag)." in tekst(svar)
    )


def test_udgiv_refuses_overlap_keeps_the_input_and_publishes_nothing(nanna, birgit):
    SparringstidFactory(sundhedskoordinator=birgit.bruger, start=klokken(date(2026, 12, 18), 9, 15))

    svar = nanna.post(
        reverse("rehabilitering:sparring_udgiv"),
        UDGIV | {"sundhedskoordinator": birgit.bruger.pk, "sted": "Lokale 7"},
    )

    assert svar.status_code == 422
    assert "Intet er ændret. Birgit Falk har allerede en tid, der overlapper" in tekst(svar)
    assert 'value="Lokale 7"' in tekst(svar)
    assert Sparringstid.objects.count() == 1


@pytest.mark.parametrize(
    ("felt", "vaerdi"),
    [("dato", "31.02.2026"), ("klokken", "25"), ("antal", "0"), ("uger", "500"), ("minutter", "7")],
)
def test_udgiv_refuses_bad_input(nanna, birgit, felt, vaerdi):
    data = UDGIV | {"sundhedskoordinator": birgit.bruger.pk, felt: vaerdi}

    svar = nanna.post(reverse("rehabilitering:sparring_udgiv"), data)

    assert (svar.status_code, list(svar.context["form"].errors)) == (422, [felt])


def test_tag_tilbage_takes_a_free_slot_and_says_why_not_a_booked_one(nanna, maja, birgit, sag, tid):
    book(tid, sag, maja.bruger)
    ledig = ny_tid(birgit.bruger, 1)

    def tag(tid):
        url = reverse("rehabilitering:sparring_tag_tilbage", args=[tid.pk])
        return tekst(nanna.post(url, follow=True))

    assert "Tiden tirsdag 1. december 2026 kl. 10.00 er taget tilbage." in tag(ledig)
    assert "Tiden er booket. Aflys eller flyt bookingen" in tag(tid)
    assert list(Sparringstid.objects.udgivne()) == [tid]
    assert "Tiden er taget tilbage." in tekst(maja.get(URL, {"tid": ledig.pk}))


# Booking


def test_book_redirects_and_shows_the_booking(maja, sag, tid):
    spoergsmaal = Sparringsspoergsmaal.objects.first()

    svar = maja.post(
        reverse("rehabilitering:sparring_book", args=[tid.pk]),
        data_for(sag, med_borger="ja", spoergsmaal=[spoergsmaal.pk]),
        follow=True,
    )

    assert "Tiden mandag 30. november 2026 kl. 10.00 er booket." in tekst(svar)
    booking = Sparringsbooking.objects.get()
    assert (booking.sag, booking.med_borger) == (sag, True)
    assert booking.alle_spoergsmaal() == [spoergsmaal.tekst, "Tåler Kim larm?"]
    log = Opslag.objects.latest("pk")
    assert (log.objekt, log.sag_id) == ("sparring", sag.pk)


def test_the_second_person_is_offered_the_next_three_and_keeps_the_text(maja, birgit, sag, tid):
    andre = [ny_tid(birgit.bruger, dage) for dage in (1, 2, 3, 4)]
    fremmed = ny_sag(BrugerFactory())
    book(tid, fremmed, BrugerFactory())

    svar = maja.post(reverse("rehabilitering:sparring_book", args=[tid.pk]), data_for(sag))

    side = tekst(svar)
    assert svar.status_code == 409
    assert "Tiden er lige blevet booket af en anden. Din booking er ikke gemt." in side
    assert "Tåler Kim larm?</textarea>" in side
    assert [t.pk for t in svar.context["alternativer"]] == [t.pk for t in andre[:3]]
    for anden in andre[:3]:
        assert f'formaction="{reverse("rehabilitering:sparring_book", args=[anden.pk])}"' in side
    assert ">Book tiden<" not in side


def test_book_without_consent_is_refused_with_a_link_to_mend_it(maja, tid):
    sag = ny_sag(maja.bruger, samtykke=False, fornavn="Rie", efternavn="Thorup")

    side = tekst(maja.get(URL, {"tid": tid.pk}))
    svar = maja.post(reverse("rehabilitering:sparring_book", args=[tid.pk]), data_for(sag))

    assert f"{sag.sagsnummer} Rie Thorup – samtykke mangler" in side
    assert svar.status_code == 422
    assert "Borgeren har ikke givet samtykke til, at regionen" in tekst(svar)
    assert f'href="{reverse("borgere:samtykke_ny", args=[sag.pk])}?modtager=region' in tekst(svar)
    assert not Sparringsbooking.objects.exists()


def test_book_without_question_is_refused(maja, sag, tid):
    svar = maja.post(
        reverse("rehabilitering:sparring_book", args=[tid.pk]), data_for(sag, eget_spoergsmaal=" ")
    )

    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["spoergsmaal"])
    assert f'value="{sag.pk}" selected' in tekst(svar)


def test_book_offers_only_own_cases_in_a_fitting_step(maja, sag, tid):
    fremmed = ny_sag(BrugerFactory())
    screening = ny_sag(maja.bruger, fase=Fase.SCREENING)

    valg = maja.get(URL, {"tid": tid.pk}).context["form"].fields["sag"].queryset
    svar = maja.post(reverse("rehabilitering:sparring_book", args=[tid.pk]), data_for(fremmed))

    assert list(valg) == [sag]
    assert screening not in valg
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["sag"])
    assert fremmed.borger.navn not in tekst(svar)


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"start": NU - timedelta(hours=1)}, "Tiden er gået."),
        ({"aflyst_den": NU}, "Tiden er taget tilbage."),
    ],
)
def test_a_slot_that_cannot_be_booked_says_so_and_offers_others(maja, birgit, sag, felter, besked):
    gaaet = SparringstidFactory(**felter)
    ledig = ny_tid(birgit.bruger)

    side = tekst(maja.get(URL, {"tid": gaaet.pk}))
    svar = maja.post(reverse("rehabilitering:sparring_book", args=[gaaet.pk]), data_for(sag))

    assert besked in side
    assert f"?tid={ledig.pk}" in side
    assert svar.status_code == 422
    assert reverse("rehabilitering:sparring_book", args=[ledig.pk]) in tekst(svar)
    assert not Sparringsbooking.objects.exists()


def test_samtykke_line_is_for_own_cases_only(maja, sag):
    url = reverse("rehabilitering:sparring_samtykke")
    fremmed = ny_sag(BrugerFactory(), fornavn="Ida")

    assert "samtykket til regionen gælder til" in tekst(maja.get(url, {"sag": sag.pk}))
    assert Opslag.objects.get().sag_id == sag.pk
    for nr in (fremmed.pk, "", "x"):
        assert tekst(maja.get(url, {"sag": nr})) == ""


# Cancelling


def test_the_new_responsible_is_offered_to_cancel(maja, som, sag, tid):
    booking = book(tid, sag, maja.bruger)
    jonas = som("sagsbehandler", navn="Jonas Holt")
    tildel(sag, jonas.bruger, Tildeling.Art.ANSVARLIG, af=maja.bruger)
    aflys = reverse("rehabilitering:sparring_aflys", args=[booking.pk])

    side = tekst(jonas.get(URL, {"tid": tid.pk}))

    # In the panel and in the list of one's own.
    assert side.count(f'href="{aflys}"') == 2
    assert "Booket af Maja Kirkegaard" in side
    assert jonas.post(aflys).status_code == 302


def test_aflys_is_for_who_booked_and_the_moedekoordinator(maja, nanna, som, birgit, sag, tid):
    booking = book(tid, sag, maja.bruger)
    url = reverse("rehabilitering:sparring_aflys", args=[booking.pk])
    kollega = som("koordinerende")
    TildelingFactory(sag=sag, bruger=kollega.bruger, art=Tildeling.Art.MEDVIRKENDE)

    assert som("sagsbehandler").post(url).status_code == 404
    assert kollega.post(url).status_code == 403
    assert birgit.post(url).status_code == 403
    assert "er aflyst og ledig igen" in tekst(nanna.post(url, follow=True))
    assert "Bookingen er allerede aflyst." in tekst(maja.post(url, follow=True))


def test_deputy_cancels_what_the_other_one_booked(maja, som, sag, tid):
    booking = book(tid, sag, maja.bruger)
    jonas = som("sagsbehandler", navn="Jonas Holt")
    Stedfortraeder.objects.create(for_bruger=maja.bruger, vikar=jonas.bruger, fra_dato=NU.date())
    aflys = reverse("rehabilitering:sparring_aflys", args=[booking.pk])

    side = tekst(jonas.get(URL, {"tid": tid.pk}))

    assert side.count(f'href="{aflys}"') == 2
    assert "er aflyst og ledig igen" in tekst(jonas.post(aflys, follow=True))


def test_deputy_cancels_nothing_behind_the_further_gate(maja, som, tid):
    beskyttet = ny_sag(maja.bruger, er_adressebeskyttet=True)
    booking = book(tid, beskyttet, maja.bruger)
    jonas = som("sagsbehandler")
    Stedfortraeder.objects.create(for_bruger=maja.bruger, vikar=jonas.bruger, fra_dato=NU.date())

    svar = jonas.post(reverse("rehabilitering:sparring_aflys", args=[booking.pk]))

    assert svar.status_code == 404
    assert not Sparringsbooking.objects.egne(jonas.bruger).exists()


# Answering


def test_sundhedskoordinator_answers_once(maja, birgit, sag, tid):
    booking = book(tid, sag, maja.bruger)
    url = reverse("rehabilitering:sparring_svar", args=[booking.pk])

    tom = birgit.post(url, {"svar": "", "afklaret": ""})
    gemt = birgit.post(url, {"svar": "Ja, med høreværn.", "afklaret": "ja"}, follow=True)
    igen = birgit.post(url, {"svar": "Nej", "afklaret": "nej"})

    assert (tom.status_code, list(tom.context["form"].errors)) == (422, ["svar", "afklaret"])
    assert "Svaret er gemt." in tekst(gemt)
    assert "Birgit Falk, 19.11.2026 kl. 9.00" in tekst(gemt)
    assert igen.status_code == 422
    assert "Der er allerede svaret 19.11.2026 kl. 9.00" in tekst(igen)
    booking.refresh_from_db()
    assert booking.svar == "Ja, med høreværn."


def test_the_caseworker_reads_the_answer_but_does_not_write_it(maja, birgit, sag, tid):
    booking = book(tid, sag, maja.bruger)
    services.svar(booking, tekst="Ja, med høreværn.", afklaret=True, af=birgit.bruger)
    url = reverse("rehabilitering:sparring_svar", args=[booking.pk])

    side = tekst(maja.get(url))

    assert "Ja, med høreværn." in side
    assert "Gem svaret" not in side
    assert Opslag.objects.latest("pk").sag_id == sag.pk
    assert maja.post(url, {"svar": "Nej", "afklaret": "nej"}).status_code == 403


def test_the_sundhedskoordinator_sees_nothing_after_cancelling(maja, birgit, sag, tid):
    booking = book(tid, sag, maja.bruger)
    url = reverse("rehabilitering:sparring_svar", args=[booking.pk])
    assert birgit.get(url).status_code == 200

    services.aflys_booking(booking, af=maja.bruger)

    assert birgit.get(url).status_code == 404
    assert maja.get(url)["Location"].endswith(f"&tid={tid.pk}")
    assert not Sag.objects.synlige_for(birgit.bruger).exists()


def test_another_sundhedskoordinator_does_not_see_the_booking(maja, som, sag, tid):
    booking = book(tid, sag, maja.bruger)

    url = reverse("rehabilitering:sparring_svar", args=[booking.pk])
    assert som("sundhedskoordinator").get(url).status_code == 404


def test_overblik_sparring_gives_both_their_bookings(rf, maja, birgit, som, sag, tid):
    booking = book(tid, sag, maja.bruger)
    SparringsbookingFactory()
    request = rf.get("/")

    for bruger, ventet in [
        (maja.bruger, [booking]),
        (birgit.bruger, [booking]),
        (BrugerFactory(roller=[Rolle.MOEDEKOORDINATOR]), []),
    ]:
        request.user = bruger
        assert overblik_sparring(request) == {"sparring_bookinger": ventet}


def test_the_sundhedskoordinator_sees_the_questions_beside_the_week(maja, birgit, sag, tid):
    book(tid, sag, maja.bruger)

    side = tekst(birgit.get(URL, {"uge": UGE}))

    assert "Tåler Kim larm?" in side
    assert "Din tid" not in side
