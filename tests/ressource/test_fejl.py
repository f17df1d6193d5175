import html
import logging
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from ressource import fejl
from ressource.middleware import AnmodningsidFilter

pytestmark = [pytest.mark.urls("tests.ressource.proevesider"), pytest.mark.django_db]

TEKST = "Rie har haft migræne\nsiden 2019 & får <medicin>."
SKREVET = {"egne_ord": TEKST, "csrfmiddlewaretoken": "hemmelig-brik", "password": "hemmelig-kode"}
EGEN = {"Sec-Fetch-Site": "same-origin"}


def felter(svar) -> dict[str, str]:
    """The read-only text areas of a page: name and value, as a browser would read them."""
    fundet = re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*readonly>\n(.*?)</textarea>',
        svar.content.decode(),
        re.DOTALL,
    )
    return {navn: html.unescape(vaerdi) for navn, vaerdi in fundet}


def brik(svar) -> str:
    """The CSRF token of a page's form."""
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', svar.content.decode())[1]


@pytest.mark.parametrize(
    ("sti", "status", "besked"),
    [
        ("/ugyldig/", 400, "Anmodningen kunne ikke læses"),
        ("/forbudt/", 403, "Du må se planen, men ikke godkende den."),
        ("/findes-ikke/", 404, "Siden findes ikke"),
        ("/ukendt/", 404, "Siden findes ikke"),
        ("/kaput/", 500, "Fejlen er hos os"),
    ],
)
def test_error_page_says_what_happened_and_keeps_the_text(som, sti, status, besked):
    klient = som("sagsbehandler")
    klient.raise_request_exception = False

    svar = klient.post(sti, SKREVET)

    assert svar.status_code == status
    assert besked in svar.content.decode()
    assert felter(svar) == {"egne_ord": TEKST}
    assert "hemmelig" not in svar.content.decode()
    assert "<form method" not in svar.content.decode().split("<main")[1]


def test_error_page_of_a_get_shows_no_fields(som):
    assert felter(som("sagsbehandler").get("/findes-ikke/?egne_ord=x")) == {}


def test_404_does_not_tell_what_was_looked_for(som):
    assert "matcher" not in som("mentor").get("/findes-ikke/").content.decode()


def test_files_are_named_as_lost_and_never_echoed(som):
    fil = SimpleUploadedFile("notat.txt", b"indhold af filen")

    svar = som("sagsbehandler").post("/forbudt/", {"titel": "Notat", "fil": fil})

    assert "Vedhæftede filer skal vælges igen" in svar.content.decode()
    assert "indhold af filen" not in svar.content.decode()


def test_unreadable_post_is_refused_without_a_crash(som, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    svar = som("sagsbehandler").post("/formular/", {"a": "1", "b": "2", "c": "3"})

    assert svar.status_code == 400


@pytest.mark.django_db(databases=[])
def test_500_page_needs_neither_user_nor_database():
    request = RequestFactory().post("/kaput/", {"egne_ord": TEKST})
    request.anmodningsid = "abc-123"

    svar = fejl.serverfejl(request)

    assert svar.status_code == 500
    assert felter(svar) == {"egne_ord": TEKST}
    assert "abc-123" in svar.content.decode()


@pytest.mark.parametrize("sti", ["/forbudt/", "/findes-ikke/", "/kaput/", "/konflikt/"])
def test_htmx_gets_a_message_beside_the_form(som, sti):
    klient = som("sagsbehandler")
    klient.raise_request_exception = False

    svar = klient.post(sti, {"egne_ord": TEKST}, headers={"HX-Request": "true"})

    assert svar.status_code >= 400
    assert (svar["HX-Retarget"], svar["HX-Reswap"]) == ("#fejlbesked", "innerHTML")
    assert "<html" not in svar.content.decode()
    assert 'role="alert"' in svar.content.decode()


# CSRF


def test_form_older_than_the_sign_in_can_be_sent_again_from_the_page(som):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(som("sagsbehandler").bruger)
    sendt = {"navn": "Bo", "tekst": TEKST, "csrfmiddlewaretoken": "forkert"}

    svar = klient.post("/formular/?fra=1", sendt, headers=EGEN)

    assert svar.status_code == 403
    assert felter(svar) == {"navn": "Bo", "tekst": TEKST}
    assert 'action="/formular/?fra=1"' in svar.content.decode()
    igen = klient.post(
        "/formular/?fra=1", felter(svar) | {"csrfmiddlewaretoken": brik(svar)}, headers=EGEN
    )
    assert igen.status_code == 422
    assert html.escape(TEKST) in igen.content.decode()


@pytest.mark.parametrize(
    "overskrifter",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ondt.example"},
        {"Referer": "https://ondt.example/side"},
        {},
    ],
)
def test_form_from_another_site_is_shown_but_gets_no_button(som, overskrifter):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(som("sagsbehandler").bruger)

    svar = klient.post("/formular/", {"navn": "Bo"}, headers=overskrifter)

    assert svar.status_code == 403
    assert felter(svar) == {"navn": "Bo"}
    assert 'type="submit">Send igen' not in svar.content.decode()


