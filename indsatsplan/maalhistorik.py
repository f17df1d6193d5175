"""How a goal has been worded since the forløb began: when, by whom and why.

Every save of a goal keeps the row as it was; the event of the same lock number says who saved it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from indsatsplan.billede import Maalbillede
from indsatsplan.models import Maal, Ressourceforloeb
from rehabilitering.models import Maalart
from ressource.fletning import Stykke, sammenlign
from ressource.models import Haendelse

_Historik: Any = Maal.pgh_event_model  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Udgave:
    """The goal as it stood from `tidspunkt`; `stykker` marks the words the one before had not.

    `tidspunkt` and `af` are None for the goal the forløb began with.
    """

    stykker: tuple[Stykke, ...]
    art: str
    begrundelse: str
    tidspunkt: datetime | None
    af: str | None
    er_taget_ud: bool

    @property
    def art_vist(self) -> str:
        """`Jobmål`; empty for another kind of goal."""
        return f"{Maalart(self.art).label.capitalize()}mål" if self.art else ""


def antal_udgaver(forloeb: Ressourceforloeb, maal: Iterable[Maalbillede]) -> dict[int, int]:
    """How many earlier wordings each of the goals has, by id. One statement."""
    foer: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    gemte = _Historik.objects.filter(forloeb=forloeb).order_by("pgh_id")
    for maal_id, tekst, art in gemte.values_list("pgh_obj_id", "tekst", "art"):
        foer[maal_id].append((tekst, art))
    return {m.id: sum(a != b for a, b in pairwise([*foer[m.id], (m.tekst, m.art)])) for m in maal}


def udgaver(maal: Maal) -> list[Udgave]:
    """Every wording of the goal, the newest first; what only moved it is no wording. Two statements."""
    gemte = list(_Historik.objects.filter(pgh_obj_id=maal.pk).order_by("pgh_id"))
    tilstande = [*gemte, maal]
    tider = [None, *(raekke.pgh_created_at for raekke in gemte)]
    skrevet = _skrevet(maal)
    fundne: list[Udgave] = []
    sidste: Any = None
    for tilstand, tid in zip(tilstande, tider, strict=True):
        if sidste is not None and _ordlyd(tilstand) == _ordlyd(sidste):
            continue
        af, tidspunkt = skrevet.get(tilstand.laas, (None, tid))
        fundne.append(
            Udgave(
                stykker=_stykker(tilstand.tekst, sidste.tekst if sidste else tilstand.tekst),
                art=tilstand.art,
                begrundelse=tilstand.begrundelse,
                tidspunkt=tidspunkt,
                af=af,
                er_taget_ud=tilstand.fjernet_den is not None,
            )
        )
        sidste = tilstand
    return fundne[::-1]


def _ordlyd(tilstand: Any) -> tuple[str, str, str, bool]:
    return tilstand.tekst, tilstand.art, tilstand.begrundelse, tilstand.fjernet_den is not None


def _stykker(tekst: str, foer: str) -> tuple[Stykke, ...]:
    return tuple(sammenlign(tekst, foer).mine)


def _skrevet(maal: Maal) -> dict[int, tuple[str, datetime]]:
    """Who saved the goal and when, by the lock number it got."""
    haendelser = Haendelse.objects.filter(
        objekt_type=maal._meta.label_lower,
        objekt_id=maal.pk,
        sag_id=maal.forloeb.sag_id,
        data__has_key="laas",
    ).select_related("af")
    return {h.data["laas"]: (h.af.navn if h.af else "Systemet", h.tidspunkt) for h in haendelser}
