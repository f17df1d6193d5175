"""The register of general practices, as an administrator keeps it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from borgere.forms.borger import renset_postnummer
from borgere.models import Laegepraksis
from ressource.forms import FilterHelper, ResHelper, raekke
from ressource.samtidighed import laasefelt


class LaegepraksisFilterForm(forms.Form):
    """What the list is narrowed by. A practice is no person, so the text may stand in an address."""

    q = forms.CharField(label="Navn, by eller ydernr.", required=False, max_length=100)
    vis = forms.ChoiceField(
        label="Vis",
        required=False,
        choices=[("", "Dem, der kan vælges"), ("lukkede", "Lukkede"), ("alle", "Alle")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("q", "vis")


class LaegepraksisForm(forms.ModelForm[Laegepraksis]):
    """One practice. The service saves; the form only reads and explains."""

    class Meta:
        model = Laegepraksis
        fields: tuple[str, ...] = ("ydernummer", "navn", "adresse", "postnummer", "by", "telefon")
        help_texts = {"ydernummer": "Seks cifre. Det står i sundhed.dk og på lægens breve."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(*self._felter())

    def _felter(self) -> list[Any]:
        return [
            raekke(ydernummer=3, navn=9),
            "adresse",
            raekke(postnummer=3, by=5),
            raekke(telefon=4),
        ]

    def clean_ydernummer(self) -> str:
        ydernummer: str = self.cleaned_data["ydernummer"]
        if not re.fullmatch("[0-9]{6}", ydernummer):
            raise ValidationError("Et ydernummer har 6 cifre.")
        andre = Laegepraksis.objects.exclude(pk=self.instance.pk)
        if andre.filter(ydernummer=ydernummer).exists():
            raise ValidationError("Ydernummeret er i registret. Ret den praksis, der har det.")
        return ydernummer

    def clean_postnummer(self) -> str:
        return renset_postnummer(self.cleaned_data["postnummer"])

    def _post_clean(self) -> None:
        """Nothing: the instance stays as stored, and the service validates what it saves."""


class LaegepraksisRetForm(LaegepraksisForm):
    """Corrections of the version that was shown, and whether it can still be chosen."""

    laas = laasefelt()

    class Meta(LaegepraksisForm.Meta):
        fields = (*LaegepraksisForm.Meta.fields, "er_aktiv")
        help_texts = LaegepraksisForm.Meta.help_texts | {
            "er_aktiv": "En lukket praksis kan ikke vælges, men bliver stående hos dem, der har den."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["laas"] = self.instance.laas

    def _felter(self) -> list[Any]:
        return ["laas", *super()._felter(), "er_aktiv"]
