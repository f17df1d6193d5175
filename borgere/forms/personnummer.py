"""Typing an identifier: at registration, and when a citizen gets another one."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from borgere.models import Personnummer
from borgere.personnummer import Personnummer as Nummer
from borgere.personnummer import Type, UgyldigtPersonnummer
from borgere.services.personnummer import aarsager
from ressource.forms import DatoFelt, ResHelper, raekke, valg
from ressource.kalender import i_dag

UDENLANDSK = "udenlandsk"
KONTROLLER_CIFRENE = (
    "Kontrollér cifrene i personnummeret en gang til. Kontrolcifret passer ikke, "
    "men det gør det heller ikke i alle rigtige numre."
)


def nummerart() -> forms.ChoiceField:
    """Whether the number is Danish; which kind of Danish number it is, it says itself."""
    return valg(
        label="Nummer",
        choices=[("dansk", "Personnummer eller erstatningsnummer"), (UDENLANDSK, "Udenlandsk id")],
        initial="dansk",
    )


def nummerfelt(hjaelp: str) -> forms.CharField:
    """The number itself, which browsers must neither remember nor send to a spelling service."""
    return forms.CharField(
        label="Personnummer",
        max_length=30,
        help_text=hjaelp,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


def laes_nummer(form: forms.BaseForm, data: dict[str, Any]) -> Nummer | None:
    """Read the typed `nummer` in `data`, which then holds it; None, with the error on the field."""
    if "nummer" not in data:
        return None
    er_udenlandsk = data.get("art") == UDENLANDSK
    try:
        nummer = Nummer.laes(
            data["nummer"], i_dag=i_dag(), type=Type.UDENLANDSK if er_udenlandsk else None
        )
    except UgyldigtPersonnummer as fejl:
        form.add_error("nummer", str(fejl))
        return None
    data["nummer"] = nummer
    return nummer


class PersonnummerForm(forms.Form):
    """Another identifier for a citizen: which, from when, and what became of the present one."""

    art = nummerart()
    nummer = nummerfelt("ddmmåå-xxxx. Fødselsdato og køn bliver det, et dansk nummer siger.")
    aarsag = valg(label="Hvorfor et nyt nummer?", choices=[])
    fra_dato = DatoFelt(label="Gælder fra", initial=i_dag)

    def __init__(self, *args: Any, nuvaerende: Personnummer | None, **kwargs: Any) -> None:
        """`nuvaerende` is the number the citizen has, which decides what can be the reason."""
        super().__init__(*args, **kwargs)
        aarsag: Any = self.fields["aarsag"]
        aarsag.choices = [(a.value, capfirst(a.label)) for a in aarsager(nuvaerende)]
        aarsag.help_text = (
            "Har CPR givet et nyt nummer, skal grunden ikke stå her, heller ikke i journalen."
        )
        self.helper = ResHelper("art", raekke(nummer=4), "aarsag", raekke(fra_dato=3))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        laes_nummer(self, data)
        return data
