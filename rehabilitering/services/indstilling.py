"""The team's recommendation finalised by the chair, and where the case goes from there."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import skift_fase
from rehabilitering import indstillingsgrundlag, maalforskel
from rehabilitering.models import (
    Dagsordenspunkt,
    ForberedendeDel,
    Indstilling,
    Indstillingslinje,
    Udfald,
)
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from rehabilitering.services import forberedelse, indstillingsversion
from rehabilitering.services.indstilling_kladde import laas_aaben
from rehabilitering.services.moede import leder_er
from ressource import haendelser
from ressource.adgang import maa
from ressource.models import Bruger


def kan_afslutte(punkt: Dagsordenspunkt, bruger: Bruger) -> bool:
    """Whether the user chairs the item's meeting, or stands in, and still holds the role."""
    return maa(bruger, "indstilling.afslut") and leder_er(punkt, bruger)


@transaction.atomic
def afslut(indstilling: Indstilling, *, af: Bruger) -> Indstilling:
    """Finalise what is stored, and move the case on (domain.md 2.2; the law: LOB § 9).

    A recommendation moves it to afgørelse, «udsat» back to waiting for a meeting, «sendt tilbage»
    to forberedelse with a new, open copy of the forberedende del. Raises `PermissionDenied` for
    anybody but the meeting's chair, and `ValidationError` with every lack at once, keyed by field
    and, for lines, by `linje-<nr>-<felt>`.
    """
    indstilling = laas_aaben(indstilling, af)
    if not kan_afslutte(indstilling.punkt, af):
        raise PermissionDenied("Kun mødets mødeleder kan afslutte indstillingen.")
    linjer = list(indstilling.linjer.gaeldende().select_related("indsatstype"))
    _kraev_faerdig(indstilling, linjer)
    indstilling.afsluttet_den = timezone.now()
    indstilling.afsluttet_af = af
    indstilling.maal_begrundelse = maalforskel.grund(indstilling)
    indstilling.full_clean()
    indstilling.save(update_fields=["afsluttet_den", "afsluttet_af", "maal_begrundelse"])
    indstillingsversion.tag(indstilling, af=af)
    indstilling.punkt.behandlet_den = indstilling.afsluttet_den
    indstilling.punkt.save(update_fields=["behandlet_den"])
    _foer_sagen_videre(indstilling, af)
    haendelser.log(
        indstilling,
        "indstilling.afsluttet",
        af=af,
        sag_id=indstilling.sag_id,
        udfald=indstilling.udfald,
    )
    return indstilling


def _kraev_faerdig(indstilling: Indstilling, linjer: list[Indstillingslinje]) -> None:
    fejl: dict[str, list[str]] = {}
    for mangel in indstillingsgrundlag.fund(indstilling, linjer):
        if mangel.stopper:
            fejl.setdefault(mangel.felt, []).append(mangel.tekst)
    if fejl:
        raise ValidationError(fejl)


def _foer_sagen_videre(indstilling: Indstilling, af: Bruger) -> None:
    sag: Sag = indstilling.sag
    if indstilling.udfald in UDFALD_TIL_AFGOERELSE:
        _marker_forelagt(sag)
        skift_fase(sag, Fase.AFGOERELSE, af=af)
    elif indstilling.udfald == Udfald.UDSAT:
        skift_fase(sag, Fase.MOEDE, af=af)
    else:
        _marker_forelagt(sag)
        skift_fase(sag, Fase.FORBEREDELSE, af=af)
        forberedelse.begynd_del(sag, af=af)


def _marker_forelagt(sag: Sag) -> None:
    """The round's forberedende del has been before the team; a new round begins with a copy."""
    seneste = forberedelse.seneste_del(sag)
    if seneste and seneste.status == ForberedendeDel.Status.KVALITETSSIKRET:
        seneste.status = ForberedendeDel.Status.FORELAGT
        seneste.save(update_fields=["status"])
