"""Forms of the goals and their milestones."""

from typing import Any

from django import forms

from indsatsplan.models import Maal
from rehabilitering.models import Maalart
from ressource.forms import ResHelper, raekke
from ressource.samtidighed import laasefelt


class MaalForm(forms.ModelForm[Maal]):
    """A goal, with its place among the others (1 is first)."""

    plads = forms.TypedChoiceField(label="Plads", coerce=int)
    laas = laasefelt()

    class Meta:
        model = Maal
        fields = ("tekst", "art")
        help_texts = {
            "tekst": "Med borgerens egne ord.",
            "art": "Mål nr. 1 skal handle om job eller uddannelse.",
        }
        error_messages = {"tekst": {"required": "Skriv målet."}}

    def __init__(self, *args: Any, antal_maal: int, **kwargs: Any) -> None:
        """`antal_maal` is the number of goals there already are."""
        super().__init__(*args, **kwargs)
        er_nyt = self.instance.pk is None
        pladser = range(1, antal_maal + er_nyt + 1)
        felter: dict[str, Any] = self.fields
        felter["plads"].choices = [(n, f"Nr. {n}") for n in pladser]
        felter["plads"].initial = pladser[-1] if er_nyt else self.instance.rang
        felter["laas"].initial = self.instance.laas
        felter["art"].choices = [("", "Noget andet"), *Maalart.choices]
        self.helper = ResHelper("laas", raekke(tekst=6, art=3, plads=3))
