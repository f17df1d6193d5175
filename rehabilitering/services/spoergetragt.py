"""The question funnel: four questions in order, until one gives an answer (guide, element 6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError

from rehabilitering.models import ForberedendeDel
from ressource.kalender import i_dag

# The answer to each step of the funnel, in its order.
TRAGTFELTER = ("tragt_job", "tragt_opgaver", "tragt_fritid", "tragt_droemme")
SPOERGSMAAL = (
    "Hvilket job ønsker du?",
    "Hvilke opgaver kan du lide?",
    "Hvad kan du lide i din fritid?",
    "Hvad drømte du om før?",
)


class Svar(StrEnum):
    """What is done with a step: an answer to go on with, none, or asked once more."""

    JA = "ja"
    NEJ = "nej"
    IGEN = "igen"


@dataclass(frozen=True)
class Tragtskridt:
    """One press of a button in the funnel."""

    nr: int
    svar: Svar

    @classmethod
    def laes(cls, tekst: str) -> "Tragtskridt | None":
        """From the button's value, `tragt-ja-2`; `None` for anything else."""
        for nr in range(1, len(TRAGTFELTER) + 1):
            for svar in Svar:
                if tekst == f"tragt-{svar}-{nr}":
                    return cls(nr, svar)
        return None


@dataclass(frozen=True)
class Tragttrin:
    """One step as the page shows it. `stand`: `aabent`, `svar`, `spurgt` or `ikke_spurgt`."""

    nr: int
    felt: str
    spoergsmaal: str
    tekst: str
    stand: str
    spurgt_den: date | None

    @property
    def fundet(self) -> str:
        """What the badge of the step with the answer says."""
        return f"Svar fundet på trin {self.nr}"


def aabent_trin(del_: ForberedendeDel) -> int | None:
    """The step that is asked now; `None` when one gave an answer, or all were asked in vain."""
    if del_.spoergetragt_niveau:
        return None
    return next(
        (nr for nr in range(1, len(TRAGTFELTER) + 1) if str(nr) not in del_.tragt_spurgt), None
    )


def trin(del_: ForberedendeDel) -> list[Tragttrin]:
    """The four steps. One is open at the most."""
    aabent = aabent_trin(del_)
    naaet = del_.spoergetragt_niveau or aabent or len(TRAGTFELTER) + 1
    liste = []
    for nr, (felt, spoergsmaal) in enumerate(zip(TRAGTFELTER, SPOERGSMAAL, strict=True), start=1):
        stand = "spurgt" if nr < naaet else "ikke_spurgt"
        if nr == naaet:
            stand = "aabent" if aabent else "svar"
        dag = del_.tragt_spurgt.get(str(nr))
        liste.append(
            Tragttrin(
                nr,
                felt,
                spoergsmaal,
                getattr(del_, felt),
                stand,
                date.fromisoformat(dag) if dag and stand != "ikke_spurgt" else None,
            )
        )
    return liste


def gaa(del_: ForberedendeDel, skridt: Tragtskridt) -> bool:
    """Take the step on `del_`, which must be locked and is not saved; whether anything changed.

    The same button pressed twice changes nothing the second time. Raises `ValidationError` when
    the answer to go on with is empty, or when another has taken the funnel elsewhere.
    """
    nr, spurgt = skridt.nr, del_.tragt_spurgt
    if _er_taget(del_, skridt):
        return False
    if skridt.svar == Svar.IGEN:
        if nr > (del_.spoergetragt_niveau or len(spurgt)):
            raise _gaaet_videre()
        # Steps from before the dates were kept have none.
        del_.tragt_spurgt = {str(n): spurgt.get(str(n), "") for n in range(1, nr)}
        del_.spoergetragt_niveau = None
        return True
    if aabent_trin(del_) != nr:
        raise _gaaet_videre()
    if skridt.svar == Svar.JA:
        if not getattr(del_, TRAGTFELTER[nr - 1]):
            raise ValidationError(
                {TRAGTFELTER[nr - 1]: "Skriv svaret, før I går videre med det."}, code="tom"
            )
        del_.spoergetragt_niveau = nr
    del_.tragt_spurgt = spurgt | {str(nr): i_dag().isoformat()}
    return True


def _er_taget(del_: ForberedendeDel, skridt: Tragtskridt) -> bool:
    """Whether the funnel stands where the step leads already."""
    if skridt.svar == Svar.JA:
        return del_.spoergetragt_niveau == skridt.nr
    if skridt.svar == Svar.IGEN:
        return aabent_trin(del_) == skridt.nr
    naeste = skridt.nr + 1 if skridt.nr < len(TRAGTFELTER) else None
    return (
        del_.spoergetragt_niveau is None
        and str(skridt.nr) in del_.tragt_spurgt
        and aabent_trin(del_) == naeste
    )


def _gaaet_videre() -> ValidationError:
    return ValidationError(
        "En anden er gået videre i spørgetragten, mens siden stod åben. Se, hvor den er nu, og tryk "
        "igen."
    )
