"""The period of «opslag i din sag»."""

from datetime import timedelta
from typing import Any

from django import forms

from borgere.opslagsudskrift import LAENGSTE_DAGE
from ressource.datoer import Enhed, tilfoej
from ressource.forms import DatoFelt, FilterHelper
from ressource.kalender import i_dag


class OpslagsperiodeForm(forms.Form):
    """From and to, twelve months unless something else is chosen."""

    fra = DatoFelt(label="Fra", required=False)
    til = DatoFelt(label="Til og med", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("fra", "til")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        til = data.get("til") or i_dag()
        fra = data.get("fra") or tilfoej(til, -12, Enhed.MAANEDER)
        if til < fra:
            self.add_error("til", "Slutdatoen ligger før startdatoen.")
        if til - fra > timedelta(days=LAENGSTE_DAGE):
            self.add_error("til", "Vælg højst to år ad gangen.")
        return {"fra": fra, "til": til}
