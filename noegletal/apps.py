"""Django's registration of the app."""

from django.apps import AppConfig


class NoegletalConfig(AppConfig):
    name = "noegletal"
    verbose_name = "Nøgletal"

    def ready(self) -> None:
        from noegletal.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar
        from ressource import opslag  # noqa: PLC0415 -- app klar

        opslag.beskriv(OPSLAG)
