"""A new round of a running case: more of its forløb, or another outcome (domain.md 1.2 row 22)."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering import varighed, varighedskontrol
from rehabilitering.services import forberedelse
from rehabilitering.services.afgoerelse.grundlag import kraev_ansvarlig
from ressource import haendelser
from ressource.datoer import EN_DAG
from ressource.kalender import i_dag
from ressource.models import Bruger

# From the plan, too: the team may have to see a case again before its plan was ever approved.
FASER = (Fase.PLAN, Fase.OPFOELGNING)


@dataclass(frozen=True, slots=True)
class Mulighed:
    """What the rules give: the first day after the last forløb, or today, and the most months from it.

    `hoejst` and `med_oenske` (when the citizen wishes more) are 0 when there can be none; `lukket`
    is why even a short one is barred by the cut-off, else empty.
    """

    begynder: date
    hoejst: int
    med_oenske: int
    lukket: str


def mulighed(sag: Sag) -> Mulighed | None:
    """What a new round can give; None for a case whose citizen never had a forløb."""
    tidligere = varighedskontrol.tidligere_forloeb(sag)
    if not tidligere:
        return None
    start = max(i_dag(), max(til for _, til in tidligere) + EN_DAG)
    slut = varighed.sidste_dag(start, 1)
    foedt, regelsaet = sag.borger.foedselsdato, sag.regelsaet
    hoejst = partial(varighed.hoejst, regelsaet, foedt=foedt, start=start, tidligere=tidligere)
    return Mulighed(
        begynder=start,
        hoejst=hoejst(),
        med_oenske=hoejst(oensker_mere=True),
        lukket=varighedskontrol.skaeringsbrud(sag, start=start, slut=slut, tidligere=tidligere),
    )


@transaction.atomic
def begynd(sag: Sag, *, af: Bruger) -> Sag:
    """Send the case to preparation again, with an open copy of the forberedende del.

    The running forløb, its plan and its talks go on meanwhile. Raises `ValidationError` outside
    `FASER`, `PermissionDenied` for others than the responsible caseworker.
    """
    sag = laas_sag(sag.pk)
    kraev_ansvarlig(sag, af)
    kraev_fase(sag, *FASER)
    skift_fase(sag, Fase.FORBEREDELSE, af=af)
    forberedelse.begynd_del(sag, af=af)
    haendelser.log(sag, "sag.ny_runde", af=af, sag_id=sag.pk)
    return sag
