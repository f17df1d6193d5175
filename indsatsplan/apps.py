"""Django's registration of the app."""

from django.apps import AppConfig


class IndsatsplanConfig(AppConfig):
    name = "indsatsplan"
    verbose_name = "Indsatsplan"

    def ready(self) -> None:
        from borgere import sagsdele, sagsramme  # noqa: PLC0415 -- app klar
        from indsatsplan import katalogbrug, models, sagshoved, services, uddrag  # noqa: PLC0415 -- app klar
        from indsatsplan.haendelser import HAENDELSER  # noqa: PLC0415 -- app klar
        from indsatsplan.opslagstekster import OPSLAG  # noqa: PLC0415 -- app klar
        from rehabilitering import katalog  # noqa: PLC0415 -- app klar
        from ressource import haendelser, opslag  # noqa: PLC0415 -- app klar

        haendelser.beskriv(HAENDELSER)
        opslag.beskriv(OPSLAG)
        katalog.brug(katalogbrug.antal_af_typer)
        uddrag.registrer()
        for adresse, model, sagen in (
            ("planer/<int:pk>", models.Indsatsplan, "forloeb__sag"),
            ("maal/<int:pk>", models.Maal, "forloeb__sag"),
            ("delmaal/<int:pk>", models.Delmaal, "maal__forloeb__sag"),
            ("indsatser/<int:pk>", models.Indsats, "forloeb__sag"),
            ("trin/<int:pk>", models.Indsatstrin, "indsats__forloeb__sag"),
            ("timer/<int:pk>", models.FaktiskTimetal, "indsats__forloeb__sag"),
            ("fravaer/<int:pk>", models.Indsatsfravaer, "indsats__forloeb__sag"),
            ("pauser/<int:pk>", models.Indsatspause, "indsats__forloeb__sag"),
            ("fritagelser/<int:pk>", models.Fritagelse, "forloeb__sag"),
            ("genforelaeggelser/<int:pk>", models.Genforelaeggelse, "forloeb__sag"),
        ):
            sagsdele.kend(adresse, model, sagen)
        haendelser.reager("afgoerelse.truffet", services.start_forloeb)
        haendelser.reager("sag.afsluttet", services.afslut_forloeb)
        sagsramme.fane("plan", "Indsatsplan", "indsatsplan:plan", handling="plan.se", plads=50)
        sagsramme.fane(
            "mentor", "Dine opgaver", "indsatsplan:mentor", handling="plan.se_mentor", plads=45
        )
        sagsramme.faktum("jobmaal", "Jobmål", sagshoved.jobmaal, plads=50)
        sagsramme.titelmaerke("forloeb", sagshoved.forloebets_dage, vis=sagshoved.vis_forloeb)
