"""Saved views that show what they are for; none opens first, so that the Overblik is as it comes."""

from ressource.demo.bygger import Scene
from ressource.models import GemtVisning

VISNINGER = (
    ("sagsbehandler", "arbejdsliste", "Skal have en aftale", "vis=ingen_aftale&sorter=fase"),
    (
        "sagsbehandler",
        "arbejdsliste",
        "Mål og slutdato",
        "sorter=slut&kol=borger,fase,maal,slut,skridt",
    ),
    ("teamleder", "overskredne", "Lovbestemte, ældste først", "vis=lov"),
)


def opret(scene: Scene) -> None:
    """Two of the caseworker's and one of the teamleder's."""
    for brugernavn, side, navn, forespoergsel in VISNINGER:
        GemtVisning.objects.create(
            bruger=scene.hold[brugernavn], side=side, navn=navn, forespoergsel=forespoergsel
        )
