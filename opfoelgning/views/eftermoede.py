"""Right after the team meeting: the eftermøde's checklist, and the paper the citizen takes home."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagspdf, sagsramme
from borgere.models import Sag
from opfoelgning import eftermoede as laes
from opfoelgning import logistikpapir, services
from opfoelgning.forms.logistik import EftermoedeForm
from opfoelgning.models import Eftermoede, Opgave
from opfoelgning.opgaver import linjer, seneste_indstilling
from rehabilitering.models import Indstilling
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.dansk import klokkeslaet
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar, vil_have_del
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt, uenigheder

FANE = "opfoelgning"
SKABELON = "opfoelgning/eftermoede.html"


def _hent(request: Anmodning, pk: int) -> tuple[Sag, Indstilling]:
    """The case and the indstilling it is about. Raises `Http404` before there is one."""
    sag = sagsramme.hent(request, pk)
    indstilling = seneste_indstilling(sag)
    if indstilling is None:
        raise Http404
    indstilling.sag = sag
    return sag, indstilling


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opgave.skriv")
def eftermoede(request: Anmodning, pk: int) -> HttpResponse:
    """The checklist of facts and tasks, and the citizen's words, which save themselves.

    The button that ends it sends the words along, so that they are stored also without JavaScript.
    """
    sag, indstilling = _hent(request, pk)
    moede = laes.eftermoede(indstilling)
    # A copy: an invalid form must not change what the page shows as stored.
    form = EftermoedeForm(request.POST or None, instance=laes.eftermoede(indstilling))
    if request.method == "POST" and form.is_valid():
        try:
            gemt = _skriv(request, indstilling, form)
        except ForaeldetVersionError:
            return _konflikt(request, indstilling, form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            return _efter_gem(request, indstilling, gemt)
    if form.errors and vil_have_del(request):
        tekster = [str(t) for liste in form.errors.values() for t in liste]
        return _ikke_gemt(request, tekster, 422)
    return _side(request, sag, indstilling, moede, form)


def _skriv(request: Anmodning, indstilling: Indstilling, form: EftermoedeForm) -> Eftermoede:
    lukkes = request.POST.get("trin") == "luk" and not vil_have_del(request)
    skriv = services.hold_eftermoede if lukkes else services.gem_eftermoede
    data = form.cleaned_data
    ord_ = {felt: data[felt] for felt in form.Meta.fields}
    return skriv(indstilling, ord_, laas=data["laas"], af=request.user)


def _efter_gem(request: Anmodning, indstilling: Indstilling, moede: Eftermoede) -> HttpResponse:
    """The status for a save of its own, else on; closed, what is still missing is said."""
    sag = indstilling.sag
    if vil_have_del(request):
        return _gemt(request, moede)
    if not moede.holdt_dato:
        messages.success(request, "Eftermødet er gemt.")
        return redirect("opfoelgning:eftermoede", sag.pk)
    rest = [f.tekst for f in laes.mangler(sag, indstilling, moede) if f.tilstand == "nej"]
    if rest:
        messages.warning(request, f"Eftermødet er afsluttet. Det mangler: {'; '.join(rest)}.")
    else:
        messages.success(request, "Eftermødet er afsluttet.")
    return redirect("sag", sag.pk)


def _side(
    request: Anmodning, sag: Sag, indstilling: Indstilling, moede: Eftermoede, form: EftermoedeForm
) -> HttpResponse:
    opgaver = Opgave.objects.filter(indstilling=indstilling, paa_eftermoedet=True)
    dagens = linjer(opgaver.filter(bortfaldet_dato=None).select_related("bruger"))
    fakta = laes.mangler(sag, indstilling, moede)
    kontekst = sagsramme.ramme(request, sag, FANE, objekt="eftermoede") | {
        "form": form,
        "moede": moede,
        "indstilling": indstilling,
        "paa_plads": fakta,
        "linjer": dagens,
        "rest": sum(f.tilstand == "nej" for f in fakta) + sum(x.er_aaben for x in dagens),
        "kan_rettes": not sag.er_afsluttet and not moede.holdt_dato,
        "kan_aabnes": not sag.er_afsluttet and moede.holdt_dato,
        # Typed after it was closed stands in its field all the same.
        "vis_form": (not sag.er_afsluttet and not moede.holdt_dato) or form.is_bound,
    }
    return svar(request, SKABELON, kontekst, status=status_for(form))


def _gemt(request: Anmodning, moede: Eftermoede) -> HttpResponse:
    """After an automatic save: the time, and the lock number that the next one is sent with."""
    kontekst = {"gemt_kl": klokkeslaet(timezone.now()), "laas": moede.laas}
    return svar(request, SKABELON, kontekst, delvis="gemt")


def _ikke_gemt(request: Anmodning, fejl: list[str], status: int) -> HttpResponse:
    return svar(request, SKABELON, {"fejl": fejl}, delvis="gemt", status=status)


def _konflikt(request: Anmodning, indstilling: Indstilling, form: EftermoedeForm) -> HttpResponse:
    """Somebody wrote meanwhile: both versions. The same text is no conflict."""
    gemt = laes.eftermoede(indstilling)
    if vil_have_del(request):
        if not uenigheder(form, EftermoedeForm(instance=gemt)):
            return _gemt(request, gemt)
        tekst = "En anden gemte, mens du skrev. Tryk på Gem for at se begge tekster."
        return _ikke_gemt(request, [tekst], 409)
    sag = indstilling.sag
    opslag.log(request, "eftermoede", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    return konfliktside(
        request,
        form,
        EftermoedeForm(instance=gemt),
        sidst_gemt(gemt, "eftermoede.gemt", sag_id=sag.pk),
        titel="I har begge skrevet i eftermødet",
        fortryd=reverse("opfoelgning:eftermoede", args=[sag.pk]),
    )


@require_POST
@kraever("opgave.skriv")
def eftermoede_aabn(request: Anmodning, pk: int) -> HttpResponse:
    """Open a closed eftermøde to be corrected."""
    sag, indstilling = _hent(request, pk)
    try:
        services.genaabn_eftermoede(indstilling, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Eftermødet kan rettes igen.")
    return redirect("opfoelgning:eftermoede", sag.pk)


# The paper


@require_safe
@kraever("opgave.se_alle")
def hvem_goer_hvad(request: Anmodning, pk: int) -> HttpResponse:
    """What the citizen's paper will say, to print in two sizes and to hand over."""
    sag, indstilling = _hent(request, pk)
    return _papirside(request, sag, indstilling)


