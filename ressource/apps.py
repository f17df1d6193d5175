"""Ground floor as a Django app."""

from django.apps import AppConfig


class RessourceConfig(AppConfig):
    name = "ressource"
    verbose_name = "Ressource"

    def ready(self) -> None:
        # `shared_task` finds the broker through the application that is loaded.
        import ressource.celery  # noqa: F401, PLC0415 -- app klar
        from ressource import haendelser, opslag  # noqa: PLC0415 -- app klar
        from ressource.haendelsestekster import HAENDELSER  # noqa: PLC0415 -- app klar
        from ressource.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
        opslag.beskriv(OPSLAG)
