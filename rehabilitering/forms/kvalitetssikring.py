"""Form of the faglig konsulent's judgement."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import HTML
from django import forms

from borgere.models import Sag
from rehabilitering.models import Kvalitetssikring
from rehabilitering.services.forberedelse import Afsnitslinje
from ressource.forms import ResHelper, tekstomraade, valg

FORAN = "bemaerkning-"


class AfgoerKvalitetssikringForm(forms.Form):
    """Approved, or returned with reasons; of the hand-in that was on the page, not of a later one.

    A remark can be made at each section of `linjer`.
    """

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

    def __init__(
        self, *args: Any, sag: Sag, linjer: Sequence[Afsnitslinje] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kvalitetssikring"].queryset = sag.kvalitetssikringer  # type: ignore[attr-defined]
        for linje in linjer:
            self.fields[f"{FORAN}{linje.kode}"] = forms.CharField(
                label=linje.titel, required=False, widget=tekstomraade(2)
            )
        navne = [navn for navn in self.fields if navn.startswith(FORAN)]
        aaben = " open" if any(self.data.get(navn) for navn in navne) else ""
        self.helper = ResHelper(
            "kvalitetssikring",
            "resultat",
            "begrundelse",
            HTML(f"<details class='form-group'{aaben}><summary>Bemærkninger til afsnit</summary>"),
            HTML("<p class='lillet daempet'>Sagsbehandleren ser dem ved afsnittet.</p>"),
            *navne,
            HTML("</details>"),
        )
        self.helper.vis_frivillig = False

    @property
    def bemaerkninger(self) -> dict[str, str]:
        """What a valid form says about the sections, by their code."""
        return {
            navn.removeprefix(FORAN): tekst
            for navn, tekst in self.cleaned_data.items()
            if navn.startswith(FORAN)
        }
