"""Last month's report, so that leaders have something to open on the first day."""

from datetime import date, timedelta

from noegletal.frysning import frys
from noegletal.models import Maanedsrapport
from ressource.pdf import PdfUtilgaengelig


def opret(dag: date) -> Maanedsrapport | None:
    """Freeze the month before `dag`; None where no PDF can be made, and the job does it later."""
    sidste_maaned = (dag.replace(day=1) - timedelta(days=1)).replace(day=1)
    try:
        return frys(sidste_maaned)
    except PdfUtilgaengelig:
        return None
