"""The draft of the plan opens by itself when something is written in it."""

from indsatsplan.models import Indsatsplan, Ressourceforloeb
from ressource import haendelser
from ressource.models import Bruger


def aabn_kladde(forloeb: Ressourceforloeb, *, af: Bruger) -> Indsatsplan:
    """The draft being written; the next version is begun, and logged, when the newest is approved.

    The approved version stays readable. Call it with the forløb locked (`laas_aabent_forloeb`) and
    in the transaction that writes: what is refused leaves no empty draft behind.
    """
    seneste = forloeb.planer.first()
    if seneste is not None and not seneste.er_godkendt:
        return seneste
    kladde = Indsatsplan(forloeb=forloeb, nr=(seneste.nr if seneste else 0) + 1, oprettet_af=af)
    kladde.full_clean()
    kladde.save()
    haendelser.log(kladde, "plan.ny_version", af=af, sag_id=forloeb.sag_id, nr=kladde.nr)
    return kladde
