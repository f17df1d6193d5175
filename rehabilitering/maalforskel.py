"""Den røde tråd: whether two documents have the same goal. Also the forberedende del's goal.

Two goals are the same when they have the same words: case, spaces and punctuation are typing.
`noegletal.roed_traad` says the same in SQL.
"""

import re
import unicodedata
from datetime import date

from django.db.models import QuerySet

from rehabilitering.models import ForberedendeDel, Indstilling

# What stands between words, as Python and PostgreSQL both read it.
MELLEM_ORD = r"[\s\u00a0.,;:!?…]+"


def er_samme(et_maal: str, andet_maal: str) -> bool:
    """Whether the two goals have the same words."""
    return ordlyd(et_maal) == ordlyd(andet_maal)


def afviger(maal: str, foer: str) -> bool:
    """Whether `maal` has other words than `foer`; one that is not written deviates from nothing."""
    return bool(ordlyd(maal) and ordlyd(foer)) and not er_samme(maal, foer)


def ordlyd(tekst: str) -> str:
    """The words alone, with one space between them."""
    return re.sub(MELLEM_ORD, " ", unicodedata.normalize("NFC", tekst).lower()).strip()


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


def grund(indstilling: Indstilling) -> str:
    """The reason to keep when it is finalised: none where the goal is not another than before."""
    if not indstilling.maal_begrundelse.strip():
        return ""
    er_andet = afviger(indstilling.maal, maal_foer(indstilling))
    return indstilling.maal_begrundelse if er_andet else ""
