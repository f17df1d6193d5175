"""Fingerprints of what a page showed, field by field.

A page sends back the fingerprint of every value it showed. A value that still has it was left
alone by its writer, whatever others did meanwhile; a stored value that no longer has it was changed
by somebody else. So only the fields that both have changed are disputed.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_LAENGDE = 12


def ren(vaerdi: Any) -> Any:
    """A value as the form cleans it, so that a stored one has the same fingerprint as a sent one."""
    return vaerdi.replace("\r\n", "\n").strip() if isinstance(vaerdi, str) else vaerdi


def aftryk(vaerdi: Any) -> str:
    """The fingerprint of one value."""
    tekst = json.dumps(ren(vaerdi), default=_noegle)
    return hashlib.sha256(tekst.encode()).hexdigest()[:_LAENGDE]


def _noegle(vaerdi: Any) -> Any:
    """A row by its key, a date as it is written."""
    return vaerdi.pk if hasattr(vaerdi, "pk") else str(vaerdi)


def skriv(aftryk_pr_felt: Mapping[str, str]) -> str:
    """The fingerprints as a hidden field holds them: `egne_ord.0f3a…,uenig.91bc…`."""
    return ",".join(f"{felt}.{et_aftryk}" for felt, et_aftryk in aftryk_pr_felt.items())


def laes(tekst: str) -> dict[str, str]:
    """The fingerprints that a page sent back; what cannot be read is left out."""
    par = (stykke.partition(".") for stykke in tekst.split(","))
    return {felt: et_aftryk for felt, punktum, et_aftryk in par if punktum and et_aftryk}
