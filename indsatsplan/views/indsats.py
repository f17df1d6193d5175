"""One effort: planned, begun, ended."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from indsatsplan import services
from indsatsplan.forms import DatoForm, IndsatsForm, fra_linje
from indsatsplan.models import Indsats, Ressourceforloeb
from indsatsplan.views import hentning
from rehabilitering.models import Indstillingslinje
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

_SKABELON = "indsatsplan/indsats_form.html"
# A longer number in the address is nobody's id.
ID_CIFRE = 18


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def indsats_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Plan an effort; `?linje=` fills the form from a line of the indstilling."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    form = IndsatsForm(request.POST or None, forloeb=forloeb, initial=_fra_linje(request, forloeb))
    if request.method == "POST" and form.is_valid():
        try:
            services.gem_indsats(forloeb, af=request.user, **form.cleaned_data)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Indsatsen er lagt i planen.")
            return redirect("indsatsplan:plan", pk)
    kontekst = hentning.ramme(request, forloeb) | {"form": form, "kan_rette": True}
    return svar(request, _SKABELON, kontekst, status=status_for(form))


def _fra_linje(request: Anmodning, forloeb: Ressourceforloeb) -> dict[str, Any]:
    nr = request.GET.get("linje", "")
    linje = (
        Indstillingslinje.objects.select_related("indsatstype")
        .filter(indstilling=forloeb.indstilling_id, pk=nr)
        .first()
        if nr.isdecimal() and len(nr) <= ID_CIFRE
        else None
    )
    return fra_linje(linje, forloeb) if linje else {}


@require_http_methods(["GET", "POST"])
@kraever("plan.skriv")
def indsats(request: Anmodning, pk: int) -> HttpResponse:
    """Change an effort while the plan is a draft; begin or end it at any time."""
    indsats = hentning.indsats(request, pk)
    form = IndsatsForm(request.POST or None, forloeb=indsats.forloeb, instance=indsats)
    if request.method == "POST" and form.is_valid():
        try:
            services.gem_indsats(
                indsats.forloeb, indsats=indsats, af=request.user, **form.cleaned_data
            )
        except ForaeldetVersionError:
            return _konflikt(request, hentning.indsats(request, pk), form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Indsatsen er gemt.")
            return redirect("indsatsplan:plan", indsats.forloeb.sag_id)
    if request.method == "POST":
        # The form has written the refused values on its effort; the page shows what is stored.
        indsats = hentning.indsats(request, pk)
    return _side(request, indsats, form=form)


def _konflikt(request: Anmodning, gemt: Indsats, form: IndsatsForm) -> HttpResponse:
    """Somebody changed the effort meanwhile: both versions."""
    hentning.log(request, gemt.forloeb)
    return konfliktside(
        request,
        form,
        IndsatsForm(forloeb=gemt.forloeb, instance=gemt),
        sidst_gemt(gemt, "plan.indsats_gemt", sag_id=gemt.forloeb.sag_id),
        titel="I har begge rettet indsatsen",
        fortryd=reverse("indsatsplan:indsats", args=[gemt.pk]),
    )


@require_POST
@kraever("plan.skriv")
def begynd(request: Anmodning, pk: int) -> HttpResponse:
    """Write the day the effort began."""
    indsats = hentning.indsats(request, pk)
    datoform = DatoForm(request.POST, label="Begyndte den")
    if datoform.is_valid():
        try:
            services.begynd_indsats(indsats, af=request.user, **datoform.cleaned_data)
        except ValidationError as fejl:
            fejl_paa_formular(datoform, fejl)
        else:
            messages.success(request, "Indsatsen er i gang.")
            return redirect("indsatsplan:plan", indsats.forloeb.sag_id)
    return _side(request, indsats, datoform=datoform)


@require_POST
@kraever("plan.skriv")
def slut(request: Anmodning, pk: int) -> HttpResponse:
    """Write the effort's last day; the button pressed says whether it was broken off."""
    indsats = hentning.indsats(request, pk)
    datoform = DatoForm(request.POST, label="Sidste dag")
    if datoform.is_valid():
        afbrudt = request.POST.get("udfald") == Indsats.Status.AFBRUDT
        try:
            services.afslut_indsats(
                indsats, afbrudt=afbrudt, af=request.user, **datoform.cleaned_data
            )
        except ValidationError as fejl:
            fejl_paa_formular(datoform, fejl)
        else:
            messages.success(
                request, "Indsatsen er afbrudt." if afbrudt else "Indsatsen er afsluttet."
            )
            return redirect("indsatsplan:plan", indsats.forloeb.sag_id)
    return _side(request, indsats, datoform=datoform)


@require_POST
@kraever("plan.skriv")
def bortfald(request: Anmodning, pk: int) -> HttpResponse:
    """Write that a planned effort will not be."""
    indsats = hentning.indsats(request, pk)
    try:
        services.lad_indsats_bortfalde(indsats, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Indsatsen er bortfaldet. Den kan stadig ses i planen.")
    return redirect("indsatsplan:plan", indsats.forloeb.sag_id)


def _side(
    request: Anmodning,
    indsats: Indsats,
    *,
    form: IndsatsForm | None = None,
    datoform: DatoForm | None = None,
) -> HttpResponse:
    """The effort's page: what is planned, and what can be written of how it went."""
    forloeb = indsats.forloeb
    aabent = forloeb.afsluttet_dato is None and not forloeb.sag.er_afsluttet
    er_loebende = indsats.status in Indsats.LOEBENDE
    label = "Sidste dag" if er_loebende else "Begyndte den"
    form = form or IndsatsForm(forloeb=forloeb, instance=indsats)
    kontekst = hentning.ramme(request, forloeb) | {
        "indsats": indsats,
        "form": form,
        "datoform": datoform or DatoForm(label=label),
        "kan_rette": aabent and forloeb.planer.kladder().exists(),
        "kan_begynde": aabent and indsats.status in Indsats.IKKE_BEGYNDT,
        "kan_slutte": aabent and er_loebende,
    }
    afvist = next((f for f in (datoform, form) if f is not None and f.errors), form)
    return svar(request, _SKABELON, kontekst, status=status_for(afvist))
