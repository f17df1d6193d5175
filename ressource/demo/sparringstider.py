"""Weekly slots that are not published yet, a closing day, and when the sundhedskoordinator is away."""

from datetime import date, time, timedelta

from django.utils import timezone

from rehabilitering.models import Fravaer, Teammoede
from rehabilitering.services.sparring.fravaer import luk_dage, meld_fravaer
from rehabilitering.services.sparring.pladser import Ugeplan
from rehabilitering.services.sparring.serier import Hvordan, opret_serie
from ressource.datoer import dage
from ressource.demo.bygger import Scene
from ressource.demo.tid import klok
from ressource.kalender import lukkede_dage, ugens_mandag
from ressource.models import Besked

UGER = 10


def opret(scene: Scene) -> None:
    """Monday to Wednesday at 13 and 13.30 from next week on, as drafts; one week is left out.

    An absence hits Martin's booking, which is to have another time.
    """
    birgit = scene.hold["sundhedskoordinator"]
    nanna = scene.hold["moedekoordinator"]
    mandag = ugens_mandag(scene.tid.i_dag) + timedelta(weeks=1)
    plan = Ugeplan(
        ugedage=frozenset({0, 1, 2}),
        fra_kl=time(13),
        til_kl=time(14),
        minutter=30,
        fra_dato=mandag,
        til_dato=mandag + timedelta(weeks=UGER, days=-1),
        undtagelser=frozenset({mandag + timedelta(weeks=3)}),
    )
    dag = _aaben_dag(scene)
    luk_dage(dag, dag, aarsag="temadag for hele huset", af=nanna)
    opret_serie(birgit, plan, Hvordan("Video", er_video=True), af=nanna)
    dag = scene.tid.om(23)
    meld_fravaer(
        birgit, klok(dag, "12.30"), klok(dag, "15.30"), aarsag=Fravaer.Aarsag.KURSUS, af=nanna
    )
    martin = scene.sager["Martin"].sparringer.kommende().get()
    moede = Fravaer.Aarsag.MOEDE
    meld_fravaer(birgit, martin.tid.start, martin.tid.slut, aarsag=moede, af=nanna)
    Besked.objects.til_afsendelse().update(sendt_den=timezone.now())


def _aaben_dag(scene: Scene) -> date:
    """An open day some weeks ahead on which no team meets."""
    fra, til = scene.tid.om(30), scene.tid.om(60)
    optaget = set(lukkede_dage(fra, til)) | set(Teammoede.objects.values_list("dato", flat=True))
    return next(dag for dag in dage(fra, til) if dag not in optaget)
