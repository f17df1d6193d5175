"""Two at the meeting saved at once: both versions on one page, and nothing lost of either."""

from itertools import zip_longest
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from rehabilitering.forms.indstilling import IndstillingForm, LinjeForm, Linjesaet
from rehabilitering.models import Dagsordenspunkt, Indstilling, Indstillingslinje
from rehabilitering.services import indstilling as services
from rehabilitering.services.indstilling import FELTER, LINJEFELTER
from ressource.dansk import dato
from ressource.fejl import Uenighed, konflikt


def konfliktside(
    request: HttpRequest, punkt: Dagsordenspunkt, form: IndstillingForm, saet: Linjesaet
) -> HttpResponse:
    """409 with every field the two wrote differently, lines compared by their place.

    The same text sent twice is no conflict. What is chosen is saved as a draft, also when the button was «Afslut»: the chair is to see the
    result first. Whoever either of them ticked as present stays ticked.
    """
    indstilling = Indstilling.objects.get(punkt=punkt)
    gemte = list(indstilling.linjer.select_related("indsatstype"))
    felter = _uenige_felter(form, indstilling) + _uenige_linjer(saet.udfyldte(), gemte)
    if not felter:
        messages.success(request, "Indstillingen er allerede gemt med det samme indhold.")
        return redirect("rehabilitering:live", pk=punkt.pk)
    request.POST = _uden_knap(request.POST, saet, punkt)  # type: ignore[assignment]
    sidst = services.sidst_gemt(indstilling, punkt.sag_id, "indstilling.gemt")
    return konflikt(
        request,
        felter=felter,
        titel="I har begge skrevet i indstillingen",
        anden=sidst.navn if sidst else "En anden",
        gemt_den=sidst.tidspunkt if sidst else timezone.now(),
        version=indstilling.laas,
        versionsfelt="laas",
        fortryd=reverse("rehabilitering:live", args=[punkt.pk]),
    )


def _uden_knap(sendt: QueryDict, saet: Linjesaet, punkt: Dagsordenspunkt) -> QueryDict:
    """What was sent, with the lines numbered 1, 2, 3 as stored ones are, and without the button."""
    data = sendt.copy()
    for navn in list(data):
        if navn == "handling" or navn.startswith("linje-"):
            del data[navn]
    for nr, linje in enumerate(saet.udfyldte(), start=1):
        for felt in LINJEFELTER:
            data[f"linje-{nr}-{felt}"] = sendt.get(linje.add_prefix(felt), "")
    moedt = punkt.moede.deltagere.filter(var_til_stede=True).values_list("pk", flat=True)
    data.setlist("til_stede", sorted({*sendt.getlist("til_stede"), *map(str, moedt)}))
    return data


def _uenige_felter(form: IndstillingForm, gemt: Indstilling) -> list[Uenighed]:
    return [
        _uenighed(form[felt], felt, mit, andet)
        for felt in FELTER
        if (mit := _tekst(form.cleaned_data[felt])) != (andet := _tekst(getattr(gemt, felt)))
    ]


def _uenige_linjer(mine: list[LinjeForm], gemte: list[Indstillingslinje]) -> list[Uenighed]:
    fundne = []
    for nr, (min_linje, anden) in enumerate(zip_longest(mine, gemte), start=1):
        form = min_linje or LinjeForm(katalog=mine[0].katalog if mine else _katalog(anden), nr=nr)
        for felt in LINJEFELTER:
            mit = _tekst(min_linje.cleaned_data[felt]) if min_linje else ""
            andet = _tekst(getattr(anden, felt)) if anden else ""
            if mit != andet:
                fundne.append(
                    _uenighed(form[felt], f"linje-{nr}-{felt}", mit, andet, foran=f"Linje {nr}: ")
                )
    return fundne


def _katalog(linje: Indstillingslinje) -> Any:
    return Linjesaet.gemte([linje]).katalog


def _tekst(vaerdi: Any) -> str:
    """The value as the form sends it."""
    if vaerdi is None:
        return ""
    if hasattr(vaerdi, "pk"):
        return str(vaerdi.pk)
    if hasattr(vaerdi, "isoformat"):
        return dato(vaerdi)
    return str(vaerdi).replace("\r\n", "\n")


def _uenighed(felt: forms.BoundField, navn: str, mit: str, andet: str, foran: str = "") -> Uenighed:
    er_tekst = isinstance(felt.field, forms.CharField)
    valg = {} if er_tekst else _valgmuligheder(felt.field)
    label = str(felt.label)
    return Uenighed(
        navn,
        foran + (label.lower() if foran else label),
        mit,
        andet,
        er_tekst=er_tekst,
        min_vist=valg.get(mit, ""),
        anden_vist=valg.get(andet, ""),
    )


def _valgmuligheder(felt: forms.Field) -> dict[str, str]:
    """What each choice is called, groups unfolded; empty for dates and numbers."""
    navne: dict[str, str] = {}
    for vaerdi, navn in getattr(felt, "choices", ()):
        par = navn if isinstance(navn, list | tuple) else [(vaerdi, navn)]
        navne |= {str(v): str(n) for v, n in par}
    return navne
