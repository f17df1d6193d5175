"""Cancel a booking, move it to another slot, or note that somebody did not come."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from borgere import deling
from borgere.services import laas_sag
from rehabilitering.models import Sparringsbooking, Sparringstid
from rehabilitering.services.sparring import varsler, venteliste
from rehabilitering.services.sparring.adgang import afslut_adgang
from rehabilitering.services.sparring.booking import (
    et_sted_ad_gangen,
    gem_booking,
    laas_deltagere,
)
from ressource import haendelser
from ressource.adgang import maa
from ressource.models import Bruger, Haendelse

Aflysning = Sparringsbooking.Aflysning


@transaction.atomic
def aflys_booking(
    booking: Sparringsbooking, *, aflysning: str = Aflysning.AFLYST, af: Bruger
) -> Sparringsbooking:
    """Cancel the booking: the slot is free again and the sundhedskoordinator's access ends.

    For who booked it, who answers for the case today, who stands in for either, and the
    mødekoordinator; others get `PermissionDenied`. Raises `ValidationError` when it is cancelled,
    begun or answered already. Everybody concerned is told, and who waits is offered the slot.
    """
    laas_sag(booking.sag_id)
    booking = _laas_booking(booking.pk)
    _kraev_kan_aflyses(booking, af)
    afslut_adgang(booking)
    aflys(booking, af, aflysning)
    return booking


def _laas_booking(booking_id: int) -> Sparringsbooking:
    return (
        Sparringsbooking.objects.select_for_update(of=("self",))
        .select_related("tid__sundhedskoordinator", "sagsbehandler", "fagperson")
        .get(pk=booking_id)
    )


def _kraev_kan_aflyses(booking: Sparringsbooking, af: Bruger) -> None:
    egne = Sparringsbooking.objects.egne(af)
    if not (maa(af, "sparring.udgiv") or egne.filter(pk=booking.pk).exists()):
        raise PermissionDenied(
            "Kun den, der har booket, sagens ansvarlige og mødekoordinator kan aflyse tiden."
        )
    if booking.aflyst_den:
        raise ValidationError("Bookingen er allerede aflyst.")
    if booking.besvaret_den:
        raise ValidationError("Der er svaret på bookingen. Den kan ikke aflyses.")
    if booking.tid.er_begyndt:
        raise ValidationError("Tiden er begyndt eller gået. Den kan ikke aflyses.")


def aflys(booking: Sparringsbooking, af: Bruger | None, aflysning: str = Aflysning.AFLYST) -> None:
    """Cancel a locked booking, with its event and notices; who may, and the access, are the caller's."""
    booking.aflysning = aflysning
    booking.sekvens += 1
    booking.aflyst_den = timezone.now()
    booking.aflyst_af = af
    booking.save(update_fields=["aflyst_den", "aflyst_af", "aflysning", "sekvens"])
    haendelser.log(booking, "sparring.aflyst", af=af, sag_id=booking.sag_id, tid=booking.tid_id)
    varsler.fortael(booking, varsler.AFLYST, af=af)
    venteliste.tilbyd_ledige([booking.tid])


def aflys_ved_afslutning(haendelse: Haendelse) -> None:
    """Reaction to `sag.afsluttet`: the case's coming bookings are cancelled and the slots free.

    What is answered or begun stays, as in `aflys_booking`, and the case waits for no slot.
    `afslut_sag` holds the case and has ended the access.
    """
    kommende = Sparringsbooking.objects.aktive().filter(
        sag=haendelse.sag_id, besvaret_den=None, tid__start__gt=timezone.now()
    )
    for booking in kommende.select_for_update(of=("self",)).order_by("pk"):
        aflys(booking, haendelse.af, Aflysning.LUKKET_SAG)
    venteliste.forlad(haendelse.sag_id, af=haendelse.af)


