"""Pauses and absences belong to the days the effort was there."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from indsatsplan.models import Indsats, Indsatsfravaer, Indsatspause
from ressource import dansk


def luk_aabne(indsatser: Iterable[int], dato: date) -> None:
    """Let what still goes on in these efforts end with them on `dato`.

    A pause or an absence that was only to begin after that day never was, and is taken out.
    """
    for model in (Indsatspause, Indsatsfravaer):
        aabne = model.objects.filter(indsats__in=indsatser, fjernet_den=None, til_dato=None)
        aabne.filter(fra_dato__gt=dato).update(fjernet_den=timezone.now())
        aabne.filter(fra_dato__lte=dato).update(til_dato=dato)


def kraev_perioder_inden_for(indsats: Indsats, *, felt: str) -> None:
    """Raise `ValidationError` on `felt` when a pause or an absence lies outside the effort's dates.

    Nothing is cut or moved behind the user's back: the sentence names it. Two statements.
    """
    perioder: list[tuple[Indsatspause | Indsatsfravaer, str]] = [
        *((pause, "Pausen") for pause in indsats.pauser.gaeldende()),
        *((fravaer, "Fraværet") for fravaer in indsats.fravaer.gaeldende()),
    ]
    for periode, navn in perioder:
        if _inden_for(indsats, periode):
            continue
        dage = f"fra {dansk.dato(periode.fra_dato)}"
        if periode.til_dato:
            dage += f" til {dansk.dato(periode.til_dato)}"
        raise ValidationError(
            {
                felt: ValidationError(
                    "%(navn)s %(dage)s ligger uden for de dage, indsatsen så var i gang. "
                    "Ret datoen her, eller ret det først.",
                    code="periode_udenfor",
                    params={"navn": navn, "dage": dage},
                )
            }
        )


def _inden_for(indsats: Indsats, periode: Indsatspause | Indsatsfravaer) -> bool:
    start, slut = indsats.faktisk_start, indsats.faktisk_slut
    if start is None or periode.fra_dato < start:
        return False
    return slut is None or (periode.til_dato is not None and periode.til_dato <= slut)
