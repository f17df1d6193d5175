"""The documents of the demo: real letters where the machine can make PDFs, a plain page where not."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from ressource.generator import TOM_PDF
from ressource.pdf import PdfUtilgaengelig, skabelon_til_pdf

TITEL = "Lægeattest til rehabiliteringsteamet (LÆ 265)"


def eller_tom(lav: Callable[[], bytes]) -> bytes:
    """What `lav` makes; an empty page where the machine lacks what PDFs need."""
    try:
        return lav()
    except PdfUtilgaengelig:
        return TOM_PDF


@cache
def laegeattest(svar: str) -> bytes:
    """The doctor's certificate with `svar`: the same words, the same file."""
    kontekst = {"overskrift": TITEL, "svar": svar}
    # Dated the day the form was made: a scan knows nothing of the case it is put on.
    dannet = datetime(2022, 1, 1, tzinfo=UTC)
    return eller_tom(
        lambda: skabelon_til_pdf(
            "ressource/demo/laegeattest.html", kontekst, titel=TITEL, tidspunkt=dannet
        )
    )
