"""The municipality's catalogue of effort types: which of them are in use.

The plan stands on a floor above and declares here how its efforts are counted (`brug`), so that a
type that people work with does not change under them.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from django.db.models import Count

from rehabilitering.models import Indstillingslinje

Taeller = Callable[[Collection[int]], Mapping[int, int]]
_taellere: list[Taeller] = []


def brug(taeller: Taeller) -> None:
    """Count uses by `taeller` too: from types' ids to a number each. Called by an app's `ready`."""
    if taeller not in _taellere:
        _taellere.append(taeller)


def antal_i_brug(typer: Collection[int]) -> Counter[int]:
    """How many lines of indstillinger and efforts have each type. One statement for each floor."""
    linjer = (
        Indstillingslinje.objects.filter(indsatstype__in=typer)
        .values_list("indsatstype")
        .annotate(antal=Count("pk"))
        .order_by()
    )
    antal = Counter(dict(linjer))
    for taeller in _taellere:
        antal.update(taeller(typer))
    return antal
