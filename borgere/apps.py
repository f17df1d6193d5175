"""Django's registration of the app."""

from django.apps import AppConfig


class BorgereConfig(AppConfig):
    name = "borgere"
    verbose_name = "Borgere"

    def ready(self) -> None:
        from borgere import sagsdele, sagsnumre, sagsramme  # noqa: PLC0415 -- app klar
        from borgere.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from borgere.models import Dokument  # noqa: PLC0415 -- app klar
        from borgere.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar
        from ressource import haendelser, opslag  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
        opslag.beskriv(OPSLAG)
        sagsdele.kend_sagen()
        sagsdele.kend("dokumenter/<int:pk>", Dokument)
        opslag.kend_sager(find=sagsnumre.find, navne=sagsnumre.navne)
        sagsramme.fane(
            "borger", "Borger og netværk", "borgere:borger", handling="borger.se", plads=20
        )
        sagsramme.fane(
            "dokumenter",
            "Dokumenter",
            "borgere:dokumenter",
            handling="dokument.se",
            plads=70,
            antal=sagsramme.antal_af("dokumenter"),
        )
        sagsramme.fane(
            "journal",
            "Journal",
            "borgere:journal",
            handling="journal.se",
            plads=80,
            antal=sagsramme.antal_af("notater"),
        )
