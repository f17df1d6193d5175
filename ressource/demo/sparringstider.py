"""Weekly slots that are not published yet, and an afternoon when the sundhedskoordinator is away."""

from datetime import time, timedelta

from rehabilitering.models import Fravaer
from rehabilitering.services.sparring.fravaer import meld_fravaer
from rehabilitering.services.sparring.pladser import Ugeplan
from rehabilitering.services.sparring.serier import Hvordan, opret_serie
from ressource.demo.bygger import Scene
from ressource.demo.tid import klok
from ressource.kalender import ugens_mandag

UGER = 10


def opret(scene: Scene) -> None:
    """Monday to Wednesday at 13 and 13.30 from next week on, as drafts."""
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
    )
    opret_serie(birgit, plan, Hvordan("Video", er_video=True), af=nanna)
    dag = scene.tid.om(23)
    meld_fravaer(
        birgit, klok(dag, "12.30"), klok(dag, "15.30"), aarsag=Fravaer.Aarsag.KURSUS, af=nanna
    )
