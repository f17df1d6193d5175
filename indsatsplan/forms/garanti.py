"""Forms of the guarantee: exemptions, and the draft to the team."""

from typing import Any

from django import forms

from indsatsplan.models import Fritagelse, Genforelaeggelse
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade
from ressource.samtidighed import laasefelt


class FritagelseForm(forms.ModelForm[Fritagelse]):
    """Days in which the citizen is exempted, or there was no contact."""

    fra_dato = DatoFelt(label="Fra")
    til_dato = DatoFelt(label="Til og med", required=False)
    laas = laasefelt()

    class Meta:
        model = Fritagelse
        fields = ("art", "fra_dato", "til_dato", "begrundelse")
        labels = {"begrundelse": "Hvorfor?"}
        help_texts = {"begrundelse": "Kort. Den står i sagen og i udkastet til teamet."}
        error_messages = {
            "art": {"required": "Vælg grunden."},
            "begrundelse": {"required": "Skriv, hvorfor borgeren er fritaget."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        felter["art"].choices = [("", "Vælg grund"), *Fritagelse.Art.choices]
        felter["til_dato"].help_text = "Tomt: det varer ved."
        felter["laas"].initial = self.instance.laas
        self.helper = ResHelper("laas", raekke(art=6, fra_dato=3, til_dato=3), "begrundelse")


class GenforelaeggelseForm(forms.ModelForm[Genforelaeggelse]):
    """The draft's text."""

    laas = laasefelt()

    class Meta:
        model = Genforelaeggelse
        fields = ("tekst",)
        labels = {"tekst": "Til teamet"}
        help_texts = {
            "tekst": "Ret i teksten. Det, der står i parentes, skal skrives, før udkastet bruges."
        }
        widgets = {"tekst": tekstomraade(24)}
        error_messages = {"tekst": {"required": "Skriv til teamet."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        felter["laas"].initial = self.instance.laas
        self.helper = ResHelper("laas", "tekst")


class SaerligeGrundeForm(forms.Form):
    """Why the team need not see the case."""

    saerlige_grunde = forms.CharField(
        label="Særlige grunde",
        widget=tekstomraade(4),
        error_messages={"required": "Skriv de særlige grunde."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper()
