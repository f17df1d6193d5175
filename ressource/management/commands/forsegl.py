"""`manage.py forsegl`: seal the new rows of the logs and the field history now."""

from typing import Any

from django.core.management.base import BaseCommand

from ressource import segl


class Command(BaseCommand):
    help = (
        "Forsegler nye rækker i logge og historik og udskriver hovedet af hver kæde. "
        "Gem udskriften et sted uden for databasen."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        hoveder = segl.forsegl()
        for hoved in hoveder:
            if hoved.nr:
                self.stdout.write(str(hoved))
            if hoved.optaget:
                self.stdout.write(f"{hoved.tabel} er i brug. Resten forsegles næste gang.")
        self.stdout.write(
            f"{sum(hoved.nye for hoved in hoveder)} nye rækker forseglet i {len(hoveder)} tabeller."
        )
