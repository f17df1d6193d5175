"""The look-up log's one entrance. The only thing a GET ever writes."""

from collections.abc import Callable, Collection
from uuid import UUID

from ressource.anmodning import Anmodning
from ressource.models import Opslag


def log(
    request: Anmodning,
    objekt: str,
    *,
    handling: Opslag.Handling = Opslag.Handling.SE,
    sag_id: int | None = None,
    borger_noegle: UUID | None = None,
    formaal: str = "",
) -> None:
    """Write that the signed-in user looked at `objekt` (a screen's name, never its content)."""
    bruger = request.user
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
