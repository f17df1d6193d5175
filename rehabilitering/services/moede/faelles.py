"""What every change of a meeting asks first."""

from django.core.exceptions import ValidationError

from rehabilitering.models import Teammoede
from ressource.dansk import dato_lang
from ressource.kalender import i_dag


def laas(moede_id: int) -> Teammoede:
    """The meeting, locked until the transaction ends, so that places are counted by one at a time.

    The meeting is locked before its cases, and these before their items, everywhere.
    """
    return Teammoede.objects.select_for_update(of=("self",)).get(pk=moede_id)


def kraev_kommende(moede: Teammoede) -> None:
    """Raise `ValidationError` when the meeting has been held or was cancelled."""
    if moede.aflyst_den:
        raise ValidationError(f"Mødet {dato_lang(moede.dato)} er aflyst og kan ikke ændres.")
    if moede.dato < i_dag():
        raise ValidationError(f"Mødet {dato_lang(moede.dato)} er holdt og kan ikke ændres.")
