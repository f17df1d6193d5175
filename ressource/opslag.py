"""The look-up log's one entrance. The only thing a GET ever writes.

What was looked at is a code that its app has declared with the words people read (`beskriv`): the
same words stand on the auditor's page and on «opslag i din sag», so they name a screen the way the
citizen would, and never what stood on it.
"""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from django.http import HttpRequest

from ressource.anmodning import Anmodning
from ressource.models import Opslag

_tekster: dict[str, str] = {}


def beskriv(tekster: Mapping[str, str]) -> None:
    """Declare codes of what can be looked at, with plain Danish words in the definite form.

    Called once, by each app's `ready`. Raises `ValueError` when a code has other words already.
    """
    for kode, ord_ in tekster.items():
        if _tekster.setdefault(kode, ord_) != ord_:
            raise ValueError(f"Opslagskoden «{kode}» er allerede beskrevet med andre ord.")


def tekst(kode: str) -> str:
    """The words of a code in the log; a code that no app declares any longer is shown as it is."""
    return _tekster.get(kode, kode)


def er_beskrevet(kode: str) -> bool:
    """Whether an app has declared `kode`; `log` takes no other."""
    return kode in _tekster


def log(
    request: Anmodning,
    objekt: str,
    *,
    handling: Opslag.Handling = Opslag.Handling.SE,
    sag_id: int | None = None,
    borger_noegle: UUID | None = None,
    formaal: str = "",
) -> None:
    """Write that the signed-in user looked at `objekt` (a declared code, never what it said).

    Raises `KeyError` when no app has declared `objekt`.
    """
    if not er_beskrevet(objekt):
        raise KeyError(objekt)
    bruger = request.user
    if handling == Opslag.Handling.AFVIST:
        request.afvist_er_logget = True
    Opslag.objects.create(
        bruger=bruger,
        roller=",".join(bruger.roller),
        organisation=bruger.organisation,
        handling=handling,
        objekt=objekt,
        sag_id=sag_id,
        borger_noegle=borger_noegle,
        formaal=formaal,
        anmodningsid=getattr(request, "anmodningsid", None),
    )


def har_logget_afvist(request: HttpRequest) -> bool:
    """Whether a refusal of this request stands in the log already."""
    return getattr(request, "afvist_er_logget", False)


FindSag = Callable[[str], int | None]
Sagsnavne = Callable[[Collection[int]], dict[int, str]]
_sager: dict[str, tuple[FindSag, Sagsnavne]] = {}


def kend_sager(*, find: FindSag, navne: Sagsnavne) -> None:
    """Let the floor that has the cases translate numbers; called once, by its `ready`."""
    _sager["sager"] = (find, navne)


def find_sag(sagsnummer: str) -> int | None:
    """The id of a case by its number, or None."""
    return _sager["sager"][0](sagsnummer)


def sagsnavne(sag_ider: Collection[int]) -> dict[int, str]:
    """The case numbers of the ids in a page of the log."""
    return _sager["sager"][1](sag_ider)
