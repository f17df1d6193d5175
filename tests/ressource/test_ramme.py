import pytest
from django.test import RequestFactory
from django.urls import reverse

from ressource import rammen
from ressource.models import Rolle
from tests.factories import BrugerFactory

pytestmark = [pytest.mark.urls("tests.ressource.proevesider"), pytest.mark.django_db]

# The session, the user and the unread reminders; nothing else is asked for the frame itself. The
# teamleder is also told how many openings with a reason are waiting to be looked at.
FORESPOERGSLER = 3
TEAMLEDERENS = 4


@pytest.mark.parametrize("rolle", Rolle)
def test_frame_costs_every_role_the_same_queries(som, rolle, django_assert_num_queries):
    klient = som(rolle)

    antal = TEAMLEDERENS if rolle == Rolle.TEAMLEDER else FORESPOERGSLER
    with django_assert_num_queries(antal):
        svar = klient.get("/")

    assert svar.status_code == 200
    assert b"<title>Pr\xc3\xb8ve \xe2\x80\x93 Ressource</title>" in svar.content


@pytest.mark.parametrize(
    ("rolle", "labels"),
    [
        (Rolle.SAGSBEHANDLER, ["Overblik", "Sager", "Sparring", "Teammøder"]),
        (Rolle.MOEDEKOORDINATOR, ["Overblik", "Sparring", "Teammøder"]),
        (Rolle.TEAMLEDER, ["Overblik", "Sager"]),
        (Rolle.MENTOR, ["Overblik", "Sager"]),
    ],
)
def test_menu_lists_what_the_role_may_and_what_exists(som, rolle, labels):
    svar = som(rolle).get("/")

    assert [punkt.label for punkt in svar.context["ramme"].menu] == labels


@pytest.mark.parametrize(
    ("url_navn", "her", "aktiv"),
    [
        ("overblik", "Overblik", "page"),
        ("borgere:sag_liste", "Sager", "page"),
        ("borgere:sag", "Sager", "true"),
        ("rehabilitering:screening", "Sager", "true"),
        ("rehabilitering:sparring", "Sparring", "page"),
    ],
)
def test_menu_marks_the_page_we_are_on(som, url_navn, her, aktiv):
    svar = som("sagsbehandler").get(reverse(url_navn))

    menu = svar.context["ramme"].menu
    assert [(punkt.label, punkt.aktiv) for punkt in menu if punkt.aktiv] == [(her, aktiv)]
    assert f'aria-current="{aktiv}"' in svar.content.decode()


def test_header_names_the_municipality_and_the_user(som, settings):
    settings.RESSOURCE_KOMMUNE = "Egelund & Omegn"

    svar = som("sagsbehandler", navn="Maja Kirkegaard").get("/")

    assert "Egelund &amp; Omegn" in svar.content.decode()
    assert "Maja Kirkegaard" in svar.content.decode()


def test_user_menu_signs_out_by_post(som):
    klient = som("mentor")

    assert '<form method="post" action="/log-ud/">' in klient.get("/").content.decode()
    klient.post("/log-ud/")
    assert klient.get("/").status_code == 302


def test_reminders_are_counted_by_whoever_registered(som, monkeypatch):
    monkeypatch.setattr(rammen, "_paamindelsestaellere", [])
    rammen.registrer_paamindelsestaeller(lambda bruger: 3)

    html = som("sagsbehandler").get("/").content.decode()

    assert '<span class="antal">3<span class="skjult"> ulæste</span></span>' in html


def test_a_counter_registered_twice_counts_once(monkeypatch):
    monkeypatch.setattr(rammen, "_paamindelsestaellere", [])

    def taeller(bruger):
        return 2

    rammen.registrer_paamindelsestaeller(taeller)
    rammen.registrer_paamindelsestaeller(taeller)
    request = RequestFactory().get("/")
    request.user = BrugerFactory()

    assert rammen.Ramme(request).antal_paamindelser == 2


def test_frame_without_a_user_has_no_menu():
    request = RequestFactory().get("/")

    ramme = rammen.Ramme(request)

    assert (ramme.bruger, ramme.menu, ramme.antal_paamindelser) == (None, [], 0)
    assert ramme.rolletekst == ""


def test_messages_are_announced_by_their_weight(som):
    klient = som("sagsbehandler")
    gyldig = {"navn": "Bo", "startdato": "24.12.2026", "udfald": "r", "enig": "on", "tekst": "Ja"}

    html = klient.post("/formular/", gyldig, follow=True).content.decode()

    assert '<div class="besked besked--ok" role="status">' in html
    assert '<div class="besked besked--fejl" role="alert">' in html


def test_refused_form_answers_422_inside_the_frame(som):
    svar = som("sagsbehandler").post("/formular/", {"navn": "Bo"})

    assert svar.status_code == 422
    assert '<a href="/sager/">Sager</a> / Ny' in svar.content.decode()


def test_body_gives_htmx_the_csrf_token_in_htmx_4_syntax(som):
    assert 'hx-headers:inherited=\'{"X-CSRFToken": "' in som("mentor").get("/").content.decode()
