"""Answered sparring, for tests of what an answer is put into."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import SparringsbookingFactory, SparringstidFactory

SVAR = "Korte dage i et lille team er forsvarligt."


def besvaret(sag, *, dage_siden=1, **felter):
    """A booking of `sag` that the sundhedskoordinator has answered."""
    tid = SparringstidFactory(start=timezone.now() - timedelta(days=dage_siden))
    standard = {
        "tid": tid,
        "sag": sag,
        "svar": SVAR,
        "er_afklaret": True,
        "besvaret_af": tid.sundhedskoordinator,
        "besvaret_den": tid.slut,
    }
    return SparringsbookingFactory(**standard | felter)
