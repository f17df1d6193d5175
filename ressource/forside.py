"""`/`: every role's own Overblik. Assembly: the one place that knows whose page is whose.

A user with several roles gets the first one's page and, above it, links to the others (`?rolle=`).
"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.models import Rolle

_TEAM = "rehabilitering.views.overblik.overblik_team"

# Resolved when asked for: one role's page never keeps another's from opening.
OVERBLIK: dict[Rolle, str] = {
    Rolle.SAGSBEHANDLER: "opfoelgning.views.overblik.overblik",
    Rolle.KOORDINERENDE: "opfoelgning.views.overblik.overblik",
    Rolle.FAGLIG_KONSULENT: "rehabilitering.views.overblik.overblik_faglig_konsulent",
    Rolle.MOEDEKOORDINATOR: "rehabilitering.views.overblik.overblik_moedekoordinator",
    Rolle.TEAMLEDER: "noegletal.views.overblik_teamleder",
    Rolle.TEAMMEDLEM: _TEAM,
    Rolle.MOEDELEDER: _TEAM,
    Rolle.SUNDHEDSKOORDINATOR: _TEAM,
    Rolle.VIRKSOMHEDSKONSULENT: _TEAM,
    Rolle.FAMILIEAFDELING: _TEAM,
    Rolle.UDDANNELSESVEJLEDER: _TEAM,
    Rolle.MENTOR: "opfoelgning.views.overblik_mentor.overblik_mentor",
    Rolle.LEDER: "noegletal.views.overblik_leder",
    Rolle.ADMINISTRATOR: "ressource.views.overblik_administrator",
    Rolle.REVISOR: "ressource.views.overblik_revisor",
}


@dataclass(frozen=True)
class Rollevalg:
    """One of the Overblik pages a user may choose between."""

    rolle: str
    label: str
    aktiv: bool


def _roller(request: Anmodning) -> list[Rolle]:
    """The user's roles, one for each different page, in the order of the matrix."""
    sider: dict[str, Rolle] = {}
    for rolle, side in OVERBLIK.items():
        if rolle in request.user.roller:
            sider.setdefault(side, rolle)
    return list(sider.values())


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("overblik.se")
def overblik(request: Anmodning) -> HttpResponse:
    """The page of the role in `?rolle=`, if the user has it; else of the user's first role.

    POST is for the pages with a search; the others refuse it (405).
    """
    roller = _roller(request)
    valgt = next((r for r in roller if r == request.GET.get("rolle")), roller[0])
    if len(roller) > 1:
        request.rollevalg = [
            Rollevalg(rolle.value, rolle.label.capitalize(), rolle == valgt) for rolle in roller
        ]
    svar: HttpResponse = import_string(OVERBLIK[valgt])(request)
    return svar
