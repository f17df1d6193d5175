"""A case's nearest open deadline, for lists of the floor below."""

from django.db.models import OuterRef, Subquery

from opfoelgning.models import Frist
from opfoelgning.models.frist import paa_listen
from ressource.kalender import i_dag


def frist() -> Subquery:
    """Its due date today, as an expression over `Sag`: the same deadline as on the worklist."""
    aabne = Frist.objects.aabne().filter(paa_listen(i_dag()), sag=OuterRef("pk"))
    return Subquery(aabne.order_by("forfald_dato").values("forfald_dato")[:1])
