"""Django's registration of the app."""

from django.apps import AppConfig


class OpfoelgningConfig(AppConfig):
    name = "opfoelgning"
    verbose_name = "Opfølgning"

    def ready(self) -> None:
        from opfoelgning.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from opfoelgning.udledning import udled_ved_commit  # noqa: PLC0415 -- app klar
        from ressource import haendelser  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
        haendelser.lyt(udled_ved_commit)
