"""The agenda on paper: times, cases and who takes part. Never a word of health (domain.md 3)."""

from datetime import datetime

from django.conf import settings

from rehabilitering.dagsorden import Dagsorden
from rehabilitering.models import Teammoede
from ressource.dansk import dato

# The order of one case's turn (domain.md 2.5).
FORLOEB = (
    "Velkomst og præsentationsrunde",
    "Borgeren fortæller",
    "Gennemgang af planen",
    "Behov, støtte, job og uddannelse",
    "Mulige indsatser",
    "Mødelederen samler op og konkluderer",
    "Spørgsmål og næste skridt",
)


def dan(moede: Teammoede, laest: Dagsorden, *, tidspunkt: datetime) -> bytes:
    """The agenda as `laest` for one reader, as a PDF (PDF/A, PDF/UA) dated `tidspunkt`.

    A protected citizen's name is hidden for everybody: paper leaves the case circle. Raises
    `ressource.pdf.PdfUtilgaengelig` when this machine cannot make PDFs.
    """
    from ressource import pdf  # noqa: PLC0415 -- langsom

    titel = f"Dagsorden for teammøde {dato(moede.dato)}"
    kontekst = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "moede": moede,
        "dagsorden": laest,
        "deltagere": moede.deltagere.kommer().select_related("bruger", "traeder_ind_for__bruger"),
        "forloeb": FORLOEB,
        "dag": tidspunkt.date(),
    }
    return pdf.skabelon_til_pdf(
        "rehabilitering/pdf/dagsorden.html",
        kontekst,
        titel=titel,
        tidspunkt=tidspunkt,
        css=(pdf.A4, "pdf/dagsorden.css"),
    )
