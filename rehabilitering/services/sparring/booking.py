"""Book a sparring slot and cancel the booking."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from borgere import deling
from borgere.models import Sag, Tildeling
from borgere.services import kraev_fase, laas_sag, tildel
from rehabilitering.models import Sparringsbooking, Sparringsspoergsmaal, Sparringstid
from rehabilitering.services.sparring.adgang import adgang_til, afslut_adgang, kraev_samtykke
from rehabilitering.services.sparring.tider import kraev_staar_ved_magt, laas_tid
from ressource import haendelser
from ressource.adgang import maa
from ressource.models import Bruger, Haendelse, Lukkedag


class TidOptaget(ValidationError):  # noqa: N818 -- Danish names its own errors
    """Somebody else has booked the slot; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "Tiden er lige blevet booket af en anden. Din booking er ikke gemt. Vælg en anden tid.",
            code="optaget",
        )


def book(
    tid: Sparringstid,
    sag: Sag,
    *,
    spoergsmaal: Collection[Sparringsspoergsmaal] = (),
    eget_spoergsmaal: str = "",
    med_borger: bool = False,
    af: Bruger,
) -> Sparringsbooking:
    """Book `tid` for `sag`; the sundhedskoordinator sees the case until 30 days after the slot.

    No longer, though, than the consent that it rests on holds.

    Of any number of people at the same moment exactly one succeeds; the others get `TidOptaget`.
    Raises `ValidationError` when the case is in another step, no question is asked, the citizen has
    not consented to sharing with the region (RSL § 11 a), or the slot is begun, taken back, on a
    closing day or not of that kind.
    """
    booking = Sparringsbooking(
        tid=tid,
        sag=sag,
        med_borger=med_borger,
        eget_spoergsmaal=eget_spoergsmaal.strip(),
        sagsbehandler=af,
        booket_af=af,
    )
    with deling.afvisning_logges(sag.pk, af=af):
        return _book(booking, tid, spoergsmaal, af)


def _book(
    booking: Sparringsbooking,
    tid: Sparringstid,
    spoergsmaal: Collection[Sparringsspoergsmaal],
    af: Bruger,
) -> Sparringsbooking:
    sag = booking.sag = laas_sag(booking.sag_id)
    _kraev_spoergsmaal(booking, spoergsmaal)
    samtykket_til = kraev_samtykke(sag, tid)
    booking.full_clean(validate_constraints=False)
    if not Sparringsbooking.objects.indsaet_hvis_ledig(booking):
        raise TidOptaget
    # Locked after the insert, so that losers never queue for it; a slot being taken back meanwhile
    # shows itself here, and the insert is rolled back.
    tid = laas_tid(tid.pk)
    _kraev_kan_bookes(tid, sag, med_borger=booking.med_borger)
    booking.spoergsmaal.set(spoergsmaal)
    til_dato = min(adgang_til(tid), samtykket_til)
    tildel(sag, tid.sundhedskoordinator, Tildeling.Art.SPARRING, af=af, til_dato=til_dato)
    haendelser.log(booking, "sparring.booket", af=af, sag_id=sag.pk, tid=tid.pk)
    return booking


def _kraev_spoergsmaal(
    booking: Sparringsbooking, spoergsmaal: Collection[Sparringsspoergsmaal]
) -> None:
    """Raise `ValidationError` unless something is asked."""
    if not (spoergsmaal or booking.eget_spoergsmaal):
        raise ValidationError(
            {"spoergsmaal": "Vælg mindst ét spørgsmål, eller skriv dit eget spørgsmål."}
        )


def _kraev_kan_bookes(tid: Sparringstid, sag: Sag, *, med_borger: bool) -> None:
    """Raise `ValidationError` unless the slot stands and is of the kind that is asked for."""
    kraev_staar_ved_magt(tid)
    # Weekends and holidays were left out when the slot was published; a closing day may be newer.
    if lukkedag := Lukkedag.objects.filter(dato=timezone.localdate(tid.start)).first():
        raise ValidationError(
            "Der er lukket den dag (%(aarsag)s). Vælg en anden tid.",
            code="lukket",
            params={"aarsag": lukkedag.aarsag},
        )
    kraev_fase(sag, *tid.faser)
    if med_borger and tid.form == Sparringstid.Form.SAGSBEHANDLER_ALENE:
        raise ValidationError({"med_borger": "Tiden er kun for sagsbehandleren alene."})
    if not med_borger and tid.form == Sparringstid.Form.MED_BORGER:
        raise ValidationError({"med_borger": "Tiden er kun for sagsbehandler sammen med borgeren."})


@transaction.atomic
def aflys_booking(booking: Sparringsbooking, *, af: Bruger) -> Sparringsbooking:
    """Cancel the booking: the slot is free again and the sundhedskoordinator's access ends.

    For who booked it, who answers for the case today, who stands in for either, and the
    mødekoordinator; others get `PermissionDenied`. Raises `ValidationError` when it is cancelled, begun or answered already.
    """
    laas_sag(booking.sag_id)
    booking = (
        Sparringsbooking.objects.select_for_update(of=("self",))
        .select_related("tid")
        .get(pk=booking.pk)
    )
    _kraev_kan_aflyse(booking, af)
    if booking.aflyst_den:
        raise ValidationError("Bookingen er allerede aflyst.")
    if booking.besvaret_den:
        raise ValidationError("Der er svaret på bookingen. Den kan ikke aflyses.")
    if booking.tid.er_begyndt:
        raise ValidationError("Tiden er begyndt eller gået. Den kan ikke aflyses.")
    afslut_adgang(booking)
    aflys(booking, af)
    return booking


def _kraev_kan_aflyse(booking: Sparringsbooking, af: Bruger) -> None:
    egne = Sparringsbooking.objects.egne(af)
    if not (maa(af, "sparring.udgiv") or egne.filter(pk=booking.pk).exists()):
        raise PermissionDenied(
            "Kun den, der har booket, sagens ansvarlige og mødekoordinator kan aflyse tiden."
        )


def aflys(
    booking: Sparringsbooking,
    af: Bruger | None,
    aflysning: str = Sparringsbooking.Aflysning.AFLYST,
) -> None:
    """Cancel a locked booking, with its event; who may, and the access, are the caller's."""
    booking.aflysning = aflysning
    booking.sekvens += 1
    booking.aflyst_den = timezone.now()
    booking.aflyst_af = af
    booking.save(update_fields=["aflyst_den", "aflyst_af", "aflysning", "sekvens"])
    haendelser.log(booking, "sparring.aflyst", af=af, sag_id=booking.sag_id, tid=booking.tid_id)


def aflys_ved_afslutning(haendelse: Haendelse) -> None:
    """Reaction to `sag.afsluttet`: the case's coming bookings are cancelled and the slots free.

    What is answered or begun stays, as in `aflys_booking`. `afslut_sag` holds the case and has
    ended the access.
    """
    kommende = Sparringsbooking.objects.aktive().filter(
        sag=haendelse.sag_id, besvaret_den=None, tid__start__gt=timezone.now()
    )
    for booking in kommende.select_for_update(of=("self",)).order_by("pk"):
        aflys(booking, haendelse.af, Sparringsbooking.Aflysning.LUKKET_SAG)
