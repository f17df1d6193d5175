"""The talks with the citizen: the list, registering one, and taking one back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagsramme
from borgere.models import Fase
from rehabilitering.forms.samtale import SamtaleForm, TagTilbageForm
from rehabilitering.models import Samtale
from rehabilitering.services import samtale as services
from rehabilitering.services.forberedelse import seneste_del
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar

PR_SIDE = 25


@require_safe
@kraever("forberedende_del.se")
def samtaler(request: Anmodning, pk: int) -> HttpResponse:
    """Every talk of the case, newest first, and the topics nobody has talked about yet."""
    sag = sagsramme.hent(request, pk)
    fundne = Samtale.objects.filter(forberedende_del__sag=sag).select_related(
        "foert_af", "annulleret_af", "forberedende_del"
    )
    fundne = fundne.prefetch_related("netvaerk", "kolleger")
    titler = {emne["kode"]: emne["titel"] for emne in sag.regelsaet.samtaleemner}
    side = Paginator(fundne, PR_SIDE).get_page(request.GET.get("side"))
    kontekst = sagsramme.ramme(request, sag, "forberedende_del", objekt="samtaler") | {
        "side": side,
        "linjer": [(s, [titler.get(kode, kode) for kode in s.emner]) for s in side.object_list],
        "mangler": services.manglende_emner(sag, seneste_del(sag)),
        "antal_emner": len(titler),
        "kan_skrive": maa(request.user, "forberedende_del.skriv") and sag.fase == Fase.FORBEREDELSE,
    }
    return svar(request, "rehabilitering/samtaler.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("forberedende_del.skriv")
def samtale_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Register a talk."""
    sag = sagsramme.hent(request, pk)
    form = SamtaleForm(request.POST or None, sag=sag, af=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.registrer(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Samtalen er registreret.")
            return redirect("rehabilitering:samtaler", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "forberedende_del", objekt="samtaler")
    kontekst |= {"form": form}
    return svar(request, "rehabilitering/samtale_ny.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("forberedende_del.skriv")
def samtale_tag_tilbage(request: Anmodning, pk: int, samtale_pk: int) -> HttpResponse:
    """Take a talk back, with the reason."""
    sag = sagsramme.hent(request, pk)
    fundne = Samtale.objects.filter(forberedende_del__sag=sag).select_related("forberedende_del")
    samtale = get_object_or_404(fundne, pk=samtale_pk)
    form = TagTilbageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.tag_tilbage(samtale, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Samtalen er taget tilbage.")
            return redirect("rehabilitering:samtaler", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "forberedende_del", objekt="samtaler")
    kontekst |= {"form": form, "samtale": samtale}
    return svar(
        request, "rehabilitering/samtale_tag_tilbage.html", kontekst, status=status_for(form)
    )
