"""Which parts of the preparation can be skipped because nothing has changed since the last start."""

from pathlib import Path

from ressource.opstart import frontend, maerke, pakker
from ressource.opstart.steder import BYG, ROD

_KODE = ("ressource", "borgere", "rehabilitering", "indsatsplan", "opfoelgning", "noegletal")
_SAMLET = BYG / "samlet"
_STATIK = BYG / ".samlet"


def login_fil(mappe: Path) -> Path:
    """Where the demo's logins are kept for the next start."""
    return mappe / "demo-login.txt"


class Klarmaerker:
    """The marks of one data folder, and of the checkout's collected static files."""

    def __init__(self, mappe: Path, *, demo: bool) -> None:
        laas = (ROD / pakker.KOERSEL).read_text(encoding="utf-8")
        kode = maerke.filer_i(*(ROD / navn for navn in _KODE))
        statik = maerke.filer_i(ROD / "static", frontend.STATIK)
        self._mappe = mappe
        self._demo = demo
        self._database = mappe / ".database"
        self._demo_maerke = mappe / ".demo"
        self._kode = maerke.fingeraftryk(kode, laas, str(demo))
        self._statik = maerke.fingeraftryk(statik, laas)

    def glem_databasen(self) -> None:
        """The database is new: whatever the marks say of an old one is not true of it."""
        self._database.unlink(missing_ok=True)
        self._demo_maerke.unlink(missing_ok=True)

    def mangler(self, *, fremmed: bool) -> list[str]:
        """Arguments for `klargoer`, naming what must be done; empty when nothing must.

        A database that is the operator's own (`fremmed`) may have changed since: it is always seen to.
        """
        argumenter: list[str] = []
        if not (_SAMLET.is_dir() and maerke.er_sat(_STATIK, self._statik)):
            argumenter.append("--statik")
        if fremmed or not maerke.er_sat(self._database, self._kode):
            argumenter += ["--database", *(["--fremmed"] if fremmed else [])]
            if self._demo:
                argumenter += ["--demo-maerke", str(self._demo_maerke)]
                argumenter += ["--login-fil", str(login_fil(self._mappe))]
        return argumenter

    def saet(self) -> None:
        """Everything is done now."""
        maerke.saet(_STATIK, self._statik)
        maerke.saet(self._database, self._kode)
