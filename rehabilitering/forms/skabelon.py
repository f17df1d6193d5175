"""Forms of the template editor: one text at a time, of the row that was shown."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rehabilitering.borgerpakke.tekst import NAVNE, ukendte_navne
from rehabilitering.models import Drejebogspunkt, Pakketekst, Teamspoergsmaal, Tekststykke
from rehabilitering.models.drejebog import Skabelonraekke
from ressource.forms import ResHelper, tekstomraade
from ressource.samtidighed import laasefelt

_NAVNENE = ", ".join(f"{{{navn}}}" for navn in NAVNE)


class TekstForm(forms.ModelForm[Skabelonraekke]):
    """What they have in common; `laas` is the row the page showed, 0 for a new text."""

    laas = laasefelt()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["laas"] = self.instance.pk or 0
        self.helper = ResHelper("laas", *(self._meta.fields or ()))

    def tekster(self) -> dict[str, Any]:
        """What was typed, by the row's fields. Call it on a valid form."""
        return {felt: self.cleaned_data[felt] for felt in self._meta.fields or ()}


class PunktForm(TekstForm):
    """A point of the drejebog."""

    class Meta:
        model = Drejebogspunkt
        fields = ("tekst", "vejledning")
        labels = {"tekst": "Punkt", "vejledning": "Vejledning til sagsbehandleren"}
        help_texts = {"tekst": "Skriv det som noget, der er gjort. Det får et flueben"}
        widgets = {"vejledning": tekstomraade(3)}


class TeamspoergsmaalForm(TekstForm):
    """A question the team typically asks."""

    class Meta:
        model = Teamspoergsmaal
        fields = ("tekst",)
        labels = {"tekst": "Spørgsmål"}
        help_texts = {"tekst": "Skriv det, som teamet spørger borgeren"}


class PakketekstForm(TekstForm):
    """A section of the citizen's packet."""

    class Meta:
        model = Pakketekst
        fields = ("overskrift", "tekst")
        labels = {"overskrift": "Overskrift", "tekst": "Tekst til borgeren"}
        help_texts = {
            "tekst": f"Begynd en linje med «- » for at lave en liste. {_NAVNENE} bliver til de "
            "navne, kommunen bruger"
        }
        widgets = {"tekst": tekstomraade(9)}

    def clean_overskrift(self) -> str:
        """Refuse a name in braces that nothing fills in."""
        return self._med_kendte_navne("overskrift")

    def clean_tekst(self) -> str:
        """Likewise."""
        return self._med_kendte_navne("tekst")

    def _med_kendte_navne(self, felt: str) -> str:
        tekst: str = self.cleaned_data[felt]
        if ukendte := ukendte_navne(tekst):
            raise ValidationError(
                f"{', '.join(ukendte)} kendes ikke. Brug {_NAVNENE}, eller skriv uden klammer."
            )
        return tekst


class TekststykkeForm(TekstForm):
    """A ready sentence for the indstilling or the decision."""

    class Meta:
        model = Tekststykke
        fields = ("sted", "titel", "tekst")
        labels = {"sted": "Bruges i", "titel": "Navn", "tekst": "Tekst"}
        help_texts = {
            "titel": "Det, man vælger teksten efter",
            "tekst": "Teksten kan rettes, når den er sat ind. Teamet indstiller, kommunen afgør",
        }
        widgets = {"tekst": tekstomraade(5)}