def _papirside(
    request: Anmodning, sag: Sag, indstilling: Indstilling, fejl: list[str] | None = None
) -> HttpResponse:
    ramme = sagsramme.ramme(request, sag, FANE, objekt="hvem_goer_hvad")
    kontekst = ramme | {
        "papir": logistikpapir.indhold(indstilling),
        "laesbarhed": logistikpapir.laesbarhed(indstilling),
        "udleveret": laes.eftermoede(indstilling).plan_udleveret_dato,
        "kan_skrive": maa(request.user, "opgave.skriv") and not sag.er_afsluttet,
        "fejl": fejl,
    }
    return svar(request, "opfoelgning/hvem_goer_hvad.html", kontekst, status=422 if fejl else 200)


@require_safe
@kraever("opgave.se_alle")
def hvem_goer_hvad_pdf(request: Anmodning, pk: int) -> HttpResponse:
    """The paper as a PDF; `?skrift=stor` for large type."""
    sag, indstilling = _hent(request, pk)
    stor = request.GET.get("skrift") == "stor"
    return sagspdf.vis(
        request,
        sag,
        "hvem_goer_hvad",
        lambda: logistikpapir.papir(indstilling, stor_skrift=stor),
        filnavn="hvem-goer-hvad.pdf",
        ellers=reverse("opfoelgning:hvem_goer_hvad", args=[sag.pk]),
    )


@require_POST
@kraever("opgave.skriv")
def hvem_goer_hvad_udlever(request: Anmodning, pk: int) -> HttpResponse:
    """Keep the paper as the citizen got it today."""
    sag, indstilling = _hent(request, pk)
    stor = request.POST.get("skrift") == "stor"
    try:
        services.udlever_plan(indstilling, stor_skrift=stor, af=request.user)
    except ValidationError as fejl:
        return _papirside(request, sag, indstilling, fejl.messages)
    messages.success(request, "Planen ligger på sagen, som borgeren fik den.")
    return redirect("opfoelgning:hvem_goer_hvad", sag.pk)
