"""From a finalised indstilling to the page where it is sent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from rehabilitering.models import Indstilling
from rehabilitering.services.indstillingsbrev import dan_brev
from ressource.adgang import kraever
from ressource.anmodning import Anmodning


@require_POST
@kraever("forsendelse.send")
def indstilling_brev(request: Anmodning, pk: int) -> HttpResponse:
    """Make the letter, once, and go to where its recipients are chosen."""
    fundne = Indstilling.objects.synlige_for(request.user).afsluttede()
    indstilling = get_object_or_404(
        fundne.select_related("sag__borger", "sag__regelsaet", "afsluttet_af"), pk=pk
    )
    try:
        brev = dan_brev(indstilling, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
        return redirect("rehabilitering:sag_moede", indstilling.sag_id)
    return redirect("borgere:dokument_send", brev.pk)
