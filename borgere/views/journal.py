"""The journal: internal notes, and notes the citizen reads too."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from borgere import sagsramme, services
from borgere.forms.dokument import NotatForm
from ressource import adgang
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar

PR_SIDE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("journal.se")
def journal(request: Anmodning, pk: int) -> HttpResponse:
    """The case's notes, newest first, 25 to a page; a note is added and never changed."""
    sag = sagsramme.hent(request, pk)
    form = NotatForm(request.POST or None)
    if request.method == "POST":
        adgang.kraev(request.user, "journal.skriv")
        if form.is_valid():
            try:
                services.skriv_notat(sag, **form.cleaned_data, af=request.user)
            except ValidationError as fejl:
                fejl_paa_formular(form, fejl)
            else:
                messages.success(request, "Notatet er skrevet i journalen.")
                return redirect("borgere:journal", sag.pk)
    notater = sag.notater.select_related("forfatter")
    kontekst = sagsramme.ramme(request, sag, "journal") | {
        "form": form,
        "side": Paginator(notater, PR_SIDE).get_page(request.GET.get("side")),
        "kan_skrive": adgang.maa(request.user, "journal.skriv"),
    }
    return svar(request, "borgere/journal.html", kontekst, status=status_for(form))
