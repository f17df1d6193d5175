"""What a talk decides of an effort: it begins, pauses, goes on or ends, as the plan's own steps."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError

from indsatsplan.models import Indsats
from indsatsplan.services.gennemfoerelse import afslut_indsats, begynd_indsats
from indsatsplan.services.pause import genoptag_indsats, hold_pause
from opfoelgning.models import Opfoelgningspunkt
from opfoelgning.skema import Punkt
from ressource.models import Bruger

StatusNu = Opfoelgningspunkt.StatusNu
# What the plan's services call a thing, and the field of the meeting form it is typed in.
_FELT_FOR = {"dato": "status_dato", "fra": "status_dato", "begrundelse": "status_grund"}


def skift(
    indsatser: Iterable[Indsats], punkter: Mapping[int, Punkt], *, dato: date, af: Bruger
) -> None:
    """Change every effort that `punkter` gives a new status, from its day, else from `dato`.

    Raises `ValidationError` with what the plan refuses, by the form's fields, all of it at once.
    """
    alle: dict[str, list[str]] = {}
    for indsats in indsatser:
        punkt = punkter.get(indsats.pk, Punkt())
        if not punkt.status_nu or punkt.status_nu == indsats.status:
            continue
        try:
            _skift_en(indsats, punkt, punkt.status_dato or dato, af)
        except ValidationError as fejl:
            for felt, tekster in _felter(fejl).items():
                alle.setdefault(f"{felt}_{indsats.pk}", []).extend(tekster)
    if alle:
        raise ValidationError(alle)


def _skift_en(indsats: Indsats, punkt: Punkt, dato: date, af: Bruger) -> None:
    if punkt.status_nu == StatusNu.PAUSE:
        if not punkt.status_grund.strip():
            raise ValidationError({"begrundelse": "Skriv, hvorfor indsatsen sættes på pause."})
        hold_pause(indsats, fra=dato, begrundelse=punkt.status_grund, af=af)
    elif punkt.status_nu in {StatusNu.AFSLUTTET, StatusNu.AFBRUDT}:
        afslut_indsats(
            indsats,
            dato=dato,
            afbrudt=punkt.status_nu == StatusNu.AFBRUDT,
            begrundelse=punkt.status_grund,
            af=af,
        )
    elif indsats.status == Indsats.Status.PAUSE:
        genoptag_indsats(indsats, dato=dato, af=af)
    else:
        begynd_indsats(indsats, dato=dato, af=af)


def _felter(fejl: ValidationError) -> dict[str, list[str]]:
    """The refusal by the form's fields; what is about no field is about the status."""
    if not hasattr(fejl, "error_dict"):
        return {"status_nu": fejl.messages}
    felter: dict[str, list[str]] = {}
    for felt, tekster in fejl.message_dict.items():
        felter.setdefault(_FELT_FOR.get(felt, "status_nu"), []).extend(tekster)
    return felter
