"""Forms of the letters: the draft's words, and what an approver answers."""

from typing import Any

from django import forms

from rehabilitering.models import Brevskabelon
from ressource.forms import ResHelper, tekstomraade
from ressource.samtidighed import laasefelt


class BrevskabelonForm(forms.Form):
    """The heading and the text; what they must hold is judged when they are saved."""

    laas = laasefelt()
    overskrift = forms.CharField(
        label="Overskrift", max_length=120, help_text="Den er også brevets navn på sagen"
    )
    tekst = forms.CharField(
        label="Brevets tekst",
        help_text="Hver linje bliver et afsnit. Begynd en linje med «## » for en overskrift og med "
        "«- » for et punkt. En linje udelades, når et felt i den ikke har noget at sige i sagen, og "
        "en overskrift udelades, når der intet står under den",
        widget=tekstomraade(24),
    )

    def __init__(self, *args: Any, skabelon: Brevskabelon, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "laas": skabelon.laas,
            "overskrift": skabelon.overskrift,
            "tekst": skabelon.tekst,
        }
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("laas", "overskrift", "tekst")


class AfvisBrevskabelonForm(forms.Form):
    """Why the letter goes back to its writer."""

    grund = forms.CharField(
        label="Hvad skal ændres?", max_length=1000, widget=tekstomraade(3), required=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("grund")
