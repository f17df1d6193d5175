"""Form of the faglig konsulent's judgement."""

from typing import Any

from django import forms

from rehabilitering.models import Kvalitetssikring
from ressource.forms import ResHelper, tekstomraade, valg


class AfgoerKvalitetssikringForm(forms.Form):
    """Approved, or returned with reasons."""

    resultat = valg(
        label="Er sagen klar til teamet?",
        choices=(
            (Kvalitetssikring.Resultat.GODKENDT.value, "Ja, sagen kan sættes på et møde"),
            (Kvalitetssikring.Resultat.RETUR.value, "Nej, sagen skal rettes først"),
        ),
    )
    begrundelse = forms.CharField(
        label="Hvad skal rettes?",
        help_text="Skal skrives, hvis sagen går retur.",
        required=False,
        widget=tekstomraade(5),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("resultat", "begrundelse")
        self.helper.vis_frivillig = False
