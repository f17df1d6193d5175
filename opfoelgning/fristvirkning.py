"""What a proposed timeline of a rule would do to running cases. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from opfoelgning.fristregelkoder import UDEN_SAG
from opfoelgning.models import Fristregel
from opfoelgning.proeve import Aendringer, Proeveraekke, proev
from ressource import tidsgraense

VISTE = 20


@dataclass(frozen=True)
class Virkning:
    """How many deadlines become otherwise, in words, and some of them by their case's number."""

    linjer: tuple[tuple[int, str], ...]
    eksempler: tuple[Proeveraekke, ...]
    antal: int
    uden_frister: bool = False

    @property
    def flere(self) -> bool:
        """Whether there are more than those shown."""
        return self.antal > len(self.eksempler)


def virkning(kode: str, tidslinje: Sequence[Fristregel], dato: date) -> Virkning:
    """Try `tidslinje` in place of the rule's versions, as on `dato`, over every case."""
    if kode in UDEN_SAG:
        return Virkning((), (), 0, uden_frister=True)
    with transaction.atomic():
        tidsgraense.ophaev()
        fundet = proev(dato, koder={kode}, regler=tidslinje)
    aendringer = fundet.aendringer
    antal = sum(
        (
            aendringer.nye,
            aendringer.flyttede,
            aendringer.opfyldte,
            aendringer.bortfaldne,
            aendringer.genaabnede,
        )
    )
    return Virkning(tuple(_linjer(aendringer)), fundet.raekker[:VISTE], antal)


def _linjer(aendringer: Aendringer) -> list[tuple[int, str]]:
    """Each figure with its words; what does not happen is left out, but never what is overdue."""
    if not aendringer:
        return []
    frister = [
        (aendringer.flyttede, "får en anden dato", "får en anden dato"),
        (aendringer.nye, "ny frist", "nye frister"),
        (aendringer.bortfaldne, "frist falder bort", "frister falder bort"),
        (aendringer.opfyldte, "frist bliver opfyldt", "frister bliver opfyldt"),
        (aendringer.genaabnede, "frist løber igen", "frister løber igen"),
    ]
    return [
        (
            aendringer.sager,
            "løbende sag ændres" if aendringer.sager == 1 else "løbende sager ændres",
        ),
        *((antal, en if antal == 1 else flere) for antal, en, flere in frister if antal),
        (aendringer.nye_overskredne, "bliver overskredet"),
        (aendringer.ikke_laengere_overskredne, "er ikke længere overskredet"),
    ]
