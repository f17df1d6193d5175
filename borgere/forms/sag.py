"""The list of cases, who works on a case, and its end."""

from typing import Any

from django import forms

from borgere.models import (
    Afslutningsaarsag,
    Fase,
    Tildeling,
)
from borgere.services.sag import ROLLER_FOR_ART
from ressource.forms import (
    DatoFelt,
    FilterHelper,
    ResHelper,
    raekke,
    tekstomraade,
)
from ressource.kalender import i_dag
from ressource.models import Bruger


class SagFilterForm(forms.Form):
    """Filter of the list of cases; everything is optional."""

    SORTERING = (
        ("navn", "Navn"),
        ("nyeste", "Nyeste sag først"),
        ("sagsnummer", "Sagsnummer"),
        ("fase", "Fase"),
    )

    q = forms.CharField(label="Navn eller sagsnr.", required=False, max_length=100)
    fase = forms.ChoiceField(
        label="Fase",
        required=False,
        choices=[("", "Alle åbne"), *Fase.choices, ("alle", "Alle, også afsluttede")],
    )
    sorter = forms.ChoiceField(label="Sortér efter", required=False, choices=SORTERING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("q", "fase", "sorter")


class AfslutForm(forms.Form):
    """Why and when the case ends."""

    aarsag = forms.ChoiceField(
        label="Hvad sker der nu", choices=[("", "Vælg"), *Afslutningsaarsag.choices]
    )
    dato = DatoFelt(label="Slutdato", initial=i_dag)
    bemaerkning = forms.CharField(label="Bemærkning", required=False, widget=tekstomraade(4))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(aarsag=6, dato=3), "bemaerkning")


class TildelForm(forms.Form):
    """Who joins the case circle from when to when; the task on the case is chosen before."""

    bruger = forms.ModelChoiceField(
        label="Person", queryset=Bruger.objects.none(), empty_label="Vælg"
    )
    fra_dato = DatoFelt(label="Fra", initial=i_dag)
    til_dato = DatoFelt(
        label="Til og med",
        required=False,
        help_text="dd.mm.åååå. Skal udfyldes for folk uden for kommunen, højst 12 måneder.",
    )

    def __init__(self, *args: Any, art: str, **kwargs: Any) -> None:
        """`art` (`Tildeling.Art`) decides who can be chosen."""
        super().__init__(*args, **kwargs)
        brugere = Bruger.objects.filter(is_active=True)
        if roller := ROLLER_FOR_ART.get(art):
            brugere = brugere.filter(roller__overlap=list(roller))
        personer: Any = self.fields["bruger"]
        personer.queryset = brugere.order_by("navn")
        personer.label_from_instance = navn_og_titel
        bredder = {"bruger": 6, "fra_dato": 3, "til_dato": 3}
        if art == Tildeling.Art.ANSVARLIG:
            # The responsible has the case until somebody else takes over.
            del self.fields["til_dato"]
            del bredder["til_dato"]
        self.helper = ResHelper(raekke(**bredder))


def navn_og_titel(bruger: Bruger) -> str:
    """How a colleague stands in a list to choose from."""
    return f"{bruger.navn}, {bruger.titel}" if bruger.titel else bruger.navn
