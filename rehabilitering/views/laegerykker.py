"""The reminder to the GP: the letter to look at, and that it was sent."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagspdf, sagsramme
from borgere.models import Sag
from rehabilitering import dokumenter
from rehabilitering.forms.laegeattest import RykkerForm
from rehabilitering.models import Laegeattestrykker
from rehabilitering.services import laegerykker as services
from rehabilitering.views.laegeattest import behandl
from ressource.adgang import kraever
from ressource.anmodning import Anmodning


@require_safe
@kraever("laegeattest.skriv")
def laegerykker_brev(request: Anmodning, pk: int, rykker_pk: int) -> HttpResponse:
    """The letter as it would go today; nothing is kept."""
    sag = sagsramme.hent(request, pk)
    rykker = _hent(sag, rykker_pk)
    return sagspdf.vis(
        request,
        sag,
        "laegerykker",
        lambda: dokumenter.laegerykker(rykker, af=request.user),
        filnavn="rykker-lae265.pdf",
        ellers=reverse("rehabilitering:laegeattest", args=[sag.pk]),
    )


@require_http_methods(["GET", "POST"])
@kraever("laegeattest.skriv")
def laegerykker_send(request: Anmodning, pk: int, rykker_pk: int) -> HttpResponse:
    """Put the letter on the case and register it as sent to the practice."""
    sag = sagsramme.hent(request, pk)
    rykker = _hent(sag, rykker_pk)
    form = RykkerForm(request.POST if request.method == "POST" else None)
    return behandl(
        request,
        sag,
        "Rykkeren er registreret som sendt. Brevet ligger på sagen.",
        lambda data: services.send(rykker, kanal=data["kanal"], af=request.user),
        rykker=form,
    )


def _hent(sag: Sag, rykker_pk: int) -> Laegeattestrykker:
    """The case's own reminder, with what its letter says. Raises `Http404`."""
    fundne = Laegeattestrykker.objects.filter(attest__sag=sag)
    return get_object_or_404(
        fundne.select_related("attest__sag__borger__laegepraksis", "attest__sag__regelsaet"),
        pk=rykker_pk,
    )
