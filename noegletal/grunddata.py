"""The targets a municipality starts with (domain.md 4.3); changed in the browser later."""

from datetime import date
from decimal import Decimal

from noegletal.models import Maaltal

_START = date(2013, 1, 1)
MAALTAL = [
    ("virksomhedsrettet", "40", "Faglig leder"),
    ("mentor", "75", "Faglig leder"),
    ("foerste_opfoelgning", "95", "Teamleder"),
    ("plan_klar", "90", "Teamleder"),
    ("selvforsoergende", "50", "Faglig leder"),
]


def indlaes() -> None:
    """Add the targets that are missing."""
    for noegletal, vaerdi, ejer in MAALTAL:
        if not Maaltal.objects.filter(noegletal=noegletal).exists():
            Maaltal.objects.create(
                noegletal=noegletal, vaerdi=Decimal(vaerdi), ejer=ejer, gyldig_fra=_START
            )
