"""The embedded servers, as many of them as the operator has not brought along."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ressource.opstart import miljoe, postgres, valkey
from ressource.opstart.melding import Opstartsfejl, sig
from ressource.opstart.postgres import Postgres
from ressource.opstart.tilsyn import Tilsyn
from ressource.opstart.valkey import Valkey


@dataclass(frozen=True)
class Servere:
    """The embedded servers; None is one that DATABASE_URL or BROKER_URL names instead."""

    postgres: Postgres | None
    valkey: Valkey | None

    def navne(self) -> list[str]:
        """What the person calls those that are embedded."""
        servere = {"database": self.postgres, "kø": self.valkey}
        return [navn for navn, server in servere.items() if server]

    def start(self, tilsyn: Tilsyn) -> bool:
        """Start them and wait until they answer; True when the database was made now."""
        ny = _start_postgres(self.postgres, tilsyn) if self.postgres else False
        if self.valkey:
            self.valkey.start(tilsyn)
        if self.postgres:
            # A crash leaves work to recover; normally it answers after a tenth of a second.
            tilsyn.vent_til(self.postgres.svarer, "PostgreSQL", 60)
            self.postgres.sikr_database()
        if self.valkey:
            tilsyn.vent_til(self.valkey.svarer, "Valkey", 60)
        return ny


def placer(mappe: Path, *, flygtig: bool = False) -> Servere:
    """Decide which servers are needed and where they lie; `flygtig` for one test run."""
    return Servere(
        None if miljoe.er_angivet("DATABASE_URL") else postgres.placer(mappe, flygtig=flygtig),
        None if miljoe.er_angivet("BROKER_URL") else valkey.placer(mappe),
    )


def _start_postgres(server: Postgres, tilsyn: Tilsyn) -> bool:
    if ny := server.opret():
        sig("oprettede en tom database")
    if not _snart(lambda: not server.svarer()):
        raise Opstartsfejl(
            f"Der kører allerede en database i {server.data}. "
            "Luk den først, eller brug en anden mappe: ./start --data MAPPE"
        )
    server.start(tilsyn)
    return ny


def _snart(sandt: Callable[[], bool]) -> bool:
    """Whether `sandt()` comes true within ten seconds; a server killed a moment ago is closing."""
    frist = time.monotonic() + 10
    while not sandt():
        if time.monotonic() > frist:
            return False
        time.sleep(0.1)
    return True
