"""Forms of granting a ressourceforløb after the rules have closed for it."""

from typing import Any

from django import forms

from rehabilitering.models import Regelfravigelse
from ressource.forms import ResHelper, tekstomraade, valg


class AnmodRegelfravigelseForm(forms.Form):
    """What the caseworker asks for, and why."""

    art = valg(
        label="Hvad skal borgeren have?",
        choices=[(v, str(label).capitalize()) for v, label in Regelfravigelse.Art.choices],
    )
    begrundelse = forms.CharField(
        label="Hvorfor skal reglen fraviges?",
        help_text="Teamlederen ser kun sagsnummeret og det, du skriver her.",
        error_messages={"required": "Skriv, hvorfor reglen skal fraviges."},
        widget=tekstomraade(5),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("art", "begrundelse")


class AfgoerRegelfravigelseForm(forms.Form):
    """The teamleder's answer and reason."""

    resultat = valg(
        label="Må reglen fraviges i denne sag?",
        choices=(
            (Regelfravigelse.Resultat.GODKENDT.value, "Ja, afgørelsen kan træffes"),
            (Regelfravigelse.Resultat.AFVIST.value, "Nej, reglen skal følges"),
        ),
    )
    svar = forms.CharField(
        label="Begrundelse",
        help_text="Står på sagen.",
        error_messages={"required": "Skriv, hvorfor reglen må eller ikke må fraviges."},
        widget=tekstomraade(4),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("resultat", "svar")
