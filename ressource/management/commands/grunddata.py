"""`manage.py grunddata`: calendar, rule sets and catalogues, added where they are missing."""

from typing import Any

from django.core.management.base import BaseCommand

from ressource import grunddata


class Command(BaseCommand):
    help = "Indlæser kalender, regelsæt og kataloger. Kan køres igen."

    def handle(self, *args: Any, **options: Any) -> None:
        grunddata.indlaes()
        self.stdout.write("Grunddata er på plads.")
