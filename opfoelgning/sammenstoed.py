"""Two people wrote in the same meeting form: what to show of each."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from opfoelgning.forms import MoedeForm, startvaerdier
from opfoelgning.models import Opfoelgningsmoede
from opfoelgning.skema import PUNKTFELTER, gemt_skema
from ressource import opslag
from ressource.anmodning import Anmodning
from ressource.fejl import Uenighed, konflikt
from ressource.samtidighed import en_anden, sidst_gemt

LANGE_TEKSTER = ("hvad_skete_", "naeste_tre_maaneder_", "referat", "skitse", "smaa_skridt")


def uenigheder(form: MoedeForm, gemt: Opfoelgningsmoede) -> list[Uenighed]:
    """The fields where somebody else has stored something other than what was sent in `form`.

    Where nothing is stored there is nothing to lose, and what was sent stands.
    """
    lagret = startvaerdier(
        gemt_skema(gemt), gemt.laas, andre=form.andre, maaleskema=form.maaleskema
    )
    navne = {str(indsats.pk): indsats.beskrivelse for indsats in form.indsatser}
    felter = []
    for navn, felt in form.fields.items():
        mit = form.data.get(navn, "").strip()
        andet = _som_sendt(felt, lagret.get(navn))
        if navn == "laas" or not andet or mit == andet:
            continue
        punktfelt, _, pk = navn.rpartition("_")
        om = navne.get(pk) if punktfelt in PUNKTFELTER else None
        felter.append(
            Uenighed(
                navn=navn,
                label=f"{om}: {felt.label}" if om else str(felt.label),
                min=mit,
                anden=andet,
                er_tekst=navn.startswith(LANGE_TEKSTER),
                min_vist=_vist(felt, mit),
                anden_vist=_vist(felt, andet),
            )
        )
    return felter


def sammen_adresse(moede: Opfoelgningsmoede) -> str:
    """The meeting's form on the screen one looks at together with the citizen."""
    return f"{reverse('opfoelgning:moede', args=[moede.pk])}?sammen=1"


def vis(
    request: Anmodning, gemt: Opfoelgningsmoede, felter: list[Uenighed], *, er_sammen: bool
) -> HttpResponse:
    """409 with both versions of `felter`; every other field goes along as it was sent.

    It shows what the other wrote, and is logged as the form is. `er_sammen`: on the shared screen,
    in its frame.
    """
    sag = gemt.sag
    opslag.log(request, "opfoelgning", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    sidst = sidst_gemt(gemt, "opfoelgning.gemt", sag_id=gemt.sag_id) or en_anden()
    adresse = reverse("opfoelgning:moede", args=[gemt.pk])
    ramme = {"skelet": "opfoelgning/sammen_ramme.html", "moede": gemt, "tilbage_url": adresse}
    return konflikt(
        request,
        felter=felter,
        titel=f"I har begge skrevet i skemaet til opfølgning nr. {gemt.nr}",
        anden=sidst.navn,
        gemt_den=sidst.tidspunkt,
        version=gemt.laas,
        versionsfelt="laas",
        fortryd=sammen_adresse(gemt) if er_sammen else adresse,
        ramme=ramme if er_sammen else None,
    )


def _som_sendt(felt: forms.Field, vaerdi: Any) -> str:
    """A stored value in the words a browser would send."""
    if vaerdi in (None, "", False):
        return ""
    if isinstance(felt, forms.BooleanField):
        return str(felt.widget.attrs.get("value", "on"))
    if isinstance(felt, forms.ChoiceField):
        return str(vaerdi)
    return str(felt.widget.format_value(felt.prepare_value(vaerdi))).strip()


def _vist(felt: forms.Field, sendt: str) -> str:
    """What a person reads for a value: a choice's label, yes or no; empty for plain text."""
    if isinstance(felt, forms.BooleanField):
        return "Ja" if sendt else "Nej"
    if isinstance(felt, forms.ChoiceField):
        muligheder: Any = felt.choices
        return next((str(navn) for v, navn in muligheder if str(v) == sendt), "")
    return ""
