"""What sparring lets the region see: the consent it rests on, and the sight of the case."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from borgere import deling
from borgere.models import Sag, Samtykke, Tildeling
from rehabilitering.models import Sparringsbooking, Sparringstid
from ressource.kalender import i_dag

# How long after the slot the sundhedskoordinator still sees the case, to write the answer.
ADGANG_EFTER_TID = timedelta(days=30)
_REGIONEN = deling.Modtager(Samtykke.Modtager.REGION)
_OPLYSNINGER = deling.SKAL_DELES[Samtykke.Modtager.REGION]


def maa_til_regionen(sag: Sag) -> deling.Svar:
    """Whether the region may have what sparring needs today, and by what. Two statements."""
    return deling.aftaler(sag.borger_id, sag_id=sag.pk).svar_alle(_REGIONEN, _OPLYSNINGER)


def kraev_samtykke(sag: Sag, tid: Sparringstid) -> date:
    """The last day the region may have the case, counted from the slot's day.

    Raises `ValidationError` unless it may today and on that day.
    """
    for dato in (i_dag(), timezone.localdate(tid.start)):
        try:
            svar = deling.kraev_deling(sag, _REGIONEN, *_OPLYSNINGER, dato=dato)
        except deling.DelingAfvist as fejl:
            raise ValidationError({"sag": fejl}) from fejl
    return svar.slutter


def adgang_til(tid: Sparringstid) -> date:
    """The last day the sundhedskoordinator sees the case because of the slot."""
    return timezone.localdate(tid.start) + ADGANG_EFTER_TID


def afslut_adgang(booking: Sparringsbooking) -> None:
    """End the assignment that the booking gave; it may have ended with the consent, before the slot's.

    Two of the same period are as good as each other. One that began today has no day to end on and
    is removed; the event log still tells that it was given and when it ended.
    """
    givne = Tildeling.objects.filter(
        sag_id=booking.sag_id,
        bruger_id=booking.tid.sundhedskoordinator_id,
        art=Tildeling.Art.SPARRING,
        fra_dato=timezone.localdate(booking.booket_den),
        til_dato__lte=adgang_til(booking.tid),
    )
    tildeling = givne.order_by("-til_dato").first()
    if tildeling is None:
        return
    i_gaar = i_dag() - timedelta(days=1)
    if tildeling.fra_dato > i_gaar:
        tildeling.delete()
    else:
        tildeling.til_dato = i_gaar
        tildeling.save(update_fields=["til_dato"])
