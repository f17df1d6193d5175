"""Take a slot that was offered from the waiting list."""

from borgere import deling
from rehabilitering.models import Sparringsbooking, Sparringstilbud
from rehabilitering.services.sparring import varsler, venteliste
from rehabilitering.services.sparring.booking import et_sted_ad_gangen, gem_booking
from ressource.models import Bruger


def tag_imod(tilbud: Sparringstilbud, *, af: Bruger) -> Sparringsbooking:
    """Book the slot that was held, with the questions that waited; `af` is who comes.

    Raises as `book` does, `ValidationError` also when the offer is answered or over, and
    `PermissionDenied` for somebody who does not see the case.
    """
    plads = tilbud.venteplads
    venteliste.kraev_eget(tilbud, af)
    venteliste.kraev_aabent(tilbud)
    booking = Sparringsbooking(
        tid=tilbud.tid,
        sag=plads.sag,
        med_borger=plads.med_borger,
        eget_spoergsmaal=plads.eget_spoergsmaal,
        sagsbehandler=af,
        booket_af=af,
    )
    with et_sted_ad_gangen(), deling.afvisning_logges(plads.sag_id, af=af):
        gem_booking(booking, list(plads.spoergsmaal.all()))
        # The slot is locked now. Somebody may have answered, or the job, since it was looked at.
        tilbud.refresh_from_db(fields=["svar", "booking"])
        if tilbud.booking_id != booking.pk:
            venteliste.kraev_aabent(tilbud)
        varsler.fortael(booking, varsler.BOOKET, af=af)
    return booking
