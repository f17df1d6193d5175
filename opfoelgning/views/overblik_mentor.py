"""The mentor's Overblik: one's own citizens, the next meeting and one's tasks."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from borgere.models import Sag, Tildeling
from opfoelgning.models import Frist, Mentorsvar, Opfoelgningsmoede
from opfoelgning.opgaver import KODE as OPGAVEKODE
from opfoelgning.visning import hilsen
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Bruger


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
    moeder, opgaver = _moeder(sager, dato), _opgaver(sager, request.user)
    opslag.log(request, "arbejdsliste")
    kontekst = {
        "dato": dato,
        "hilsen": hilsen(),
        "sager": [(sag, moeder.get(sag.pk), opgaver.get(sag.pk)) for sag in sager],
    }
    return svar(request, "opfoelgning/overblik_mentor.html", kontekst)


def _moeder(sager: "QuerySet[Sag]", dato: date) -> dict[int, Opfoelgningsmoede]:
    """The next talk of each case from `dato` on, with `har_svaret`: the mentor's three answers."""
    svar = Mentorsvar.objects.filter(moede=OuterRef("pk"))
    kommende = (
        Opfoelgningsmoede.objects.aftalte()
        .filter(sag__in=sager.order_by().values("pk"), tidspunkt__date__gte=dato)
        .annotate(har_svaret=Exists(svar))
        .order_by("-tidspunkt", "-pk")
    )
    return {moede.sag_id: moede for moede in kommende}


def _opgaver(sager: "QuerySet[Sag]", bruger: Bruger) -> dict[int, dict[str, Any]]:
    """How many tasks wait for `bruger` in each case, and the nearest date."""
    egne = Frist.objects.aabne().filter(
        kode=OPGAVEKODE, ejer=bruger, sag__in=sager.order_by().values("pk")
    )
    tal = egne.order_by().values("sag").annotate(antal=Count("pk"), senest=Min("forfald_dato"))
    return {raekke["sag"]: dict(raekke) for raekke in tal}
