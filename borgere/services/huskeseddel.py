"""One's own dated reminders on a case: written, moved, done, and taken over from who left."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Huskeseddel, Sag
from borgere.services.journal import er_ansvarlig
from borgere.services.sag import laas_sag
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

# The events carry no case: what one reminds oneself of is not something that happened in it, and
# must neither stand among what did nor hide that nothing has for a month.


@transaction.atomic
def skriv_huskeseddel(sag: Sag, *, dato: date, tekst: str, af: Bruger) -> Huskeseddel:
    """Remind `af` of `tekst` on `dato`, in the app alone: no mail ever says what it is about.

    Raises `ValidationError` when the case has ended, the date has passed, or the same reminder is
    open already: a form sent twice is one.
    """
    sag = laas_sag(sag.pk)
    if sag.er_afsluttet:
        raise ValidationError("Sagen er afsluttet, og der er ikke mere at huske.", code="afsluttet")
    _kraev_ikke_fortid(dato)
    seddel = Huskeseddel(sag=sag, bruger=af, dato=dato, tekst=tekst.strip())
    seddel.full_clean()
    seddel.save()
    haendelser.log(seddel, "huskeseddel.skrevet", af=af)
    return seddel


@transaction.atomic
def klar_huskeseddel(seddel: Huskeseddel, *, af: Bruger) -> Huskeseddel:
    """Mark as done by `af`. Raises `ValidationError` when it is already, or not in `af`'s reach."""
    seddel = _laas(seddel, af)
    seddel.klaret_den = timezone.now()
    seddel.klaret_af = af
    seddel.full_clean()
    seddel.save(update_fields=["klaret_den", "klaret_af"])
    haendelser.log(seddel, "huskeseddel.klaret", af=af)
    return seddel


@transaction.atomic
def flyt_huskeseddel(seddel: Huskeseddel, *, dato: date, af: Bruger) -> Huskeseddel:
    """Remind on `dato` instead.

    Raises `ValidationError` when the date has passed, or as `klar_huskeseddel`.
    """
    seddel = _laas(seddel, af)
    _kraev_ikke_fortid(dato)
    seddel.dato = dato
    seddel.full_clean()
    seddel.save(update_fields=["dato"])
    haendelser.log(seddel, "huskeseddel.flyttet", af=af)
    return seddel


@transaction.atomic
def overtag_huskeseddel(seddel: Huskeseddel, *, af: Bruger) -> Huskeseddel:
    """Make the reminder of somebody who has left the case `af`'s own.

    Raises `ValidationError` when its writer is still in the case circle, when it is done, or when
    `af` does not answer for the case.
    """
    laas_sag(seddel.sag_id)
    efterladte = Huskeseddel.objects.efterladte(seddel.sag, i_dag())
    fundet = efterladte.select_for_update(of=("self",)).filter(pk=seddel.pk).first()
    if fundet is None or not er_ansvarlig(seddel.sag, af):
        raise ValidationError(
            "Huskesedlen kan ikke overtages: den er klaret, eller den, der skrev den, er stadig på "
            "sagen.",
            code="ikke_efterladt",
        )
    fundet.bruger = af
    fundet.full_clean()
    fundet.save(update_fields=["bruger"])
    haendelser.log(fundet, "huskeseddel.overtaget", af=af)
    return fundet


def _laas(seddel: Huskeseddel, af: Bruger) -> Huskeseddel:
    """The reminder, locked, when it is open and `af`'s or that of one `af` stands in for."""
    mulige = Huskeseddel.objects.for_bruger(af, i_dag())
    fundet = mulige.select_for_update(of=("self",)).filter(pk=seddel.pk).first()
    if fundet is None:
        raise ValidationError("Huskesedlen er allerede klaret.", code="klaret")
    return fundet


def _kraev_ikke_fortid(dato: date) -> None:
    if dato < i_dag():
        raise ValidationError({"dato": "Datoen er passeret. Vælg i dag eller senere."})
