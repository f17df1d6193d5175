"""Forms of the goals and their milestones."""

from typing import Any

from django import forms

from indsatsplan.models import Delmaal, Maal
from rehabilitering.models import Maalart
from ressource.forms import DatoFelt, ResHelper, raekke
from ressource.samtidighed import laasefelt


class MaalForm(forms.ModelForm[Maal]):
    """A goal, with its place among the others (1 is first)."""

    plads = forms.TypedChoiceField(label="Plads", coerce=int)
    laas = laasefelt()

    class Meta:
        model = Maal
        fields = ("tekst", "art", "begrundelse")
        labels = {"begrundelse": "Hvorfor er målet et andet?"}
        help_texts = {
            "tekst": "Med borgerens egne ord.",
            "art": "Mål nr. 1 skal handle om job eller uddannelse.",
            "begrundelse": "Skrives, når mål nr. 1 bliver et andet end før.",
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
        self.helper = ResHelper("laas", raekke(tekst=6, art=3, plads=3), "begrundelse")


class FlytMaalForm(forms.Form):
    """One place up or down; another first goal asks why."""

    retning = forms.ChoiceField(
        choices=[("op", "op"), ("ned", "ned")], widget=forms.HiddenInput, initial="op"
    )
    begrundelse = forms.CharField(
        label="Hvorfor bliver målet et andet?", required=False, max_length=250
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("retning", "begrundelse")


class TagMaalUdForm(forms.Form):
    """Why a goal is taken out of the plan."""

    begrundelse = forms.CharField(
        label="Hvorfor tages målet ud?",
        max_length=250,
        help_text="Målet kan stadig læses under tidligere udgaver.",
        error_messages={"required": "Skriv, hvorfor målet tages ud."},
    )
    laas = laasefelt()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("laas", "begrundelse")


class DelmaalForm(forms.ModelForm[Delmaal]):
    """A milestone of a goal."""

    forventet_dato = DatoFelt(label="Forventet", required=False)
    naaet_dato = DatoFelt(label="Nået den", required=False)
    laas = laasefelt()

    class Meta:
        model = Delmaal
        fields = ("tekst", "forventet_dato", "naaet_dato")
        help_texts = {"tekst": "Noget, I kan se, er nået, fx «10 timer om ugen»."}
        error_messages = {"tekst": {"required": "Skriv delmålet."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        felter["laas"].initial = self.instance.laas
        self.helper = ResHelper("laas", raekke(tekst=6, forventet_dato=3, naaet_dato=3))
