"""What waits for the teamleder: a file half repaired, and cases nobody answers for."""

from datetime import date, timedelta

from borgere.indlaesning import filer
from borgere.models import Fase, Indlaesning, Sag, Tildeling
from borgere.services import indlaesning
from ressource.demo.bygger import Scene

_HOVED = ["personnummer", "fornavn", "efternavn", "telefon", "e-mail", "by", "sagsbehandler"]
# Day + 60: nobody's numbers. The last three rows are wrong, each in its own way.
_RAEKKER = (
    ("680479-1234", "Dagny", "Hauge", "70 00 30 01", "", "Egelund", "jonas.holt"),
    ("730286-4317", "Villads", "Thy", "70 00 30 02", "villads@eksempel.dk", "Egelund", "pia.munk"),
    ("811191-2208", "Karla", "Munkholm", "", "", "Egelund", "susanne.aaby"),
    ("660783-0951", "Ebbe", "Rask", "70 00 30 04", "", "Sønderup", "jonas.holt"),
    ("751288-3642", "Thyra", "Lind", "", "thyra@eksempel.dk", "Egelund", "pia.munk"),
    ("900185-1123", "Aksel", "Bro", "70 00 30 06", "", "Egelund", "ahmed.saleh"),
    ("640690-275", "Solveig", "Dam", "70 00 30 07", "", "Egelund", "jonas.holt"),
    ("780981-4426", "Mads", "Ry", "", "mads(at)eksempel.dk", "Egelund", "pia.munk"),
    ("691187-3310", "Rosa", "Ager", "70 00 30 09", "", "Sønderup", "jonas.h"),
)
_UDEN = 2


def opret(scene: Scene) -> None:
    """Put both before the demo's teamleder. Nothing is sent to the worker."""
    leder = scene.hold["teamleder"]
    fil = Indlaesning.objects.create(
        art=Indlaesning.Art.BORGERE,
        filnavn="Nye borgere fra jobcentret.csv",
        fil=filer.som_csv([_HOVED, *(list(raekke) for raekke in _RAEKKER)]),
        bestilt_af=leder,
    )
    indlaesning.laes(fil.pk)
    _uden_sagsbehandler(leder.team_id, scene.tid.i_dag)


def _uden_sagsbehandler(team_id: int | None, dag: date) -> None:
    """Two of the background's cases lost their caseworker yesterday."""
    nu = Tildeling.objects.gaeldende(dag).ansvarlige()
    ramte = (
        Sag.objects.aabne()
        .filter(team=team_id, fase=Fase.OPFOELGNING, oprettet_dato__lt=dag - timedelta(days=60))
        .filter(pk__in=nu.filter(bruger__brugernavn="peter.lykke").values("sag"))
        .order_by("sagsnummer")[:_UDEN]
    )
    nu.filter(sag__in=list(ramte)).update(til_dato=dag - timedelta(days=1))
