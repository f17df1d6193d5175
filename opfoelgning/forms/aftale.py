"""What is typed when a follow-up is agreed, moved or not held, and when several are planned."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from opfoelgning.models import Opfoelgningsmoede
from ressource.forms import (
    DatoFelt,
    KlokkeslaetFelt,
    ResHelper,
    fejl_paa_formular,
    raekke,
    valg,
)
from ressource.samtidighed import laasefelt

# What a service calls a thing, and the field of the form it is typed in.
FELT_FOR = {"tidspunkt": "dato", "naeste_tidspunkt": "naeste_dato"}
_HVORFOR = 250


class AftalForm(forms.Form):
    """Agree a follow-up, or register one that was held."""

    dato = DatoFelt(label="Dato")
    kl = KlokkeslaetFelt(label="Kl.")
    sted = forms.CharField(label="Sted", max_length=120)
    form = forms.ChoiceField(label="Form", choices=Opfoelgningsmoede.Form.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(dato=3, kl=2), raekke(sted=5, form=3))

    def tidspunkt(self) -> datetime:
        """The aware moment. Call it on a valid form."""
        return samlet(self.cleaned_data["dato"], self.cleaned_data["kl"])


class FlytForm(forms.Form):
    """Another time for an agreed meeting, and why."""

    laas = laasefelt()
    dato = DatoFelt(label="Ny dato")
    kl = KlokkeslaetFelt(label="Kl.")
    sted = forms.CharField(label="Sted", max_length=120)
    aarsag = forms.CharField(label="Hvorfor flyttes det?", max_length=_HVORFOR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("laas", raekke(dato=3, kl=2, sted=5), "aarsag")

    def tidspunkt(self) -> datetime:
        """The aware moment. Call it on a valid form."""
        return samlet(self.cleaned_data["dato"], self.cleaned_data["kl"])


class AflysForm(forms.Form):
    """Who could not come, and why."""

    afbud = valg(
        label="Hvem kunne ikke?",
        choices=Opfoelgningsmoede.Afbud.choices,
        error_messages={"required": "Vælg, hvem der ikke kunne."},
    )
    aarsag = forms.CharField(
        label="Hvorfor aflyses mødet?",
        max_length=_HVORFOR,
        error_messages={"required": "Skriv, hvorfor mødet aflyses."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("afbud", "aarsag")


class UdeblevForm(forms.Form):
    """What is known of why the citizen did not come."""

    aarsag = forms.CharField(
        label="Hvad ved I om hvorfor?",
        help_text="Har I ringet? Er der noget i vejen, I kan hjælpe med?",
        max_length=_HVORFOR,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("aarsag")


class SerieForm(forms.Form):
    """Several meetings ahead: the first one, how many, and how far apart."""

    dato = DatoFelt(label="Første møde")
    kl = KlokkeslaetFelt(label="Kl.")
    antal = forms.IntegerField(label="Antal møder", min_value=2, max_value=12)
    uger = forms.IntegerField(label="Uger imellem", min_value=1, max_value=26)
    sted = forms.CharField(label="Sted", max_length=120)
    form = forms.ChoiceField(label="Form", choices=Opfoelgningsmoede.Form.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(
            raekke(dato=3, kl=2), raekke(antal=2, uger=2), raekke(sted=5, form=3)
        )


def placer_fejl(form: forms.BaseForm, fejl: ValidationError) -> None:
    """Put a service's refusal on the fields where the thing was typed."""
    if hasattr(fejl, "error_dict"):
        fejl = ValidationError(
            {FELT_FOR.get(felt, felt): liste for felt, liste in fejl.error_dict.items()}
        )
    fejl_paa_formular(form, fejl)


def samlet(dato: date, kl: time) -> datetime:
    """The aware moment in Denmark."""
    return timezone.make_aware(datetime.combine(dato, kl))
