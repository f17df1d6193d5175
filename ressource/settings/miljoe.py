"""Typed reading of the environment. Every variable has a `<NAME>_FILE` twin for secrets in files."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_SAND = {"1", "true", "ja", "on"}
_FALSK = {"0", "false", "nej", "off", ""}


def tekst(navn: str, standard: str | None = None) -> str:
    """Value of `navn`, or of the file that `<navn>_FILE` names.

    Raises `ImproperlyConfigured` when neither is set and there is no default.
    """
    if fil := os.environ.get(f"{navn}_FILE"):
        return Path(fil).read_text(encoding="utf-8").strip()
    vaerdi = os.environ.get(navn, standard)
    if vaerdi is None:
        raise ImproperlyConfigured(f"Miljøvariablen {navn} (eller {navn}_FILE) skal være sat.")
    return vaerdi


def ja_nej(navn: str, *, standard: bool = False) -> bool:
    """Value of `navn` as a boolean. Raises `ImproperlyConfigured` on anything but a known word."""
    vaerdi = tekst(navn, str(standard)).lower()
    if vaerdi in _SAND:
        return True
    if vaerdi in _FALSK:
        return False
    raise ImproperlyConfigured(f"{navn} skal være 1 eller 0, ikke «{vaerdi}».")


def tal(navn: str, standard: int) -> int:
    """Value of `navn` as an integer. Raises `ImproperlyConfigured` when it is not one."""
    vaerdi = tekst(navn, str(standard))
    try:
        return int(vaerdi)
    except ValueError:
        raise ImproperlyConfigured(f"{navn} skal være et helt tal, ikke «{vaerdi}».") from None
