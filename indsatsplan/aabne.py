"""The one form that is open inside the plan page, known by a key: `maal-12`, `indsats-ny`.

`?aaben=<key>` opens it, and the page shows it at `#<key>`. Whoever owns a kind of form declares how
it is built for a first look; a refused one is handed to `views.plan.vis_plan` by its own view.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from indsatsplan.models import Ressourceforloeb
from ressource.adgang import maa
from ressource.anmodning import Anmodning

# From the request, the forløb with its case, and what follows the kind in the key: an id or `ny`.
Bygger = Callable[[Anmodning, Ressourceforloeb, str], forms.BaseForm | None]
# A longer number in the address is nobody's id.
_ID_CIFRE = 18


@dataclass(frozen=True, slots=True)
class _Slags:
    bygger: Bygger
    handling: str


_slags: dict[str, _Slags] = {}


def kend(slags: str, bygger: Bygger, *, handling: str = "plan.skriv") -> None:
    """Declare how the form of the keys `<slags>-…` is built, for those who may do `handling`.

    `bygger` gives None when there is nothing to open, for instance an id of another forløb.
    """
    _slags[slags] = _Slags(bygger, handling)


def byg(request: Anmodning, forloeb: Ressourceforloeb, noegle: str) -> forms.BaseForm | None:
    """The form of the key `noegle`; None when it is unknown or not the reader's to write in."""
    slags, _, id_tekst = noegle.rpartition("-")
    kendt = _slags.get(slags)
    if kendt is None or not maa(request.user, kendt.handling):
        return None
    return kendt.bygger(request, forloeb, id_tekst)


def som_id(id_tekst: str) -> int:
    """The id in a key; 0, which is nobody's, when it is not a number."""
    if id_tekst.isascii() and id_tekst.isdecimal() and len(id_tekst) <= _ID_CIFRE:
        return int(id_tekst)
    return 0