@transaction.atomic
def flyt(booking: Sparringsbooking, tid: Sparringstid, *, af: Bruger) -> Sparringsbooking:
    """Move the booking to `tid`, with its questions and people, and return the one that took over.

    Both or neither: refused as `book` refuses, the old one stands. Raises also as `aflys_booking`.
    """
    laas_sag(booking.sag_id)
    # The people of both slots before either is touched: two that swap never wait for each other.
    ny = Sparringsbooking(
        tid=tid,
        sag_id=booking.sag_id,
        med_borger=booking.med_borger,
        eget_spoergsmaal=booking.eget_spoergsmaal,
        sagsbehandler_id=booking.sagsbehandler_id,
        fagperson_id=booking.fagperson_id,
        booket_af=af,
    )
    laas_deltagere([booking, ny])
    gammel = _laas_booking(booking.pk)
    _kraev_kan_aflyses(gammel, af)
    if gammel.tid_id == tid.pk:
        raise ValidationError("Bookingen har allerede den tid. Vælg en anden.")
    afslut_adgang(gammel)
    gammel.aflysning = Aflysning.FLYTTET
    gammel.sekvens += 1
    gammel.aflyst_den = timezone.now()
    gammel.aflyst_af = af
    gammel.save(update_fields=["aflyst_den", "aflyst_af", "aflysning", "sekvens"])
    with et_sted_ad_gangen(), deling.afvisning_logges(gammel.sag_id, af=af):
        gem_booking(ny, list(gammel.spoergsmaal.all()))
    gammel.flyttet_til = ny
    gammel.save(update_fields=["flyttet_til"])
    varsler.fortael(gammel, varsler.AFLYST, af=af)
    varsler.fortael(ny, varsler.BOOKET, af=af)
    venteliste.tilbyd_ledige([gammel.tid])
    return ny


@transaction.atomic
def registrer_udeblevet(booking: Sparringsbooking, hvem: str, *, af: Bruger) -> Sparringsbooking:
    """Note that `hvem` (`Sparringsbooking.Udeblevet`) did not come, without having cancelled.

    For the slot's sundhedskoordinator and those whose own the booking is; others get
    `PermissionDenied`. Raises `ValidationError` before the slot begins, and when it is cancelled,
    answered or noted already.
    """
    booking = _laas_booking(booking.pk)
    _kraev_deltager(booking, af)
    if hvem not in Sparringsbooking.Udeblevet.values:
        raise ValidationError({"udeblevet": "Vælg, hvem der ikke kom."})
    if hvem == Sparringsbooking.Udeblevet.BORGER and not booking.med_borger:
        raise ValidationError({"udeblevet": "Borgeren skulle ikke med til den tid."})
    if not booking.tid.er_begyndt:
        raise ValidationError("Tiden er ikke begyndt. Aflys den i stedet.")
    if not booking.er_aaben:
        raise ValidationError("Bookingen er aflyst, besvaret eller allerede noteret som udeblevet.")
    booking.udeblevet = hvem
    booking.udeblevet_af = af
    booking.udeblevet_den = timezone.now()
    _gem_udeblevet(booking)
    haendelser.log(booking, "sparring.udeblevet", af=af, sag_id=booking.sag_id, hvem=hvem)
    return booking


@transaction.atomic
def fortryd_udeblevet(booking: Sparringsbooking, *, af: Bruger) -> Sparringsbooking:
    """Take the note back, as it was a mistake; the answer can then be given. Raises as above."""
    booking = _laas_booking(booking.pk)
    _kraev_deltager(booking, af)
    if not booking.udeblevet:
        raise ValidationError("Der er ikke noteret, at nogen udeblev.")
    booking.udeblevet = ""
    booking.udeblevet_af = booking.udeblevet_den = None
    _gem_udeblevet(booking)
    haendelser.log(booking, "sparring.udeblevet_fortrudt", af=af, sag_id=booking.sag_id)
    return booking


def _gem_udeblevet(booking: Sparringsbooking) -> None:
    booking.save(update_fields=["udeblevet", "udeblevet_af", "udeblevet_den"])


def _kraev_deltager(booking: Sparringsbooking, af: Bruger) -> None:
    egne = Sparringsbooking.objects.egne(af).filter(pk=booking.pk)
    if booking.tid.sundhedskoordinator_id != af.pk and not egne.exists():
        raise PermissionDenied("Kun de, der skulle være der, kan notere, hvem der udeblev.")
