"""Django's registration of the app."""

from django.apps import AppConfig


class IndsatsplanConfig(AppConfig):
    name = "indsatsplan"
    verbose_name = "Indsatsplan"

    def ready(self) -> None:
        from borgere import sagsdele, sagsramme  # noqa: PLC0415 -- app klar
        from indsatsplan import (  # noqa: PLC0415 -- app klar
            sagshoved,
            services,
            uddrag,
        )
        from indsatsplan.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from indsatsplan.models import Indsats, Indsatsplan, Maal  # noqa: PLC0415 -- app klar
        from indsatsplan.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar
        from ressource import haendelser, opslag  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
        opslag.beskriv(OPSLAG)
        uddrag.registrer()
        sagsdele.kend("planer/<int:pk>", Indsatsplan, "forloeb__sag")
        sagsdele.kend("maal/<int:pk>", Maal, "forloeb__sag")
        sagsdele.kend("indsatser/<int:pk>", Indsats, "forloeb__sag")
        haendelser.reager("afgoerelse.truffet", services.start_forloeb)
        haendelser.reager("sag.afsluttet", services.afslut_forloeb)
        sagsramme.fane("plan", "Indsatsplan", "indsatsplan:plan", handling="plan.se", plads=50)
        sagsramme.faktum("jobmaal", "Jobmål", sagshoved.jobmaal, plads=50)
        sagsramme.titelmaerke("forloeb", sagshoved.forloebets_dage, vis=sagshoved.vis_forloeb)
