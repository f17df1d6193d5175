"""Breaks on a meeting's agenda."""

from django.core.exceptions import ValidationError
from django.db import transaction

from rehabilitering.models import Moedepause, Teammoede
from rehabilitering.services.moede.dagsorden import Retning, kraev_foer_midnat
from rehabilitering.services.moede.faelles import kraev_kommende, laas
from ressource import haendelser
from ressource.models import Bruger


@transaction.atomic
def tilfoej_pause(moede: Teammoede, efter_plads: int, minutter: int, *, af: Bruger) -> Moedepause:
    """Put a break after so many cases; the times after it follow.

    Raises `ValidationError` where there is one, for a place the meeting does not have, for less than
    5 or more than 120 minutes, and when the last case would pass midnight.
    """
    moede = laas(moede.pk)
    kraev_kommende(moede)
    if not 1 <= efter_plads < moede.kapacitet:
        raise ValidationError(
            {"efter_plads": f"Vælg 1 til {moede.kapacitet - 1}: pausen ligger mellem to sager."}
        )
    pause = Moedepause(moede=moede, efter_plads=efter_plads, minutter=minutter)
    pause.full_clean()
    pause.save()
    kraev_foer_midnat(moede)
    haendelser.log(moede, "moede.pause_tilfoejet", af=af, efter=efter_plads, minutter=minutter)
    return pause


@transaction.atomic
def flyt_pause(pause: Moedepause, retning: Retning, *, af: Bruger) -> Moedepause:
    """Let the break come one case earlier («op») or later («ned»).

    Raises `ValidationError` when it would be first, after the last place, or on another break.
    """
    moede, pause = _laas(pause)
    ny = pause.efter_plads + (-1 if retning == "op" else 1)
    if not 1 <= ny < moede.kapacitet:
        raise ValidationError("Pausen kan ikke flyttes længere.")
    pause.efter_plads = ny
    pause.full_clean(exclude=["moede"])
    pause.save(update_fields=["efter_plads"])
    haendelser.log(moede, "moede.pause_flyttet", af=af, efter=ny)
    return pause


@transaction.atomic
def fjern_pause(pause: Moedepause, *, af: Bruger) -> None:
    """Take the break out; the cases after it come earlier."""
    moede, pause = _laas(pause)
    haendelser.log(moede, "moede.pause_fjernet", af=af, efter=pause.efter_plads)
    pause.delete()


def _laas(pause: Moedepause) -> tuple[Teammoede, Moedepause]:
    moede = laas(pause.moede_id)
    kraev_kommende(moede)
    nu = Moedepause.objects.select_for_update(of=("self",)).filter(pk=pause.pk).first()
    if nu is None:
        raise ValidationError("Pausen er allerede taget ud. Genindlæs siden.")
    return moede, nu
