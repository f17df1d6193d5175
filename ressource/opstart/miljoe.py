"""The data folder, and the environment that the web server, the workers and manage.py run in."""

import json
import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

from ressource.opstart.ejer import Ejer
from ressource.opstart.mapper import privat_mappe
from ressource.opstart.melding import STARTTID, Opstartsfejl, starttid
from ressource.opstart.postgres import Postgres, uden_pg
from ressource.opstart.steder import ROD
from ressource.opstart.valkey import Valkey

STANDARDMAPPE = ROD / "var"
_MILJOEFIL = "miljoe.json"
INDSTILLINGER = "DJANGO_SETTINGS_MODULE"


def datamappe(sti: Path) -> Path:
    """Make the data folder `sti` or check the one there.

    Root's own is left passable, not readable: the database server in it runs as `nobody`. Raises
    `Opstartsfejl` when it belongs to somebody else or cannot be written to.
    """
    mappe = sti.absolute()
    try:
        if not mappe.is_dir():
            mappe.mkdir(parents=True)
            mappe.chmod(0o711 if os.geteuid() == 0 else 0o700)
        if not os.access(mappe, os.W_OK | os.X_OK):
            raise Opstartsfejl(
                f"Datamappen {mappe} tilhører en anden bruger. Start som den bruger, "
                "eller vælg en anden mappe: ./start --data MAPPE"
            )
        for navn in ("log", "beat"):
            privat_mappe(mappe / navn, Ejer.mig())
    except OSError as fejl:
        raise Opstartsfejl(f"Datamappen {mappe} kan ikke bruges: {fejl.strerror}.") from fejl
    return mappe


def er_angivet(navn: str, miljoe: MutableMapping[str, str] = os.environ) -> bool:
    """Whether the operator gave `navn` or `<navn>_FILE`."""
    return bool(miljoe.get(navn) or miljoe.get(f"{navn}_FILE"))


def hemmelig_noegle(mappe: Path) -> Path:
    """File with Django's secret key: made once, readable by its owner only."""
    fil = mappe / "hemmelig_noegle"
    try:
        haandtag = os.open(fil, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return fil
    with os.fdopen(haandtag, "w") as aaben:
        aaben.write(secrets.token_urlsafe(50))
    return fil


def egne(
    mappe: Path, postgres: Postgres | None, valkey: Valkey | None, *, demo: bool
) -> dict[str, str]:
    """What `./start` decides itself; the operator's own DATABASE_URL and so on are left alone."""
    valg = {
        INDSTILLINGER: "ressource.settings.dev",
        "RESSOURCE_DEMO": "1" if demo else "0",
    }
    if postgres:
        valg["DATABASE_URL"] = postgres.url
    if valkey:
        valg["BROKER_URL"] = valkey.url
    if not er_angivet("RESSOURCE_SECRET_KEY"):
        valg["RESSOURCE_SECRET_KEY_FILE"] = str(hemmelig_noegle(mappe))
    return valg


def samlet(valg: dict[str, str]) -> dict[str, str]:
    """The whole environment of a child process: the operator's, then `valg`."""
    arvet = dict(os.environ)
    if "DATABASE_URL" in valg:
        arvet = uden_pg(arvet)
    # Byte code is kept, or every start would compile everything again.
    arvet.pop("PYTHONDONTWRITEBYTECODE", None)
    return arvet | {STARTTID: starttid(), "PYTHONUNBUFFERED": "1"} | valg


def gem(mappe: Path, valg: dict[str, str]) -> None:
    """Let manage.py find what is running; the file holds addresses and paths, no secrets."""
    (mappe / _MILJOEFIL).write_text(json.dumps(valg, indent=1), encoding="utf-8")


def brug_gemt(miljoe: MutableMapping[str, str] = os.environ, mappe: Path = STANDARDMAPPE) -> None:
    """Point manage.py at what `./start` runs on the default data folder.

    Nothing happens when the environment names a database or settings itself, or when `./start` has
    never run here.
    """
    if er_angivet("DATABASE_URL", miljoe) or INDSTILLINGER in miljoe:
        return
    try:
        valg: dict[str, str] = json.loads((mappe / _MILJOEFIL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for navn, vaerdi in valg.items():
        miljoe.setdefault(navn, vaerdi)
