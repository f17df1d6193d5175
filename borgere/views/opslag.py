"""«Opslag i din sag»: shown to the caseworker, and printed for the citizen."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from borgere import opslagsudskrift, sagspdf, sagsramme
from borgere.forms.opslag import OpslagsperiodeForm
from borgere.models import Sag
from ressource import dansk
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Bruger

PR_SIDE = 25
FORMAAL = "indsigt"


def _periode(request: Anmodning) -> OpslagsperiodeForm:
    """The period in the address, validated; without one the last twelve months."""
    form = OpslagsperiodeForm(request.GET)
    if form.is_valid() and not (request.GET.get("fra") and request.GET.get("til")):
        form.data = {navn: dansk.dato(dag) for navn, dag in form.cleaned_data.items()}
    return form


@require_safe
@kraever("opslag.udskriv")
def opslag_i_sagen(request: Anmodning, pk: int) -> HttpResponse:
    """Who has looked at the citizen's data in the period, as the citizen will read it."""
    sag = sagsramme.hent(request, pk)
    return _side(request, sag, _periode(request))


def _side(request: Anmodning, sag: Sag, form: OpslagsperiodeForm) -> HttpResponse:
    kontekst = sagsramme.ramme(request, sag, "kreds", objekt="opslag", formaal=FORMAAL) | {
        "form": form
    }
    if form.is_valid():
        periode = form.cleaned_data
        raekker = opslagsudskrift.grupperet(sag.borger, **periode)
        side = Paginator(raekker, PR_SIDE).get_page(request.GET.get("side"))
        kontekst |= {
            "side": side,
            "linjer": opslagsudskrift.linjer(side.object_list),
            "foresporgsel": urlencode({n: d.isoformat() for n, d in periode.items()}),
        }
    return svar(request, "borgere/opslag.html", kontekst, status=status_for(form))


@require_safe
@kraever("opslag.udskriv")
def opslag_udskrift(request: Anmodning, pk: int) -> HttpResponse:
    """The letter to the citizen as a PDF; it is itself a look-up, and logged as printed."""
    sag = sagsramme.hent(request, pk)
    form = _periode(request)
    if not form.is_valid():
        return _side(request, sag, form)
    try:
        return sagspdf.vis(
            request,
            sag,
            "opslag_udskrift",
            lambda: opslagsudskrift.udskrift(
                sag, **form.cleaned_data, kontakt=_kontakt(sag, request)
            ),
            filnavn=f"opslag-{sag.sagsnummer}.pdf",
            ellers=reverse("borgere:opslag_i_sagen", args=[sag.pk]),
            formaal=FORMAAL,
        )
    except opslagsudskrift.ForMange:
        form.add_error("til", "Der er for mange opslag til ét brev. Vælg en kortere periode.")
        return _side(request, sag, form)


def _kontakt(sag: Sag, request: Anmodning) -> Bruger:
    """Whom the citizen can ask: the one who answers for the case, else who prints."""
    tildeling = sag.tildelinger.gaeldende(i_dag()).ansvarlige().select_related("bruger").first()
    return tildeling.bruger if tildeling else request.user
