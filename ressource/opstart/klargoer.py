"""Make database and static files ready, in one Django process instead of four.

Run by `./start` inside the virtual environment: python -m ressource.opstart.klargoer …
"""

import argparse
import io
from pathlib import Path

import django
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from ressource.opstart import maerke
from ressource.opstart.melding import sig


def main() -> None:
    """Do the steps that the arguments ask for, each idempotent."""
    laeser = argparse.ArgumentParser()
    laeser.add_argument("--statik", action="store_true")
    laeser.add_argument("--database", action="store_true")
    laeser.add_argument("--fremmed", action="store_true", help="databasen er operatørens egen")
    laeser.add_argument("--demo-maerke", type=Path)
    laeser.add_argument("--login-fil", type=Path)
    valg = laeser.parse_args()
    django.setup()
    if valg.statik:
        sig("samler de statiske filer")
        call_command("collectstatic", interactive=False, verbosity=0)
    if valg.database:
        sig("opdaterer databasen")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("grunddata", stdout=io.StringIO())
    if valg.demo_maerke and _skal_indlaeses(valg.demo_maerke, fremmed=valg.fremmed):
        sig("indlæser demokommunen")
        call_command("demo")
        maerke.saet(valg.demo_maerke, "indlæst")
    if valg.login_fil:
        _gem_logins(valg.login_fil)


def _skal_indlaeses(fil: Path, *, fremmed: bool) -> bool:
    """Whether the demo is missing. A database with users that is not ours may hold real citizens."""
    if not get_user_model().objects.exists():
        return True
    # Users but no mark: loading was interrupted, and can be run again.
    return not fremmed and not fil.exists()


def _gem_logins(fil: Path) -> None:
    """Keep the demo's logins for the next start, which has no time to ask Django."""
    ud = io.StringIO()
    try:
        call_command("demo", "--vis-login", stdout=ud)
    except CommandError as fejl:
        # Everything runs without it; the person is told why there are no logins below.
        sig(f"demoens logins kan ikke vises: {fejl}")
        return
    fil.touch(mode=0o600)
    fil.write_text(ud.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
