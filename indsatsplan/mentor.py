"""Mentor is the rule (guide, element 7): whether the plan has one."""

from indsatsplan.models import Indsats, Ressourceforloeb

_STAAR_I_PLANEN = (*Indsats.IKKE_BEGYNDT, *Indsats.LOEBENDE)


def har_mentor(forloeb: Ressourceforloeb) -> bool:
    """Whether a mentor is planned or running; one that has ended or lapsed is none. One statement."""
    return forloeb.indsatser.filter(
        indsatstype__er_mentor=True, status__in=_STAAR_I_PLANEN
    ).exists()
