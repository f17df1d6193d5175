"""The worklist's filter."""

from typing import Any

from django import forms

from borgere.models import Fase
from opfoelgning.arbejdskolonner import HVIS
from opfoelgning.arbejdsliste import DAGE_STILLE, VALG_STILLE
from ressource.forms import FilterHelper


class SamtalevalgForm(forms.Form):
    """Whose talk is to be registered, by name or number."""

    q = forms.CharField(label="Navn eller sagsnr.", required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("q")
        self.helper.form_show_errors = False

    def soegt(self) -> str:
        """The text searched for, or empty."""
        self.is_valid()
        return str(self.cleaned_data.get("q", "")).strip()


class ArbejdslisteForm(SamtalevalgForm):
    """Filter of the worklist; everything is optional. What is chosen is read by `Listevalg`."""

    fase = forms.ChoiceField(
        label="Fase",
        required=False,
        choices=[
            ("", "Alle faser"),
            *((v, navn) for v, navn in Fase.choices if v != Fase.AFSLUTNING),
        ],
    )
    hvis = forms.ChoiceField(label="Hvis sager", required=False, choices=list(HVIS.items()))
    dage = forms.ChoiceField(
        label="Intet sket i",
        required=False,
        choices=[("" if d == DAGE_STILLE else str(d), f"{d} dage") for d in VALG_STILLE],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("q", "fase", "hvis", "dage")
        self.helper.form_show_errors = False
