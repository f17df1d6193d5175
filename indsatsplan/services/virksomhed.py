"""The register of companies and the people in them: made, corrected and closed, never deleted."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from indsatsplan.models import Virksomhed, Virksomhedskontakt
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def opret_virksomhed(oplysninger: dict[str, Any], *, af: Bruger) -> Virksomhed:
    """Add a company; `oplysninger` are its fields by name.

    Raises `ValidationError`, by field where there is one: a CVR number that cannot be, or the same
    number and name once more.
    """
    virksomhed = Virksomhed(**oplysninger)
    virksomhed.full_clean()
    virksomhed.save()
    haendelser.log(virksomhed, "virksomhed.oprettet", af=af)
    return virksomhed


@transaction.atomic
def ret_virksomhed(
    pk: int, oplysninger: dict[str, Any], *, laas: int | None = None, af: Bruger
) -> Virksomhed:
    """Correct a company, or close it (`er_aktiv` False): the praktikker there keep it.

    When nothing differs, nothing is written. Raises `ValidationError` as `opret_virksomhed`, and
    `ForaeldetVersionError` when somebody saved after `laas` was read.
    """
    virksomhed = Virksomhed.objects.select_for_update(of=("self",)).get(pk=pk)
    kraev_laas(virksomhed, laas)
    if rettet := _skriv(virksomhed, oplysninger):
        haendelser.log(virksomhed, "virksomhed.rettet", af=af, felter=rettet)
    return virksomhed


@transaction.atomic
def opret_kontakt(
    virksomhed: Virksomhed, oplysninger: dict[str, Any], *, af: Bruger
) -> Virksomhedskontakt:
    """Add a person to the company; `oplysninger` are the fields by name.

    Raises `ValidationError` when somebody of that name is there already.
    """
    virksomhed = Virksomhed.objects.select_for_update(of=("self",)).get(pk=virksomhed.pk)
    kontakt = Virksomhedskontakt(virksomhed=virksomhed, **oplysninger)
    kontakt.full_clean()
    kontakt.save()
    haendelser.log(kontakt, "virksomhed.kontakt_tilfoejet", af=af)
    return kontakt


@transaction.atomic
def ret_kontakt(
    pk: int, oplysninger: dict[str, Any], *, laas: int | None = None, af: Bruger
) -> Virksomhedskontakt:
    """Correct a person in a company; with `udgaaet_dato` they can be chosen no more.

    When nothing differs, nothing is written. Raises `ValidationError` by field, and
    `ForaeldetVersionError` when somebody saved after `laas` was read.
    """
    kontakt = Virksomhedskontakt.objects.select_for_update(of=("self",)).get(pk=pk)
    kraev_laas(kontakt, laas)
    if rettet := _skriv(kontakt, oplysninger):
        haendelser.log(kontakt, "virksomhed.kontakt_rettet", af=af, felter=rettet)
    return kontakt


def kontakt_efter_navn(
    virksomhed: Virksomhed, navn: str, *, telefon: str, er_mentor: bool, af: Bruger
) -> Virksomhedskontakt:
    """The person of that name who works there now, added when there is none.

    Whoever is to be mentor is marked as one. Raises `ValidationError` by field.
    """
    findes = virksomhed.kontakter.nuvaerende().filter(navn__iexact=navn).first()
    if findes is None:
        oplysninger = {"navn": navn, "telefon": telefon, "er_mentor": er_mentor}
        return opret_kontakt(virksomhed, oplysninger, af=af)
    if er_mentor and not findes.er_mentor:
        return ret_kontakt(findes.pk, {"er_mentor": True}, af=af)
    kontakt: Virksomhedskontakt = findes
    return kontakt


def kraev_kontakt_i(
    virksomhed: Virksomhed, felt: str, kontakt: Virksomhedskontakt | None, *, er_ny: bool
) -> None:
    """Raise `ValidationError` on `felt` for somebody of another company, or chosen when gone."""
    if kontakt is None:
        return
    if kontakt.virksomhed_id != virksomhed.pk:
        raise ValidationError({felt: f"{kontakt.navn} er ikke hos {virksomhed.navn}. Vælg igen."})
    if er_ny and kontakt.udgaaet_dato:
        raise ValidationError({felt: f"{kontakt.navn} er ikke i virksomheden mere. Vælg en anden."})


def _skriv(objekt: Any, oplysninger: dict[str, Any]) -> list[str]:
    """Save what differs on the locked row, and its next lock number; the names of what did."""
    raekke: models.Model = objekt
    rettet = sorted(felt for felt, ny in oplysninger.items() if getattr(objekt, felt) != ny)
    if rettet:
        for felt in rettet:
            setattr(objekt, felt, oplysninger[felt])
        objekt.laas += 1
        raekke.full_clean()
        raekke.save(update_fields=[*rettet, "laas"])
    return rettet
