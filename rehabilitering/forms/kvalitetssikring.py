"""Form of the faglig konsulent's judgement."""

from typing import Any

from django import forms

from borgere.models import Sag
from rehabilitering.models import Kvalitetssikring
from ressource.forms import ResHelper, tekstomraade, valg


class AfgoerKvalitetssikringForm(forms.Form):
    """Approved, or returned with reasons; of the hand-in that was on the page, not of a later one."""

    kvalitetssikring = forms.ModelChoiceField(
        Kvalitetssikring.objects.none(), widget=forms.HiddenInput
    )
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

    def __init__(self, *args: Any, sag: Sag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kvalitetssikring"].queryset = sag.kvalitetssikringer  # type: ignore[attr-defined]
        self.helper = ResHelper("kvalitetssikring", "resultat", "begrundelse")
        self.helper.vis_frivillig = False
