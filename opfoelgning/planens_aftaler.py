"""The follow-ups as the plan below shows them: marks on its timeline, «næste gang» on its print.

And the goal of the latest one held, in the plan's red thread.
"""

from datetime import date

from django.urls import reverse

from borgere.models import Sag
from indsatsplan.aftaler import Aftale
from indsatsplan.models import Ressourceforloeb
from indsatsplan.roed_traad import Art, Dokument
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


def maal_i_seneste(forloeb: Ressourceforloeb, fra: date, til: date) -> Dokument | None:
    """The goal of the latest follow-up held from `fra` to `til` that wrote of it. One statement."""
    moeder = Opfoelgningsmoede.objects.afholdte().exclude(maal="").filter(sag=forloeb.sag_id)
    moede = moeder.filter(afholdt_dato__range=(fra, til)).order_by("-afholdt_dato", "-pk").first()
    if moede is None:
        return None
    return Dokument(
        Art.OPFOELGNING,
        f"Opfølgning nr. {moede.nr}",
        f"opfølgning nr. {moede.nr}",
        moede.afholdt_dato,
        moede.maal,
        moede.maal_begrundelse,
    )
