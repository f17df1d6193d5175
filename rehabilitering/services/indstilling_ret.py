"""Correcting a finalised indstilling: a new version takes the old one's place, and readers are told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from borgere.models import Dokument, Fase, Forsendelse, Sag
from borgere.services import laas_sag
from rehabilitering import indstillingsgrundlag, maalforskel
from rehabilitering.dokumenter import indstillingens_titel
from rehabilitering.models import (
    Dagsordenspunkt,
    Indstilling,
    Indstillingslinje,
    Indstillingsversion,
)
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from rehabilitering.services import indstillingsversion
from rehabilitering.services.indstilling import kan_afslutte
from ressource import beskeder, dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import ForaeldetVersionError

LINJEFELTER = ("indsatstype", *indstillingsversion.LINJE)


def kan_rette(indstilling: Indstilling, bruger: Bruger) -> bool:
    """Whether the user may correct it: the meeting's chair, of a finalised one in an open case."""
    return (
        indstilling.er_afsluttet
        and not indstilling.sag.er_afsluttet
        and kan_afslutte(indstilling.punkt, bruger)
    )


def mulige_udfald(indstilling: Indstilling) -> list[str]:
    """The outcomes a correction can give: only its own once it has taken the case further.

    A decision made, a case put off or sent back rest on the outcome; another needs a new meeting.
    """
    sag = indstilling.sag
    er_besluttet = sag.afgoerelser.filter(
        indstilling=indstilling, afsluttet_den__isnull=False
    ).exists()
    if indstilling.udfald not in UDFALD_TIL_AFGOERELSE or er_besluttet:
        return [indstilling.udfald]
    if sag.fase != Fase.AFGOERELSE:
        return [indstilling.udfald]
    return [udfald for udfald in UDFALD_TIL_AFGOERELSE if udfald in sag.regelsaet.udfald]


@transaction.atomic
def ret(
    indstilling: Indstilling,
    data: Mapping[str, Any],
    linjer: Sequence[Mapping[str, Any]],
    *,
    begrundelse: str,
    laas: int,
    af: Bruger,
) -> Indstillingsversion:
    """Give the indstilling new words from now on, as its next version, and tell its readers.

    `data` are fields of `indstillingsversion.HOVED`; `linjer` in order, each with `indsatstype` and,
    of one that is there already, `pk`. A line not named is taken out and keeps its row. Raises
    `ForaeldetVersionError` when somebody corrected it meanwhile, `PermissionDenied` for anybody but
    the chair, and `ValidationError` by field: no reason, no change, another outcome than
    `mulige_udfald`, or a lack that would have stopped the chair at the meeting.
    """
    indstilling = _laas(indstilling, af)
    if laas != indstilling.laas:
        raise ForaeldetVersionError
    if not begrundelse.strip():
        raise ValidationError({"rettelse_begrundelse": "Skriv, hvorfor indstillingen rettes."})
    _sikr_foerste(indstilling)
    foer = indstillingsversion.indhold(indstilling)
    _saet_hoved(indstilling, data)
    _ret_linjer(indstilling, linjer)
    if indstillingsversion.indhold(indstilling) == foer:
        raise ValidationError("Der er ikke rettet noget. Ret teksten, eller gå tilbage.")
    _kraev_hel(indstilling)
    indstilling.full_clean()
    indstilling.save(update_fields=[*indstillingsversion.HOVED, "laas"])
    version = indstillingsversion.tag(indstilling, begrundelse=begrundelse, af=af)
    haendelser.log(
        indstilling, "indstilling.rettet", af=af, sag_id=indstilling.sag_id, nr=version.nr
    )
    _sig_til(indstilling, version, af)
    return version


def _laas(indstilling: Indstilling, af: Bruger) -> Indstilling:
    sag: Sag = laas_sag(indstilling.sag_id)
    punkter = Dagsordenspunkt.objects.select_for_update(of=("self",)).select_related("moede")
    punkt = punkter.get(pk=indstilling.punkt_id)
    laast = Indstilling.objects.select_for_update(of=("self",)).get(pk=indstilling.pk)
    laast.sag, laast.punkt = sag, punkt
    punkt.sag = sag
    if not kan_afslutte(punkt, af):
        raise PermissionDenied("Kun mødets mødeleder kan rette indstillingen.")
    if not laast.er_afsluttet:
        raise ValidationError("Indstillingen er ikke afsluttet. Ret den på mødets side.")
    if sag.er_afsluttet:
        raise ValidationError("Sagen er afsluttet. Indstillingen kan ikke rettes.")
    return laast


def _sikr_foerste(indstilling: Indstilling) -> None:
    """One that was finalised before versions were kept gets its first, as it stood."""
    if indstilling.version == 0 and indstilling.afsluttet_af:
        indstillingsversion.tag(indstilling, af=indstilling.afsluttet_af)


