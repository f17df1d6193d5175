"""Appointments written as iCalendar text (ADR 0019)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from ressource.kalenderfil import Aftale

INDHOLDSTYPE = "text/calendar; charset=utf-8"
_PRODUKT = "-//Ressource//Kalender//DA"
# How often a subscriber is asked to look again.
_OPDATERING = timedelta(minutes=15)


def feed(aftaler: Iterable[Aftale]) -> bytes:
    """A user's whole calendar. Times are Danish local time, whatever the season."""
    kalender = _kalender("PUBLISH")
    kalender.add("x-wr-calname", f"Ressource, {settings.RESSOURCE_KOMMUNE}")
    kalender.add("refresh-interval", _OPDATERING, parameters={"VALUE": "DURATION"})
    kalender.add("x-published-ttl", "PT15M")
    for aftale in aftaler:
        kalender.add_component(_begivenhed(aftale))
    return _skrevet(kalender)


def enkelt(aftale: Aftale) -> str:
    """One appointment as the text of an attachment; a cancelled one takes itself out again."""
    kalender = _kalender("CANCEL" if aftale.er_aflyst else "PUBLISH")
    kalender.add_component(_begivenhed(aftale))
    return _skrevet(kalender).decode()


def _skrevet(kalender: Calendar) -> bytes:
    indhold: bytes = kalender.to_ical()
    return indhold


def _kalender(metode: str) -> Calendar:
    kalender = Calendar()
    kalender.add("prodid", _PRODUKT)
    kalender.add("version", "2.0")
    kalender.add("calscale", "GREGORIAN")
    kalender.add("method", metode)
    kalender.add_component(_koebenhavn())
    return kalender


def _begivenhed(aftale: Aftale) -> Event:
    begivenhed = Event()
    begivenhed.add("uid", f"{aftale.uid}@{urlsplit(settings.RESSOURCE_ADRESSE).hostname}")
    begivenhed.add("dtstamp", aftale.aendret)
    begivenhed.add("last-modified", aftale.aendret)
    begivenhed.add("sequence", aftale.sekvens)
    begivenhed.add("dtstart", timezone.localtime(aftale.start))
    begivenhed.add("dtend", timezone.localtime(aftale.slut))
    begivenhed.add("summary", f"Aflyst: {aftale.titel}" if aftale.er_aflyst else aftale.titel)
    begivenhed.add("status", "CANCELLED" if aftale.er_aflyst else "CONFIRMED")
    optager = aftale.er_optaget and not aftale.er_aflyst
    begivenhed.add("transp", "OPAQUE" if optager else "TRANSPARENT")
    # The house itself: an organiser must be named, and a person's address is nobody's business.
    begivenhed.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    if aftale.sted:
        begivenhed.add("location", aftale.sted)
    if aftale.sti:
        begivenhed.add("url", f"{settings.RESSOURCE_ADRESSE}{aftale.sti}")
        begivenhed.add(
            "description", f"Se mere i Ressource: {settings.RESSOURCE_ADRESSE}{aftale.sti}"
        )
    return begivenhed


@cache
def _koebenhavn() -> Timezone:
    """The rules of `Europe/Copenhagen` since 1996 (directive 2000/84/EC), for those without a table."""
    zone = Timezone()
    zone.add("tzid", settings.TIME_ZONE)
    halvdele = (
        (TimezoneDaylight(), "CEST", "1996-03-31T02:00", 3, 1, 2),
        (TimezoneStandard(), "CET", "1996-10-27T03:00", 10, 2, 1),
    )
    for halvdel, navn, begynder, maaned, fra, til in halvdele:
        halvdel.add("tzname", navn)
        halvdel.add("dtstart", datetime.fromisoformat(begynder))
        halvdel.add("tzoffsetfrom", timedelta(hours=fra))
        halvdel.add("tzoffsetto", timedelta(hours=til))
        halvdel.add("rrule", vRecur(freq="yearly", bymonth=maaned, byday="-1SU"))
        zone.add_component(halvdel)
    return zone
