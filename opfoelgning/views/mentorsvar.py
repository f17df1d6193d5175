"""The mentor answers three questions before the next talk; the section of the mentor's own page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from borgere.models import Sag
from opfoelgning import services
from opfoelgning.forms.mentorsvar import MentorsvarForm
from opfoelgning.models import Mentorsvar, Opfoelgningsmoede
from ressource import adgang
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.models import Bruger
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

FELTER = ("godt", "svaert", "oever")


def afsnit(bruger: Bruger, sag: Sag) -> tuple[str, dict[str, Any]] | None:
    """The section of the mentor's page, with its context; None when no talk is agreed."""
    if not adgang.maa(bruger, "opfoelgning.svar_mentor"):
        return None
    moede = _naeste(sag)
    if moede is None:
        return None
    return "opfoelgning/_mentorsvar.html", {"form": _form(_gemt(moede)), "moede": moede}


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.svar_mentor")
def mentorsvar(request: Anmodning, pk: int) -> HttpResponse:
    """The three answers to the case's next talk; rewritten until it is held."""
    sag = sagsramme.hent(request, pk)
    moede = _naeste(sag)
    if moede is None:
        raise Http404
    gemt = _gemt(moede)
    form = MentorsvarForm(request.POST) if request.method == "POST" else _form(gemt)
    if form.is_bound and form.is_valid():
        try:
            services.gem_mentorsvar(moede, **form.cleaned_data, af=request.user)
        except ForaeldetVersionError:
            sidst = sidst_gemt(moede, "opfoelgning.mentorsvar", sag_id=sag.pk)
            return konfliktside(
                request,
                form,
                _form(_gemt(moede)),
                sidst,
                titel="I har begge svaret før mødet",
                fortryd=reverse("indsatsplan:mentor", args=[sag.pk]),
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Dine svar er gemt. De står i skemaet, når mødet holdes.")
            return redirect("indsatsplan:mentor", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "mentor") | {"form": form, "moede": moede}
    return svar(request, "opfoelgning/mentorsvar.html", kontekst, status=status_for(form))


def _naeste(sag: Sag) -> Opfoelgningsmoede | None:
    """The talk the answers are for: the first one agreed, also one that waits to be closed."""
    return sag.opfoelgningsmoeder.aftalte().first()


def _gemt(moede: Opfoelgningsmoede) -> Mentorsvar | None:
    return Mentorsvar.objects.filter(moede=moede.pk).first()


def _form(gemt: Mentorsvar | None) -> MentorsvarForm:
    start = {felt: getattr(gemt, felt) for felt in FELTER} if gemt else {}
    return MentorsvarForm(initial=start | {"laas": gemt.laas if gemt else 0})
