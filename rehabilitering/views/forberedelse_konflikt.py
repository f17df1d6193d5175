"""When two have written in the same section: both versions, and the choice between them."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from borgere import sagsramme
from borgere.models import Sag
from rehabilitering.forms.forberedelse import UdfyldForm
from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel
from rehabilitering.rettelse import omstridte
from rehabilitering.services.forberedelse import afsnitsliste, laeg_til_side
from ressource.anmodning import Anmodning
from ressource.fejl import Uenighed, konflikt
from ressource.htmx import svar, vil_have_del

SKABELON = "rehabilitering/forberedende_del.html"


def konfliktside(
    request: Anmodning, sag: Sag, del_: ForberedendeDel, kode: str
) -> HttpResponse | None:
    """409 with everything the two wrote differently; `None` when they no longer do.

    What was sent is laid aside first. An automatic save gets only the status, which says that it
    did not save.
    """
    linje = next(punkt for punkt in afsnitsliste(sag, del_) if punkt.kode == kode)
    form = UdfyldForm(request.POST, del_=del_, linje=linje)
    form.is_valid()
    i_afsnit, i_hoved = _omstridte(form)
    uenige = _uenige(form, i_afsnit, linje.afsnit) + _uenige(form, i_hoved, del_)
    if not uenige:
        return None
    mine = {(kode, f): v for f, v in i_afsnit.items()} | {("", f): v for f, v in i_hoved.items()}
    laeg_til_side(del_, mine, af=request.user)
    objekter: list[ForberedendeDel | ForberedendeAfsnit] = [linje.afsnit] if i_afsnit else []
    objekt = max(objekter + ([del_] if i_hoved else []), key=lambda o: o.rettet_den)
    navn = objekt.rettet_af.navn if objekt.rettet_af else "En anden"
    if vil_have_del(request):
        tekst = (
            f"{navn} gemte, mens du skrev. Din tekst er lagt til side. Tryk på Gem for at se begge."
        )
        return svar(request, SKABELON, {"fejl": [tekst]}, delvis="gemt", status=409)
    ramme = sagsramme.ramme(request, sag, "forberedende_del")
    return konflikt(
        request,
        felter=uenige,
        titel=f"I har begge skrevet i afsnit {linje.nr}, {linje.titel}",
        anden=navn,
        gemt_den=objekt.rettet_den,
        version=form.version_ved_valg({felt.navn for felt in uenige}),
        fortryd=f"{reverse('rehabilitering:forberedende_del', args=[sag.pk])}?afsnit={kode}",
        ramme=ramme | {"skelet": "borgere/sag_ramme.html"},
    )


def _omstridte(form: UdfyldForm) -> tuple[dict[str, Any], dict[str, Any]]:
    """My values of the fields that another has changed too, in the section and in the head."""
    afsnit, hoved = form.rettelser()
    return (
        omstridte(form.linje.afsnit, afsnit) if afsnit else {},
        omstridte(form.del_, hoved) if hoved else {},
    )


def _uenige(
    form: UdfyldForm, mine: dict[str, Any], gemt: ForberedendeDel | ForberedendeAfsnit
) -> list[Uenighed]:
    """The fields in which the two differ, with the words that a choice is shown by."""
    uenige = []
    for navn, vaerdi in mine.items():
        felt = form.fields[navn]
        visning = {str(k): str(v) if k else "Ikke valgt" for k, v in getattr(felt, "choices", ())}
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
