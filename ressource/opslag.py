"""The look-up log's one entrance. The only thing a GET ever writes."""

from uuid import UUID

from django.http import HttpRequest

from ressource.models import Opslag


def log(
    request: HttpRequest,
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
