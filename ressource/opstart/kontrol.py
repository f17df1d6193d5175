"""What `./test` does: the same installation as `./start`, then every check that CI runs."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ressource.opstart import kommando, miljoe, servere, systempakker, tilsyn
from ressource.opstart.melding import Afbrudt, Opstartsfejl, ingen_adgang, sig
from ressource.opstart.steder import PYTHON, ROD, VENV
from ressource.opstart.tilsyn import Tilsyn
from ressource.opstart.trin import Koersel, Trin, linje

_RET = "--ret"
_KERNER = "2"
_MIGRATIONER = "migrate"


def main(argumenter: list[str]) -> int:
    """Run the checks, or pytest alone when it is given arguments; 0 when everything went well."""
    tilsyn.lyt_efter_afbrydelse()
    try:
        kommando.installer(test=True)
        if argumenter == [_RET]:
            return _ret()
        return _kontroller(argumenter)
    except Opstartsfejl as fejl:
        sig(f"FEJL: {fejl}")
    except PermissionError as fejl:
        sig(f"FEJL: {ingen_adgang(fejl)}")
    except Afbrudt:
        sig("afbrudt")
    return 1


def _ret() -> int:
    """Apply what the tools can mend by themselves."""
    koersel = Koersel(os.environ)
    for trin in (
        Trin("ruff check --fix", _ruff("check", "--fix", "--quiet")),
        Trin("ruff format", _ruff("format", "--quiet")),
        # It ends with 1 when it changed something; what it left is told by the check.
        Trin("djade", _djade()),
        Trin("djade --check", _djade("--check")),
    ):
        koersel.synligt(trin)
    return int(not all(udfald.ok for udfald in koersel.udfald if udfald.navn != "djade"))


def _kontroller(argumenter: list[str]) -> int:
    browser = _find_browser()
    tilvalg = _uden_pdf()
    # A folder of its own in /tmp: throw-away, and reachable for the user nobody.
    with tempfile.TemporaryDirectory(prefix="ressource-test-", dir="/tmp") as midlertidig:
        mappe = miljoe.datamappe(_aabnet(Path(midlertidig)))
        embedded = servere.placer(mappe, flygtig=True)
        egne = miljoe.egne(mappe, embedded.postgres, embedded.valkey, demo=False)
        del egne[miljoe.INDSTILLINGER], egne["RESSOURCE_DEMO"]
        vagt = Tilsyn(mappe / "log", miljoe.samlet(egne | browser))
        koersel = Koersel(vagt.miljoe)
        try:
            embedded.start(vagt)
            if not argumenter:
                koersel.stille(_baner(egen_database=embedded.postgres is not None))
            if any(udfald.navn == _MIGRATIONER and udfald.ok for udfald in koersel.udfald):
                tilvalg = [*tilvalg, "-p", "tests.migreret"]
            koersel.synligt(_pytest(argumenter, browser, tilvalg))
            vagt.kontroller()
        finally:
            tilsyn.ignorer_afbrydelse()
            koersel.stop()
            vagt.stop()
    return _opgoer(koersel)


def _aabnet(mappe: Path) -> Path:
    if os.geteuid() == 0:
        mappe.chmod(0o711)
    return mappe


def _find_browser() -> dict[str, str]:
    """Where Chromium is, for the tests that need it. In CI it must be there."""
    fundet = systempakker.sikr_browser()
    if fundet:
        return {"RESSOURCE_CHROMIUM": str(fundet)}
    _springes_over("Chromium", "browsertestene", systempakker.BROWSER_PAKKER)
    return {}


def _uden_pdf() -> list[str]:
    """What pytest needs to skip the tests that make PDFs, where Pango is missing. In CI it must be there."""
    if systempakker.har_pdf():
        return []
    _springes_over("Pango", "PDF-testene", systempakker.PDF_PAKKER)
    return ["-p", "tests.opstart.uden_pdf"]


def _springes_over(mangler: str, hvad: str, pakker: tuple[str, ...]) -> None:
    """Say loudly that `hvad` are skipped, with the command that helps; raise `Opstartsfejl` in CI."""
    kommando_ = systempakker.kommando(pakker)
    if os.environ.get("CI") == "true":
        raise Opstartsfejl(
            f"{mangler} mangler; {hvad} må ikke springes over i CI. Kør:\n    {kommando_}"
        )
    sig(f"*** ADVARSEL: {mangler} mangler. {hvad.upper()} SPRINGES OVER. Kør: ***")
    sig(f"    {kommando_}")


def _baner(*, egen_database: bool) -> list[list[Trin]]:
    """Two lanes for two cores: migrating the tests' database takes as long as all the others.

    Only a database of this run's own is migrated here, for the workers to copy.
    """
    lille = [
        Trin("mypy", _modul("mypy")),
        Trin("ruff format --check", _ruff("format", "--check")),
        Trin("ruff check", _ruff("check")),
        Trin("import-linter", [str(PYTHON), str(VENV / "bin" / "lint-imports")]),
        Trin("djade --check", _djade("--check")),
        Trin("check --deploy", _manage("check", "--deploy", "--fail-level", "WARNING"), _prod()),
        Trin(
            "makemigrations --check",
            _manage("makemigrations", "--check", "--dry-run"),
            {miljoe.INDSTILLINGER: "ressource.settings.test"},
        ),
    ]
    if _har_compose():
        lille.append(Trin("docker compose config", ["docker", "compose", "config", "-q"]))
    if not egen_database:
        return [lille]
    migrer = _manage("migrate", "--verbosity", "0")
    return [[Trin(_MIGRATIONER, migrer, {miljoe.INDSTILLINGER: "ressource.settings.test"})], lille]


def _prod() -> dict[str, str]:
    """The settings of production, with values for what has no default there."""
    return {
        miljoe.INDSTILLINGER: "ressource.settings.prod",
        "RESSOURCE_SECRET_KEY": secrets.token_urlsafe(50),
        "RESSOURCE_HOSTS": "ressource.example",
    }


def _pytest(argumenter: list[str], browser: dict[str, str], tilvalg: Sequence[str] = ()) -> Trin:
    valg = [*tilvalg, *(argumenter or ["-n", _KERNER])]
    if not browser and "-m" not in argumenter:
        valg = [*valg, "-m", "not browser"]
    return Trin("pytest", _modul("pytest", *valg))


def _opgoer(koersel: Koersel) -> int:
    print("\n" + "\n".join(linje(udfald) for udfald in koersel.udfald), flush=True)
    return int(not all(udfald.ok for udfald in koersel.udfald))


def _modul(navn: str, *argumenter: str) -> list[str]:
    return [str(PYTHON), "-m", navn, *argumenter]


def _manage(*argumenter: str) -> list[str]:
    return [str(PYTHON), "manage.py", *argumenter]


def _ruff(*argumenter: str) -> list[str]:
    return _modul("ruff", *argumenter, ".", "start", "test")


def _djade(*argumenter: str) -> list[str]:
    skabeloner = [str(fil) for fil in sorted((ROD / "templates").rglob("*.html"))]
    return [str(VENV / "bin" / "djade"), "--target-version", "5.2", *argumenter, *skabeloner]


def _har_compose() -> bool:
    if not shutil.which("docker"):
        return False
    svar = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return svar.returncode == 0
