"""What the teamleder writes: the review of an opening, and the spot check."""

from datetime import timedelta
from typing import Any

from django import forms

from borgere.services.tilsyn import ANTAL
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade, valg
from ressource.kalender import i_dag
from ressource.models import Stikproevelinje


class GennemsynForm(forms.Form):
    """A remark on an opening one has looked at."""

    note = forms.CharField(
        label="Bemærkning",
        required=False,
        max_length=200,
        help_text="For eksempel hvad du har talt med medarbejderen om. Ingen personnumre.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("note")


class StikproeveForm(forms.Form):
    """The period to draw from, and how many."""

    fra_dato = DatoFelt(label="Fra", initial=lambda: i_dag() - timedelta(days=30))
    til_dato = DatoFelt(label="Til og med", initial=i_dag)
    antal = forms.IntegerField(
        label="Antal opslag",
        initial=20,
        min_value=ANTAL[0],
        max_value=ANTAL[-1],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "2"}),
        help_text=f"Fra {ANTAL[0]} til {ANTAL[-1]}",
    )
    med_afviste = forms.BooleanField(label="Tag også afviste forsøg med", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(fra_dato=3, til_dato=3, antal=3), "med_afviste")


class VurderingForm(forms.Form):
    """What the teamleder makes of one look-up."""

    vurdering = valg(
        label="Vurdering",
        choices=[(vaerdi, navn.capitalize()) for vaerdi, navn in Stikproevelinje.Vurdering.choices],
        error_messages={"required": "Vælg en vurdering."},
    )
    bemaerkning = forms.CharField(
        label="Bemærkning",
        required=False,
        max_length=200,
        help_text="Skal skrives, hvis opslaget skal forklares eller er uberettiget.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("vurdering", "bemaerkning")
        self.helper.vis_frivillig = False


class KonklusionForm(forms.Form):
    """What the spot check showed."""

    konklusion = forms.CharField(
        label="Konklusion",
        widget=tekstomraade(4),
        max_length=4000,
        error_messages={"required": "Skriv, hvad stikprøven viste."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("konklusion")
