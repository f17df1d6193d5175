"""Mentor is the rule (guide, element 7): whether the plan has one, and why not."""

from collections.abc import Iterable

from borgere.models import Sag
from indsatsplan import billede
from indsatsplan.billede import Maalbillede
from indsatsplan.models import Indsats, Ressourceforloeb
from indsatsplan.models.plan import IndsatsQuerySet

_STAAR_I_PLANEN = (*Indsats.IKKE_BEGYNDT, *Indsats.LOEBENDE)


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
