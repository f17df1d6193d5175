"""Forms of a case's list: who is put on it, how one is called, what came back."""

from typing import Any

from django import forms

from rehabilitering.forms.moede import PersonFelt
from rehabilitering.models import (
    Dagsordenspunkt,
    Fagomraade,
    Fremmoedeform,
    Indkaldelse,
    Punktdeltager,
)
from rehabilitering.services.indkaldelse import Deltagelse
from ressource.forms import DatoFelt, ResHelper, raekke, valg
from ressource.models import Bruger

Art = Punktdeltager.Art
# The others come from the case itself.
VALGBARE = (Art.FAGPERSON, Art.NETVAERK, Art.BISIDDER, Art.TOLK)


class DeltagerForm(forms.Form):
    """Somebody who comes for this case alone."""

    art = forms.ChoiceField(
        label="Deltager som",
        choices=[("", "Vælg"), *((art.value, str(art.label).capitalize()) for art in VALGBARE)],
    )
    bruger = PersonFelt(
        label="Kollega", required=False, help_text="en fagperson, der bruger Ressource"
    )
    netvaerksperson = forms.ChoiceField(label="Person i netværket", required=False)
    navn = forms.CharField(
        label="Navn", max_length=120, required=False, help_text="en person uden for listerne"
    )
    fagomraade = forms.ChoiceField(
        label="Fagområde", required=False, choices=[("", "Ikke en fagperson"), *Fagomraade.choices]
    )
    form = forms.ChoiceField(label="Deltager", choices=Fremmoedeform.choices)

    def __init__(self, *args: Any, punkt: Dagsordenspunkt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.netvaerk = {str(p.pk): p for p in punkt.sag.borger.netvaerk.nuvaerende()}
        felter: Any = self.fields
        felter["bruger"].saet_personer(list(Bruger.objects.filter(is_active=True)))
        felter["netvaerksperson"].choices = [
            ("", "Vælg"),
            *((pk, str(p)) for pk, p in self.netvaerk.items()),
        ]
        self.helper = ResHelper(*self.fields)

    def clean(self) -> dict[str, Any]:
        """The person is one that goes with how they take part."""
        data = super().clean() or {}
        art = data.get("art")
        if art == Art.NETVAERK and not data.get("netvaerksperson"):
            self.add_error("netvaerksperson", "Vælg en person i borgerens netværk.")
        if art in (Art.BISIDDER, Art.TOLK) and not data.get("navn"):
            self.add_error("navn", "Skriv et navn.")
        if art == Art.FAGPERSON and not (data.get("bruger") or data.get("navn")):
            self.add_error("bruger", "Vælg en kollega, eller skriv et navn.")
        return data

    def deltagelse(self) -> Deltagelse:
        """What a valid form asks for; a source that does not go with `art` is left out."""
        data = self.cleaned_data
        art = data["art"]
        er_fagperson = art == Art.FAGPERSON
        return Deltagelse(
            art=art,
            navn=data["navn"],
            bruger=data["bruger"] if er_fagperson else None,
            netvaerksperson=self.netvaerk.get(data["netvaerksperson"])
            if art == Art.NETVAERK
            else None,
            fagomraade=data["fagomraade"] if er_fagperson else "",
            form=data["form"],
        )


class IndkaldForm(forms.Form):
    """How the person is called; `nr` is the number of the call the page shows."""

    kanal = valg(label="Hvordan bliver personen indkaldt?", choices=())
    kort_varsel_grund = forms.CharField(
        label="Hvorfor er varslet kortere?", max_length=200, required=False
    )
    nr = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kanaler: list[Indkaldelse.Kanal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: Any = self.fields
        felter["kanal"].choices = [(k.value, k.label[:1].upper() + k.label[1:]) for k in kanaler]
        felter["kanal"].initial = kanaler[0].value if kanaler else None
        self.helper = ResHelper("kanal", "kort_varsel_grund", "nr")


class SvarForm(forms.Form):
    """When the call was received, and what the person answers."""

    kvitteret = DatoFelt(label="Modtaget den", required=False)
    svar = valg(
        label="Svar",
        choices=[
            ("", "Ikke svaret endnu"),
            *((v, n.capitalize()) for v, n in Indkaldelse.Svar.choices),
        ],
        required=False,
    )
    bemaerkning = forms.CharField(
        label="Bemærkning til svaret",
        max_length=250,
        required=False,
        help_text="for eksempel hvornår det passer bedre. Skriv ikke om helbred.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(kvitteret=3), "svar", "bemaerkning")
