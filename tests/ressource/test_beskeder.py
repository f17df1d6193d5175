"""The outbox: a notice is told once, whatever dies, and none holds the others back."""

from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ressource import beskeder
from ressource.models import Besked, Kalenderadresse
from tests.factories import BrugerFactory
from tests.traade import paa_een_gang

INDHOLD = {"emne": "Sparring er aflyst", "tekst": "Tiden kan ikke holdes.", "sti": "/sparring/"}


def besked(noegle="noegle", modtager=None, **felter):
    modtager = modtager or BrugerFactory(email="birgit@egelund.example")
    return beskeder.opret(modtager, noegle=noegle, **INDHOLD | felter)


@contextmanager
def doed(monkeypatch, klasse, metode):
    """The worker is killed when it comes to `metode`."""

    def draebt(*_args, **_felter):
        raise KeyboardInterrupt

    with monkeypatch.context() as undervejs:
        undervejs.setattr(klasse, metode, draebt)
        with pytest.raises(KeyboardInterrupt):
            yield


@pytest.mark.django_db
def test_a_notice_is_sent_once_and_leads_to_the_house(settings):
    settings.RESSOURCE_ADRESSE = "https://ressource.example"
    skrevet = besked(kalender="BEGIN:VCALENDAR")

    assert [beskeder.send_ventende(), beskeder.send_ventende()] == [1, 0]

    (brev,) = mail.outbox
    assert brev.to == ["birgit@egelund.example"]
    assert brev.body.endswith("https://ressource.example/sparring/")
    vedhaeftet = brev.message().get_payload()[1]
    assert vedhaeftet["Content-Type"] == 'text/calendar; charset="utf-8"'
    assert vedhaeftet.get_payload(decode=True) == b"BEGIN:VCALENDAR"
    skrevet.refresh_from_db()
    assert skrevet.sendt_den


@pytest.mark.django_db
def test_the_same_fact_is_told_once():
    modtager = BrugerFactory(email="a@egelund.example")

    foerste, anden = besked("fakta:1", modtager), besked("fakta:1", modtager, emne="Igen")

    assert (foerste.pk, anden.emne, Besked.objects.count()) == (anden.pk, foerste.emne, 1)


@pytest.mark.django_db
def test_a_rolled_back_fact_is_not_told():
    with transaction.atomic():
        besked()
        transaction.set_rollback(True)

    assert beskeder.send_ventende() == 0


@pytest.mark.django_db
def test_a_commit_wakes_the_job_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as vaekninger:
        besked("1")
        besked("2")

    assert len(vaekninger) == 1


@pytest.mark.django_db
def test_a_worker_dead_between_sending_and_recording_sends_again_as_the_same_mail(monkeypatch):
    besked()
    with doed(monkeypatch, Besked, "save"):
        beskeder.send_ventende()

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert beskeder.send_ventende() == 1

    # Both: Exchange takes a mail for the same by its number and its date.
    foerste, anden = (brev.message() for brev in mail.outbox)
    assert foerste["Message-ID"] == anden["Message-ID"]
    assert foerste["Date"] == anden["Date"]


@pytest.mark.django_db
def test_a_worker_dead_before_sending_loses_nothing(monkeypatch):
    besked()
    with doed(monkeypatch, EmailMessage, "send"):
        beskeder.send_ventende()

    assert (len(mail.outbox), beskeder.send_ventende()) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_share_the_notices():
    skrevne = [besked(str(nr)) for nr in range(12)]

    sendt = paa_een_gang([beskeder.send_ventende] * 4)

    assert sum(sendt) == len(skrevne) == len(mail.outbox)
    assert len({brev.extra_headers["Message-ID"] for brev in mail.outbox}) == len(skrevne)


@pytest.mark.django_db(transaction=True)
def test_two_that_tell_the_same_at_once_tell_it_once():
    modtager = BrugerFactory()

    fundne = paa_een_gang([lambda: besked("fakta:1", modtager).pk] * 4)

    assert len(set(fundne)) == Besked.objects.count() == 1


