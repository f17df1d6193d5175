"""Each member's sheets at a case: one that the others read, and one of one's own."""

from collections.abc import Mapping

from django.db import transaction

from rehabilitering.models import Dagsordenspunkt, Moedenote
from rehabilitering.services.indstilling_kladde import laas_punkt
from ressource import haendelser
from ressource.models import Bruger


@transaction.atomic
def gem(punkt: Dagsordenspunkt, ark: Mapping[bool, str], *, af: Bruger) -> set[bool]:
    """Write the user's own sheets, the shared one under True; those that changed.

    Only their author writes them, so nobody's text is in the way, and the history keeps each. An
    empty sheet is not begun. Raises `PermissionDenied` for somebody who does not sit in the meeting.
    """
    punkt = laas_punkt(punkt, af)
    rettede = set()
    for er_faelles, tekst in ark.items():
        note = punkt.noter.filter(forfatter=af, er_faelles=er_faelles).first()
        note = note or Moedenote(punkt=punkt, forfatter=af, er_faelles=er_faelles)
        if note.tekst == tekst:
            continue
        note.laas += note.pk is not None
        note.tekst = tekst
        note.full_clean()
        note.save()
        rettede.add(er_faelles)
        haendelser.log_skrivning(note, "moedenote.gemt", af=af, sag_id=punkt.sag_id)
    return rettede
