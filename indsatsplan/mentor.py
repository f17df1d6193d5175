"""Mentor is the rule (guide, element 7): whether the plan has one, and why not."""

from collections.abc import Callable, Iterable
from typing import Any

from borgere.models import Sag
from indsatsplan import billede
from indsatsplan.billede import Maalbillede
from indsatsplan.models import Indsats, Ressourceforloeb
from indsatsplan.models.plan import IndsatsQuerySet
from ressource.models import Bruger

# A section of the mentor's page that belongs to the floor above: its template and context, or None.
Afsnit = tuple[str, dict[str, Any]]
_afsnit: list[Callable[[Bruger, Sag], Afsnit | None]] = []

_STAAR_I_PLANEN = (*Indsats.IKKE_BEGYNDT, *Indsats.LOEBENDE)


def tilfoej_afsnit(hent: Callable[[Bruger, Sag], Afsnit | None]) -> None:
    """Declare a section of the mentor's page. Called once, by the `ready` of the app above."""
    if hent not in _afsnit:
        _afsnit.append(hent)


def afsnit(bruger: Bruger, sag: Sag) -> list[Afsnit]:
    """The sections that others add to the page `bruger` sees of the case."""
    return [fundet for hent in _afsnit if (fundet := hent(bruger, sag)) is not None]


def aftalte_indsatser(sag: Sag) -> IndsatsQuerySet:
    """The case's mentor efforts that are agreed or running, in order of time.

    Also beside a next forløb already granted: those of one that has ended are closed.
    """
    aftalt = set(_STAAR_I_PLANEN) - {Indsats.Status.FORESLAAET}
    return Indsats.objects.filter(
        forloeb__sag=sag, indsatstype__er_mentor=True, status__in=aftalt
    ).order_by("planlagt_start", "pk")


def staar_i(maal: Iterable[Maalbillede]) -> bool:
    """Whether a mentor is planned or running in a plan at hand; one that has ended is none."""
    return any(i.er_mentor and i.status in _STAAR_I_PLANEN for i in billede.indsatser(maal))


def seneste_fravalg(forloeb: Ressourceforloeb) -> str:
    """Why there was no mentor, when somebody last said so: in the plan, else in the indstilling.

    Needs `afgoerelse` as `til_plan` fetches it. One statement; empty when nobody has.
    """
    foer = forloeb.planer.exclude(uden_mentor_begrundelse="").first()
    if foer is not None:
        return foer.uden_mentor_begrundelse
    indstilling = forloeb.afgoerelse.grundlag
    return " ".join(indstilling.uden_mentor_begrundelse.split())[:250] if indstilling else ""
