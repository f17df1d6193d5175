import pytest
from django.contrib import auth
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse
from redis.exceptions import ConnectionError as RedisNede

from ressource.models import Rolle
from ressource.settings.base import cache_url
from tests.factories import BrugerFactory

pytestmark = [pytest.mark.urls("tests.ressource.proevesider"), pytest.mark.django_db]

KODE = "en god lang kode"
FORKERT = "Brugernavn eller adgangskode er forkert"
SPAERRET = "for mange mislykkede forsøg"


@pytest.fixture(autouse=True)
def tomt_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def bruger():
    bruger = BrugerFactory(brugernavn="maja")
    bruger.set_password(KODE)
    bruger.save()
    return bruger


def log_ind(client, brugernavn="maja", kode=KODE, sti="/log-ind/", **ekstra):
    return client.post(sti, {"login": brugernavn, "password": kode}, **ekstra)


def test_login_page_is_danish_and_open_to_everybody(client):
    side = client.get("/log-ind/").content.decode()

    assert "Brugernavn" in side
    assert "Adgangskode" in side
    assert 'autocomplete="current-password"' in side
    assert "frivilligt" not in side
    assert "emember" not in side


@pytest.mark.parametrize("rolle", Rolle)
def test_every_role_lands_on_overblik(client, bruger, rolle):
    bruger.roller = [rolle]
    bruger.save()

    svar = log_ind(client)

    assert (svar.status_code, svar["Location"]) == (302, "/")
    assert auth.get_user(client) == bruger


def test_login_leads_back_to_the_page_one_came_from(client, bruger):
    svar = log_ind(client, sti="/log-ind/?next=/sager/")

    assert svar["Location"] == "/sager/"


def test_login_never_leads_to_another_site(client, bruger):
    assert log_ind(client, sti="/log-ind/?next=https://ondt.example/")["Location"] == "/"


@pytest.mark.parametrize(("brugernavn", "kode"), [("maja", "forkert"), ("findes-ikke", KODE)])
def test_wrong_login_says_the_same_whatever_was_wrong(client, bruger, brugernavn, kode):
    svar = log_ind(client, brugernavn, kode)

    assert svar.status_code == 422
    assert FORKERT in svar.content.decode()
    assert KODE not in svar.content.decode()
    assert not auth.get_user(client).is_authenticated


def test_inactive_user_stays_outside(client, bruger):
    bruger.is_active = False
    bruger.save()

    assert FORKERT in log_ind(client).content.decode()


def test_demo_user_is_refused_outside_the_demo(client, bruger, settings):
    settings.RESSOURCE_DEMO = False
    bruger.er_demo = True
    bruger.save()

    assert FORKERT in log_ind(client).content.decode()


def test_demo_session_ends_when_the_demo_is_turned_off(client, bruger, settings):
    bruger.er_demo = True
    bruger.save()
    log_ind(client)

    settings.RESSOURCE_DEMO = False

    assert client.get("/").status_code == 302


def test_ordinary_user_needs_no_demo(client, bruger, settings):
    settings.RESSOURCE_DEMO = False

    assert log_ind(client).status_code == 302


def test_sixth_attempt_is_refused_even_with_the_right_password(client, bruger):
    for _ in range(5):
        assert FORKERT in log_ind(client, kode="forkert").content.decode()

    assert SPAERRET in log_ind(client).content.decode()


def test_attempts_from_another_address_lock_nobody_out(client, bruger):
    for _ in range(6):
        log_ind(client, kode="forkert", REMOTE_ADDR="192.0.2.7")

    assert log_ind(client, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_attempts_on_another_user_lock_nobody_out(client, bruger):
    for _ in range(6):
        log_ind(client, brugernavn="jonas", kode="forkert")

    assert log_ind(client).status_code == 302


def test_a_hundred_guesses_from_one_address_lock_the_address(client, bruger, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key,8/5m/ip"}

    for nr in range(8):
        log_ind(client, brugernavn=f"gaet{nr}", kode="forkert")

    assert SPAERRET in log_ind(client).content.decode()


def test_login_works_while_the_broker_is_away(client, bruger, monkeypatch, caplog):
    def nede(*args, **kwargs):
        raise RedisNede

    monkeypatch.setattr(cache, "add", nede)

    assert log_ind(client).status_code == 302
    assert "brokeren svarer ikke" in caplog.text


def test_signed_in_user_is_sent_on_from_the_login_page(client, bruger):
    log_ind(client)

    assert client.get("/log-ind/")["Location"] == "/"


def test_log_out_asks_first_and_ends_the_session(client, bruger):
    log_ind(client)

    assert "Vil du logge ud nu?" in client.get("/log-ud/").content.decode()
    assert client.post("/log-ud/")["Location"] == "/log-ind/"
    assert client.get("/").status_code == 302


def test_log_out_leaves_no_message_in_english(client, bruger):
    log_ind(client)

    assert "igned" not in client.get("/").content.decode()


@pytest.mark.parametrize("navn", ["account_signup", "account_reset_password", "account_email"])
def test_nothing_but_login_and_logout_is_mounted(navn):
    with pytest.raises(NoReverseMatch):
        reverse(navn)


@pytest.mark.parametrize(
    ("broker", "cache_adresse"),
    [
        ("redis://broker:6379/0", "redis://broker:6379/0"),
        ("redis+socket:///var/run/v.sock", "unix:///var/run/v.sock"),
        ("redis+socket:///var/run/v.sock?virtual_host=2", "unix:///var/run/v.sock?db=2"),
    ],
)
def test_cache_lies_where_the_broker_is(broker, cache_adresse):
    assert cache_url(broker) == cache_adresse
