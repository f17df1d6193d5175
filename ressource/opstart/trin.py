"""The steps of `./test`: each a command with a name, its time and whether it went well."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ressource.opstart.melding import sig
from ressource.opstart.steder import ROD


@dataclass(frozen=True)
class Trin:
    """One command. `miljoe` is added to the environment that all share."""

    navn: str
    kommando: Sequence[str | Path]
    miljoe: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Udfald:
    """How a step went, in how many seconds."""

    navn: str
    sekunder: float
    ok: bool


class Koersel:
    """Runs steps and remembers how they went; none is left running when it is interrupted."""

    def __init__(self, miljoe: Mapping[str, str]) -> None:
        self.udfald: list[Udfald] = []
        self._miljoe = miljoe
        self._i_gang: set[subprocess.Popen[str]] = set()
        self._stoppet = False

    def stille(self, baner: Sequence[Sequence[Trin]]) -> None:
        """Run each lane in order and the lanes side by side; show output only of what fails."""
        with ThreadPoolExecutor(len(baner)) as pulje:
            try:
                list(pulje.map(self._bane, baner))
            except BaseException:
                self.stop()
                raise

    def synligt(self, trin: Trin) -> None:
        """Run one step with its output on the terminal as it comes."""
        self._koer(trin, fang=False)

    def stop(self) -> None:
        """End what is running, with everything it has started, and start nothing more."""
        self._stoppet = True
        for proces in list(self._i_gang):
            _afslut(proces)

    def _bane(self, bane: Sequence[Trin]) -> None:
        for trin in bane:
            if self._stoppet:
                return
            self._koer(trin, fang=True)

    def _koer(self, trin: Trin, *, fang: bool) -> None:
        start = time.monotonic()
        proces = subprocess.Popen(
            trin.kommando,
            cwd=ROD,
            env={**self._miljoe, **trin.miljoe},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if fang else None,
            stderr=subprocess.STDOUT if fang else None,
            text=True,
            start_new_session=True,
        )
        self._i_gang.add(proces)
        try:
            tekst = proces.communicate()[0]
        except BaseException:
            _afslut(proces)
            raise
        finally:
            self._i_gang.discard(proces)
        udfald = Udfald(trin.navn, time.monotonic() - start, proces.returncode == 0)
        self.udfald.append(udfald)
        sig(linje(udfald) + (f"\n{tekst}" if tekst and not udfald.ok else ""))


def _afslut(proces: subprocess.Popen[str]) -> None:
    """Kill the step with everything it has started: what it was working on is thrown away."""
    try:
        os.killpg(proces.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def linje(udfald: Udfald) -> str:
    """One line of the overview."""
    return f"{udfald.navn:<28}{udfald.sekunder:6.1f} s  {'ok' if udfald.ok else 'FEJL'}"
