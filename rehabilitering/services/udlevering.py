"""The indstilling handed over to the citizen in writing (domain.md 1.2 row 13)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.services import laas_sag
from rehabilitering.models import Indstilling, Indstillingsudlevering
from rehabilitering.services.indstillingsbrev import dan_brev
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


@transaction.atomic
def registrer(
    indstilling: Indstilling,
    *,
    dato: date,
    maade: str,
    er_gennemgaaet: bool,
    bemaerkning: str = "",
    af: Bruger,
) -> Indstillingsudlevering:
    """Record that the citizen has the version in force, with the letter as it was handed over.

    Raises `ValidationError` for a draft, a day before it was finalised or after today, the same
    twice, and when this machine cannot make the letter.
    """
    sag = laas_sag(indstilling.sag_id)
    indstilling = Indstilling.objects.select_for_update(of=("self",)).get(pk=indstilling.pk)
    indstilling.sag = sag
    if not indstilling.er_afsluttet:
        raise ValidationError("Indstillingen er ikke afsluttet. Den kan ikke udleveres endnu.")
    if not indstilling.moede_dato <= dato <= i_dag():
        raise ValidationError(
            {"dato": f"Vælg en dag fra mødet {dansk.dato(indstilling.moede_dato)} til i dag."}
        )
    udlevering = Indstillingsudlevering(
        indstilling=indstilling,
        version=max(indstilling.version, 1),
        dato=dato,
        maade=maade,
        er_gennemgaaet=er_gennemgaaet,
        bemaerkning=bemaerkning.strip(),
        dokument=dan_brev(indstilling, af=af),
        registreret_af=af,
    )
    udlevering.full_clean()
    udlevering.save()
    haendelser.log(udlevering, "indstilling.udleveret", af=af, sag_id=sag.pk, maade=maade)
    return udlevering
