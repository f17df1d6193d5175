"""The digest: when it comes, what it holds and what it never says."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from borgere.services import sletning
from opfoelgning import samlemail
from opfoelgning.models import Frist, Fristregel, Paamindelse, Paamindelsesvalg
from opfoelgning.tasks import send_samlemail
from ressource.models import Besked, Bruger, Lukkedag, Rolle, Stedfortraeder
from ressource.tidsplan import BEAT
from tests.factories import (
    BrugerFactory,
    FristFactory,
    PaamindelseFactory,
    SagFactory,
    klokken,
)
from tests.traade import paa_een_gang

DAG = timedelta(days=1)
MANDAG, TIRSDAG, FREDAG, LOERDAG = (date(2026, 11, dag) for dag in (23, 24, 27, 28))
NAVN = "Opfølgning hos tandlægen"


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(TIRSDAG, 7), tick=False) as ur:
        yield ur


@pytest.fixture
def maja(db):
    return BrugerFactory(email="maja@egelund.example")


def paamind(bruger, om_dage=-1, *, given=TIRSDAG, **felter) -> Paamindelse:
    ejer = felter.get("for_bruger") or bruger
    sag = felter.pop("sag", None) or SagFactory(ansvarlig=ejer)
    art = felter.pop("art", "varsel" if om_dage >= 0 else "overskredet")
    frist = felter.pop("frist", None) or FristFactory(
        sag=sag, ejer=ejer, navn=NAVN, forfald_dato=TIRSDAG + DAG * om_dage
    )
    en = PaamindelseFactory(frist=frist, bruger=bruger, art=art, **felter)
    Paamindelse.objects.filter(pk=en.pk).update(oprettet_den=klokken(given, 2))
    return en


def vaelg(bruger, hyppighed="daglig", ugedag=1, **felter):
    return Paamindelsesvalg.objects.create(
        bruger=bruger, hyppighed=hyppighed, ugedag=ugedag, **felter
    )


def test_one_mail_with_figures_and_dates_and_nothing_about_anybody(maja, en_tirsdag):
    regel = Fristregel.objects.get(kode="FOERSTE_OPFOELGNING")
    alle = [paamind(maja, dage) for dage in (-3, -1, 2)]

    assert [samlemail.send_alle(), samlemail.send_alle()] == [1, 0]

    mail = Besked.objects.get()
    assert (mail.modtager, mail.emne, mail.sti) == (
        maja,
        "Du har 3 frister i Ressource",
        "/paamindelser/",
    )
    assert mail.tekst.split("\n\n") == [
        "Du har 3 frister at se på.",
        f"Overskredet\n- {regel.navn}: 2 frister, den første 21.11.2026",
        f"Nærmer sig\n- {regel.navn}: 1 frist, 26.11.2026",
        "Du får mailen hver dag, der er noget nyt. Du kan ændre det under Påmindelser.",
    ]
    for paamindelse in alle:
        borger = paamindelse.frist.sag.borger
        assert borger.efternavn not in mail.tekst
        assert paamindelse.frist.sag.sagsnummer not in mail.tekst
    assert NAVN not in mail.tekst
    assert set(Paamindelse.objects.values_list("besked", flat=True)) == {mail.pk}


def test_each_reminder_is_mailed_once_and_the_next_day_brings_the_new(maja, en_tirsdag):
    paamind(maja)
    samlemail.send_alle()
    ny = paamind(maja, 1)
    # One a day: what comes later waits.
    assert samlemail.send_alle() == 0

    en_tirsdag.shift(DAG)
    assert samlemail.send_alle() == 1
    ny.refresh_from_db()
    assert ny.besked.emne == "Du har 1 frist i Ressource"


def test_a_mail_the_server_never_took_stands_in_the_next(maja, en_tirsdag):
    en = paamind(maja)
    samlemail.send_alle()
    Besked.objects.update(opgivet_den=timezone.now())
    # One a day, also then.
    assert samlemail.send_alle() == 0

    en_tirsdag.shift(DAG)
    assert [samlemail.send_alle(), samlemail.send_alle()] == [1, 0]
    en.refresh_from_db()
    assert en.besked == Besked.objects.get(opgivet_den=None)


def test_what_is_read_done_moved_or_out_of_reach_is_not_mailed(maja):
    paamind(maja, laest_den=timezone.now())
    opfyldt, flyttet, andens = paamind(maja), paamind(maja), paamind(maja)
    Frist.objects.filter(pk=opfyldt.frist_id).update(opfyldt_dato=TIRSDAG)
    Frist.objects.filter(pk=flyttet.frist_id).update(forfald_dato=TIRSDAG + DAG)
    Frist.objects.filter(pk=andens.frist_id).update(ejer=BrugerFactory())
    paamind(maja, sag=SagFactory(ansvarlig=BrugerFactory()))
    # Came near, and has been passed since: that is told by itself.
    paamind(maja, -1, art="varsel")

    assert samlemail.send_alle() == 0
    assert not Besked.objects.exists()


def test_nobody_without_an_address_or_a_sign_in_or_a_wish_is_written_to(db):
    uden, fratraadt, aldrig = (
        BrugerFactory(email=adresse) for adresse in ("", "a@egelund.example", "b@egelund.example")
    )
    Bruger.objects.filter(pk=fratraadt.pk).update(is_active=False)
    vaelg(aldrig, "aldrig")
    for bruger in (uden, fratraadt, aldrig):
        paamind(bruger)

    assert samlemail.send_alle() == 0
    assert samlemail.naeste_dag(samlemail.valg_for(aldrig), timezone.now()) is None


def test_what_only_comes_near_can_be_left_out(maja):
    vaelg(maja, med_varsler=False)
    paamind(maja, 2)
    assert samlemail.send_alle() == 0

    paamind(maja)
    samlemail.send_alle()
    assert Besked.objects.get().emne == "Du har 1 frist i Ressource"


def test_a_deputy_and_a_teamleder_are_told_what_is_whose(maja):
    birgit, leder = (
        BrugerFactory(),
        BrugerFactory(email="l@egelund.example", roller=[Rolle.TEAMLEDER]),
    )
    Stedfortraeder.objects.create(for_bruger=birgit, vikar=maja)
    en = paamind(maja, for_bruger=birgit)
    paamind(leder, frist=en.frist, art="eskaleret")

    assert samlemail.send_alle() == 2

    mine, lederens = (Besked.objects.get(modtager=hvem).tekst for hvem in (maja, leder))
    assert "1 af dem har du som vikar for en kollega." in mine
    assert "Gået videre til dig som teamleder\n- " in lederens
    assert en.frist.sag.sagsnummer not in lederens


@pytest.mark.parametrize("lukket", ["lørdag", "søndag", "juleaften", "kommunens"])
def test_closed_days_are_quiet(maja, en_tirsdag, lukket):
    dag = {
        "lørdag": LOERDAG,
        "søndag": LOERDAG + DAG,
        "juleaften": date(2026, 12, 24),
        "kommunens": date(2026, 12, 2),
    }[lukket]
    Lukkedag.objects.create(dato=date(2026, 12, 2), aarsag="Personaledag")
    paamind(maja)

    assert samlemail.send_alle(dag) == 0
    aaben = {LOERDAG: 2, LOERDAG + DAG: 1, date(2026, 12, 24): 4, date(2026, 12, 2): 1}[dag]
    assert samlemail.send_alle(dag + DAG * aaben) == 1


@pytest.mark.parametrize(
    ("ugedag", "dato", "ventet"),
    [
        (2, TIRSDAG, TIRSDAG),
        # Not run that day: made good on the next.
        (1, TIRSDAG, MANDAG),
        (3, TIRSDAG, date(2026, 11, 18)),
        (5, LOERDAG, None),
        # Friday 25 December is closed, and the year's last open day before is past.
        (5, date(2026, 12, 28), date(2026, 12, 28)),
        # Thursday 31 December and 1 January: the Monday after is the first open day.
        (4, date(2027, 1, 4), date(2027, 1, 4)),
        (4, date(2026, 12, 30), date(2026, 12, 28)),
    ],
)
def test_a_weekly_mail_belongs_to_its_day_or_the_next_open_one(db, ugedag, dato, ventet):
    valg = Paamindelsesvalg(bruger=BrugerFactory(), hyppighed="ugentlig", ugedag=ugedag)

    udsendelse = samlemail.forfalden(valg, dato)

    assert (udsendelse and udsendelse.dag) == ventet


def test_a_weekly_mail_that_was_missed_holds_what_there_was_to_say_then(maja, en_tirsdag):
    vaelg(maja, "ugentlig", 1)
    paamind(maja, -2, given=MANDAG)
    ny = paamind(maja, -1)

    assert [samlemail.send_alle(), samlemail.send_alle(TIRSDAG + DAG)] == [1, 0]
    ny.refresh_from_db()
    assert ny.besked is None
    assert samlemail.send_alle(MANDAG + 7 * DAG) == 1


@pytest.mark.parametrize(
    ("hyppighed", "ugedag", "nu", "ventet"),
    [
        ("daglig", 1, (TIRSDAG, 6), TIRSDAG),
        ("daglig", 1, (TIRSDAG, 13), TIRSDAG + DAG),
        ("daglig", 1, (FREDAG, 13), date(2026, 11, 30)),
        ("daglig", 1, (LOERDAG, 6), date(2026, 11, 30)),
        ("ugentlig", 2, (TIRSDAG, 6), TIRSDAG),
        ("ugentlig", 2, (TIRSDAG, 13), date(2026, 12, 1)),
        ("ugentlig", 5, (TIRSDAG, 6), FREDAG),
        ("ugentlig", 4, (date(2026, 12, 23), 13), date(2026, 12, 28)),
    ],
)
def test_the_page_says_when_the_next_can_come(db, hyppighed, ugedag, nu, ventet):
    valg = Paamindelsesvalg(bruger=BrugerFactory(), hyppighed=hyppighed, ugedag=ugedag)

    assert samlemail.naeste_dag(valg, klokken(*nu)) == ventet


def test_after_todays_the_next_can_come_tomorrow(maja):
    paamind(maja)
    valg = samlemail.valg_for(maja)
    foer = samlemail.naeste_dag(valg, timezone.now())
    samlemail.send_alle()

    assert (foer, samlemail.naeste_dag(valg, timezone.now())) == (TIRSDAG, TIRSDAG + DAG)


def test_one_that_cannot_be_written_does_not_hold_the_rest(maja):
    # An administrator named a rule so that no mail may hold it.
    Fristregel.objects.filter(kode="FOERSTE_OPFOELGNING").update(navn="Se 123456-1234")
    paamind(maja)
    jonas = BrugerFactory(email="jonas@egelund.example")
    sag = SagFactory(ansvarlig=jonas)
    rask = FristFactory(sag=sag, ejer=jonas, kode="LAE265_SVAR", forfald_dato=TIRSDAG - DAG)
    paamind(jonas, frist=rask)

    assert samlemail.send_alle() == 1
    assert Besked.objects.get().modtager == jonas


def test_a_mail_that_is_no_longer_kept_is_not_sent_anew(maja, en_tirsdag):
    paamind(maja)
    samlemail.send_alle()
    Besked.objects.update(sendt_den=timezone.now(), oprettet_den=timezone.now() - 4000 * DAG)

    sletning.koer(TIRSDAG)

    assert not Besked.objects.exists()
    en_tirsdag.shift(DAG)
    assert samlemail.send_alle() == 0
    assert Paamindelse.objects.get().mailet_den


def test_the_last_run_of_the_morning_is_the_one_the_page_counts_on():
    timer = BEAT["samlemail"]["schedule"]

    assert time(max(timer.hour), max(timer.minute)) == samlemail.SIDSTE_KOERSEL
    assert datetime.combine(TIRSDAG, time(min(timer.hour))) > datetime.combine(
        TIRSDAG, time(max(BEAT["frister"]["schedule"].hour))
    )


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_write_one_mail():
    maja = BrugerFactory(email="maja@egelund.example")
    for _ in range(3):
        paamind(maja)

    paa_een_gang([send_samlemail] * 4)

    mail = Besked.objects.get()
    assert mail.emne == "Du har 3 frister i Ressource"
    assert set(Paamindelse.objects.values_list("besked", flat=True)) == {mail.pk}
