"""Loading the demo, once."""

from django.db import transaction

from borgere.models import Laegepraksis
from opfoelgning.udledning import udled
from ressource import tidsgraense
from ressource.demo import (
    adgang,
    baggrund,
    bevaring,
    borgere_forberedelse,
    borgere_forloeb,
    borgere_moede,
    borgere_plan,
    borgere_slut,
    deling,
    drejebog,
    flere_sager,
    hoering,
    indkaldelser,
    klager,
    moeder,
    moedeserie,
    opgaver,
    papirer,
    personale,
    progression,
    rapport,
    regler,
    samtaler,
    sparring,
    sparringstider,
    svar,
    teamlederen,
    tilsyn,
    venteliste,
    virksomheder,
    visninger,
)
from ressource.demo.bygger import Scene
from ressource.demo.tid import Tid
from ressource.kalender import i_dag
from ressource.models import Bruger, Regelsaet

# The guide's ten, each at another point of the course.
BORGERE = (
    borgere_forberedelse.kim,
    borgere_forberedelse.rie,
    borgere_forberedelse.per,
    borgere_moede.anne,
    borgere_moede.tove,
    borgere_plan.bo,
    borgere_plan.ibrahim,
    borgere_forloeb.eva,
    borgere_forloeb.ole,
    borgere_slut.esben,
)


class Optaget(Exception):  # noqa: N818 -- Danish names its own errors
    """One of the demo's user names belongs to somebody real. The message is Danish."""


@transaction.atomic
def indlaes() -> bool:
    """Load the demo as of today; False, and nothing changed, when it is there already.

    Needs the ground data. Loaded earlier it keeps its dates. Raises `Optaget`; all or nothing.
    """
    tidsgraense.ophaev()
    navne = [ansat.brugernavn for ansat in personale.LOGINS]
    findes = Bruger.objects.filter(brugernavn__in=navne)
    if rigtig := findes.filter(er_demo=False).first():
        raise Optaget(
            f"Brugernavnet {rigtig.brugernavn} er i brug af en rigtig bruger. Intet er indlæst."
        )
    if findes.exists():
        return False
    dag = i_dag()
    hold = personale.opret()
    baggrund.opret(hold, dag)
    # The generator's background has made the practice already.
    laegehus, _ = Laegepraksis.objects.get_or_create(
        ydernummer="900001", defaults={"navn": "Lægehuset Egelund"}
    )
    scene = Scene(Tid(dag), hold, Regelsaet.objects.for_dato(dag), laegehus)
    virksomheder.opret(scene)
    for borger in BORGERE:
        borger(scene)
    flere_sager.opret(scene)
    samtaler.opret(scene)
    drejebog.opret(scene)
    sparring.opret(scene)
    sparringstider.opret(scene)
    venteliste.opret(scene)
    svar.opret(scene)
    moedeserie.opret(scene)
    indkaldelser.opret(scene)
    adgang.opret(scene)
    deling.opret(scene)
    papirer.opret(scene)
    klager.opret(scene)
    hoering.opret(scene)
    moeder.opret(scene)
    opgaver.opret(scene)
    progression.opret(scene)
    visninger.opret(scene)
    tilsyn.opret(scene)
    teamlederen.opret(scene)
    regler.opret(scene)
    bevaring.opret(scene)
    scene.skriv_haendelser()
    udled()
    rapport.opret(dag)
    bevaring.afgoer(scene)
    return True
