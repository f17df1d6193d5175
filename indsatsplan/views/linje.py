"""What became of the indstilling's lines: why one is not carried out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from indsatsplan import aabne, services
from indsatsplan.forms import LinjeforklaringForm
from indsatsplan.models import Linjeforklaring, Ressourceforloeb
from indsatsplan.views import hentning
from indsatsplan.views.plan import vis_plan
from rehabilitering.models import Indstillingslinje
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def linje_forklar(request: Anmodning, pk: int, linje_pk: int) -> HttpResponse:
    """Write what came instead of the line, or that it is given up, and why."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    linje = _linje(forloeb, linje_pk)
    noegle = f"linje-{linje.pk}"
    if request.method == "GET":
        return hentning.aabn(forloeb, noegle)
    form = LinjeforklaringForm(request.POST, forloeb=forloeb)
    if form.is_valid():
        felter: dict[str, Any] = form.cleaned_data
        try:
            services.forklar_linje(forloeb, linje, af=request.user, **felter)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Det er noteret, hvad der blev af linje {linje.nr}.")
            return hentning.til_planen(forloeb, noegle)
    return vis_plan(request, forloeb, aaben=noegle, form=form)


@require_POST
@kraever("plan.skriv")
def linje_fortryd(request: Anmodning, pk: int, linje_pk: int) -> HttpResponse:
    """Take the explanation of the line back."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    linje = _linje(forloeb, linje_pk)
    forklaring = Linjeforklaring.objects.gaeldende().filter(forloeb=forloeb, linje=linje).first()
    if forklaring is not None:
        try:
            services.fjern_linjeforklaring(forklaring, af=request.user)
        except ValidationError as fejl:
            messages.error(request, " ".join(fejl.messages))
        else:
            messages.success(request, f"Forklaringen til linje {linje.nr} er taget tilbage.")
    return hentning.til_planen(forloeb, f"linje-{linje.pk}")


def _linje(forloeb: Ressourceforloeb, pk: int) -> Indstillingslinje:
    linjer = Indstillingslinje.objects.gaeldende().filter(indstilling=forloeb.indstilling_id)
    return get_object_or_404(linjer, pk=pk)


def _byg(_: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> LinjeforklaringForm | None:
    pk = aabne.som_id(id_tekst)
    linjer = Indstillingslinje.objects.gaeldende().filter(indstilling=forloeb.indstilling_id)
    findes = pk is not None and linjer.filter(pk=pk).exists()
    return LinjeforklaringForm(forloeb=forloeb) if findes else None


aabne.kend("linje", _byg)
