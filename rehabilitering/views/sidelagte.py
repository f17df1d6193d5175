"""Texts laid aside: typed when another saved the same field, or handed the case in, meanwhile."""

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from borgere import sagsramme
from borgere.models import Sag
from rehabilitering.forms.forberedelse import UdfyldForm
from rehabilitering.models import Sidelagttekst
from rehabilitering.services.forberedelse import (
    AFSNIT_OENSKER,
    Afsnitslinje,
    afsnitsliste,
    seneste_del,
)
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.haendelser import SAMME_SKRIVESTUND
from ressource.htmx import svar


@dataclass
class Bunke:
    """What one person typed in one field in one sitting: the last text, and those before it."""

    linje: Afsnitslinje | None
    felt: str
    seneste: Sidelagttekst
    tidligere: list[Sidelagttekst] = field(default_factory=list)


@require_safe
@kraever("forberedende_del.skriv")
def sidelagte_tekster(request: Anmodning, pk: int) -> HttpResponse:
    """Every text laid aside in the newest round, newest first."""
    sag = sagsramme.hent(request, pk)
    kontekst = sagsramme.ramme(request, sag, "forberedende_del", objekt="sidelagte_tekster")
    kontekst["bunker"] = _bunker(sag)
    return svar(request, "rehabilitering/sidelagte_tekster.html", kontekst)


def _bunker(sag: Sag) -> list[Bunke]:
    """The texts in bunches: an automatic save lays one aside every other second."""
    del_ = seneste_del(sag)
    if del_ is None:
        return []
    linjer = {linje.kode: linje for linje in afsnitsliste(sag, del_)}
    bunker: list[Bunke] = []
    aabne: dict[tuple[str, str, int], Bunke] = {}
    for tekst in del_.sidelagte.select_related("skrevet_af"):
        noegle = (tekst.kode, tekst.felt, tekst.skrevet_af_id)
        bunke = aabne.get(noegle)
        foer = (bunke.tidligere or [bunke.seneste])[-1] if bunke else None
        if bunke and foer and foer.lagt_den - tekst.lagt_den < SAMME_SKRIVESTUND:
            bunke.tidligere.append(tekst)
            continue
        linje = linjer.get(tekst.kode or AFSNIT_OENSKER)
        aabne[noegle] = Bunke(linje, str(UdfyldForm.base_fields[tekst.felt].label), tekst)
        bunker.append(aabne[noegle])
    return bunker
