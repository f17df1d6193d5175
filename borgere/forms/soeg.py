"""The one box that finds a case."""

from typing import Any

from django import forms

from borgere.models.soegning import MAKS_LAENGDE, laes
from ressource.forms import FilterHelper


class SoegForm(forms.Form):
    """What to look for, on the search page; the top bar's box sends the same."""

    q = forms.CharField(
        label="Navn, sagsnummer eller personnummer",
        max_length=MAKS_LAENGDE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Skriv et navn, et sagsnummer eller et personnummer.",
            "max_length": f"Skriv højst {MAKS_LAENGDE} tegn.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("q")

    def clean_q(self) -> str:
        q: str = self.cleaned_data["q"]
        if laes(q).er_tom:
            raise forms.ValidationError("Skriv et navn, et sagsnummer eller et personnummer.")
        return q
