"""Two old cases: one that is to be deleted, and one that is kept and has been put in an archive."""

from borgere import services
from borgere.models import Fase, Sag, Uddrag
from borgere.services import sletning
from borgere.uddrag import koersel
from ressource.demo.bygger import Grundbygger, Person, Ramme, Scene
from ressource.models import Bruger

# Longer ago than the rule's five years.
FORFALDEN = 1860


def opret(scene: Scene) -> None:
    """The two cases, as they were when they ended."""
    _gammel_sag(scene, Person("Poul", "Vinther Eg", 58, "mand", (17, 9)), "fleksjob_ansat")
    _gammel_sag(scene, Person("Ruth", "Lind Mose", 55, "kvinde", (23, 2)), "andet")


def afgoer(scene: Scene) -> None:
    """Keep the one, warn of the other, and make the archive its caseworker ordered."""
    bevaret, ansvarlig = scene.sager["Ruth"], scene.hold["koordinerende"]
    services.bevar_sag(bevaret, grund="Klagesag i Ankestyrelsen", af=ansvarlig)
    sletning.varsl(scene.tid.i_dag)
    _faerdigt_uddrag(bevaret, ansvarlig)


def _gammel_sag(scene: Scene, person: Person, aarsag: str) -> None:
    bygger = Grundbygger(
        scene,
        person,
        Ramme(
            Fase.AFSLUTNING,
            oprettet=FORFALDEN + 400,
            ansvarlig="koordinerende",
            afsluttet=FORFALDEN,
            aarsag=aarsag,
            bemaerkning="Sagen sluttede som aftalt.",
        ),
    )
    bygger.netvaerk("Aase", "ægtefælle")
    bygger.notater(
        (FORFALDEN + 390, "Første samtale", "Vi talte om, hvad der skal ske.", True),
        (FORFALDEN, "Sagen er slut", "Vi sagde farvel.", False),
    )
    # The responsible keeps the case after it has ended: requests for the file come then.
    bygger.sag.tildelinger.update(til_dato=None)


def _faerdigt_uddrag(sag: Sag, af: Bruger) -> None:
    """Made here and now; without Pango it says so, as it would at work."""
    uddrag = Uddrag.objects.create(sag=sag, art=Uddrag.Art.SAGSMAPPE, bestilt_af=af)
    koersel.koer(uddrag.pk)
