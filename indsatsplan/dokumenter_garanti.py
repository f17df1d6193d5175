"""The draft to the team on paper."""

from datetime import datetime

from django.conf import settings

from indsatsplan.models import Genforelaeggelse
from ressource.pdf import skabelon_til_pdf


def udkast(fundet: Genforelaeggelse, *, tidspunkt: datetime) -> bytes:
    """The saved draft as a PDF; one not yet used says that it is a draft. No statements.

    `fundet` brings its forløb, case and citizen. Raises `PdfUtilgaengelig` when this machine cannot
    make PDFs.
    """
    sag = fundet.forloeb.sag
    kontekst = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "sag": sag,
        "udkast": fundet,
        "afsnit": [_afsnit(del_) for del_ in fundet.tekst.replace("\r\n", "\n").split("\n\n")],
    }
    return skabelon_til_pdf(
        "indsatsplan/pdf/genforelaeggelse.html",
        kontekst,
        titel="Til rehabiliteringsteamet",
        tidspunkt=tidspunkt,
    )


def _afsnit(tekst: str) -> tuple[str, list[str]]:
    """A heading and its lines; a stretch of one line is no heading."""
    foerste, *resten = [linje for linje in tekst.splitlines() if linje.strip()] or [""]
    return (foerste, resten) if resten else ("", [foerste])
