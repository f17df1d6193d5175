"""The access to a case that follows from sitting in the meeting that is to deal with it."""

from collections.abc import Sequence
from datetime import date, timedelta

from borgere.models import Inhabilitet, Sag, Tildeling
from borgere.services import tildel
from rehabilitering.models import Teammoede
from ressource.kalender import i_dag
from ressource.models import Bruger

# Members read a case from when it is on their agenda until this many days after the meeting: long
# enough to finish minutes and dissent (domain.md 3, «until X days after»).
ADGANG_EFTER_MOEDE_DAGE = 14


def adgang_til(moede: Teammoede) -> date:
    """The last day on which the meeting's members may read its cases."""
    return moede.dato + timedelta(days=ADGANG_EFTER_MOEDE_DAGE)


def giv(sag: Sag, moede: Teammoede, bruger: Bruger, *, af: Bruger) -> None:
    """Let the member read the case; one who is inhabil sits out the item without having read it."""
    inhabile = Inhabilitet.objects.gaeldende().filter(borger=sag.borger_id, bruger=bruger)
    if inhabile.exists():
        return
    tildel(sag, bruger, Tildeling.Art.TEAMMOEDE, af=af, til_dato=adgang_til(moede))


def tag(moede: Teammoede, sager: Sequence[int], brugere: Sequence[int]) -> None:
    """End the access that this meeting gave, as of today.

    Days are whole, so what began earlier ends yesterday and what began today goes; the event log
    still holds that it was given. Access from another meeting ends on another day and stays.
    """
    givet = Tildeling.objects.filter(
        sag__in=sager,
        bruger__in=brugere,
        art=Tildeling.Art.TEAMMOEDE,
        til_dato=adgang_til(moede),
    )
    givet.filter(fra_dato=i_dag()).delete()
    givet.update(til_dato=i_dag() - timedelta(days=1))
