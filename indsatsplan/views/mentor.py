"""What a mentor sees of the case: their tasks and the next meeting, and nothing else."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from borgere import sagsramme
from indsatsplan import aftaler
from indsatsplan import mentor as mentorer
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar


@require_safe
@kraever("plan.se_mentor")
def mentor(request: Anmodning, pk: int) -> HttpResponse:
    """The mentor efforts agreed and to come or going on, and when and where one meets next."""
    sag = sagsramme.hent(request, pk)
    kontekst = sagsramme.ramme(request, sag, "mentor")
    kontekst |= {
        "indsatser": mentorer.aftalte_indsatser(sag),
        "afsnit": mentorer.afsnit(request.user, sag),
        "aftale": aftaler.naeste(aftaler.for_sag(sag), timezone.now()),
    }
    return svar(request, "indsatsplan/mentor.html", kontekst)
