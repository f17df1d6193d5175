"""Django's registration of the app."""

from django.apps import AppConfig


class NoegletalConfig(AppConfig):
    name = "noegletal"
    verbose_name = "Nøgletal"

    def ready(self) -> None:
        from noegletal import overskredne, rapportfrist  # noqa: PLC0415 -- app klar
        from noegletal.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar
        from ressource import driftslinjer, listevalg, opslag  # noqa: PLC0415 -- app klar

        opslag.beskriv(OPSLAG)
        listevalg.kend(overskredne.LISTE)
        driftslinjer.kilde(rapportfrist.driftslinje)
