"""The citizen's own data."""

from typing import Any

from django.db import transaction

from borgere.models import Borger, Sag
from borgere.personnummer import Personnummer as Nummer
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def ret_borger(
    sag: Sag, oplysninger: dict[str, Any], *, laas: int | None = None, af: Bruger
) -> Borger:
    """Correct the citizen's data; `oplysninger` are fields of `Borger` by name.

    The old values stay in the history the database keeps. A new date for the children's case names
    `af` as the one who followed it up. When nothing differs, nothing is written. Raises
    `ValidationError` by field, and `ForaeldetVersionError` when somebody saved after `laas` was
    read.
    """
    borger = Borger.objects.select_for_update(of=("self",)).get(pk=sag.borger_id)
    kraev_laas(borger, laas)
    rettet = [felt for felt, v in oplysninger.items() if getattr(borger, felt) != v]
    if not rettet:
        return borger
    for felt in rettet:
        setattr(borger, felt, oplysninger[felt])
    if "boernesag_fulgt_op_dato" in rettet:
        naevn_opfoelger(borger, af=af)
        rettet.append("boernesag_fulgt_op_af")
    borger.laas += 1
    borger.full_clean()
    borger.save(update_fields=[*rettet, "laas"])
    haendelser.log(borger, "borger.rettet", af=af, sag_id=sag.pk, felter=sorted(rettet))
    return borger


def foelg_nummeret(borger: Borger, nummer: Nummer) -> list[str]:
    """Let date of birth and sex be what a Danish number says; the fields it decides.

    A foreign identifier says nothing, and changes nothing.
    """
    if nummer.foedselsdato is None or nummer.koen is None:
        return []
    borger.foedselsdato = nummer.foedselsdato
    borger.koen = Borger.Koen(nummer.koen)
    return ["foedselsdato", "koen"]


def naevn_opfoelger(borger: Borger, *, af: Bruger) -> None:
    """Let `af` be the one who followed up the children's case on its date; nobody without one."""
    borger.boernesag_fulgt_op_af = af if borger.boernesag_fulgt_op_dato else None
