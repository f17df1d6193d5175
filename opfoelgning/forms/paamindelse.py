"""How one wants reminders by mail."""

from typing import Any

from django import forms

from opfoelgning.models import Paamindelsesvalg
from ressource.forms import ResHelper, raekke


class PaamindelsesvalgForm(forms.ModelForm[Paamindelsesvalg]):
    """How often, on which day, and whether also what only comes near."""

    class Meta:
        model = Paamindelsesvalg
        fields = ("hyppighed", "ugedag", "med_varsler")
        labels = {
            "hyppighed": "Hvor tit vil du have en mail om dine frister?",
            "ugedag": "Hvilken dag?",
            "med_varsler": "Tag også frister med, der kun nærmer sig",
        }
        help_texts = {
            "ugedag": "Bruges kun ved en gang om ugen. Er der lukket, kommer den næste åbne dag."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(hyppighed=5, ugedag=4), "med_varsler")
