"""What to remember, and when."""

from typing import Any

from django import forms

from ressource.forms import DatoFelt, ResHelper, raekke
from ressource.kalender import i_dag


class HuskeseddelForm(forms.Form):
    """A reminder to oneself."""

    dato = DatoFelt(label="Husk mig på det den", initial=i_dag)
    tekst = forms.CharField(
        label="Husk",
        max_length=200,
        help_text="Kun du og din vikar ser den. Skriv i journalen, hvad der hører til sagen.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(dato=4), "tekst")


class FlytForm(forms.Form):
    """Another day for it."""

    dato = DatoFelt(label="Husk mig på det den")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(dato=4))
