"""The frame of every case page: header, facts and tabs.

Tabs belong to the apps whose pages they are; each declares its own (`fane`), for this floor does
not know the floors above.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from borgere.models import Sag, Tildeling
from ressource import adgang, opslag
from ressource.kalender import i_dag


@dataclass(frozen=True)
class Fane:
    """One tab: its place in the row, its text, its URL name (takes the case's pk) and action."""

    plads: int
    navn: str
    url: str
    handling: str


_faner: dict[str, Fane] = {}


def fane(noegle: str, navn: str, url: str, *, handling: str, plads: int) -> None:
    """Declare a tab. Called once, by the `ready` of the app that owns the page."""
    _faner[noegle] = Fane(plads, navn, url, handling)


def ramme(request: HttpRequest, sag: Sag, aktiv: str) -> dict[str, Any]:
    """Context for `borgere/sag_ramme.html`, and the look-up log row that showing a case costs.

    `sag` must come from `synlige_for(...).select_related("borger", "regelsaet", "team")`. Costs two
    statements: the case circle and the log.
    """
    opslag.log(request, aktiv, sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    kreds = list(
        sag.tildelinger.gaeldende(i_dag())
        .filter(art__in=[Tildeling.Art.ANSVARLIG, Tildeling.Art.MENTOR])
        .select_related("bruger")
    )
    return {
        "sag": sag,
        "borger": sag.borger,
        "alder": sag.borger.alder(i_dag()),
        "ansvarlig": next((t.bruger for t in kreds if t.art == Tildeling.Art.ANSVARLIG), None),
        "mentor": next((t.bruger for t in kreds if t.art == Tildeling.Art.MENTOR), None),
        "faner": [
            {"navn": f.navn, "url": reverse(f.url, args=[sag.pk]), "aktiv": noegle == aktiv}
            for noegle, f in sorted(_faner.items(), key=lambda par: par[1].plads)
            if adgang.maa(request.user, f.handling)
        ],
    }
