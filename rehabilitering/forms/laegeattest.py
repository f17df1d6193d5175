"""Forms of LÆ 265."""

from typing import Any

from django import forms

from ressource.forms import DatoFelt, ResHelper, filfelt, raekke, tekstomraade


class AnmodForm(forms.Form):
    """Ask the practitioner."""

    prefix = "anmod"
    spoergsmaal = forms.CharField(
        label="Spørgsmål til lægen",
        help_text="Hvad skal lægen især vurdere?",
        widget=tekstomraade(4),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("spoergsmaal")


class ModtagForm(forms.Form):
    """Register what came."""

    prefix = "modtag"
    fil = filfelt(
        label="Attesten",
        help_text="PDF, JPG eller PNG, højst 10 MB",
        accept=".pdf,.png,.jpg,.jpeg",
        allow_empty_file=True,
    )
    modtaget_dato = DatoFelt(label="Modtaget")
    konsultation_dato = DatoFelt(label="Konsultation hos lægen", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("fil", raekke(modtaget_dato=4, konsultation_dato=5))


class ReturForm(forms.Form):
    """Send back what is not enough."""

    prefix = "retur"
    begrundelse = forms.CharField(label="Hvad skal lægen uddybe?", widget=tekstomraade(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("begrundelse")
