"""The register of general practices: made, corrected and closed, never deleted."""

from typing import Any

from django.db import transaction

from borgere.models import Laegepraksis
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def opret_laegepraksis(oplysninger: dict[str, Any], *, af: Bruger) -> Laegepraksis:
    """Add a practice; `oplysninger` are its fields by name. Raises `ValidationError` by field."""
    praksis = Laegepraksis(**oplysninger)
    praksis.full_clean()
    praksis.save()
    haendelser.log(praksis, "laegepraksis.oprettet", af=af)
    return praksis


@transaction.atomic
def ret_laegepraksis(
    pk: int, oplysninger: dict[str, Any], *, laas: int | None = None, af: Bruger
) -> Laegepraksis:
    """Correct a practice, or close it (`er_aktiv` False): it stays where it is written.

    When nothing differs, nothing is written. Raises `ValidationError` by field, and
    `ForaeldetVersionError` when somebody saved after `laas` was read.
    """
    praksis = Laegepraksis.objects.select_for_update(of=("self",)).get(pk=pk)
    kraev_laas(praksis, laas)
    rettet = [felt for felt, v in oplysninger.items() if getattr(praksis, felt) != v]
    if not rettet:
        return praksis
    for felt in rettet:
        setattr(praksis, felt, oplysninger[felt])
    praksis.laas += 1
    praksis.full_clean()
    praksis.save(update_fields=[*rettet, "laas"])
    haendelser.log(praksis, "laegepraksis.rettet", af=af, felter=sorted(rettet))
    return praksis
