"""What the services of an effort's steps, hours and absence ask of a row and of its days."""

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from indsatsplan.models import Indsats
from ressource import dansk
from ressource.samtidighed import kraev_laas

R = TypeVar("R", bound=models.Model)


def laas_raekke(indsats: Indsats, raekke: R, laas: int | None) -> R:
    """`raekke` of the locked effort, itself locked, as it is now.

    Raises `ValidationError` when it has been taken out, and `ForaeldetVersionError` when somebody
    saved it after `laas` was read.
    """
    raekker: Any = type(raekke)._default_manager
    laast = (
        raekker.filter(indsats=indsats, fjernet_den=None, pk=raekke.pk)
        .select_for_update(of=("self",))
        .first()
    )
    if laast is None:
        raise ValidationError(
            "Det er taget ud imens. Genindlæs siden for at se planen, som den er nu.",
            code="taget_ud",
        )
    if laas is not None:
        kraev_laas(laast, laas)
    laast.indsats = indsats
    fundet: R = laast
    return fundet


def kraev_begyndt(indsats: Indsats) -> date:
    """The day it began. Raises `ValidationError` when it has not."""
    if indsats.faktisk_start is None:
        raise ValidationError(
            "Indsatsen er %(nu)s. Skriv først, hvornår den begyndte.",
            code="forkert_status",
            params={"nu": indsats.get_status_display()},
        )
    return indsats.faktisk_start


def kraev_i_gang_den(indsats: Indsats, **datoer: date | None) -> None:
    """Raise `ValidationError`, on the fields named, for days before it began or after it ended."""
    start, slut = kraev_begyndt(indsats), indsats.faktisk_slut
    uden_for = {
        felt: ValidationError(
            f"Indsatsen begyndte {dansk.dato(start)}. Skriv den dag eller en senere."
            if dato < start
            else f"Indsatsens sidste dag var {dansk.dato(slut or dato)}. Skriv den dag eller en tidligere.",
            code="uden_for_indsatsen",
        )
        for felt, dato in datoer.items()
        if dato is not None and (dato < start or (slut is not None and dato > slut))
    }
    if uden_for:
        raise ValidationError(uden_for)
