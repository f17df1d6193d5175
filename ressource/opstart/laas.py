"""A file lock that lives as long as the process: nothing to clean up after a crash."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ressource.opstart.melding import Opstartsfejl, sig


@contextmanager
def laas(fil: Path, *, optaget: str | None = None) -> Iterator[None]:
    """Hold `fil` locked. When another process holds it: wait, or, with `optaget`, give up.

    `optaget` is the message of the `Opstartsfejl`; `{hvem}` in it becomes what the holder wrote
    with `skriv_ejer`.
    """
    fil.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(fil, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+") as aaben:
        try:
            fcntl.flock(aaben, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if optaget is not None:
                hvem = aaben.read().strip() or "ukendt proces"
                raise Opstartsfejl(optaget.format(hvem=hvem)) from None
            sig("venter på en anden ./start eller ./test, som er ved at installere")
            fcntl.flock(aaben, fcntl.LOCK_EX)
        yield


def skriv_ejer(fil: Path, tekst: str) -> None:
    """Tell the next one who comes what holds the lock."""
    fil.write_text(tekst, encoding="utf-8")
