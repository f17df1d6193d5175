"""Who gets through to each address of the app; each subject lists its own in `adgang_<subject>.py`."""

from importlib import import_module
from pathlib import Path

ADGANG: dict[str, dict] = {}
for fil in sorted(Path(__file__).parent.glob("adgang_*.py")):
    ADGANG |= import_module(f"tests.rehabilitering.{fil.stem}").ADGANG
