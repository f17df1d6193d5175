"""The draft of the team's recommendation: begun and written at the meeting by several hands."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering.dagsorden import hvorfor_uden_attest
from rehabilitering.models import Dagsordenspunkt, Indstilling, Indstillingslinje
from ressource import haendelser
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


def laas_aaben(indstilling: Indstilling, af: Bruger) -> Indstilling:
    """The draft, with case and item, locked.

    Raises `PermissionDenied` for somebody who does not sit in the meeting, `ValidationError` with
    code `afsluttet` when it is finalised.
    """
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
    indstilling = laas_aaben(indstilling, af)
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
