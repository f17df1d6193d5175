"""Choosing the documents of a case package."""

from collections.abc import Sequence
from typing import Any

from django import forms

from borgere.models import Dokument
from ressource.dansk import dato
from ressource.forms import ResHelper


class DokumentvalgForm(forms.Form):
    """Which of `mulige` go along; `vist` is what was chosen when the page was shown."""

    dokumenter = forms.TypedMultipleChoiceField(
        label="Dokumenter i sagspakken",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    vist = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, mulige: Sequence[Dokument], valgte: Sequence[int], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"dokumenter": valgte, "vist": " ".join(map(str, valgte))}
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["dokumenter"]
        felt.choices = [(d.pk, _navn(d)) for d in mulige]
        self.helper = ResHelper("dokumenter", "vist")
        self.helper.vis_frivillig = False

    def clean_vist(self) -> list[int]:
        """The ids as numbers; what is not numbers is nobody's choice."""
        return [int(nr) for nr in self.cleaned_data["vist"].split() if nr.isdecimal()]


def _navn(dokument: Dokument) -> str:
    return f"{dokument.titel} ({dokument.get_art_display()}, {dato(dokument.dato)})"
