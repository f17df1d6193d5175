"""The mentor's Overblik: one's own citizens, the next meeting and one's tasks."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from borgere.models import Sag, Tildeling
from opfoelgning.models import Opfoelgningsmoede
from opfoelgning.visning import hilsen
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag


@require_safe
@kraever("opfoelgning.se")
def overblik_mentor(request: Anmodning) -> HttpResponse:
    """The citizens one is mentor for: the next meeting and one's own tasks."""
    dato = i_dag()
    egne = Tildeling.objects.gaeldende(dato).filter(bruger=request.user, art=Tildeling.Art.MENTOR)
    sager = (
        Sag.objects.synlige_for(request.user)
        .aabne()
        .filter(pk__in=egne.values("sag"))
        .select_related("borger")
        .order_by("borger__fornavn", "borger__efternavn", "pk")
    )
    moeder: dict[int, Opfoelgningsmoede] = {}
    kommende = Opfoelgningsmoede.objects.aftalte().filter(
        sag__in=sager.order_by().values("pk"), tidspunkt__date__gte=dato
    )
    for moede in kommende.order_by("tidspunkt", "pk"):
        moeder.setdefault(moede.sag_id, moede)
    opslag.log(request, "arbejdsliste")
    kontekst = {
        "dato": dato,
        "hilsen": hilsen(),
        "sager": [(sag, moeder.get(sag.pk)) for sag in sager],
    }
    return svar(request, "opfoelgning/overblik_mentor.html", kontekst)
