"""A PDF about a case, made on demand: shown in the browser, and logged as printed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from borgere.models import Sag
from ressource import opslag
from ressource.anmodning import Anmodning
from ressource.models import Opslag
from ressource.pdf import PdfUtilgaengelig


def vis(
    request: Anmodning,
    sag: Sag,
    objekt: str,
    dan: Callable[[], bytes],
    *,
    filnavn: str,
    ellers: str,
    formaal: str = "",
) -> HttpResponse:
    """What `dan` makes, with one row in the look-up log; `objekt` and `formaal` as `opslag.log` has them.

    `filnavn` holds no personal data. Where this machine cannot make PDFs nothing is logged: the user
    is told why on the page with the address `ellers`.
    """
    try:
        pdf = dan()
    except PdfUtilgaengelig as fejl:
        messages.error(request, str(fejl))
        return redirect(ellers)
    opslag.log(
        request,
        objekt,
        handling=Opslag.Handling.UDSKRIV,
        sag_id=sag.pk,
        borger_noegle=sag.borger.noegle,
        formaal=formaal,
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filnavn}"'},
    )
