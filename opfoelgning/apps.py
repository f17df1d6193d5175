"""Django's registration of the app."""

from django.apps import AppConfig


class OpfoelgningConfig(AppConfig):
    name = "opfoelgning"
    verbose_name = "Opfølgning"

    def ready(self) -> None:
        from borgere import overdragelse, sagsdele, sagsramme  # noqa: PLC0415 -- app klar
        from indsatsplan import aftaler, mentor, roed_traad  # noqa: PLC0415 -- app klar
        from opfoelgning import (  # noqa: PLC0415 -- app klar
            arbejdskolonner,
            laegerykkere,
            logistik,
            naermeste,
            paamindelser,
            planens_aftaler,
            samtaletal,
            services,
            uddrag,
            udloesere,
        )
        from opfoelgning.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from opfoelgning.models import (  # noqa: PLC0415 -- app klar
            Frist,
            Opfoelgningsmoede,
            Opfoelgningsserie,
            Paamindelse,
        )
        from opfoelgning.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar
        from opfoelgning.udledning import udled_ved_commit  # noqa: PLC0415 -- app klar
        from opfoelgning.views import mentorsvar  # noqa: PLC0415 -- app klar
        from rehabilitering import svarfrist  # noqa: PLC0415 -- app klar
        from ressource import haendelser, listevalg, opslag, rammen  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
        opslag.beskriv(OPSLAG)
        uddrag.registrer()
        logistik.registrer()
        listevalg.kend(arbejdskolonner.LISTE)
        sagsdele.kend("opfoelgninger/<int:pk>", Opfoelgningsmoede)
        sagsdele.kend("opfoelgningsserier/<int:pk>", Opfoelgningsserie)
        sagsdele.kend("frister/<int:pk>", Frist)
        sagsdele.kend("paamindelser/<int:pk>", Paamindelse, "frist__sag")
        haendelser.lyt(udled_ved_commit)
        udloesere.registrer()
        haendelser.reager("sag.afsluttet", services.aflys_ved_afslutning)
        aftaler.kilde(planens_aftaler.for_sag)
        mentor.tilfoej_afsnit(mentorsvar.afsnit)
        roed_traad.kilde(planens_aftaler.maal_i_seneste)
        svarfrist.kilde(laegerykkere.svarfrister)
        overdragelse.naermeste_frist(naermeste.frist)
        rammen.registrer_paamindelsestaeller(paamindelser.antal)
        sagsramme.faktum(
            "opfoelgninger",
            "Opfølgninger i år",
            samtaletal.udtryk,
            plads=60,
            vis=samtaletal.vis,
        )
        sagsramme.fane("overblik", "Overblik", "sag", handling="sag.se_hoved", plads=10)
        sagsramme.fane(
            "opfoelgning",
            "Opfølgning",
            "opfoelgning:liste",
            handling="opfoelgning.se",
            plads=60,
        )
