"""The 409 page of a draft that is saved as a whole: screening note, indstilling and afgørelse."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from rehabilitering.models import Afgoerelse, Indstilling, Screeningsnotat
from ressource import opslag
from ressource.anmodning import Anmodning
from ressource.dansk import dato
from ressource.fejl import Uenighed, konflikt
from ressource.samtidighed import en_anden, sidst_gemt


def som_sendt(vaerdi: Any) -> str:
    """The value as the form sends it."""
    if vaerdi is None:
        return ""
    if hasattr(vaerdi, "pk"):
        return str(vaerdi.pk)
    if hasattr(vaerdi, "isoformat"):
        return dato(vaerdi)
    return str(vaerdi).replace("\r\n", "\n")


def konfliktside(
    request: Anmodning,
    gemt: Screeningsnotat | Indstilling | Afgoerelse,
    felter: Sequence[Uenighed],
    *,
    objekt: str,
    kode: str,
    titel: str,
    fortryd: str,
) -> HttpResponse:
    """Both versions of every disputed field; logs that the other's text was shown.

    `objekt` is the screen's name in the look-up log, `kode` the event that a save writes.
    """
    sag = gemt.sag
    opslag.log(request, objekt, sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    sidst = sidst_gemt(gemt, kode, sag_id=sag.pk) or en_anden()
    return konflikt(
        request,
        felter=felter,
        titel=titel,
        anden=sidst.navn,
        gemt_den=sidst.tidspunkt,
        version=gemt.laas,
        versionsfelt="laas",
        fortryd=fortryd,
    )