def _saet_hoved(indstilling: Indstilling, data: Mapping[str, Any]) -> None:
    mulige = mulige_udfald(indstilling)
    if data.get("udfald", indstilling.udfald) not in mulige:
        raise ValidationError({"udfald": "Udfaldet kan ikke rettes nu. Sagen skal på et nyt møde."})
    for felt in indstillingsversion.HOVED:
        if felt in data:
            setattr(indstilling, felt, data[felt])
    indstilling.maal_begrundelse = maalforskel.grund(indstilling)
    indstilling.laas += 1
    # What is missing is said by field when the lines are in place, before the database's own word.
    indstilling.full_clean(validate_constraints=False)


def _ret_linjer(indstilling: Indstilling, linjer: Sequence[Mapping[str, Any]]) -> None:
    staaende = {linje.pk: linje for linje in indstilling.linjer.gaeldende()}
    # Numbers are unique, taken-out lines' too: those that stay keep theirs, new ones come after.
    naeste = max(indstilling.linjer.values_list("nr", flat=True), default=0) + 1
    for felter in linjer:
        linje = staaende.pop(felter.get("pk") or 0, None)
        if linje is None:
            linje = Indstillingslinje(indstilling=indstilling, nr=naeste)
            naeste += 1
        for felt in LINJEFELTER:
            if felt in felter:
                setattr(linje, felt, felter[felt])
        linje.full_clean()
        linje.save()
    for linje in staaende.values():
        linje.fjernet_den = timezone.now()
        linje.save(update_fields=["fjernet_den"])


def _kraev_hel(indstilling: Indstilling) -> None:
    """A corrected indstilling is as complete as a new one; who took part is not corrected here."""
    linjer = list(indstilling.linjer.gaeldende().select_related("indsatstype"))
    fejl: dict[str, list[str]] = {}
    for mangel in indstillingsgrundlag.fund(indstilling, linjer):
        if mangel.stopper and mangel.felt != "til_stede":
            fejl.setdefault(mangel.felt, []).append(mangel.tekst)
    if fejl:
        raise ValidationError(fejl)


def _sig_til(indstilling: Indstilling, version: Indstillingsversion, af: Bruger) -> None:
    """A notice to everybody in the house who has read the one before, without personal data."""
    sti = reverse("rehabilitering:indstilling_versioner", args=[indstilling.pk])
    for laeser in laesere(indstilling).exclude(pk=af.pk):
        beskeder.opret(
            laeser,
            noegle=f"indstilling.rettet:{indstilling.pk}:{version.nr}:{laeser.pk}",
            emne="En indstilling er rettet",
            tekst=(
                f"Mødelederen har rettet teamets indstilling i sag {indstilling.sag.sagsnummer}. "
                f"Version {version.nr} gælder nu."
            ),
            sti=sti,
        )


def laesere(indstilling: Indstilling) -> QuerySet[Bruger]:
    """Those of the house who are told of a correction: the meeting's members and the caseworkers."""
    ansvarlige = indstilling.sag.tildelinger.gaeldende(i_dag()).ansvarlige().values("bruger")
    medlemmer = indstilling.punkt.moede.deltagere.values("bruger")
    return Bruger.objects.filter(pk__in=ansvarlige.union(medlemmer), is_active=True)


def har_en_tidligere(indstilling: Indstilling) -> list[str]:
    """Who outside the house has an earlier version in writing and not the one in force.

    They are to have it again; each as «egen læge, 24.11.2026», the latest day they got one.
    """
    if indstilling.version <= 1:
        return []
    foer: dict[str, str] = {}
    nu: set[str] = set()
    for hvem, naar, er_gaeldende in sorted(_udleverede(indstilling), key=lambda u: u[1]):
        if er_gaeldende:
            nu.add(hvem)
        else:
            foer[hvem] = dansk.dato(naar)
    return [f"{hvem}, {naar}" for hvem, naar in foer.items() if hvem not in nu]


def _udleverede(indstilling: Indstilling) -> Iterator[tuple[str, date, bool]]:
    """Recipient, day, and whether it was the version in force; dispatches and what was handed over."""
    gaeldende = indstillingens_titel(indstilling)
    sendte = Forsendelse.objects.filter(
        sag=indstilling.sag_id,
        dokument__art=Dokument.Art.INDSTILLING,
        dokument__titel__startswith=indstillingens_titel(indstilling, version=1),
    )
    for f in sendte.select_related("dokument").defer("dokument__indhold"):
        hvem = f.get_modtager_art_display()
        if f.modtager_art != Forsendelse.Modtager.PART and f.modtager_navn:
            hvem = f"{f.modtager_navn} ({hvem})"
        yield hvem, f.afsendt_dato, f.dokument.titel == gaeldende
    for udlevering in indstilling.udleveringer.all():
        part = str(Forsendelse.Modtager.PART.label)
        yield part, udlevering.dato, udlevering.version == indstilling.version
