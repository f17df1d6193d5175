"""A case's nearest open deadline, for lists of the floor below."""

from django.db.models import OuterRef, Subquery

from opfoelgning.models import Frist


def frist() -> Subquery:
    """The due date, as an expression over `Sag`; periods that merely run out are no deadline."""
    aabne = Frist.objects.aabne().filter(sag=OuterRef("pk"), regel__udloeber=False)
    return Subquery(aabne.order_by("forfald_dato").values("forfald_dato")[:1])
