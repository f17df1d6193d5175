from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from borgere.models import Fase, Samtykke, Tildeling
from borgere.services import afslut_sag, tildel
from rehabilitering import sparringstal
from rehabilitering.models import Sparringsbooking, Sparringstilbud, Venteplads
from rehabilitering.services import sparring as services
from rehabilitering.services.sparring import venteliste
from rehabilitering.tasks import pas_venteliste
from ressource.models import Besked, Rolle
from tests.factories import BrugerFactory, SagFactory, SparringstidFactory, klokken
from tests.rehabilitering.sparringsdata import giv_samtykke

pytestmark = pytest.mark.django_db

NU = klokken(date(2026, 11, 19), 9)
MANDAG = date(2026, 11, 30)
SVAR = Sparringstilbud.Svar


@pytest.fixture(autouse=True)
def torsdag():
    with time_machine.travel(NU, tick=False) as rejse:
        yield rejse


@pytest.fixture
def koordinator():
    return BrugerFactory(navn="Birgit Falk", roller=[Rolle.SUNDHEDSKOORDINATOR])


@pytest.fixture
def tid(koordinator):
    """A slot somebody has booked."""
    tid = ny_tid(koordinator)
    af = BrugerFactory()
    services.book(tid, ny_sag(af), eget_spoergsmaal="Larm?", af=af)
    return tid


@pytest.fixture
def frigoer(django_capture_on_commit_callbacks):
    """`frigoer(tid)`: cancel what is booked, and let what follows a commit happen."""

    def frigoer(tid):
        booking = tid.bookinger.aktive().get()
        with django_capture_on_commit_callbacks(execute=True):
            services.aflys_booking(booking, af=booking.booket_af)

    return frigoer


def ny_sag(ansvarlig, **felter):
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=ansvarlig, **felter)
    giv_samtykke(sag)
    return sag


def ny_tid(koordinator, dage=0, kl=(10, 0), **felter):
    start = klokken(MANDAG + timedelta(days=dage), *kl)
    return SparringstidFactory(sundhedskoordinator=koordinator, start=start, **felter)


def vent(sag=None, **felter):
    sag = sag or ny_sag(BrugerFactory())
    af = sag.tildelinger.ansvarlige().get().bruger
    standard = {
        "fra_dato": MANDAG,
        "til_dato": MANDAG + timedelta(days=4),
        "eget_spoergsmaal": "Støj?",
    }
    return venteliste.saet_paa(sag, **(standard | felter), af=af)


def aabent():
    return Sparringstilbud.objects.aabne().get()


def test_the_first_in_line_holds_the_freed_slot_for_24_hours(torsdag, tid, frigoer):
    foerste = vent()
    torsdag.shift(timedelta(minutes=1))
    anden = vent()
    Besked.objects.all().delete()

    frigoer(tid)

    tilbud = aabent()
    assert (tilbud.venteplads, tilbud.tid) == (foerste, tid)
    assert tilbud.udloeber_den == tilbud.tilbudt_den + timedelta(hours=24)
    til = Besked.objects.get(noegle=f"sparringstilbud:{tilbud.pk}")
    assert til.modtager == foerste.sagsbehandler
    assert "holdes for dig til fredag 20. november 2026 kl. 9.01" in til.tekst
    with pytest.raises(services.TidOptaget, match="Tiden er tilbudt en anden"):
        services.book(tid, anden.sag, eget_spoergsmaal="Larm?", af=anden.sagsbehandler)


def test_taking_it_books_with_the_questions_that_waited(tid, frigoer):
    plads = vent(med_borger=True)
    frigoer(tid)

    booking = services.tag_imod(aabent(), af=plads.sagsbehandler)

    plads.refresh_from_db()
    assert (booking.sag, booking.eget_spoergsmaal, booking.med_borger) == (plads.sag, "Støj?", True)
    assert (plads.resultat, plads.tilbud.get().svar) == ("booket", SVAR.TAGET)
    assert plads.tilbud.get().booking == booking
    with pytest.raises(ValidationError, match="gælder ikke længere"):
        services.tag_imod(plads.tilbud.get(), af=plads.sagsbehandler)
    # Waited from the nineteenth.
    assert str(sparringstal.ventetid(MANDAG)) == "11.0"


