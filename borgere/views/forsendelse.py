"""What has left the house, and sending one more document."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from borgere import modtagere, sagsramme, services
from borgere.forms.forsendelse import IndholdForm, ModtagetForm, SendForm
from borgere.models import Dokument, Forsendelse, Informationstype
from borgere.models.forsendelse import INDHOLD_AF_ART
from ressource import adgang
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar

PR_SIDE = 25


@require_safe
@kraever("dokument.se")
def forsendelser(request: Anmodning, pk: int) -> HttpResponse:
    """Everything sent from the case, newest first, 25 to a page."""
    sag = sagsramme.hent(request, pk)
    fundne = sag.forsendelser.select_related("dokument", "afsendt_af", "samtykke", "fuldmagt")
    fundne = fundne.defer("dokument__indhold")
    kontekst = sagsramme.ramme(request, sag, "dokumenter", objekt="forsendelser") | {
        "side": Paginator(fundne, PR_SIDE).get_page(request.GET.get("side")),
        "kan_sende": adgang.maa(request.user, "forsendelse.send"),
    }
    return svar(request, "borgere/forsendelser.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("forsendelse.send")
def forsendelse_modtaget(request: Anmodning, pk: int) -> HttpResponse:
    """Register the day a dispatch arrived."""
    fundne = Forsendelse.objects.synlige_for(request.user).select_related("dokument")
    forsendelse = get_object_or_404(fundne.defer("dokument__indhold"), pk=pk)
    sag = sagsramme.hent(request, forsendelse.sag_id)
    form = ModtagetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.registrer_modtaget(
                forsendelse, dato=form.cleaned_data["modtaget_dato"], af=request.user
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Det er registreret, hvornår det er modtaget.")
            return redirect("borgere:forsendelser", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "dokumenter", objekt="forsendelser")
    kontekst |= {"form": form, "forsendelse": forsendelse}
    return svar(request, "borgere/forsendelse_modtaget.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("forsendelse.send")
def dokument_send(request: Anmodning, pk: int) -> HttpResponse:
    """Who may get the document now, who may not and why; and send it to those chosen."""
    fundne = Dokument.objects.synlige_for(request.user).select_related("erstattet_af")
    fundne = fundne.defer("indhold", "erstattet_af__indhold")
    dokument = get_object_or_404(fundne, pk=pk)
    sag = sagsramme.hent(request, dokument.sag_id)
    # What it tells is given by its kind; only «andet» asks, and the address keeps the answer.
    indhold = str(INDHOLD_AF_ART.get(dokument.art, request.GET.get("indhold", "")))
    if indhold not in Informationstype.values:
        indhold = ""
    mulige = modtagere.muligheder(sag, indhold) if indhold else []
    form = SendForm(request.POST if request.method == "POST" else None, muligheder=mulige)
    if request.method == "POST" and form.is_valid():
        try:
            sendt = services.send_flere(form.afsendelser(dokument, indhold), af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            hvem = ", ".join(forsendelse.modtager_navn for forsendelse in sendt)
            messages.success(request, f"«{dokument.titel}» er registreret som sendt til {hvem}.")
            return redirect("borgere:forsendelser", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "dokumenter", objekt="send_dokument") | {
        "dokument": dokument,
        "form": form,
        "linjer": _linjer(form, mulige),
        "indhold": Informationstype(indhold).label if indhold else "",
        "indholdsform": None if dokument.art in INDHOLD_AF_ART else _indholdsform(indhold),
    }
    return svar(request, "borgere/dokument_send.html", kontekst, status=status_for(form))


def _indholdsform(indhold: str) -> IndholdForm:
    return IndholdForm(initial={"indhold": indhold})


def _linjer(form: SendForm, mulige: list[modtagere.Mulighed]) -> list[dict[str, Any]]:
    """Each possible recipient with its choice; those who may not get it have none."""
    valgte = form["modtagere"].value() or []
    return [
        {
            "mulighed": mulighed,
            "valgt": mulighed.noegle in valgte,
            "kanal": form[f"kanal_{mulighed.noegle}"] if mulighed.svar.maa else None,
        }
        for mulighed in mulige
    ]