@pytest.mark.django_db
def test_a_server_that_is_away_is_asked_again_later_and_later_and_then_no_more(monkeypatch):
    skrevet, naeste = besked("1"), besked("2")
    monkeypatch.setattr(EmailMessage, "send", lambda _brev: _kast(ConnectionRefusedError()))

    beskeder.send_ventende()
    skrevet.refresh_from_db()
    naeste.refresh_from_db()
    assert (skrevet.forsoeg, naeste.forsoeg) == (1, 0)

    timer = 0
    with time_machine.travel(timezone.now(), tick=False) as ur:
        while not Besked.objects.filter(opgivet_den__isnull=False).exists():
            ur.shift(timedelta(hours=1))
            beskeder.send_ventende()
            timer += 1
    skrevet.refresh_from_db()
    assert (skrevet.forsoeg, timer) == (beskeder.FORSOEG, 35)


@pytest.mark.django_db
@pytest.mark.parametrize("fejl", [SMTPRecipientsRefused({}), UnicodeError()])
def test_a_notice_nobody_takes_does_not_hold_the_rest(monkeypatch, fejl):
    besked("1", BrugerFactory(email="vaek@egelund.example"))
    besked("2")
    send = EmailMessage.send
    monkeypatch.setattr(
        EmailMessage,
        "send",
        lambda brev: _kast(fejl) if brev.to == ["vaek@egelund.example"] else send(brev),
    )

    assert beskeder.send_ventende() == 1
    assert list(Besked.objects.til_afsendelse().values_list("noegle", "forsoeg")) == [("1", 1)]


def _kast(fejl):
    raise fejl


@pytest.mark.django_db
@pytest.mark.parametrize("felter", [{"email": ""}, {"email": "x@x.example", "is_active": False}])
def test_who_has_no_address_or_has_left_is_given_up_at_once(felter):
    skrevet = besked(modtager=BrugerFactory(**felter))

    beskeder.send_ventende()

    skrevet.refresh_from_db()
    assert skrevet.opgivet_den
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "felter",
    [
        {"tekst": "Om 740387-1234."},
        {"emne": "To\nlinjer"},
        {"sti": "https://andre.example/"},
        {"sti": "//andre.example/"},
        {"sti": "/sager/?tekst=smerter"},
    ],
)
def test_a_draft_refuses_what_must_not_leave_the_house(felter):
    with pytest.raises(ValidationError):
        beskeder.udkast(BrugerFactory(), noegle="noegle", **INDHOLD | felter)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("navn", "opret"),
    [
        (
            "besked_uden_personnummer",
            lambda: Besked.objects.create(modtager=BrugerFactory(), tekst="740387-1234"),
        ),
        (
            "besked_sendt_eller_opgivet",
            lambda: Besked.objects.create(
                modtager=BrugerFactory(), sendt_den=timezone.now(), opgivet_den=timezone.now()
            ),
        ),
        (
            "kalenderadresse_aftryk",
            lambda: Kalenderadresse.objects.create(bruger=BrugerFactory(), aftryk="hemmelig"),
        ),
    ],
)
def test_constraint_refuses(navn, opret):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        opret()


@pytest.mark.django_db
@pytest.mark.parametrize("antal", [1, 3, 25])
def test_ones_own_notices_are_listed_in_four_statements(som, antal, django_assert_num_queries):
    klient = som("sagsbehandler", email="holt@egelund.example")
    for nr in range(antal):
        besked(str(nr), klient.bruger)
    besked("en andens")
    beskeder.send_ventende()

    # Session, user, the count, the rows; and the reminders in the frame.
    with django_assert_num_queries(5):
        side = klient.get(reverse("beskeder"))

    assert side.content.decode().count("Sparring er aflyst") == antal


@pytest.mark.django_db
def test_a_notice_is_read_as_it_was_sent_and_only_by_its_recipient(som):
    klient = som("sagsbehandler", email="holt@egelund.example")
    egen, andens = besked("1", klient.bruger), besked("2")

    side = klient.get(reverse("besked", args=[egen.pk])).content.decode()

    assert "Tiden kan ikke holdes." in side
    assert "På vej" in side
    assert klient.get(reverse("besked", args=[andens.pk])).status_code == 404
