"""What the person at the terminal is told: one line per step, and errors that say what to do."""

import os
import time

# Shared with child processes, so that their lines count from the same start.
STARTTID = "RESSOURCE_STARTTID"
_start = float(os.environ.get(STARTTID) or time.time())


def sig(tekst: str) -> None:
    """Print `tekst` after the seconds gone since the start."""
    print(f"[{time.time() - _start:5.1f}s] {tekst}", flush=True)


def starttid() -> str:
    """The start as a string for the environment variable `STARTTID` of a child process."""
    return repr(_start)


class Opstartsfejl(Exception):  # noqa: N818 -- «fejl» is the Danish word for error
    """Something the person at the terminal can mend. The text is plain Danish and is all they see."""


def ingen_adgang(fejl: PermissionError) -> str:
    """What to do when a file from another user's start is in the way."""
    return (
        f"{fejl.filename} tilhører en anden bruger. Start som den bruger, "
        "eller brug en kopi af koden, som du selv ejer."
    )


class Afbrudt(BaseException):
    """Ctrl-C or SIGTERM. Not an `Exception`, so that no handler of errors swallows it."""