def test_a_no_passes_it_on_and_keeps_the_place(
    tid, frigoer, torsdag, django_capture_on_commit_callbacks
):
    foerste = vent()
    torsdag.shift(timedelta(minutes=1))
    anden = vent()
    frigoer(tid)

    with pytest.raises(PermissionDenied):
        venteliste.afslaa(aabent(), af=anden.sagsbehandler)
    with django_capture_on_commit_callbacks(execute=True):
        venteliste.afslaa(aabent(), af=foerste.sagsbehandler)

    assert aabent().venteplads == anden
    assert foerste in Venteplads.objects.aktive()
    with pytest.raises(ValidationError, match="gælder ikke længere"):
        venteliste.afslaa(foerste.tilbud.get(), af=foerste.sagsbehandler)


def test_the_job_passes_expired_offers_on_and_may_run_twice(tid, frigoer, torsdag):
    foerste = vent()
    torsdag.shift(timedelta(minutes=1))
    anden = vent()
    frigoer(tid)
    tilbud = aabent()

    pas_venteliste()
    assert aabent() == tilbud
    torsdag.shift(timedelta(hours=24))
    with pytest.raises(ValidationError, match="gælder ikke længere"):
        services.tag_imod(tilbud, af=foerste.sagsbehandler)
    pas_venteliste()
    pas_venteliste()

    tilbud.refresh_from_db()
    assert tilbud.svar == SVAR.UDLOEBET
    assert aabent().venteplads == anden
    assert Besked.objects.filter(noegle__startswith="sparringstilbud").count() == 3
    torsdag.shift(timedelta(hours=24))
    pas_venteliste()
    # Nobody else waits: anybody may book it, and neither is offered it again.
    assert not Sparringstilbud.objects.aabne().exists()
    services.book(tid, foerste.sag, eget_spoergsmaal="Larm?", af=foerste.sagsbehandler)


def test_the_job_offers_what_a_killed_process_left(tid):
    plads = vent()
    booking = tid.bookinger.aktive().get()
    services.aflys_booking(booking, af=booking.booket_af)
    assert not Sparringstilbud.objects.exists()

    pas_venteliste()

    assert aabent().venteplads == plads


def test_a_slot_that_was_free_all_along_is_not_pressed_on_who_came_later(koordinator, torsdag):
    ny_tid(koordinator)
    torsdag.shift(timedelta(minutes=1))
    vent()

    pas_venteliste()

    assert not Sparringstilbud.objects.exists()


def test_the_offer_ends_two_hours_before_the_slot_and_none_comes_later(tid, frigoer, torsdag):
    vent()
    torsdag.move_to(tid.start - timedelta(hours=5))
    frigoer(tid)
    assert aabent().udloeber_den == tid.start - timedelta(hours=2)

    torsdag.move_to(tid.start - timedelta(hours=2))
    pas_venteliste()

    assert not Sparringstilbud.objects.aabne().exists()


@pytest.mark.parametrize(
    "felter",
    [
        {"fra_dato": MANDAG + timedelta(days=1)},
        {"til_dato": MANDAG - timedelta(days=1), "fra_dato": MANDAG - timedelta(days=7)},
        {"tidspunkt": "eftermiddag"},
        {"med_borger": True},
    ],
)
def test_only_slots_that_fit_are_offered(koordinator, frigoer, felter):
    tid = ny_tid(koordinator, form="alene")
    af = BrugerFactory()
    services.book(tid, ny_sag(af), eget_spoergsmaal="Larm?", af=af)
    vent(**felter)

    frigoer(tid)

    assert not Sparringstilbud.objects.exists()


