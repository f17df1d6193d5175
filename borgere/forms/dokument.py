"""A file with what it is, and notes in the journal."""

from typing import Any

from django import forms

from borgere.models import (
    Dokument,
)
from ressource.filtype import Filtype, kontroller_upload
from ressource.forms import (
    DatoFelt,
    ResHelper,
    filfelt,
    raekke,
    tekstomraade,
)
from ressource.kalender import i_dag


class DokumentForm(forms.Form):
    """A file with what it is. What the file really is, is read from its content."""

    art = forms.ChoiceField(label="Type", choices=Dokument.Art.choices)
    titel = forms.CharField(label="Titel", max_length=150)
    dato = DatoFelt(label="Dokumentets dato", initial=i_dag)
    fil = filfelt(
        label="Fil", accept=",".join(Filtype.values), help_text="PDF, PNG eller JPEG, højst 10 MB."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(art=6, dato=3), "titel", "fil")

    def clean_fil(self) -> Any:
        fil = self.cleaned_data["fil"]
        self.cleaned_data["indholdstype"] = kontroller_upload(fil)
        return fil


class NotatForm(forms.Form):
    """A note in the journal. Whether the citizen reads it is a choice nobody makes by default."""

    er_delt = forms.TypedChoiceField(
        label="Hvem må læse notatet",
        choices=[("nej", "Internt: kun kommunen"), ("ja", "Delt: også borgeren")],
        coerce=lambda svar: svar == "ja",
        widget=forms.RadioSelect,
    )
    dato = DatoFelt(label="Dato", initial=i_dag)
    overskrift = forms.CharField(label="Overskrift", max_length=150)
    tekst = forms.CharField(label="Tekst", widget=tekstomraade(6))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("er_delt", raekke(dato=3), "overskrift", "tekst")
