"""Django's registration of the app."""

from django.apps import AppConfig


class IndsatsplanConfig(AppConfig):
    name = "indsatsplan"
    verbose_name = "Indsatsplan"

    def ready(self) -> None:
        from indsatsplan.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from ressource import haendelser  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
