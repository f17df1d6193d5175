"""Two at the meeting wrote in the same field: both texts, and the choice between them."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from rehabilitering.aftryk import aftryk
from rehabilitering.forms.indstilling import LinjeForm
from rehabilitering.forms.live import Liveformular
from rehabilitering.forms.vist import VistForm
from rehabilitering.services import indstilling_kladde
from rehabilitering.services.indstilling_kladde import VALGFELTER, Gemt
from rehabilitering.views.konflikt import som_sendt
from ressource import opslag
from ressource.anmodning import Anmodning
from ressource.fejl import Uenighed, konflikt

# Sent by the page that showed two versions to choose between.
VALGT = "valgt"


def steder(formular: Liveformular, gemt: Gemt) -> list[tuple[VistForm, str, Any]]:
    """Form, field and my value of each disputed field; not of lines taken out meanwhile."""
    forme: dict[int | None, VistForm] = {None: formular.hoved}
    forme |= {form.linje.pk: form for form in formular.aktuelle_linjer}
    return [
        (forme[pk], felt, vaerdi)
        for (pk, felt), vaerdi in gemt.omstridte.items()
        if pk in forme and felt in forme[pk].fields
    ]


def navn(form: VistForm, felt: str) -> str:
    """What the field is called on the page."""
    label = str(form.fields[felt].label)
    return f"Linje {form.linje.nr}: {label.lower()}" if isinstance(form, LinjeForm) else label


def konfliktside(request: Anmodning, formular: Liveformular, gemt: Gemt) -> HttpResponse | None:
    """409 with both versions of every disputed field; `None` when there is nothing to choose.

    Everything else is saved already. What is chosen is saved as a draft, also when the button was
    «Afslut»: the chair is to see the result first. `formular` holds what is stored now.
    """
    fundne = steder(formular, gemt)
    indstilling = formular.stand.indstilling
    if not fundne or indstilling is None:
        return None
    data = request.POST.copy()
    data.pop("handling", None)
    for form, felt, _ in fundne:
        data[form.versionsnavn(felt)] = aftryk(form.gemte[felt])
    request.POST = data  # type: ignore[assignment]
    sag = indstilling.sag
    opslag.log(request, "live", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    sidst = indstilling_kladde.sidste_skriver(indstilling, uden=request.user)
    return konflikt(
        request,
        felter=[_uenighed(form, felt, vaerdi) for form, felt, vaerdi in fundne],
        titel="I har begge skrevet i indstillingen",
        anden=sidst.af.navn if sidst and sidst.af else "En anden",
        gemt_den=sidst.tidspunkt if sidst else timezone.now(),
        version=1,
        versionsfelt=VALGT,
        fortryd=reverse("rehabilitering:live", args=[indstilling.punkt_id]),
    )


def _uenighed(form: VistForm, felt: str, mit: Any) -> Uenighed:
    valg = _valg(form.fields[felt])
    min_tekst, anden_tekst = som_sendt(mit), som_sendt(form.gemte[felt])
    return Uenighed(
        form.add_prefix(felt),
        navn(form, felt),
        min_tekst,
        anden_tekst,
        er_tekst=felt not in VALGFELTER,
        min_vist=valg.get(min_tekst, ""),
        anden_vist=valg.get(anden_tekst, ""),
    )


def _valg(felt: Any) -> dict[str, str]:
    """What each choice is called, groups unfolded."""
    fundne: dict[str, str] = {}
    for vaerdi, label in getattr(felt, "choices", ()):
        gruppe = label if isinstance(label, list | tuple) else [(vaerdi, label)]
        fundne |= {str(v): str(tekst) for v, tekst in gruppe}
    return fundne
