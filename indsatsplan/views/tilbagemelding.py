"""The page on which the team sees what became of its indstillinger."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indsatsplan import tilbagemelding as tal
from indsatsplan.regnskab import Tilstand
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.kalender import i_dag


@require_safe
@kraever("indstilling.tilbagemelding")
def tilbagemelding(request: Anmodning) -> HttpResponse:
    """Figures of the meetings the user took part in. It shows no citizen, so nothing is logged."""
    kontekst = {
        "tal": tal.for_bruger(request.user, i_dag=i_dag()),
        "tilstande": [tilstand.label for tilstand in Tilstand],
    }
    return render(request, "indsatsplan/tilbagemelding.html", kontekst)
