"""Case numbers for the floor below, which keeps cases as plain numbers."""

from collections.abc import Collection

from borgere.models import Sag


def find(sagsnummer: str) -> int | None:
    """The id of the case with exactly this number, or None."""
    return Sag.objects.filter(sagsnummer__iexact=sagsnummer).values_list("pk", flat=True).first()


def navne(sag_ider: Collection[int]) -> dict[int, str]:
    """The case numbers of those ids, in one statement."""
    return dict(Sag.objects.filter(pk__in=sag_ider).values_list("pk", "sagsnummer"))
