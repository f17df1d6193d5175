"""The list of cases, and registering, handing over and closing one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from borgere import sagsramme, services, soegning
from borgere.beskyttede import beskyttede
from borgere.forms.borger import SagNyForm
from borgere.forms.sag import AfslutForm, SagFilterForm, TildelForm
from borgere.models import Borger, Sag, Tildeling
from borgere.personnummer import Personnummer as Nummer
from borgere.views.personnummer import minde_om_cifrene
from ressource import adgang, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.models import Opslag

PR_SIDE = 25
# What can be given out by hand; the meeting and the sparring give out the rest.
TILDEL_ARTER = {
    Tildeling.Art.ANSVARLIG: "Ny ansvarlig sagsbehandler",
    Tildeling.Art.MENTOR: "Mentor",
    Tildeling.Art.MEDVIRKENDE: "Medvirkende",
}


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("sag.se")
def sag_liste(request: Anmodning) -> HttpResponse:
    """The cases the user has to do with, 25 to a page; a search comes by POST."""
    form = SagFilterForm(soegning.filterdata(request))
    valg = form.cleaned_data if form.is_valid() else {}
    soegt = valg.get("q", "")
    foresporgsel = urlencode({n: valg[n] for n in ("fase", "sorter") if valg.get(n)})
    adresse = soegning.adresse(request, foresporgsel)
    if soegning.skal_hjem(request, soegt):
        return redirect(adresse)
    sager = Sag.objects.synlige_for(request.user).til_liste(**valg)
    side = Paginator(sager, PR_SIDE).get_page(request.GET.get("side"))
    soegning.log(request, "sag_liste", soegt)
    kontekst = {
        "form": form,
        "side": side,
        "soegt": soegt,
        "foresporgsel": foresporgsel,
        "beskyttede": beskyttede(request.user),
        "kan_oprette": adgang.maa(request.user, "sag.opret"),
    }
    response = svar(request, "borgere/sag_liste.html", kontekst, delvis="resultater")
    return soegning.med_adresse(request, response, adresse)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("sag.opret")
def sag_ny(request: Anmodning) -> HttpResponse:
    """Register a citizen and a case. A number that the answer tells something of is logged."""
    form = SagNyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sag = services.opret_borger_og_sag(
                nummer=form.cleaned_data["nummer"], oplysninger=form.oplysninger(), af=request.user
            )
        except ValidationError as fejl:
            if getattr(fejl, "code", "") in ("ikke_kendt", "aaben_sag"):
                _log_afvist(request, form.cleaned_data["nummer"])
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Sagen er oprettet med nummer {sag.sagsnummer}.")
            minde_om_cifrene(request, form.cleaned_data["nummer"])
            return redirect("sag", sag.pk)
    return svar(request, "borgere/sag_ny.html", {"form": form}, status=status_for(form))


def _log_afvist(request: Anmodning, nummer: Nummer) -> None:
    """Whose number was tried, and the citizen's newest case: it belongs on their own list."""
    borger = Borger.objects.med_nummer(nummer.tegn).first()
    sag = borger.sager.order_by("-oprettet_dato", "-pk").first() if borger else None
    opslag.log(
        request,
        "sag_ny",
        handling=Opslag.Handling.AFVIST,
        sag_id=sag.pk if sag else None,
        borger_noegle=borger.noegle if borger else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("sag.afslut")
def sag_afslut(request: Anmodning, pk: int) -> HttpResponse:
    """End the case with a reason."""
    sag = sagsramme.hent_varigt(request, pk)
    form = AfslutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.afslut_sag(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"Sagen {sag.sagsnummer} er afsluttet.")
            return redirect("borgere:sag_liste")
    kontekst = sagsramme.ramme(request, sag, "overblik") | {"form": form}
    return svar(request, "borgere/sag_afslut.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("sag.tildel")
def tildel(request: Anmodning, pk: int) -> HttpResponse:
    """Give somebody a task on the case; `?art=` says which."""
    sag = sagsramme.hent_varigt(request, pk)
    valgt = request.GET.get("art")
    art = Tildeling.Art(valgt) if valgt in TILDEL_ARTER else Tildeling.Art.MENTOR
    form = TildelForm(request.POST or None, art=art)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.tildel(
                sag,
                data["bruger"],
                art,
                fra_dato=data["fra_dato"],
                til_dato=data.get("til_dato"),
                af=request.user,
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, f"{data['bruger'].navn} er knyttet til sagen.")
            # Whoever has handed the case over has no more to do with it.
            if not Sag.objects.synlige_for(request.user).filter(pk=pk).exists():
                return redirect("borgere:sag_liste")
            return redirect("borgere:kreds", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "kreds") | {
        "form": form,
        "arter": [(vaerdi, navn, vaerdi == art) for vaerdi, navn in TILDEL_ARTER.items()],
    }
    return svar(request, "borgere/tildel.html", kontekst, status=status_for(form))
