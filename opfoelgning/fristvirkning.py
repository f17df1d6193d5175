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
    # With the name of the rule: those counted from this one move along.
    eksempler: tuple[tuple[Proeveraekke, str], ...]
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
    viste = fundet.raekker[:VISTE]
    navne = dict(
        Fristregel.objects.filter(kode__in={r.kode for r in viste})
        .order_by("gyldig_fra")
        .values_list("kode", "navn")
    )
    eksempler = tuple((raekke, navne[raekke.kode]) for raekke in viste)
    return Virkning(tuple(_linjer(aendringer)), eksempler, antal)


def _linjer(aendringer: Aendringer) -> list[tuple[int, str]]:
    """Each figure with its words; what does not happen is left out, but never what is overdue."""
    varslede, eskalerede = aendringer.nye_varslede, aendringer.nye_eskalerede
    minder = [
        (varslede, _en(varslede, "frist varsles nu", "frister varsles nu")),
        (eskalerede, _en(eskalerede, "frist går", "frister går") + " nu videre til teamlederen"),
    ]
    return _datoer(aendringer) + [linje for linje in minder if linje[0]]


def _datoer(aendringer: Aendringer) -> list[tuple[int, str]]:
    """What gets another date or state."""
    if not aendringer:
        return []
    sager, loebende = aendringer.loebende_sager, aendringer.flyttede_aabne
    faerdige = aendringer.flyttede - loebende
    frister = [
        (loebende, "frist, der løber, får en anden dato", "frister, der løber, får en anden dato"),
        (aendringer.nye, "ny frist", "nye frister"),
        (aendringer.bortfaldne, "frist falder bort", "frister falder bort"),
        (aendringer.opfyldte, "frist bliver opfyldt", "frister bliver opfyldt"),
        (aendringer.genaabnede, "frist løber igen", "frister løber igen"),
        (
            faerdige,
            "opfyldt eller bortfaldet frist får en anden dato",
            "opfyldte eller bortfaldne frister får en anden dato",
        ),
    ]
    return [
        (sager, _en(sager, "løbende sag ændres", "løbende sager ændres")),
        (aendringer.nye_overskredne, "bliver overskredet"),
        (aendringer.ikke_laengere_overskredne, "er ikke længere overskredet"),
        *((antal, _en(antal, en, flere)) for antal, en, flere in frister if antal),
    ]


def _en(antal: int, en: str, flere: str) -> str:
    return en if antal == 1 else flere
