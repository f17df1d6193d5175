"""Django's registration of the app."""

from django.apps import AppConfig


class BorgereConfig(AppConfig):
    name = "borgere"
    verbose_name = "Borgere"

    def ready(self) -> None:
        from borgere import sagsdele, sagsnumre, sagsramme, tilsyn  # noqa: PLC0415 -- app klar
        from borgere.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from borgere.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar
        from borgere.services.adgang import antal_til_gennemsyn  # noqa: PLC0415 -- app klar
        from borgere.uddrag import egne  # noqa: PLC0415 -- app klar
        from ressource import haendelser, opslag, rammen  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
        opslag.beskriv(OPSLAG)
        egne.registrer()
        sagsdele.registrer()
        rammen.registrer_paamindelsestaeller(antal_til_gennemsyn)
        tilsyn.kend_adresser()
        opslag.kend_sager(find=sagsnumre.find, navne=sagsnumre.navne)
        sagsramme.fane(
            "borger", "Borger og netværk", "borgere:borger", handling="borger.se", plads=20
        )
        sagsramme.fane("kreds", "Adgang", "borgere:kreds", handling="adgang.kreds", plads=90)
        sagsramme.fane(
            "dokumenter",
            "Dokumenter",
            "borgere:dokumenter",
            handling="dokument.se",
            plads=70,
            antal=sagsramme.antal_af("dokumenter", erstattet_af=None),
        )
        sagsramme.fane(
            "journal",
            "Journal",
            "borgere:journal",
            handling="journal.se",
            plads=80,
            antal=sagsramme.antal_af("notater", rettet_af=None),
        )
