"""Two at the meeting saved at once: what they wrote is put together, and nothing of either is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from rehabilitering.forms.indstilling import IndstillingForm, Katalog, LinjeForm
from rehabilitering.models import Indstilling, Indstillingslinje
from rehabilitering.services.indstilling_kladde import FELTER, LINJEFELTER
from rehabilitering.views import konflikt
from rehabilitering.views.konflikt import som_sendt
from ressource.anmodning import Anmodning
from ressource.fejl import Uenighed


@dataclass(frozen=True)
class Kladde:
    """What a page wants saved: fields, lines in order, and ids of the members present.

    `til_stede` is `None` when the page leaves attendance as it is.
    """

    felter: Mapping[str, Any]
    linjer: Sequence[Mapping[str, Any]]
    til_stede: set[int] | None


def flet(
    form: IndstillingForm, min_kladde: Kladde, gemt: Indstilling
) -> tuple[Kladde, list[Uenighed]]:
    """My draft with what the stored one has besides, and the fields the two wrote differently.

    Lines are paired by their kind of effort; one that only one of the two has is kept. A choice or
    date left open is no opinion. A text is disputed when the two differ at all, for an empty one may
    have been emptied on purpose.
    """
    uenige: list[Uenighed] = []
    felter = _flet_felter(form, min_kladde.felter, gemt, "", "", uenige)
    linjer = []
    for nr, (min_linje, anden) in enumerate(_par(min_kladde.linjer, gemt), start=1):
        if min_linje is None or anden is None:
            linjer.append(min_linje or _linjefelter(anden))
            continue
        linjeform = LinjeForm(katalog=Katalog([anden.indsatstype]), nr=nr)
        linjer.append(
            _flet_felter(linjeform, min_linje, anden, f"linje-{nr}-", f"Linje {nr}: ", uenige)
        )
    return Kladde(felter, linjer, min_kladde.til_stede), uenige


def _par(
    mine: Sequence[Mapping[str, Any]], gemt: Indstilling
) -> list[tuple[Mapping[str, Any] | None, Indstillingslinje | None]]:
    """My lines, each with the stored one of the same kind, then the stored ones left over."""
    rest = list(gemt.linjer.select_related("indsatstype"))
    par: list[tuple[Mapping[str, Any] | None, Indstillingslinje | None]] = []
    for linje in mine:
        ens = next((g for g in rest if g.indsatstype == linje["indsatstype"]), None)
        if ens:
            rest.remove(ens)
        par.append((linje, ens))
    return par + [(None, linje) for linje in rest]


def _linjefelter(linje: Indstillingslinje | None) -> dict[str, Any]:
    return {felt: getattr(linje, felt) for felt in LINJEFELTER}


def _flet_felter(
    form: forms.Form,
    mine: Mapping[str, Any],
    gemt: Indstilling | Indstillingslinje,
    praefiks: str,
    foran: str,
    uenige: list[Uenighed],
) -> dict[str, Any]:
    """My values, with the stored ones where I chose none; what differs is added to `uenige`."""
    samlet = dict(mine)
    for navn in FELTER if isinstance(gemt, Indstilling) else LINJEFELTER:
        mit, andet = som_sendt(mine[navn]), som_sendt(getattr(gemt, navn))
        if not mit and not _er_tekst(form[navn]):
            samlet[navn] = getattr(gemt, navn)
        elif mit != andet and (andet or _er_tekst(form[navn])):
            uenige.append(_uenighed(form[navn], praefiks + navn, mit, andet, foran))
    return samlet


def _er_tekst(felt: forms.BoundField) -> bool:
    return isinstance(felt.field, forms.CharField)


def _uenighed(felt: forms.BoundField, navn: str, mit: str, andet: str, foran: str) -> Uenighed:
    valg = {str(v): str(n) for v, n in getattr(felt.field, "choices", ()) if isinstance(n, str)}
    label = str(felt.label)
    return Uenighed(
        navn,
        foran + (label.lower() if foran else label),
        mit,
        andet,
        er_tekst=_er_tekst(felt),
        min_vist=valg.get(mit, ""),
        anden_vist=valg.get(andet, ""),
    )


def konfliktside(
    request: Anmodning, gemt: Indstilling, samlet: Kladde, uenigheder: Sequence[Uenighed]
) -> HttpResponse:
    """409 with both versions of every disputed field; the rest goes along, put together.

    What is chosen is saved as a draft, also when the button was «Afslut»: the chair is to see the
    result first.
    """
    request.POST = _som_sendes(samlet, gemt)  # type: ignore[assignment]
    return konflikt.konfliktside(
        request,
        gemt,
        uenigheder,
        objekt="live",
        kode="indstilling.gemt",
        titel="I har begge skrevet i indstillingen",
        fortryd=reverse("rehabilitering:live", args=[gemt.punkt_id]),
    )


def _som_sendes(kladde: Kladde, gemt: Indstilling) -> QueryDict:
    """The draft as the live page's form would send it, without a button."""
    data = QueryDict(mutable=True)
    for felt, vaerdi in kladde.felter.items():
        data[felt] = som_sendt(vaerdi)
    for nr, linje in enumerate(kladde.linjer, start=1):
        for felt in LINJEFELTER:
            data[f"linje-{nr}-{felt}"] = som_sendt(linje[felt])
    if kladde.til_stede is not None:
        moedt = gemt.punkt.moede.deltagere.filter(var_til_stede=True)
        data.setlist("til_stede", [str(pk) for pk in sorted(kladde.til_stede)])
        data["til_stede_vist"] = ",".join(str(deltager.pk) for deltager in moedt)
    return data
