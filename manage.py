#!/usr/bin/env python3
"""Entry point of Django's commands: `./manage.py frister`, `./manage.py rapport 2026-10 --ud r.pdf` …"""

import os
import sys
from importlib.util import find_spec

from ressource.opstart.miljoe import brug_gemt
from ressource.opstart.steder import PYTHON


def main() -> None:
    """Without settings or a database of its own it works on what ./start runs here."""
    if find_spec("django") is None and PYTHON.exists():
        # ./start installed Django in .venv; it need not be activated first.
        os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606 -- our own interpreter
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- see above

    brug_gemt()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ressource.settings.dev")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
