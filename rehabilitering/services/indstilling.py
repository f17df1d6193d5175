"""The team's recommendation: drafted at the meeting by several hands, finalised by the chair."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering.dagsorden import hvorfor_uden_attest
from rehabilitering.mangler import mangler
from rehabilitering.models import (
    Dagsordenspunkt,
    ForberedendeDel,
    Indstilling,
    Indstillingslinje,
    Udfald,
)
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from rehabilitering.services import forberedelse
from ressource import haendelser
from ressource.adgang import maa
from ressource.dansk import dato_lang, tidspunkt
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import ForaeldetVersionError

FELTER = (
    "udfald",
    "begrundelse",
    "varighed_maaneder",
    "maal",
    "maal_art",
    "enighed",
    "dissens",
    "mentor_formaal",
    "mentor_opgaver",
    "uden_praktik_begrundelse",
    "uden_mentor_begrundelse",
    "noter",
)
LINJEFELTER = (
    "indsatstype",
    "beskrivelse",
    "formaal",
    "betydning_for_maal",
    "start_dato",
    "ansvarlig",
)
# What one page holds; a forløb of five years has hardly ten.
MAKS_LINJER = 20


def kan_skrive(punkt: Dagsordenspunkt, bruger: Bruger) -> bool:
    """Whether the user sits in the item's meeting, or stands in for somebody who does."""
    return punkt.moede.deltagere.for_bruger(bruger).exists()


def kan_afslutte(punkt: Dagsordenspunkt, bruger: Bruger) -> bool:
    """Whether the user is the chair of the item's meeting, and still holds the role."""
    return punkt.moede.moedeleder_id == bruger.pk and maa(bruger, "indstilling.afslut")


@transaction.atomic
def begynd(punkt: Dagsordenspunkt, *, af: Bruger) -> Indstilling:
    """The item's indstilling; begun, and the case moved to that step, when there is none.

    Raises `ValidationError` before the day of the meeting, when the case is off the agenda, and
    when its LÆ 265 was sent back meanwhile; `PermissionDenied` for somebody who does not sit in the
    meeting.
    """
    sag = laas_sag(punkt.sag_id)
    punkt = _laas_punkt(punkt)
    if not kan_skrive(punkt, af):
        raise PermissionDenied("Kun mødets deltagere kan skrive i indstillingen.")
    if findes := Indstilling.objects.filter(punkt=punkt).first():
        return findes
    if punkt.taget_af_den or punkt.behandlet_den:
        raise ValidationError("Sagen er ikke længere på mødets dagsorden. Genindlæs siden.")
    if punkt.moede.dato > i_dag():
        raise ValidationError(
            f"Mødet holdes {dato_lang(punkt.moede.dato)}. Indstillingen kan skrives fra den dag."
        )
    kraev_fase(sag, Fase.MOEDE)
    _kraev_attest(sag, punkt)
    indstilling = Indstilling(punkt=punkt, sag=sag, moede_dato=punkt.moede.dato)
    indstilling.full_clean()
    indstilling.save()
    skift_fase(sag, Fase.INDSTILLING, af=af)
    return indstilling


def _kraev_attest(sag: Sag, punkt: Dagsordenspunkt) -> None:
    """The hard gate of the agenda once more: a certificate can be sent back after it (row 5)."""
    if grund := hvorfor_uden_attest(sag, punkt.moede.dato):
        raise ValidationError(
            f"Teamet kan ikke behandle sagen: {grund}. Bed mødekoordinator tage den af dagsordenen."
        )


def _laas_punkt(punkt: Dagsordenspunkt) -> Dagsordenspunkt:
    laas = Dagsordenspunkt.objects.select_for_update(of=("self",))
    return laas.select_related("moede").get(pk=punkt.pk)


def _laas_aaben(indstilling: Indstilling, af: Bruger) -> Indstilling:
    """The draft, with case and item, locked. Refuses outsiders and finalised ones."""
    sag = laas_sag(indstilling.sag_id)
    punkt = _laas_punkt(indstilling.punkt)
    if not kan_skrive(punkt, af):
        raise PermissionDenied("Kun mødets deltagere kan skrive i indstillingen.")
    laast = Indstilling.objects.select_for_update(of=("self",)).get(pk=indstilling.pk)
    laast.sag, laast.punkt = sag, punkt
    if laast.afsluttet_den:
        raise ValidationError(
            f"Indstillingen er allerede afsluttet {tidspunkt(laast.afsluttet_den)} og kan ikke "
            "ændres.",
            code="afsluttet",
        )
    kraev_fase(sag, Fase.INDSTILLING)
    return laast


