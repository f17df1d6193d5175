"""Debian packages: installed when root, otherwise named with the exact command."""

import ctypes
import os
import shutil
import subprocess
from pathlib import Path

from ressource.opstart.melding import sig

# What WeasyPrint loads when a letter is made, and the packages that hold it.
PDF_BIBLIOTEKER = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PDF_PAKKER = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
# The driver that Playwright brings is linked with libatomic, which Chromium itself does without.
BROWSER_BIBLIOTEKER = ("libatomic.so.1",)
BROWSER_PAKKER = ("chromium", "libatomic1")
_BROWSERE = ("chromium", "chromium-browser")


def kommando(pakker: tuple[str, ...]) -> str:
    """The line that a person with sudo can paste."""
    return "sudo apt-get install --no-install-recommends " + " ".join(pakker)


def har_pdf() -> bool:
    """Whether letters and reports can be made as PDF."""
    return _kan_indlaeses(PDF_BIBLIOTEKER)


def sikr_pdf() -> bool:
    """Whether letters and reports can be made as PDF; installs what is missing when root."""
    if har_pdf():
        return True
    if _installer(PDF_PAKKER) and har_pdf():
        return True
    sig("ADVARSEL: Breve og rapporter kan ikke dannes som PDF, før systempakkerne er der. Kør:")
    sig(f"    {kommando(PDF_PAKKER)}")
    return False


def sikr_browser() -> Path | None:
    """Chromium for the browser tests, installed when missing and root; None when it is not to be had."""
    if fundet := _browser():
        return fundet
    _installer(BROWSER_PAKKER)
    return _browser()


def _browser() -> Path | None:
    if not _kan_indlaeses(BROWSER_BIBLIOTEKER):
        return None
    fundne = (shutil.which(navn) for navn in _BROWSERE)
    return next((Path(sti) for sti in fundne if sti), None)


def _kan_indlaeses(biblioteker: tuple[str, ...]) -> bool:
    try:
        for navn in biblioteker:
            ctypes.CDLL(navn)
    except OSError:
        return False
    return True


def _installer(pakker: tuple[str, ...]) -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    sig(f"installerer systempakker: {' '.join(pakker)}")
    # A fresh image has no package lists, and old lists name files that are gone.
    return _apt("update", "-q") and _apt("install", "-y", "-q", "--no-install-recommends", *pakker)


def _apt(*argumenter: str) -> bool:
    miljoe = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    svar = subprocess.run(
        ["apt-get", *argumenter],
        env=miljoe,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if svar.returncode:
        print(svar.stdout[-2000:], flush=True)
    return svar.returncode == 0
