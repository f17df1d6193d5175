"""The calls to the meetings ahead: everybody but Anne is called."""

from datetime import timedelta

from django.utils import timezone

from rehabilitering import dagsorden
from rehabilitering.models import Dagsordenspunkt, Indkaldelse, Punktdeltager
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem

IKKE_ANNE = "Anne"


def opret(scene: Scene) -> None:
    """A call by telephone to each citizen on the day their case was put on the agenda."""
    punkter = Dagsordenspunkt.objects.aabne().select_related("moede", "sag__borger", "sat_paa_af")
    for punkt in punkter.order_by("pk"):
        if punkt.sag.borger.fornavn != IKKE_ANNE and punkt.moede.dato >= scene.tid.i_dag:
            _indkald(scene, punkt)


def _indkald(scene: Scene, punkt: Dagsordenspunkt) -> None:
    sendt = punkt.sat_paa_den + timedelta(minutes=10)
    borgeren = gem(
        Punktdeltager(
            punkt=punkt,
            art=Punktdeltager.Art.BORGER,
            navn=punkt.sag.borger.navn,
            tilfoejet_af=punkt.sat_paa_af,
            tilfoejet_den=sendt,
        )
    )
    scene.haendelse(
        borgeren,
        "indkaldelse.deltager_tilfoejet",
        sendt,
        punkt.sat_paa_af,
        sag=punkt.sag,
        art=borgeren.art,
    )
    varsel = (punkt.moede.dato - timezone.localdate(sendt)).days
    kort = varsel < punkt.sag.regelsaet.indkaldelse_varsel_dage
    indkaldelse = gem(
        Indkaldelse(
            deltager=borgeren,
            nr=1,
            dato=punkt.moede.dato,
            kl=dagsorden.tur_for(punkt).plads.start,
            sted=punkt.moede.sted,
            kanal=Indkaldelse.Kanal.TELEFON,
            afsendt_den=sendt,
            afsendt_af=punkt.sat_paa_af,
            varsel_dage=varsel,
            kort_varsel_grund="Aftalt med borgeren i telefonen" if kort else "",
        )
    )
    scene.haendelse(
        indkaldelse,
        "indkaldelse.sendt",
        sendt,
        punkt.sat_paa_af,
        sag=punkt.sag,
        art=borgeren.art,
        kanal=indkaldelse.kanal,
        nr=1,
    )
