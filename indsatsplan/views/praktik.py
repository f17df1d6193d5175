"""A praktik: where it is, with whom and what for; choosing the company comes first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from indsatsplan import praktikplads, services, virksomheder
from indsatsplan.aabne import som_id
from indsatsplan.forms.praktik import PraktikForm, PraktikforslagForm, VirksomhedsvalgForm
from indsatsplan.models import Indsats, Praktik, Ressourceforloeb, Virksomhed
from indsatsplan.views import hentning
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt


@require_safe
@kraever("plan.se")
def praktik(request: Anmodning, pk: int) -> HttpResponse:
    """What is agreed about a praktik, and what is still missing."""
    indsats = hentning.praktikindsats(request, pk)
    kontekst = hentning.ramme(request, indsats.forloeb) | {
        "plads": praktikplads.plads(indsats, i_dag()),
        "indsats": indsats,
        "kan_skrive": maa(request.user, "praktik.skriv") and hentning.er_aabent(indsats.forloeb),
    }
    return svar(request, "indsatsplan/praktik.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("praktik.skriv")
def praktik_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Propose a praktik: the effort and what is agreed with the company, in one form."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    hjem = reverse("indsatsplan:plan", args=[pk])
    virksomhed = _valgt_virksomhed(request, None)
    if virksomhed is None:
        return _vaelg(request, forloeb, None, hjem)
    form = PraktikforslagForm(
        request.POST or None,
        virksomhed=virksomhed,
        indsats=None,
        forloeb=forloeb,
        initial={"ansvarlig": request.user.navn},
    )
    if request.method == "POST" and form.is_valid():
        try:
            ny = services.foreslaa_praktik(
                forloeb,
                af=request.user,
                indsatsfelter=form.indsatsfelter(),
                nye=form.nye(),
                **form.praktikfelter(),
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Praktikken er foreslået og står i planens kladde.")
            return redirect("indsatsplan:praktik", ny.indsats_id)
    return _form(request, forloeb, form, hjem)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("praktik.skriv")
def praktik_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Choose the company of a praktik, or change what is agreed with it."""
    indsats = hentning.praktikindsats(request, pk)
    hjem = reverse("indsatsplan:praktik", args=[pk])
    virksomhed = _valgt_virksomhed(request, indsats)
    if virksomhed is None:
        return _vaelg(request, indsats.forloeb, indsats, hjem)
    form = _praktikform(indsats, virksomhed, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.gem_praktik(
                indsats,
                af=request.user,
                laas=form.cleaned_data["laas"],
                indsatsfelter=form.indsatsfelter(),
                nye=form.nye(),
                **form.praktikfelter(),
            )
        except ForaeldetVersionError:
            return _konflikt(request, hentning.praktikindsats(request, pk), form, hjem)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Praktikken er gemt.")
            return redirect(hjem)
    return _form(request, indsats.forloeb, form, hjem, indsats)


def _praktikform(indsats: Indsats, virksomhed: Virksomhed, data: Any = None) -> PraktikForm:
    """What may be written: all of it until the praktik has begun, then the agreement alone."""
    if indsats.status in Indsats.IKKE_BEGYNDT:
        return PraktikforslagForm(
            data, virksomhed=virksomhed, indsats=indsats, forloeb=indsats.forloeb
        )
    return PraktikForm(data, virksomhed=virksomhed, indsats=indsats)


def _valgt_virksomhed(request: Anmodning, indsats: Indsats | None) -> Virksomhed | None:
    """The company of the form that was sent or is asked for, else the praktik's own."""
    valgt = request.POST.get("virksomhed", "") or request.GET.get("virksomhed", "")
    if pk := som_id(valgt):
        return get_object_or_404(Virksomhed, pk=pk)
    praktik: Praktik | None = getattr(indsats, "praktik", None)
    soeger = "q" in request.GET or request.method == "POST"
    return praktik.virksomhed if praktik and not soeger else None


def _vaelg(
    request: Anmodning, forloeb: Ressourceforloeb, indsats: Indsats | None, hjem: str
) -> HttpResponse:
    """The first step: search, choose, or put a new company in the register."""
    form = VirksomhedsvalgForm(request.GET)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    til = f"indsats={indsats.pk}" if indsats else f"sag={forloeb.sag_id}"
    kontekst = hentning.ramme(request, forloeb) | {
        "form": form,
        "soegt": q,
        "fundne": virksomheder.forslag(q),
        "flere_end": virksomheder.FORSLAG,
        "indsats": indsats,
        "ny_url": f"{reverse('indsatsplan:virksomhed_ny')}?{til}",
        "fortryd": hjem,
    }
    return svar(request, "indsatsplan/praktik_virksomhed.html", kontekst)


def _form(
    request: Anmodning,
    forloeb: Ressourceforloeb,
    form: PraktikForm,
    hjem: str,
    indsats: Indsats | None = None,
) -> HttpResponse:
    kontekst = hentning.ramme(request, forloeb) | {
        "form": form,
        "indsats": indsats,
        "virksomhed": form.valgt,
        "fortryd": hjem,
    }
    return svar(request, "indsatsplan/praktik_form.html", kontekst, status=status_for(form))


def _konflikt(request: Anmodning, gemt: Indsats, form: PraktikForm, fortryd: str) -> HttpResponse:
    """Somebody changed the praktik or its effort meanwhile: both versions."""
    hentning.log(request, gemt.forloeb)
    praktik: Praktik | None = getattr(gemt, "praktik", None)
    virksomhed = praktik.virksomhed if praktik else form.valgt
    sag_id = gemt.forloeb.sag_id
    sidst = sidst_gemt(praktik, "plan.praktik_gemt", sag_id=sag_id) if praktik else None
    return konfliktside(
        request,
        form,
        _praktikform(gemt, virksomhed),
        sidst,
        titel="I har begge rettet praktikken",
        fortryd=fortryd,
    )
