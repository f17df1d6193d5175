"""The supervisor: starts the processes, says what died, and leaves none behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from ressource.opstart.ejer import Ejer
from ressource.opstart.melding import Afbrudt, Opstartsfejl
from ressource.opstart.steder import ROD

_LINJER = 15
_BYTES = 8192
_LOG_MAKS = 10_000_000
_FRIST_SEKUNDER = 10.0
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass
class Barn:
    """One supervised process; it leads a process group of its own."""

    navn: str
    proces: subprocess.Popen[bytes]
    log: Path
    log_fra: int
    stopsignal: int

    def sidste_linjer(self) -> str:
        """The end of what it has written to its log since it was started."""
        with self.log.open("rb") as fil:
            slut = fil.seek(0, os.SEEK_END)
            fil.seek(max(self.log_fra, slut - _BYTES))
            tekst = fil.read().decode(errors="replace")
        return "\n".join(f"    {linje}" for linje in tekst.splitlines()[-_LINJER:])

    def doedsfald(self) -> str:
        """What it died of and the end of its log, in Danish."""
        kode = self.proces.returncode
        aarsag = f"signal {signal.Signals(-kode).name}" if kode < 0 else f"afslutningskode {kode}"
        return (
            f"{self.navn} stoppede uventet ({aarsag}). Det sidste i {self.log}:\n"
            f"{self.sidste_linjer() or '    (intet)'}"
        )


class Tilsyn:
    """Holds the processes together: when one dies, all stop.

    The first started are stopped last, and together: `lag` 0 is the servers, 1 what uses them.
    """

    def __init__(self, logmappe: Path, miljoe: Mapping[str, str]) -> None:
        self.logmappe = logmappe
        self.miljoe = miljoe
        self._lag: dict[int, list[Barn]] = {}

    def start(
        self,
        navn: str,
        kommando: Sequence[str | Path],
        *,
        lag: int = 1,
        mappe: Path = ROD,
        ejer: Ejer | None = None,
        stopsignal: int = signal.SIGTERM,
    ) -> Barn:
        """Start `kommando` with its output in `<navn>.log` of the log folder."""
        log = self.logmappe / f"{navn}.log"
        if log.exists() and log.stat().st_size > _LOG_MAKS:
            log.replace(log.with_suffix(".log.1"))
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as ud:
            fra = ud.seek(0, os.SEEK_END)
            proces = subprocess.Popen(
                kommando,
                env=dict(self.miljoe),
                cwd=mappe,
                stdin=subprocess.DEVNULL,
                stdout=ud,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_doe_med_foraelder(stopsignal),  # noqa: PLW1509 -- started before any thread
                **(ejer or Ejer.mig()).koersel(),
            )
        barn = Barn(navn, proces, log, fra, stopsignal)
        self._lag.setdefault(lag, []).append(barn)
        return barn

    def kontroller(self) -> None:
        """Raise `Opstartsfejl` with cause and log when a process has died."""
        doede = [barn for boern in self._lag.values() for barn in boern if _er_doed(barn)]
        if doede:
            raise Opstartsfejl("\n".join(barn.doedsfald() for barn in doede))

    def vent_til(self, klar: Callable[[], bool], hvad: str, sekunder: float) -> None:
        """Wait until `klar()`; raise `Opstartsfejl` when a process dies or the time runs out."""
        frist = time.monotonic() + sekunder
        while not klar():
            self.kontroller()
            if time.monotonic() > frist:
                raise Opstartsfejl(
                    f"{hvad} svarer ikke efter {sekunder:.0f} sekunder. Se {self.logmappe}."
                )
            time.sleep(0.05)

    def vogt(self) -> None:
        """Watch until a process dies (`Opstartsfejl`) or the person stops it (`Afbrudt`)."""
        while True:
            self.kontroller()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop everything, the newest layer first; whoever has not gone in ten seconds is killed."""
        for lag in sorted(self._lag, reverse=True):
            boern = self._lag.pop(lag)
            for barn in boern:
                if not _er_doed(barn):
                    barn.proces.send_signal(barn.stopsignal)
            frist = time.monotonic() + _FRIST_SEKUNDER
            for barn in boern:
                _vent_og_draeb(barn, max(0.0, frist - time.monotonic()))


def _er_doed(barn: Barn) -> bool:
    return barn.proces.poll() is not None


def _vent_og_draeb(barn: Barn, sekunder: float) -> None:
    try:
        barn.proces.wait(sekunder)
    except subprocess.TimeoutExpired:
        barn.proces.kill()
        barn.proces.wait()
    # A worker that died while starting leaves children behind; they are still in its group.
    try:
        os.killpg(barn.proces.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _doe_med_foraelder(stopsignal: int) -> Callable[[], None] | None:
    """Ask Linux to stop the child if this process is killed without a chance to do it itself."""
    if sys.platform != "linux":
        return None
    return lambda: _libc.prctl(_PR_SET_PDEATHSIG, stopsignal)


def lyt_efter_afbrydelse() -> None:
    """Let Ctrl-C, SIGTERM and a closed terminal raise `Afbrudt`, except what the shell has silenced."""
    for nummer in (signal.SIGINT, signal.SIGTERM):
        signal.signal(nummer, _afbryd)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _afbryd)


def ignorer_afbrydelse() -> None:
    """Let the stop run to its end, however impatient the person is; it takes seconds at most."""
    for nummer in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(nummer, signal.SIG_IGN)


def _afbryd(nummer: int, _ramme: FrameType | None) -> None:
    raise Afbrudt(signal.Signals(nummer).name)
