"""Den røde tråd: whether two documents have the same goal. Also the forberedende del's goal.

Two goals are the same when they have the same words: case, spaces and the punctuation at the end are
typing. `noegletal.roed_traad` says the same in SQL.
"""

import unicodedata
from datetime import date

from django.db.models import QuerySet

from rehabilitering.models import ForberedendeDel, Indstilling

# What may stand at the end of a goal without making it another.
SLUTTEGN = " .,;:!?…"


def er_samme(et_maal: str, andet_maal: str) -> bool:
    """Whether the two goals have the same words."""
    return _ordlyd(et_maal) == _ordlyd(andet_maal)


def afviger(maal: str, foer: str) -> bool:
    """Whether `maal` has other words than `foer`; one that is not written deviates from nothing."""
    return bool(_ordlyd(maal) and _ordlyd(foer)) and not er_samme(maal, foer)


def _ordlyd(maal: str) -> str:
    return " ".join(unicodedata.normalize("NFC", maal).lower().split()).rstrip(SLUTTEGN)


def er_et_andet(dokument: str, maal: str) -> str:
    """`Målet er et andet end i indstillingen («Chauffør»).`"""
    return f"Målet er et andet end i {dokument} («{maal.strip()}»)."


def gennemgaaede(sag_id: int, senest: date | None = None) -> QuerySet[ForberedendeDel]:
    """The forberedende dele gone through with the citizen on `senest` or before, newest first.

    A change of the goal undoes the going-through, so theirs are the goals the citizen has seen.
    """
    dele = ForberedendeDel.objects.filter(sag=sag_id, gennemgaaet_dato__isnull=False)
    return (dele.filter(gennemgaaet_dato__lte=senest) if senest else dele).order_by("-nr")


def maal_foer(indstilling: Indstilling) -> str:
    """The goal that the team's is held against: the forberedende del's, or empty. One statement."""
    del_ = gennemgaaede(indstilling.sag_id, indstilling.moede_dato).first()
    return del_.maal if del_ else ""
