"""The follow-ups as the plan below shows them: marks on its timeline, «næste gang» on its print."""

from django.urls import reverse

from borgere.models import Sag
from indsatsplan.aftaler import Aftale
from opfoelgning.models import Opfoelgningsmoede


def for_sag(sag: Sag) -> list[Aftale]:
    """The case's meetings, agreed and held. One statement."""
    status = Opfoelgningsmoede.Status
    moeder = sag.opfoelgningsmoeder.filter(status__in=[status.PLANLAGT, status.AFHOLDT])
    return [
        Aftale(
            nr=moede.nr,
            tidspunkt=moede.tidspunkt,
            sted=moede.sted,
            er_holdt=moede.status == status.AFHOLDT,
            url=reverse("opfoelgning:moede", args=[moede.pk]),
            skitse=moede.skitse,
        )
        for moede in moeder
    ]
