"""Django's registration of the app."""

from django.apps import AppConfig


class IndsatsplanConfig(AppConfig):
    name = "indsatsplan"
    verbose_name = "Indsatsplan"

    def ready(self) -> None:
        from borgere import sagsdele, sagsramme  # noqa: PLC0415 -- app klar
        from indsatsplan import (  # noqa: PLC0415 -- app klar
            katalogbrug,
            sagshoved,
            services,
            uddrag,
        )
        from indsatsplan.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from indsatsplan.models import (  # noqa: PLC0415 -- app klar
            Delmaal,
            FaktiskTimetal,
            Fritagelse,
            Genforelaeggelse,
            Indsats,
            Indsatsfravaer,
            Indsatspause,
            Indsatsplan,
            Indsatstrin,
            Maal,
        )
        from indsatsplan.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar
        from rehabilitering import katalog  # noqa: PLC0415 -- app klar
        from ressource import haendelser, opslag  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
        opslag.beskriv(OPSLAG)
        katalog.brug(katalogbrug.antal_af_typer)
        uddrag.registrer()
        sagsdele.kend("planer/<int:pk>", Indsatsplan, "forloeb__sag")
        sagsdele.kend("maal/<int:pk>", Maal, "forloeb__sag")
        sagsdele.kend("delmaal/<int:pk>", Delmaal, "maal__forloeb__sag")
        sagsdele.kend("indsatser/<int:pk>", Indsats, "forloeb__sag")
        sagsdele.kend("trin/<int:pk>", Indsatstrin, "indsats__forloeb__sag")
        sagsdele.kend("timer/<int:pk>", FaktiskTimetal, "indsats__forloeb__sag")
        sagsdele.kend("fravaer/<int:pk>", Indsatsfravaer, "indsats__forloeb__sag")
        sagsdele.kend("pauser/<int:pk>", Indsatspause, "indsats__forloeb__sag")
        sagsdele.kend("fritagelser/<int:pk>", Fritagelse, "forloeb__sag")
        sagsdele.kend("genforelaeggelser/<int:pk>", Genforelaeggelse, "forloeb__sag")
        haendelser.reager("afgoerelse.truffet", services.start_forloeb)
        haendelser.reager("sag.afsluttet", services.afslut_forloeb)
        sagsramme.fane("plan", "Indsatsplan", "indsatsplan:plan", handling="plan.se", plads=50)
        sagsramme.fane(
            "mentor", "Dine opgaver", "indsatsplan:mentor", handling="plan.se_mentor", plads=45
        )
        sagsramme.faktum("jobmaal", "Jobmål", sagshoved.jobmaal, plads=50)
        sagsramme.titelmaerke("forloeb", sagshoved.forloebets_dage, vis=sagshoved.vis_forloeb)
