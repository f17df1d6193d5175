"""What a caseworker fills in about citizens and cases."""

from typing import Any

from django import forms

from borgere.models import Fase
from ressource.forms import FilterHelper


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
