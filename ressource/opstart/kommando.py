"""What `./start` does, from an empty machine to a running system."""

import argparse
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from ressource.opstart import (
    frontend,
    klarmaerke,
    miljoe,
    pakker,
    servere,
    systempakker,
    tilsyn,
    web,
)
from ressource.opstart.laas import laas, skriv_ejer
from ressource.opstart.melding import Afbrudt, Opstartsfejl, ingen_adgang, sig
from ressource.opstart.servere import Servere
from ressource.opstart.steder import BYG, PYTHON, ROD
from ressource.opstart.tilsyn import Tilsyn

_OPTAGET = (
    "Ressource kører allerede på denne datamappe ({hvem}). Stop den først, eller brug --data."
)
_CELERY = (PYTHON, "-m", "celery", "--quiet", "-A", "ressource.tidsplan")
_NODE = "worker@ressource"
_WEB_SEKUNDER, _WORKER_SEKUNDER = 60, 60


@dataclass(frozen=True)
class Valg:
    """The arguments of `./start`."""

    port: int
    data: Path
    tom: bool
    check: bool


def laes_valg(argumenter: list[str]) -> Valg:
    """Read the command line; wrong arguments end the program with a usage text."""
    laeser = argparse.ArgumentParser(
        prog="./start", description="Installer og start Ressource på denne maskine."
    )
    laeser.add_argument("--port", type=int, default=8000, help="webserverens port (8000)")
    laeser.add_argument(
        "--data",
        type=Path,
        default=miljoe.STANDARDMAPPE,
        help="mappe til database, kø og logfiler (var)",
    )
    laeser.add_argument("--tom", action="store_true", help="uden demokommunen")
    laeser.add_argument("--check", action="store_true", help="start, hent forsiden, stop")
    svar = laeser.parse_args(argumenter)
    return Valg(svar.port, svar.data, svar.tom, svar.check)


def main(argumenter: list[str]) -> int:
    """Run `./start`; the exit code is 0 when the person stopped it or the check went well."""
    valg = laes_valg(argumenter)
    tilsyn.lyt_efter_afbrydelse()
    try:
        mappe = miljoe.datamappe(valg.data)
        with laas(mappe / "start.laas", optaget=_OPTAGET):
            adresse = f"http://{web.VAERT}:{valg.port}/"
            skriv_ejer(mappe / "start.laas", f"proces {os.getpid()}, {adresse}")
            web.kontroller_ledig(valg.port)
            installer()
            _koer(valg, mappe)
    except Opstartsfejl as fejl:
        sig(f"FEJL: {fejl}")
        return 1
    except PermissionError as fejl:
        sig(f"FEJL: {ingen_adgang(fejl)}")
        return 1
    except Afbrudt:
        sig("stoppet")
    return 0


def installer(*, test: bool = False) -> None:
    """Install what is missing; `test` adds what only the tests need."""
    with laas(BYG / "opstart.laas"):
        pakker.installer(pakker.TEST if test else pakker.KOERSEL)
        systempakker.sikr_pdf()
        frontend.sikr(test=test)


def _koer(valg: Valg, mappe: Path) -> None:
    embedded = servere.placer(mappe)
    egne = miljoe.egne(mappe, embedded.postgres, embedded.valkey, demo=not valg.tom)
    vagt = Tilsyn(mappe / "log", miljoe.samlet(egne))
    try:
        ny = embedded.start(vagt)
        miljoe.gem(mappe, egne)
        if svarer := embedded.navne():
            sig(f"{' og '.join(svarer)} svarer")
        _klargoer(mappe, vagt, embedded, demo=not valg.tom, ny=ny)
        _start_web(vagt, valg.port)
        _start_celery(vagt, mappe)
        if valg.check:
            _kontroller_worker(vagt)
            return
        _vis_adresse(valg, mappe)
        vagt.vogt()
    finally:
        tilsyn.ignorer_afbrydelse()
        sig("stopper")
        vagt.stop()


def _klargoer(mappe: Path, vagt: Tilsyn, embedded: Servere, *, demo: bool, ny: bool) -> None:
    """Migrate, load data and collect static files, unless nothing has changed since last time."""
    maerker = klarmaerke.Klarmaerker(mappe, demo=demo)
    if ny:
        maerker.glem_databasen()
    argumenter = maerker.mangler(fremmed=embedded.postgres is None)
    if not argumenter:
        return
    # Loading may take longer than a page is allowed to.
    arbejdsmiljoe = {**vagt.miljoe, "RESSOURCE_STATEMENT_TIMEOUT_MS": "0"}
    kommando = [str(PYTHON), "-m", "ressource.opstart.klargoer", *argumenter]
    with laas(BYG / "opstart.laas"):
        if subprocess.run(kommando, cwd=ROD, env=arbejdsmiljoe, check=False).returncode:
            raise Opstartsfejl("Databasen kunne ikke gøres klar (se ovenfor).")
    maerker.saet()


def _start_web(vagt: Tilsyn, port: int) -> None:
    """Start the web server and wait until the first page is there."""
    vagt.start(
        "web",
        [
            *(PYTHON, "-m", "gunicorn", "ressource.wsgi", "--bind", f"{web.VAERT}:{port}"),
            # Loaded once and shared: two processes cost one start.
            *("--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "4"),
            *("--no-control-socket", "--graceful-timeout", "5"),
        ],
    )
    svar: list[tuple[int, str]] = []

    def klar() -> bool:
        if fundet := web.forside(port):
            svar.append(fundet)
        return bool(svar)

    vagt.vent_til(klar, "Webserveren", _WEB_SEKUNDER)
    status, adresse = svar[0]
    if status != 200:
        raise Opstartsfejl(f"Forsiden ({adresse}) svarer {status}. Se {vagt.logmappe / 'web.log'}.")
    sig(f"forsiden svarer: {adresse}")


def _start_celery(vagt: Tilsyn, mappe: Path) -> None:
    """Start the worker and the clock, after the first page so that it does not wait for them."""
    vagt.start(
        "worker",
        [
            *(*_CELERY, "worker", "--concurrency", "2", "--loglevel", "WARNING"),
            # There is only one worker to talk to.
            *("--hostname", _NODE, "--without-gossip", "--without-mingle"),
        ],
    )
    vagt.start(
        "beat",
        [
            *(*_CELERY, "beat", "--loglevel", "WARNING"),
            *("--schedule", mappe / "beat" / "plan", "--pidfile="),
        ],
    )


def _kontroller_worker(vagt: Tilsyn) -> None:
    """Raise `Opstartsfejl` unless the worker answers a ping within a minute."""

    def svarer() -> bool:
        kommando = [*map(str, _CELERY), "inspect", "--destination", _NODE, "--timeout", "2", "ping"]
        svar = subprocess.run(
            kommando, cwd=ROD, env=dict(vagt.miljoe), capture_output=True, check=False
        )
        return svar.returncode == 0

    vagt.vent_til(svarer, "Celery-workeren", _WORKER_SEKUNDER)
    # Beat says nothing; that it lives a moment later is what can be seen from outside.
    time.sleep(0.5)
    vagt.kontroller()
    sig("workeren svarer")


def _vis_adresse(valg: Valg, mappe: Path) -> None:
    sig(f"Ressource kører på http://{web.VAERT}:{valg.port}/ – stop med Ctrl-C")
    logins = klarmaerke.login_fil(mappe)
    if not valg.tom and logins.exists():
        print(logins.read_text(encoding="utf-8"), flush=True)
