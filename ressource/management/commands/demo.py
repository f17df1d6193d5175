"""`manage.py demo [--vis-login]`: the demo municipality, relative to today."""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ressource import demo, grunddata, segl


class Command(BaseCommand):
    help = "Indlæser demokommunen. Er den der allerede, ændres intet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--vis-login", action="store_true", help="vis kun demoens brugere og adgangskode"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.RESSOURCE_DEMO:
            raise CommandError(
                "Demoen kan ikke bruges her: RESSOURCE_DEMO er slået fra. Intet er ændret."
            )
        if options["vis_login"]:
            self.stdout.write("\n".join(demo.logins()))
            return
        grunddata.indlaes()
        try:
            indlaest = demo.indlaes()
        except demo.Optaget as fejl:
            raise CommandError(str(fejl)) from fejl
        if indlaest:
            _forsegl_stille()
        self.stdout.write("Demoen er indlæst." if indlaest else "Demoen er der allerede.")


def _forsegl_stille() -> None:
    """Seal without the heads of the chains: the demo's are nothing to keep, and drown the logins."""
    logger = logging.getLogger("ressource.segl")
    niveau = logger.level
    logger.setLevel(logging.WARNING)
    try:
        segl.forsegl()
    finally:
        logger.setLevel(niveau)
