"""Forms of LÆ 265."""

from typing import Any

from django import forms

from borgere.models import Forsendelse
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


class AnnullerForm(forms.Form):
    """Call off a request."""

    prefix = "annuller"
    begrundelse = forms.CharField(
        label="Hvorfor skal attesten ikke laves alligevel?", widget=tekstomraade(2)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("begrundelse")


class RykkerForm(forms.Form):
    """How the reminder went to the practice."""

    prefix = "rykker"
    kanal = forms.ChoiceField(
        label="Sendt med",
        choices=[
            (kanal.value, kanal.label)
            for kanal in (
                Forsendelse.Kanal.SIKKER_MAIL,
                Forsendelse.Kanal.DIGITAL_POST,
                Forsendelse.Kanal.BREV,
            )
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("kanal")