@transaction.atomic
def gem(
    indstilling: Indstilling,
    data: Mapping[str, Any],
    linjer: Sequence[Mapping[str, Any]],
    *,
    laas: int,
    til_stede: Collection[int] | None = None,
    af: Bruger,
) -> Indstilling:
    """Save the draft: fields of `FELTER`, the lines in order, and who of the meeting is present.

    `linjer` replace those stored; each needs `indsatstype`. `til_stede` are ids of the meeting's
    members; `None` leaves attendance. Half-done text is fine: what is missing is judged by
    `afslut`. Raises `ForaeldetVersionError` when somebody saved after `laas` was read (nothing is
    stored), `ValidationError` when it is finalised or there are more than `MAKS_LINJER` lines,
    `PermissionDenied` for outsiders.
    """
    indstilling = _laas_aaben(indstilling, af)
    if laas != indstilling.laas:
        raise ForaeldetVersionError
    _kraev_plads(linjer)
    for felt in FELTER:
        if felt in data:
            setattr(indstilling, felt, data[felt])
    indstilling.laas += 1
    indstilling.full_clean()
    indstilling.save(update_fields=[*FELTER, "laas"])
    _gem_linjer(indstilling, linjer)
    if til_stede is not None:
        _gem_fremmoede(indstilling.punkt, til_stede)
    haendelser.log(indstilling, "indstilling.gemt", af=af, sag_id=indstilling.sag_id)
    return indstilling


def _kraev_plads(linjer: Sequence[Mapping[str, Any]]) -> None:
    if len(linjer) > MAKS_LINJER:
        raise ValidationError(
            f"Indstillingen har {len(linjer)} indsatser, og der er plads til {MAKS_LINJER}. "
            "Fjern nogle, eller saml dem, og gem igen.",
            code="for_mange_linjer",
        )


def _gem_linjer(indstilling: Indstilling, linjer: Sequence[Mapping[str, Any]]) -> None:
    """Replace the lines; they are numbered 1, 2, 3 in the order given."""
    nye = []
    for nr, felter in enumerate(linjer, start=1):
        linje = Indstillingslinje(indstilling=indstilling, nr=nr)
        for felt in LINJEFELTER:
            if felt in felter:
                setattr(linje, felt, felter[felt])
        # The stored lines hold the same numbers until they are deleted; the database checks that.
        linje.full_clean(validate_constraints=False)
        nye.append(linje)
    indstilling.linjer.all().delete()
    Indstillingslinje.objects.bulk_create(nye)


def _gem_fremmoede(punkt: Dagsordenspunkt, til_stede: Collection[int]) -> None:
    moedt = models.Case(
        models.When(pk__in=til_stede, then=True), default=False, output_field=models.BooleanField()
    )
    punkt.moede.deltagere.update(var_til_stede=moedt)


@transaction.atomic
def afslut(indstilling: Indstilling, *, af: Bruger) -> Indstilling:
    """Finalise what is stored, and move the case on (domain.md 2.2; the law: LOB § 9).

    A recommendation moves it to afgørelse, «udsat» back to waiting for a meeting, «sendt tilbage»
    to forberedelse with a new, open copy of the forberedende del. Raises `PermissionDenied` for
    anybody but the meeting's chair, and `ValidationError` with every lack at once, keyed by field
    and, for lines, by `linje-<nr>-<felt>`.
    """
    indstilling = _laas_aaben(indstilling, af)
    if not kan_afslutte(indstilling.punkt, af):
        raise PermissionDenied("Kun mødets mødeleder kan afslutte indstillingen.")
    linjer = list(indstilling.linjer.select_related("indsatstype"))
    if fundet := mangler(indstilling, linjer, indstilling.sag.regelsaet):
        raise ValidationError({mangel.felt: mangel.tekst for mangel in fundet})
    indstilling.afsluttet_den = timezone.now()
    indstilling.afsluttet_af = af
    indstilling.full_clean()
    indstilling.save(update_fields=["afsluttet_den", "afsluttet_af"])
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


@transaction.atomic
def gem_fra_moedet(
    punkt: Dagsordenspunkt,
    data: Mapping[str, Any],
    linjer: Sequence[Mapping[str, Any]],
    *,
    laas: int,
    til_stede: Collection[int] | None,
    skal_afsluttes: bool,
    af: Bruger,
) -> Indstilling:
    """What the live page sends: begin, save and perhaps finalise, all or nothing."""
    indstilling = begynd(punkt, af=af)
    # A new one holds nothing that could be undone, whatever number the page was sent with.
    laas = laas if indstilling.laas else 0
    indstilling = gem(indstilling, data, linjer, laas=laas, til_stede=til_stede, af=af)
    return afslut(indstilling, af=af) if skal_afsluttes else indstilling