@pytest.mark.parametrize("overskrift", ["Origin", "Referer"])
def test_older_browsers_are_known_by_origin_or_referer(overskrift):
    request = RequestFactory().post(
        "/x/", {"navn": "Bo"}, headers={overskrift: "http://testserver"}
    )

    assert fejl.bevaret(request).kan_sendes_igen


def test_form_with_a_secret_is_not_offered_again():
    request = RequestFactory().post("/log-ind/", {"login": "maja", "password": "x"}, headers=EGEN)

    bevaret = fejl.bevaret(request)

    assert [felt.navn for felt in bevaret.felter] == ["login"]
    assert not bevaret.kan_sendes_igen


# A session that ended while somebody wrote


def test_text_survives_that_the_session_ended(som):
    bruger = som("sagsbehandler").bruger
    bruger.set_password("kode")
    bruger.save()
    klient = Client(enforce_csrf_checks=True)
    klient.get("/log-ind/")
    foer = klient.cookies["csrftoken"].value
    sendt = {"navn": "Bo", "tekst": TEKST, "csrfmiddlewaretoken": foer}

    udloebet = klient.post("/formular/", sendt, headers=EGEN)

    assert udloebet.status_code == 403
    assert "Du er logget ud, men din tekst er her endnu" in udloebet.content.decode()
    assert felter(udloebet) == {"navn": "Bo", "tekst": TEKST}
    vej = re.search(r'href="([^"]*)" target="_blank"', udloebet.content.decode())[1]

    # Signed in again in another tab: the token changes, so the page asks once more, text in hand.
    ind = klient.post(
        vej,
        {"login": bruger.brugernavn, "password": "kode", "csrfmiddlewaretoken": foer},
        headers=EGEN,
    )
    assert "gå tilbage til det, hvor din tekst står" in klient.get(ind["Location"]).text
    fortsaet = klient.post(
        "/formular/", felter(udloebet) | {"csrfmiddlewaretoken": brik(udloebet)}, headers=EGEN
    )
    assert fortsaet.status_code == 403
    assert felter(fortsaet) == {"navn": "Bo", "tekst": TEKST}

    igen = klient.post(
        "/formular/", felter(fortsaet) | {"csrfmiddlewaretoken": brik(fortsaet)}, headers=EGEN
    )
    assert igen.status_code == 422
    assert html.escape(TEKST) in igen.content.decode()


def test_signed_out_get_goes_to_the_login_page_and_back(client):
    svar = client.get("/formular/?a=1")

    assert svar.status_code == 302
    assert svar["Location"] == "/log-ind/?next=/formular/%3Fa%3D1"


def test_signed_out_post_without_text_goes_to_the_login_page(client):
    assert client.post("/formular/", {"csrfmiddlewaretoken": "x"}).status_code == 302


def test_signed_out_htmx_request_moves_the_whole_page(client):
    svar = client.get(
        "/formular/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/sager/?vis=1"},
    )

    assert svar.status_code == 200
    assert svar["HX-Redirect"] == "/log-ind/?next=%2Fsager%2F%3Fvis%3D1"
    assert svar.content == b""


def test_signed_out_htmx_save_leaves_the_text_in_its_field(client):
    svar = client.post("/formular/", {"tekst": TEKST}, headers={"HX-Request": "true"})

    assert svar.status_code == 403
    assert svar["HX-Retarget"] == "#fejlbesked"
    assert "Du er blevet logget ud" in svar.content.decode()
    assert svar["Gem-Selv"] == "log-ind"
    assert 'target="_blank"' in svar.content.decode()


