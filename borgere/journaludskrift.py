"""The notes the citizen may read, on paper."""

from django.conf import settings
from django.utils import timezone

from borgere.models import Sag
from ressource.pdf import skabelon_til_pdf


def delte_notater(sag: Sag) -> bytes:
    """The shared notes of `sag` as they stand now, oldest first; the same notes give the same bytes.

    What was shared once and is internal now is left out, and so is what was corrected. One
    statement. Raises `PdfUtilgaengelig` when this machine lacks what PDFs need.
    """
    delte = sag.notater.gaeldende().filter(er_delt=True).select_related("forfatter")
    notater = list(delte.order_by("dato", "pk"))
    kontekst = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "sag": sag,
        "navn": sag.borger.navn,
        "notater": notater,
    }
    tidspunkt = max((notat.oprettet_den for notat in notater), default=timezone.now())
    return skabelon_til_pdf(
        "borgere/pdf/delte_notater.html", kontekst, titel="Din journal", tidspunkt=tidspunkt
    )
