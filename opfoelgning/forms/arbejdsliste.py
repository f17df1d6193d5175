"""The worklist's filter."""

from typing import Any

from django import forms

from borgere.models import Fase
from ressource.forms import FilterHelper


class ArbejdslisteForm(forms.Form):
    """Filter of the worklist; everything is optional."""

    q = forms.CharField(label="Navn eller sagsnr.", required=False, max_length=100)
    fase = forms.ChoiceField(
        label="Fase",
        required=False,
        choices=[
            ("", "Alle faser"),
            *((v, navn) for v, navn in Fase.choices if v != Fase.AFSLUTNING),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("q", "fase")
        self.helper.form_show_errors = False

    def valg(self) -> tuple[str, str]:
        """The search and the step; what cannot be read is left out."""
        self.is_valid()
        return self.cleaned_data.get("q", "").strip(), self.cleaned_data.get("fase", "")