def test_old_token_of_a_form_that_saves_itself_is_renewed_by_the_refusal(som):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(som("sagsbehandler").bruger)

    svar = klient.post("/formular/", {"tekst": TEKST}, headers={"HX-Request": "true"})

    assert (svar.status_code, svar["Gem-Selv"]) == (403, "brik")
    ny = klient.cookies["csrftoken"].value
    overskrifter = {"HX-Request": "true", "X-CSRFToken": ny}
    assert klient.post("/formular/", {"tekst": TEKST}, headers=overskrifter).status_code != 403


def test_page_reads_the_token_from_a_cookie_that_scripts_may_read(settings):
    """gemselv.js knows the cookie by its name; another site's script can read none of ours."""
    assert settings.CSRF_COOKIE_NAME == "csrftoken"
    assert not settings.CSRF_COOKIE_HTTPONLY
    assert not settings.CSRF_USE_SESSIONS


def test_page_saves_itself_in_nobody_elses_name(som):
    klient = som("sagsbehandler")
    overskrifter = {"HX-Request": "true", "Gem-Selv-Bruger": str(klient.bruger.pk + 1)}

    svar = klient.post("/formular/", {"tekst": TEKST}, headers=overskrifter)

    assert (svar.status_code, svar["Gem-Selv"]) == (403, "anden-bruger")
    egne = overskrifter | {"Gem-Selv-Bruger": str(klient.bruger.pk)}
    assert klient.post("/formular/", {"tekst": TEKST}, headers=egne).status_code != 403


def test_what_nobody_typed_goes_along_unseen(client):
    sendt = {"tekst": TEKST, "version": "3.a-2.b", "ret-laas": "4", "trin": "faerdig"}

    svar = client.post("/formular/", sendt, headers=EGEN)

    assert felter(svar) == {"tekst": TEKST}
    for navn in ("version", "ret-laas", "trin"):
        assert f'<input type="hidden" name="{navn}" value="{sendt[navn]}">' in svar.text


# Two people at once


def test_conflict_shows_both_texts_and_sends_either_or_both(som):
    sendt = {"helbred": "Hun har tre anfald.", "version": "3", "emne": "Migræne"}

    svar = som("sagsbehandler").post("/konflikt/?afsnit=5", sendt)
    side = svar.content.decode()

    assert svar.status_code == 409
    assert "I har begge skrevet i afsnit 5, Helbred" in side
    assert "Jonas Holt gemte 25.11.2025 kl. 10.38" in side
    assert "<ins>tre</ins>" in side
    assert "<ins>&lt;fire&gt;</ins>" in side
    assert "Hun har [tre / &lt;fire&gt;] anfald.</textarea>" in side
    assert side.count('name="version" value="4"') == 3
    assert side.count('name="emne" value="Migræne"') == 3
    assert side.count('action="/konflikt/?afsnit=5"') == 3
    assert 'type="radio" name="dato" value="2026-01-01" checked' in side
    assert "<span>01.01.2026 (din)</span>" in side
    assert 'href="/sager/">Beslut senere' in side


# Request id


def test_every_answer_has_its_own_request_id(som):
    klient = som("mentor")

    foerste, anden = klient.get("/")["X-Request-ID"], klient.get("/")["X-Request-ID"]

    assert uuid.UUID(foerste) != uuid.UUID(anden)


def test_request_id_from_the_browser_is_not_trusted(som):
    svar = som("mentor").get("/", headers={"X-Request-ID": "min-egen\nlinje"})

    assert svar["X-Request-ID"] != "min-egen\nlinje"


def test_log_lines_carry_the_request_id(som, caplog):
    klient = som("mentor")
    klient.raise_request_exception = False
    caplog.handler.addFilter(AnmodningsidFilter())

    svar = klient.get("/kaput/")

    assert [post.anmodningsid for post in caplog.records] == [svar["X-Request-ID"]]


def test_log_line_outside_a_request_has_a_dash():
    post = logging.makeLogRecord({"msg": "x"})

    AnmodningsidFilter().filter(post)

    assert post.anmodningsid == "-"
