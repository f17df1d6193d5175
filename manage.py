#!/usr/bin/env python3
"""Entry point of Django's commands: `./manage.py frister`, `./manage.py rapport 2026-10 --ud r.pdf` …"""

import os
import sys

from django.core.management import execute_from_command_line

from ressource.opstart.miljoe import brug_gemt

if __name__ == "__main__":
    # Without settings or a database of its own it works on what ./start runs here.
    brug_gemt()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ressource.settings.dev")
    execute_from_command_line(sys.argv)
