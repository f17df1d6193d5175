"""Put an answer from sparring into the forberedende del or the indstilling, and take it out again.

An answer never changes, so what stands in the document is the answer itself with its source, and
not a copy. A document that is closed keeps what stood in it.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.services import laas_sag
from rehabilitering.models import (
    Dagsordenspunkt,
    ForberedendeDel,
    Indstilling,
    Sparringsbooking,
    Svarindsaettelse,
)
from rehabilitering.services import forberedelse, indstilling_kladde
from ressource import haendelser
from ressource.models import Bruger, Haendelse


@transaction.atomic
def indsaet_i_afsnit(booking: Sparringsbooking, kode: str, *, af: Bruger) -> Svarindsaettelse:
    """Put the answer into section `kode` of the case's open forberedende del.

    Twice is once. What was gone through with the citizen must be gone through again. Raises
    `ValidationError` without an answer, for an unknown section, and when the part is closed.
    """
    sag = laas_sag(booking.sag_id)
    kraev_besvaret(booking)
    del_ = forberedelse.seneste_del(sag) or forberedelse.begynd_del(sag, af=af)
    if kode not in {linje.kode for linje in forberedelse.afsnitsliste(sag, del_)}:
        raise ValidationError("Afsnittet findes ikke. Vælg et andet.")
    fundet = del_.indsatte_svar.gaeldende().filter(booking=booking, kode=kode).first()
    if fundet:
        return fundet
    del_ = forberedelse.laas_til_rettelse(del_, af=af)
    return _indsaet(Svarindsaettelse(booking=booking, forberedende_del=del_, kode=kode), af)


@transaction.atomic
def indsaet_i_indstilling(
    booking: Sparringsbooking, indstilling: Indstilling, *, af: Bruger
) -> Svarindsaettelse:
    """Put the answer into an indstilling that is being written. Twice is once.

    Raises `PermissionDenied` for somebody who does not sit in the meeting and `ValidationError`
    without an answer and for a finalised one.
    """
    laas_sag(booking.sag_id)
    kraev_besvaret(booking)
    indstilling = _laas_aaben(indstilling, af)
    if indstilling.sag_id != booking.sag_id:
        raise ValidationError("Svaret hører til en anden sag.")
    fundet = indstilling.indsatte_svar.gaeldende().filter(booking=booking).first()
    return fundet or _indsaet(Svarindsaettelse(booking=booking, indstilling=indstilling), af)


@transaction.atomic
def fjern(indsaettelse: Svarindsaettelse, *, af: Bruger) -> Svarindsaettelse:
    """Take an answer out of its document; the answer itself stays with the booking.

    Twice is once. Raises as the two above do when the document is closed or not one's own.
    """
    laas_sag(indsaettelse.booking.sag_id)
    indsaettelse = (
        Svarindsaettelse.objects.select_for_update(of=("self",))
        .select_related("booking", "forberedende_del", "indstilling")
        .get(pk=indsaettelse.pk)
    )
    if indsaettelse.fjernet_den:
        return indsaettelse
    if indsaettelse.forberedende_del:
        forberedelse.laas_til_rettelse(indsaettelse.forberedende_del, af=af)
    elif indsaettelse.indstilling:
        _laas_aaben(indsaettelse.indstilling, af)
    indsaettelse.fjernet_den = timezone.now()
    indsaettelse.fjernet_af = af
    indsaettelse.save(update_fields=["fjernet_den", "fjernet_af"])
    _log(indsaettelse, "sparring.svar_fjernet", af)
    return indsaettelse


def foelg_med(haendelse: Haendelse) -> None:
    """Reaction to `forberedende_del.oprettet`: a new round begins with the answers of the last."""
    ny = ForberedendeDel.objects.get(pk=haendelse.objekt_id)
    forrige = ForberedendeDel.objects.filter(sag=ny.sag_id, nr=ny.nr - 1).first()
    if forrige is None:
        return
    Svarindsaettelse.objects.bulk_create(
        Svarindsaettelse(
            booking_id=gammel.booking_id,
            forberedende_del=ny,
            kode=gammel.kode,
            indsat_af_id=gammel.indsat_af_id,
        )
        for gammel in forrige.indsatte_svar.gaeldende()
    )


def kraev_besvaret(booking: Sparringsbooking) -> None:
    """Raise `ValidationError` unless the sundhedskoordinator has answered."""
    if not booking.besvaret_den:
        raise ValidationError("Der er ikke svaret endnu. Svaret kan sættes ind, når det er der.")


def _laas_aaben(indstilling: Indstilling, af: Bruger) -> Indstilling:
    """The indstilling, locked. Raises unless it is open and `af` sits in its meeting."""
    indstilling = Indstilling.objects.select_for_update(of=("self",)).get(pk=indstilling.pk)
    punkt = Dagsordenspunkt.objects.select_related("moede").get(pk=indstilling.punkt_id)
    if not indstilling_kladde.kan_skrive(punkt, af):
        raise PermissionDenied("Kun mødets deltagere kan skrive i indstillingen.")
    if indstilling.er_afsluttet:
        raise ValidationError("Indstillingen er afsluttet og kan ikke ændres.")
    return indstilling


def _indsaet(indsaettelse: Svarindsaettelse, af: Bruger) -> Svarindsaettelse:
    indsaettelse.indsat_af = af
    indsaettelse.full_clean()
    indsaettelse.save()
    _log(indsaettelse, "sparring.svar_indsat", af)
    return indsaettelse


def _log(indsaettelse: Svarindsaettelse, kode: str, af: Bruger) -> None:
    sag_id = indsaettelse.booking.sag_id
    haendelser.log(indsaettelse, kode, af=af, sag_id=sag_id, afsnit=indsaettelse.kode)