def test_who_has_no_consent_or_is_elsewhere_is_passed_over(tid, frigoer):
    uden = vent()
    Samtykke.objects.filter(borger=uden.sag.borger).delete()
    optaget = vent()
    samtidig = SparringstidFactory(start=tid.start)
    services.book(
        samtidig, ny_sag(optaget.sagsbehandler), eget_spoergsmaal="?", af=optaget.sagsbehandler
    )
    tredje = vent()

    frigoer(tid)

    assert aabent().venteplads == tredje


def test_after_a_handover_the_new_responsible_gets_the_offer(tid, frigoer, torsdag):
    plads = vent()
    jonas = BrugerFactory()
    torsdag.shift(timedelta(days=1))
    tildel(plads.sag, jonas, Tildeling.Art.ANSVARLIG, af=jonas)

    frigoer(tid)

    assert aabent().venteplads.sagsbehandler == jonas
    services.tag_imod(aabent(), af=jonas)


def test_booking_another_slot_ends_the_wait_and_lets_the_held_one_go(
    koordinator, tid, frigoer, torsdag, django_capture_on_commit_callbacks
):
    plads = vent()
    torsdag.shift(timedelta(minutes=1))
    anden = vent()
    frigoer(tid)

    with django_capture_on_commit_callbacks(execute=True):
        services.book(
            ny_tid(koordinator, 2), plads.sag, eget_spoergsmaal="?", af=plads.sagsbehandler
        )

    plads.refresh_from_db()
    assert (plads.resultat, plads.tilbud.get().svar) == ("booket", SVAR.BORTFALDET)
    assert aabent().venteplads == anden


def test_booking_after_the_period_keeps_the_place(koordinator):
    plads = vent()

    services.book(ny_tid(koordinator, 7), plads.sag, eget_spoergsmaal="?", af=plads.sagsbehandler)

    assert list(Venteplads.objects.aktive()) == [plads]


def test_leaving_the_list_twice_is_as_good_as_once(tid, frigoer):
    plads = vent()
    frigoer(tid)

    with pytest.raises(PermissionDenied):
        venteliste.frameld(plads, af=BrugerFactory())
    for _ in range(2):
        venteliste.frameld(plads, af=plads.sagsbehandler)

    plads.refresh_from_db()
    assert (plads.resultat, plads.tilbud.get().svar) == ("frameldt", SVAR.BORTFALDET)


def test_a_case_that_ends_waits_no_longer():
    plads = vent()

    afslut_sag(plads.sag, aarsag="eget_oenske", dato=NU.date(), af=plads.sagsbehandler)

    assert not Venteplads.objects.aktive().exists()


def test_a_place_ends_with_its_period(torsdag):
    plads = vent()
    torsdag.move_to(klokken(plads.til_dato + timedelta(days=1)))

    pas_venteliste()
    pas_venteliste()

    plads.refresh_from_db()
    assert plads.resultat == "udloebet"


def test_standing_in_line_needs_questions_a_period_to_come_and_one_place_per_case():
    plads = vent()
    for felter, felt in (
        ({"eget_spoergsmaal": " "}, "spoergsmaal"),
        (
            {"fra_dato": NU.date() - timedelta(days=3), "til_dato": NU.date() - timedelta(1)},
            "til_dato",
        ),
        ({"sag": plads.sag}, "__all__"),
    ):
        with pytest.raises(ValidationError) as fejl:
            vent(**felter)
        assert list(fejl.value.error_dict) == [felt]


def test_the_moedekoordinator_offers_a_free_slot_out_of_turn(koordinator, torsdag):
    nanna = BrugerFactory(roller=[Rolle.MOEDEKOORDINATOR])
    tid = ny_tid(koordinator)
    torsdag.shift(timedelta(minutes=1))
    vent()
    anden = vent()

    venteliste.tilbyd(tid, anden, af=nanna)

    assert aabent().venteplads == anden
    for igen in (tid, ny_tid(koordinator, 1)):
        with pytest.raises(ValidationError, match=r"ikke ledig|passer ikke"):
            venteliste.tilbyd(igen, anden, af=nanna)
    assert not Sparringsbooking.objects.exists()
