"""What the live page of one case sends: begun, saved and perhaps finalised, all or nothing."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction

from rehabilitering.models import Dagsordenspunkt, Indstilling
from rehabilitering.services.indstilling import afslut
from rehabilitering.services.indstilling_kladde import begynd, gem
from ressource.models import Bruger


@transaction.atomic
def gem_fra_moedet(
    punkt: Dagsordenspunkt,
    data: Mapping[str, Any],
    linjer: Sequence[Mapping[str, Any]],
    *,
    laas: int,
    til_stede: Collection[int] | None,
    skal_afsluttes: bool,
    af: Bruger,
) -> Indstilling:
    """What the live page sends: begin, save and perhaps finalise, all or nothing."""
    indstilling = begynd(punkt, af=af)
    # A new one holds nothing that could be undone, whatever number the page was sent with.
    laas = laas if indstilling.laas else 0
    indstilling = gem(indstilling, data, linjer, laas=laas, til_stede=til_stede, af=af)
    return afslut(indstilling, af=af) if skal_afsluttes else indstilling
