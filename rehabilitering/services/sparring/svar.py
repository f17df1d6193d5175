"""The sundhedskoordinator's answer."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from rehabilitering.models import Sparringsbooking
from ressource import dansk, haendelser
from ressource.models import Bruger


@transaction.atomic
def svar(booking: Sparringsbooking, *, tekst: str, afklaret: bool, af: Bruger) -> Sparringsbooking:
    """Store the sundhedskoordinator's answer, once, with author and time.

    Raises `PermissionDenied` for anybody but the slot's own sundhedskoordinator, and
    `ValidationError` when the answer is empty, given already, or the booking is cancelled.
    """
    # Not joined with who answered: after waiting for the lock only the locked row is read anew.
    booking = (
        Sparringsbooking.objects.select_for_update(of=("self",))
        .select_related("tid")
        .get(pk=booking.pk)
    )
    if booking.tid.sundhedskoordinator_id != af.pk:
        raise PermissionDenied("Kun tidens sundhedskoordinator kan svare.")
    if booking.aflyst_den:
        raise ValidationError("Bookingen er aflyst. Der kan ikke svares på den.")
    if booking.besvaret_den:
        raise ValidationError(
            "Der er allerede svaret %(den)s. Et svar kan ikke ændres.",
            code="besvaret",
            params={"den": dansk.tidspunkt(booking.besvaret_den)},
        )
    if booking.udeblevet:
        raise ValidationError("Det er noteret, at nogen ikke kom. Fortryd det, før du svarer.")
    booking.svar = tekst.strip()
    if not booking.svar:
        raise ValidationError({"svar": "Skriv svaret."})
    booking.er_afklaret = afklaret
    booking.besvaret_af = af
    booking.besvaret_den = timezone.now()
    booking.full_clean(validate_constraints=False)
    booking.save(update_fields=["svar", "er_afklaret", "besvaret_af", "besvaret_den"])
    haendelser.log(
        booking, "sparring.besvaret", af=af, sag_id=booking.sag_id, afklaret=bool(afklaret)
    )
    return booking
