"""Which cases are handed over, to whom, from when, and with what note."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from borgere import sagsmaengde
from borgere.overdragelse import HOEJST
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade, valg
from ressource.kalender import i_dag
from ressource.models import Bruger


class OverdragForm(forms.Form):
    """The ticked cases of the page, or all of the list; the boxes stand in the page's table."""

    omfang = valg(label="Hvilke sager", choices=[], initial="valgte")
    # How many the list had when «all» was chosen: nobody hands over cases they have not seen.
    antal = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    til = forms.ModelChoiceField(
        label="Ny ansvarlig", queryset=Bruger.objects.none(), empty_label="Vælg"
    )
    fra_dato = DatoFelt(label="Fra", initial=i_dag)
    note = forms.CharField(
        label="Til den nye ansvarlige",
        widget=tekstomraade(4),
        max_length=2000,
        help_text="Skrives som internt notat i hver sags journal.",
    )

    def __init__(
        self, *args: Any, alle: Sequence[int], modtagere: "QuerySet[Bruger]", **kwargs: Any
    ) -> None:
        """`alle` are the ids of the whole list, `modtagere` who may be chosen."""
        super().__init__(*args, **kwargs)
        self.alle = list(alle)
        self.initial["antal"] = len(self.alle)
        omfang: Any = self.fields["omfang"]
        omfang.choices = [
            ("valgte", "De sager, der er markeret på siden"),
            ("alle", f"Alle {len(self.alle)} sager på listen"),
        ]
        til: Any = self.fields["til"]
        til.queryset = modtagere
        til.label_from_instance = med_sagstal
        self.helper = ResHelper("omfang", "antal", raekke(til=6, fra_dato=3), "note")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["sager"] = self._valgte(data)
        if "omfang" in data and not self.errors:
            self._kontroller_antal(data)
        return data

    def _valgte(self, data: dict[str, Any]) -> list[int]:
        if data.get("omfang") == "alle":
            return self.alle
        sendt: Any = self.data
        return [int(pk) for pk in sendt.getlist("sager") if pk.isdecimal()]

    def _kontroller_antal(self, data: dict[str, Any]) -> None:
        if not data["sager"]:
            self.add_error("omfang", "Markér mindst én sag på listen.")
        elif data["omfang"] == "alle" and data["antal"] != len(self.alle):
            self.add_error(
                "omfang", f"Listen er ændret og har nu {len(self.alle)} sager. Se den igennem."
            )
        elif len(data["sager"]) > HOEJST:
            self.add_error("omfang", f"Der kan overdrages højst {HOEJST} sager ad gangen.")


def med_sagstal(bruger: Any) -> str:
    """`Maja Kirkegaard, 21 sager, inden for normen 20–25`; needs `antal`."""
    return f"{bruger.navn}, {bruger.antal} sager, {sagsmaengde.i_ord(bruger.antal)}"
