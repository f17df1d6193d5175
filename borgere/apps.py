"""Django's registration of the app."""

from django.apps import AppConfig


class BorgereConfig(AppConfig):
    name = "borgere"
    verbose_name = "Borgere"

    def ready(self) -> None:
        from borgere.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from ressource import haendelser  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
