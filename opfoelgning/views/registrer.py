"""«Registrér samtale»: from the Overblik to the form of the right talk, whatever the step."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from borgere import soegning
from borgere.models import Fase
from opfoelgning import arbejdsliste, visning
from opfoelgning.arbejdsliste import PR_SIDE, Raekke, Udsnit
from opfoelgning.forms import SamtalevalgForm
from opfoelgning.sagsfakta import Sagsfakta
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag

# Those one is to meet first, then by name.
ORDEN = "m.moede NULLS LAST, m.fornavn, m.efternavn, m.id"
_FORBEREDES = {Fase.FORBEREDELSE, Fase.KVALITETSSIKRING, Fase.MOEDE}
_FOELGES_OP = {Fase.AFGOERELSE, Fase.PLAN, Fase.OPFOELGNING}


@dataclass(frozen=True, slots=True)
class Samtalelinje:
    """One case, and the talk that can be registered on it."""

    raekke: Raekke
    fase: str
    hvad: str
    label: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.skriv")
def registrer_samtale(request: Anmodning) -> HttpResponse:
    """One's own cases, those with a talk today first; a search comes by POST."""
    dato = i_dag()
    form = SamtalevalgForm(soegning.filterdata(request))
    soegt = form.soegt()
    if soegning.skal_hjem(request, soegt):
        return redirect("opfoelgning:registrer_samtale")
    udsnit = Udsnit(soeg=soegt)
    antal = arbejdsliste.tael(request.user, udsnit, dato).visninger["alle"]
    side = Paginator(range(antal), PR_SIDE).get_page(request.GET.get("side"))
    sager = arbejdsliste.hent_side(request.user, udsnit, side.number, dato, orden=ORDEN)
    soegning.log(request, "overblik", soegt)
    kontekst = {
        "form": form,
        "soegt": soegt,
        "side": side,
        "linjer": [_linje(raekke, fakta, dato) for raekke, fakta in sager],
    }
    return svar(request, "opfoelgning/registrer_samtale.html", kontekst)


def _linje(raekke: Raekke, fakta: Sagsfakta, dato: date) -> Samtalelinje:
    hvad, label, navn, pk = _samtale(fakta, dato)
    return Samtalelinje(raekke, Fase(fakta.fase).label, hvad, label, reverse(navn, args=[pk]))


def _samtale(fakta: Sagsfakta, dato: date) -> tuple[str, str, str, int]:
    """What is agreed, the button's words, and the page it leads to."""
    if fakta.moede_id and fakta.moede_tidspunkt:
        hvad = (
            f"Opfølgning nr. {fakta.moede_nr}, {visning.om_tidspunkt(fakta.moede_tidspunkt, dato)}"
        )
        return hvad, "Åbn mødeskema", "opfoelgning:moede", fakta.moede_id
    ingen = "Ingen aftale"
    if fakta.fase in _FOELGES_OP:
        return ingen, "Registrér opfølgning", "opfoelgning:moede_ny", fakta.sag_id
    if fakta.fase in _FORBEREDES and fakta.del_status is not None:
        return ingen, "Registrér samtale", "rehabilitering:samtale_ny", fakta.sag_id
    if fakta.fase == Fase.FORBEREDELSE:
        return ingen, "Begynd forberedende del", "rehabilitering:forberedende_del", fakta.sag_id
    return ingen, "Skriv i journalen", "borgere:journal", fakta.sag_id
