"""Python packages: a virtual environment filled from a hashed lock file."""

import hashlib
import json
import subprocess
import sys

from ressource.opstart.melding import Opstartsfejl, sig
from ressource.opstart.steder import PYTHON, ROD, VENV

# Each file holds everything in the one before it, so the longest list satisfies the shorter.
KOERSEL = "requirements-lokal.txt"
TEST = "requirements-test.txt"
NODE = "requirements-node.txt"
_INDEHOLDER = {KOERSEL: (KOERSEL,), TEST: (KOERSEL, TEST), NODE: (NODE,)}
_MAERKE = VENV / ".ressource.json"


def installer(laasefil: str) -> None:
    """Make sure that the packages of `laasefil` are installed; done in milliseconds when they are.

    Raises `Opstartsfejl` when Python has no usable pip or the installation fails.
    """
    if _installeret().get(laasefil) == _sum(laasefil):
        return
    sig(f"installerer Python-pakker ({laasefil})")
    _kontroller_pip()
    if not _venv_passer():
        _koer([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)])
    _koer(
        [
            *(sys.executable, "-m", "pip", "--python", str(PYTHON)),
            *("--disable-pip-version-check", "--no-input", "install", "-qq"),
            *("--require-hashes", "--prefer-binary", "-r", str(ROD / laasefil)),
        ]
    )
    fundet = _installeret() | {navn: _sum(navn) for navn in _INDEHOLDER[laasefil]}
    _MAERKE.write_text(json.dumps(fundet, indent=1), encoding="utf-8")


def _sum(laasefil: str) -> str:
    indhold = (ROD / laasefil).read_bytes()
    return hashlib.sha256(sys.version.encode() + indhold).hexdigest()


def _installeret() -> dict[str, str]:
    try:
        fundet: dict[str, str] = json.loads(_MAERKE.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return fundet if PYTHON.exists() else {}


def _venv_passer() -> bool:
    """Whether the environment there is can be filled up: a broken or older one is made anew."""
    kode = "import sys; print(sys.version)"
    try:
        svar = subprocess.run([PYTHON, "-c", kode], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return svar.stdout.strip() == sys.version.strip()


def _kontroller_pip() -> None:
    svar = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False
    )
    if svar.returncode:
        raise Opstartsfejl(
            f"Python ({sys.executable}) mangler pip. Installer det, og prøv igen:\n"
            "    sudo apt-get install python3-pip"
        )
    version = tuple(int(tal) for tal in svar.stdout.split()[1].split(".")[:2])
    if version < (22, 3):
        raise Opstartsfejl("pip er for gammel: version 22.3 eller nyere kræves.")


def _koer(kommando: list[str]) -> None:
    # The wheels are compiled to byte code once, here: without it every start takes seconds more.
    if subprocess.run(kommando, check=False, cwd=ROD).returncode:
        raise Opstartsfejl(
            "Python-pakkerne kunne ikke installeres (se ovenfor). Er der forbindelse til nettet?"
        )
