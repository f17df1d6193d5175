"""Folders that only one user may enter, and paths short enough for a Unix socket."""

import hashlib
import os
import re
import stat
from pathlib import Path

from ressource.opstart.ejer import Ejer
from ressource.opstart.melding import Opstartsfejl

# A socket's path holds 107 bytes on Linux and 103 on macOS.
SOKKEL_MAKS = 100
# Nothing that a URL, pg_hba.conf or a list of folders would have to quote.
_ENKELT_NAVN = re.compile(r"[A-Za-z0-9/._-]+")
# Only root can write here, so nobody can have laid anything in the way.
_ROD_DATA = Path("/var/lib/ressource")
_ROD_KOERSEL = Path("/run")


def kendetegn(mappe: Path) -> str:
    """Short, stable name for a folder wherever on the machine it lies."""
    return hashlib.sha256(os.fsencode(mappe.resolve())).hexdigest()[:12]


def privat_mappe(sti: Path, ejer: Ejer) -> Path:
    """Make `sti`, or accept it when it is a real folder that belongs to `ejer`; closed to others.

    Raises `Opstartsfejl` for a link, a file or somebody else's folder: in a folder that all may
    write to, another user could have put it there.
    """
    try:
        sti.mkdir(mode=0o700)
        if ejer.uid != os.geteuid():
            os.chown(sti, ejer.uid, ejer.gid)
    except FileExistsError:
        pass
    info = sti.lstat()
    if not stat.S_ISDIR(info.st_mode) or info.st_uid != ejer.uid:
        raise Opstartsfejl(
            f"{sti} er ikke en mappe, som brugeren {ejer.navn} ejer. Flyt eller slet den, start som "
            "den bruger, der ejer den, eller vælg en anden datamappe med --data."
        )
    if stat.S_IMODE(info.st_mode) & 0o077:
        sti.chmod(0o700)
    return sti


def passabel_mappe(sti: Path) -> Path:
    """Make `sti` so that others can pass through but not look around, whatever the umask is."""
    if not sti.is_dir():
        sti.mkdir(parents=True)
        sti.chmod(0o711)
    return sti


def sokkelmappe(oensket: Path, sokkel: str, ejer: Ejer) -> Path:
    """Private folder for the socket file `sokkel`: `oensket` when it will do, otherwise a short one.

    It will not do when the path is too long for a socket, holds characters that must be quoted in
    a URL, or lies where `ejer` cannot come.
    """
    if _passer(oensket / sokkel) and ejer.kan_naa(oensket.parent):
        return privat_mappe(oensket, ejer)
    return privat_mappe(_kort_rod() / f"ressource-{kendetegn(oensket)}", ejer)


def faelles_rod() -> Path:
    """Root's folder for what `nobody` must reach when the checkout or the data folder is closed.

    Raises `Opstartsfejl` when it cannot be made or others could write to it.
    """
    try:
        passabel_mappe(_ROD_DATA)
    except OSError as fejl:
        raise Opstartsfejl(
            f"Databasen kan ikke ligge i datamappen, fordi andre brugere ikke kan komme ind i den, "
            f"og {_ROD_DATA} kan ikke oprettes ({fejl.strerror}). Vælg en anden mappe med --data."
        ) from fejl
    info = _ROD_DATA.lstat()
    if not stat.S_ISDIR(info.st_mode) or info.st_uid != 0 or info.st_mode & 0o022:
        raise Opstartsfejl(f"{_ROD_DATA} skal være en mappe, som kun root kan skrive i.")
    return _ROD_DATA


def _passer(sokkel: Path) -> bool:
    tekst = str(sokkel)
    return len(os.fsencode(tekst)) <= SOKKEL_MAKS and bool(_ENKELT_NAVN.fullmatch(tekst))


def _kort_rod() -> Path:
    """Where short-lived files belong: root's /run, the user's own folder for them, or /tmp."""
    if os.geteuid() == 0 and os.access(_ROD_KOERSEL, os.W_OK):
        return _ROD_KOERSEL
    egen = Path(os.environ.get("XDG_RUNTIME_DIR") or "/")
    if egen != Path("/") and _ejes_og_er_kort(egen):
        return egen
    # privat_mappe checks what is found there.
    return Path("/tmp")


def _ejes_og_er_kort(mappe: Path) -> bool:
    try:
        return mappe.stat().st_uid == os.geteuid() and len(os.fsencode(mappe)) <= SOKKEL_MAKS // 2
    except OSError:
        return False
