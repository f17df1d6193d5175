"""The calendar's format and the feed's address, read by two parsers that are not ours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.urls import reverse
from django.utils import timezone
from hypothesis import assume, given
from hypothesis import strategies as st

from ressource import haendelser, kalenderfil
from ressource.kalenderfil import Aftale, adresse, fil
from ressource.middleware import HemmelighedFilter
from ressource.models import Haendelse, Kalenderadresse
from tests.factories import BrugerFactory

KOEBENHAVN = ZoneInfo("Europe/Copenhagen")
NU = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def aftale(nr=1, start=NU, **felter):
    felter = {"titel": "Sparring", "aendret": NU, "sted": "Lokale 2, 1. sal"} | felter
    return Aftale(uid=f"proeve-{nr}", start=start, slut=start + timedelta(minutes=30), **felter)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 -- hypothesis wants its bounds without zone
        lambda oejeblik: oejeblik.replace(microsecond=0)
    )
)
def test_both_parsers_read_the_moment_back_in_any_season(start):
    lokal = start.astimezone(KOEBENHAVN)
    # The hour that comes twice in October means the first one (RFC 5545, 3.3.5); nobody meets then.
    assume(lokal.utcoffset() == lokal.replace(fold=1 - lokal.fold).utcoffset())
    indhold = fil.feed([aftale(start=start)])

    (icalendars,) = icalendar.Calendar.from_ical(indhold).events
    assert (icalendars.start, icalendars.start.utcoffset()) == (start, lokal.utcoffset())
    # It has no table of its own: the zone is built from our VTIMEZONE.
    assert vobject.readOne(indhold.decode()).vevent.dtstart.value == start


@pytest.mark.parametrize(
    ("aftaler", "metode"),
    [([aftale(er_aflyst=True, sekvens=3)], "CANCEL"), ([aftale()], "PUBLISH")],
)
def test_an_attachment_is_one_entry_that_comes_or_goes(aftaler, metode):
    tekst = fil.enkelt(aftaler[0])

    kalender = icalendar.Calendar.from_ical(tekst)
    assert str(kalender["method"]) == metode
    andens = vobject.readOne(tekst).vevent
    assert andens.status.value == ("CANCELLED" if metode == "CANCEL" else "CONFIRMED")
    assert int(andens.sequence.value) == aftaler[0].sekvens
    assert andens.uid.value == "proeve-1@localhost"


def test_commas_line_breaks_and_long_lines_survive():
    sted = "Rådhuset, lokale 2; 1. sal\\nær døren " + "å" * 90

    indhold = fil.feed([aftale(sted=sted)])

    assert icalendar.Calendar.from_ical(indhold).events[0].location == sted
    assert vobject.readOne(indhold.decode()).vevent.location.value == sted
    assert max(len(linje) for linje in indhold.split(b"\r\n")) <= 75


@pytest.fixture
def bidrag(monkeypatch):
    """What the feeds hold in this test, and nothing an app has put there."""
    aftaler = []
    monkeypatch.setattr(kalenderfil, "_bidrag", [lambda _bruger: aftaler])
    return aftaler


def _feed(client, hemmelighed, **hoveder):
    return client.get(reverse("kalender_feed", args=[hemmelighed]), headers=hoveder)


@pytest.mark.django_db
def test_whoever_knows_the_address_reads_the_feed_and_nobody_else(client, bidrag):
    bidrag.append(aftale())
    hemmelighed = adresse.ny(BrugerFactory())

    svar = _feed(client, hemmelighed)

    assert svar["Content-Type"] == "text/calendar; charset=utf-8"
    assert svar["Cache-Control"] == "private, no-cache"
    assert svar.cookies == {}
    assert len(icalendar.Calendar.from_ical(svar.content).events) == 1
    assert _feed(client, hemmelighed[:-1]).status_code == 404


@pytest.mark.django_db
def test_the_secret_is_not_in_the_database(client):
    bruger = BrugerFactory()
    hemmelighed = adresse.ny(bruger)

    gemt = Kalenderadresse.objects.get(bruger=bruger)
    assert hemmelighed not in repr(gemt.__dict__)
    assert hemmelighed not in repr(list(Haendelse.objects.values()))
    assert len(hemmelighed) >= 43


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ophoer",
    [
        adresse.ny,
        adresse.stop,
        lambda bruger: type(bruger).objects.filter(pk=bruger.pk).update(is_active=False),
        lambda bruger: type(bruger).objects.filter(pk=bruger.pk).update(roller=[]),
    ],
    ids=["renewed", "stopped", "left", "without a role"],
)
def test_a_feed_ends_when_it_is_renewed_or_stopped_and_when_its_owner_leaves(client, ophoer):
    bruger = BrugerFactory()
    gammel = adresse.ny(bruger)

    ophoer(bruger)

    assert _feed(client, gammel).status_code == 404


@pytest.mark.django_db
def test_a_demo_user_has_no_feed_where_there_is_no_demo(client, settings):
    hemmelighed = adresse.ny(BrugerFactory(er_demo=True))
    settings.RESSOURCE_DEMO = False

    assert _feed(client, hemmelighed).status_code == 404


@pytest.mark.django_db
def test_the_secret_is_in_no_log(client, caplog, settings):
    hemmelighed = adresse.ny(BrugerFactory())
    sti = reverse("kalender_feed", args=[hemmelighed])
    assert "hemmelighed" in settings.LOGGING["handlers"]["konsol"]["filters"]
    caplog.handler.addFilter(HemmelighedFilter())

    assert client.post(sti).status_code == 405
    assert client.get(sti.replace(".ics", "x.ics")).status_code == 404

    assert "/kalender/***.ics" in caplog.text
    assert hemmelighed not in caplog.text


@pytest.mark.django_db
def test_what_has_not_changed_is_not_sent_again(client, bidrag, monkeypatch):
    bidrag.append(aftale())
    hemmelighed = adresse.ny(BrugerFactory())
    etag = _feed(client, hemmelighed)["ETag"]

    with monkeypatch.context() as undervejs:
        undervejs.setattr(fil, "feed", None)
        uaendret = _feed(client, hemmelighed, if_none_match=etag)
    assert (uaendret.status_code, uaendret.content, uaendret["ETag"]) == (304, b"", etag)

    bidrag[0] = aftale(sekvens=1)
    aendret = _feed(client, hemmelighed, if_none_match=etag)
    assert (aendret.status_code, aendret["ETag"] == etag) == (200, False)


@pytest.mark.django_db
def test_the_address_is_shown_once(som):
    klient = som("sagsbehandler")

    ny = klient.post(reverse("kalender_ny"))

    vist = ny.context["ny_adresse"]
    assert vist in ny.content.decode()
    assert "no-store" in ny["Cache-Control"]
    assert klient.get(vist.removeprefix("http://localhost:8000")).status_code == 200
    side = klient.get(reverse("kalender")).content.decode()
    assert "I brug" in side
    assert vist not in side


@pytest.mark.django_db
def test_renewing_and_stopping_are_told_in_the_log(som):
    klient = som("sagsbehandler")

    for side in ("kalender_ny", "kalender_ny", "kalender_stop", "kalender_stop"):
        klient.post(reverse(side))

    koder = Haendelse.objects.filter(af=klient.bruger).order_by("pk").values_list("kode", flat=True)
    assert list(koder) == ["kalender.ny_adresse"] * 2 + ["kalender.stoppet"]
    assert all(haendelser.tekst(kode) for kode in koder)
    assert not Kalenderadresse.objects.exists()


def test_the_clock_is_not_part_of_a_feed():
    aftaler = [aftale(start=timezone.now())]

    assert fil.feed(aftaler) == fil.feed(aftaler)
