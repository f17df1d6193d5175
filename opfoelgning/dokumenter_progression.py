"""The citizen's own progression on paper: lines, small steps, goals reached and hours a week."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from borgere import deling
from borgere.models import Informationstype, Sag
from opfoelgning import progressionsside
from ressource import pdf
from ressource.kalender import i_dag

SKABELON = "opfoelgning/pdf/progression.html"
STIL = (pdf.A4, "pdf/progression.css")
STOR_SKRIFT = (*STIL, "pdf/stor_skrift.css")


def borgerens_udgave(sag: Sag, *, tidspunkt: datetime, stor_skrift: bool = False) -> bytes:
    """The progression of `sag` as a PDF (PDF/UA) in plain words, without what is kept from the citizen.

    `sag` brings its citizen. Raises `PdfUtilgaengelig` when this machine cannot make PDFs.
    """
    kontekst = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "navn": sag.borger.navn,
        **deling.brevhoved(sag.borger, Informationstype.PLAN),
        "dag": timezone.localdate(tidspunkt),
        "side": progressionsside.byg(sag, i_dag=i_dag(), uden_skjulte=True, til_borgeren=True),
    }
    return pdf.skabelon_til_pdf(
        SKABELON,
        kontekst,
        titel="Sådan går det",
        tidspunkt=tidspunkt,
        css=STOR_SKRIFT if stor_skrift else STIL,
    )
