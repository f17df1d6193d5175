"""Django's registration of the app."""

from django.apps import AppConfig


class RehabiliteringConfig(AppConfig):
    name = "rehabilitering"
    verbose_name = "Rehabilitering"

    def ready(self) -> None:
        from borgere import bevaringsregler, sagsdele, sagsramme  # noqa: PLC0415 -- app klar
        from rehabilitering import (  # noqa: PLC0415 -- app klar
            lister,
            moedekalender,
            sparringskalender,
            uddrag,
        )
        from rehabilitering.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from rehabilitering.models import (  # noqa: PLC0415 -- app klar
            Afgoerelse,
            Dagsordenspunkt,
            Indstilling,
            Partshoering,
            Punktdeltager,
            Regelfravigelse,
            Sagspakke,
            Screeningsfravigelse,
            Sparringsbooking,
            Sparringstilbud,
            Venteplads,
        )
        from rehabilitering.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar
        from rehabilitering.sagspakke import bevaring  # noqa: PLC0415 -- app klar
        from rehabilitering.services import (  # noqa: PLC0415 -- app klar
            forberedelsesversion,
            moede,
            sagspakke,
            sparring,
            sparringsadgang,
            svarindsaettelse,
        )
        from ressource import haendelser, kalenderfil, listevalg, opslag  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
        opslag.beskriv(OPSLAG)
        listevalg.kend(lister.VENTENDE, lister.DAGSORDEN, lister.INDSTILLINGER)
        kalenderfil.bidrag(sparringskalender.aftaler)
        kalenderfil.bidrag(moedekalender.aftaler)
        uddrag.registrer()
        bevaringsregler.kend("sagspakke", bevaring.forfaldne)
        forberedelsesversion.lyt()
        sagsdele.kend("screeningsfravigelser/<int:pk>", Screeningsfravigelse)
        sagsdele.kend("regelfravigelser/<int:pk>", Regelfravigelse)
        sagsdele.kend("teammoeder/punkt/<int:pk>", Dagsordenspunkt)
        sagsdele.kend("indkaldelser/<int:pk>", Punktdeltager, "punkt__sag")
        sagsdele.kend("sagspakker/<int:pk>", Sagspakke, "punkt__sag")
        sagsdele.kend("sparring/booking/<int:pk>", Sparringsbooking)
        sagsdele.kend("sparring/venteliste/<int:pk>", Venteplads)
        sagsdele.kend("sparring/tilbud/<int:pk>", Sparringstilbud, "venteplads__sag")
        sagsdele.kend("indstillinger/<int:pk>", Indstilling)
        sagsdele.kend("afgoerelser/<int:pk>", Afgoerelse)
        sagsdele.kend("partshoeringer/<int:pk>", Partshoering, "afgoerelse__sag")
        haendelser.reager("sag.afsluttet", moede.tag_af_ved_afslutning)
        haendelser.reager("sag.afsluttet", sparring.aflys_ved_afslutning)
        haendelser.reager("samtykke.trukket", sparringsadgang.slut_ved_tilbagekald)
        haendelser.reager("adgang.inhabil", sparringsadgang.slip_inhabil)
        haendelser.reager("moede.sag_taget_af", sagspakke.traek_ved_aftagning)
        haendelser.reager("samtykke.trukket", sagspakke.luk_for_regionen)
        haendelser.reager("forberedende_del.oprettet", svarindsaettelse.foelg_med)
        sagsramme.fane(
            "forberedende_del",
            "Forberedende del",
            "rehabilitering:forberedende_del",
            handling="forberedende_del.se",
            plads=30,
        )
        sagsramme.fane(
            "moede",
            "Møde og indstilling",
            "rehabilitering:sag_moede",
            handling="indstilling.se",
            plads=40,
        )
