"""The secret address of a user's feed: made, renewed, stopped and found again."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from ressource import haendelser
from ressource.adgang import maa
from ressource.login import KontoBackend
from ressource.models import Bruger, Kalenderadresse


@transaction.atomic
def ny(bruger: Bruger) -> str:
    """Give `bruger` a new secret, 256 bits, and end the one there was. It is shown this once.

    Only its fingerprint is kept: who reads the database reads nobody's feed.
    """
    Bruger.objects.select_for_update(of=("self",)).get(pk=bruger.pk)
    hemmelighed = secrets.token_urlsafe(32)
    adresse = Kalenderadresse.objects.filter(bruger=bruger).first()
    if adresse is None:
        adresse = Kalenderadresse(bruger=bruger)
    else:
        adresse.fornyet_den = timezone.now()
    adresse.aftryk = _aftryk(hemmelighed)
    adresse.full_clean()
    adresse.save()
    haendelser.log(adresse, "kalender.ny_adresse", af=bruger)
    return hemmelighed


@transaction.atomic
def stop(bruger: Bruger) -> None:
    """End the user's feed. Without one, nothing happens."""
    adresse = Kalenderadresse.objects.select_for_update(of=("self",)).filter(bruger=bruger).first()
    if adresse is None:
        return
    haendelser.log(adresse, "kalender.stoppet", af=bruger)
    adresse.delete()


def find(hemmelighed: str) -> Bruger | None:
    """Whose feed it is; None for an unknown secret, and for whoever may not sign in or has no role."""
    adresse = (
        Kalenderadresse.objects.filter(aftryk=_aftryk(hemmelighed)).select_related("bruger").first()
    )
    if adresse is None or not KontoBackend().user_can_authenticate(adresse.bruger):
        return None
    return adresse.bruger if maa(adresse.bruger, "kalender.abonner") else None


def _aftryk(hemmelighed: str) -> str:
    # No salt and no stretching: the secret is random and long, so it can be looked up.
    return hashlib.sha256(hemmelighed.encode()).hexdigest()
