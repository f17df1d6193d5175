"""Forms of opening a case without an approved screening note."""

from typing import Any

from django import forms

from rehabilitering.models import Screeningsfravigelse
from ressource.forms import ResHelper, tekstomraade, valg


class AnmodFravigelseForm(forms.Form):
    """The caseworker's reason."""

    begrundelse = forms.CharField(
        label="Hvorfor skal sagen åbnes uden godkendt screening?",
        help_text="Teamlederen ser kun sagsnummeret og det, du skriver her.",
        error_messages={"required": "Skriv, hvorfor sagen ikke kan vente på screeningen."},
        widget=tekstomraade(4),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("begrundelse")


class AfgoerFravigelseForm(forms.Form):
    """The teamleder's answer and reason."""

    resultat = valg(
        label="Må sagen åbnes uden godkendt screening?",
        choices=(
            (Screeningsfravigelse.Resultat.GODKENDT.value, "Ja, sagen går videre til forberedelse"),
            (Screeningsfravigelse.Resultat.AFVIST.value, "Nej, screeningen skal godkendes først"),
        ),
    )
    svar = forms.CharField(
        label="Begrundelse",
        help_text="Står på sagen.",
        error_messages={"required": "Skriv, hvorfor sagen må eller ikke må åbnes."},
        widget=tekstomraade(4),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("resultat", "svar")
