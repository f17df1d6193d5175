"""One row of a file on its way in: mend it, leave it out, take it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from borgere.forms.indlaesning import RaekkeForm
from borgere.indlaesning import kontrol
from borgere.models import Indlaesning, Indlaesningsraekke
from borgere.services import indlaesning as services
from borgere.views.indlaesning import gennemsyn, hent
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar, vil_have_del
from ressource.models import Opslag


def _hent(request: Anmodning, pk: int, nr: int) -> tuple[Indlaesning, Indlaesningsraekke]:
    fundet = hent(request, pk)
    return fundet, get_object_or_404(fundet.raekker.all(), nr=nr)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.indlaes")
def indlaesning_raekke(request: Anmodning, pk: int, nr: int) -> HttpResponse:
    """The row in a form, with its whole number; who saw it is logged."""
    fundet, raekke = _hent(request, pk, nr)
    form = RaekkeForm(raekke.data, art=fundet.art, fejl=raekke.fejl)
    status = 200
    if request.method == "POST":
        form = RaekkeForm(request.POST, art=fundet.art)
        status = 422
        if form.is_valid():
            try:
                raekke = services.ret_raekke(fundet, nr, form.felter(), af=request.user)
            except ValidationError as fejl:
                form.add_error(None, fejl)
            else:
                if not raekke.fejl:
                    return _tilbage(request, fundet, f"Linje {nr} er rettet.")
                form = RaekkeForm(raekke.data, art=fundet.art, fejl=raekke.fejl)
    opslag.log(request, "indlaesning_raekke", handling=Opslag.Handling.VIS_PERSONNUMMER)
    kontekst: dict[str, Any] = {
        "indlaesning": fundet,
        "raekke": raekke,
        "form": form,
        "noter": raekke.data.get(kontrol.NOTER, []),
        "i_filen": raekke.data.get("sagsbehandler", "") if "sagsbehandler" in raekke.fejl else "",
    }
    return svar(
        request, "borgere/indlaesning_raekke.html", kontekst, delvis="formular", status=status
    )


def _tilbage(request: Anmodning, fundet: Indlaesning, besked: str) -> HttpResponse:
    """Back to the file; htmx gets the list anew in place of the old one."""
    if not vil_have_del(request):
        messages.success(request, besked)
        return redirect("borgere:indlaesning", fundet.pk)
    fundet.refresh_from_db()
    kontekst = gennemsyn(request, fundet) | {"besked": besked}
    response = render(request, "borgere/indlaesning.html#gennemsyn", kontekst)
    response["HX-Retarget"] = "#gennemsyn"
    response["HX-Reswap"] = "outerHTML"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.indlaes")
def indlaesning_raekke_udelad(request: Anmodning, pk: int, nr: int) -> HttpResponse:
    """Leave the row out, after a yes."""
    fundet, _ = _hent(request, pk, nr)
    if request.method == "POST":
        try:
            services.udelad_raekke(fundet, nr, af=request.user)
        except ValidationError as fejl:
            messages.error(request, " ".join(fejl.messages))
        else:
            messages.success(request, f"Linje {nr} er udeladt.")
        return redirect("borgere:indlaesning", pk)
    kontekst = {
        "indlaesning": fundet,
        "overskrift": f"Udelad linje {nr}",
        "spoergsmaal": "Rækken bliver ikke indlæst. Du kan tage den med igen under Udeladt.",
        "knap": f"Udelad linje {nr}",
    }
    return svar(request, "borgere/indlaesning_bekraeft.html", kontekst)


@require_POST
@kraever("borger.indlaes")
def indlaesning_raekke_medtag(request: Anmodning, pk: int, nr: int) -> HttpResponse:
    """Take a row back that was left out."""
    fundet, _ = _hent(request, pk, nr)
    try:
        services.udelad_raekke(fundet, nr, udelad=False, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"Linje {nr} er med igen.")
    return redirect("borgere:indlaesning", pk)
