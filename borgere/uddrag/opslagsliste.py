"""«Opslag i din sag» as it stands in the article 15 extract: when and what for, never by whom."""

from django.db.models import Q
from django.utils import timezone

from borgere.uddrag.indeks import Opslagslinje
from borgere.uddrag.raekker import Indhold
from ressource import opslag
from ressource.models import Opslag, Rolle


def hent(indhold: Indhold) -> list[Opslagslinje]:
    """Every look-up of the citizen or one of the cases that the log still holds, oldest first."""
    fundne = Opslag.objects.filter(
        Q(borger_noegle=indhold.borger.noegle) | Q(sag_id__in=[s.pk for s in indhold.sager])
    ).exclude(handling=Opslag.Handling.AFVIST)
    return [
        Opslagslinje(
            timezone.localtime(o.tidspunkt).date(),
            ", ".join(Rolle(r).label for r in o.roller.split(",") if r in Rolle.values),
            o.get_handling_display(),
            opslag.tekst(o.objekt),
            o.formaal,
        )
        for o in fundne.order_by("pk").iterator(chunk_size=1000)
    ]
