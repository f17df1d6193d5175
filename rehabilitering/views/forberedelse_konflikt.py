"""When two have written in the same section: both versions, and the choice between them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from borgere.models import Sag
from rehabilitering.forms.forberedelse import Stand, UdfyldForm
from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel
from rehabilitering.services.forberedelse import afsnitsliste, er_foraeldet, nye_vaerdier
from ressource import opslag
from ressource.anmodning import Anmodning
from ressource.fejl import Uenighed, konflikt
from ressource.htmx import svar, vil_have_del

SKABELON = "rehabilitering/forberedende_del.html"


def konfliktside(
    request: Anmodning, sag: Sag, del_: ForberedendeDel, kode: str
) -> HttpResponse | None:
    """409 with everything the two wrote differently; `None` when they no longer do.

    An automatic save gets only the status, which says that it did not save.
    """
    linje = next(punkt for punkt in afsnitsliste(sag, del_) if punkt.kode == kode)
    form = UdfyldForm(request.POST, del_=del_, linje=linje)
    form.is_valid()
    dele = list(_dele(form))
    uenige = [felt for felter, *_ in dele for felt in felter]
    if not uenige:
        return None
    objekt = max((o for felter, _, o in dele if felter), key=_rettet_den)
    navn = objekt.rettet_af.navn if objekt.rettet_af else "En anden"
    if vil_have_del(request):
        tekst = f"{navn} gemte, mens du skrev. Tryk på Gem for at se begge tekster."
        return svar(request, SKABELON, {"fejl": [tekst]}, delvis="gemt", status=409)
    opslag.log(request, "forberedende_del", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    return konflikt(
        request,
        felter=uenige,
        titel=f"I har begge skrevet i afsnit {linje.nr}, {linje.titel}",
        anden=navn,
        gemt_den=objekt.rettet_den,
        version="-".join(str(stand) for _, stand, _ in dele),
        fortryd=f"{reverse('rehabilitering:forberedende_del', args=[sag.pk])}?afsnit={kode}",
    )


def _rettet_den(objekt: ForberedendeDel | ForberedendeAfsnit) -> datetime:
    return objekt.rettet_den


def _dele(
    form: UdfyldForm,
) -> Iterator[tuple[list[Uenighed], Stand, ForberedendeDel | ForberedendeAfsnit]]:
    """For section and head: what is disputed, the version to send back, and what is stored.

    A part nobody disputes goes back with the version it was sent with, and is judged anew.
    """
    objekter: tuple[ForberedendeDel | ForberedendeAfsnit, ...] = (form.linje.afsnit, form.del_)
    for objekt, rettelse, gemt, sendt in zip(
        objekter,
        form.rettelser(),
        form.stande(),
        form.sendte_stande(),
        strict=True,
    ):
        if rettelse and er_foraeldet(objekt, rettelse):
            nye = nye_vaerdier(objekt, rettelse)
            yield _uenige(form, nye, objekt), gemt, objekt
        else:
            yield [], sendt, objekt


def _uenige(
    form: UdfyldForm, mine: Mapping[str, Any], gemt: ForberedendeDel | ForberedendeAfsnit
) -> list[Uenighed]:
    """The fields in which the two differ, with the words that a choice is shown by."""
    uenige = []
    for navn, vaerdi in mine.items():
        felt = form.fields[navn]
        visning = {str(k): str(v) for k, v in getattr(felt, "choices", ())}
        min_tekst, anden_tekst = _tekst(vaerdi), _tekst(getattr(gemt, navn))
        uenige.append(
            Uenighed(
                navn,
                str(felt.label),
                min_tekst,
                anden_tekst,
                er_tekst=not visning,
                min_vist=visning.get(min_tekst, ""),
                anden_vist=visning.get(anden_tekst, ""),
            )
        )
    return uenige


def _tekst(vaerdi: object) -> str:
    return "" if vaerdi is None else str(vaerdi)
