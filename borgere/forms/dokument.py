"""A file with what it is, and finding one again."""

from typing import Any

from django import forms

from borgere.models import Dokument
from ressource.filtype import ENDELSER, Filtype, kontroller_upload
from ressource.forms import DatoFelt, FilterHelper, ResHelper, filfelt, raekke
from ressource.kalender import i_dag


class DokumentFilterForm(forms.Form):
    """Filter of a case's documents; everything is optional."""

    SORTERING = (("", "Nyeste først"), ("art", "Type"), ("titel", "Titel"))

    q = forms.CharField(label="Ord i titlen", required=False, max_length=100)
    art = forms.ChoiceField(
        label="Type", required=False, choices=[("", "Alle typer"), *Dokument.Art.choices]
    )
    vis = forms.ChoiceField(
        label="Udgaver",
        required=False,
        choices=[("", "Kun de nyeste"), ("alle", "Også de erstattede")],
    )
    sorter = forms.ChoiceField(label="Sortér efter", required=False, choices=SORTERING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("q", "art", "vis", "sorter")


class DokumentForm(forms.Form):
    """A file with what it is. What the file really is, is read from its content."""

    art = forms.ChoiceField(label="Type", choices=[("", "Vælg type"), *Dokument.Art.choices])
    titel = forms.CharField(label="Titel", max_length=150)
    dato = DatoFelt(label="Dokumentets dato", initial=i_dag)
    fil = filfelt(
        label="Fil",
        accept=",".join([*ENDELSER, *Filtype.values]),
        help_text="PDF, PNG, JPEG, Word, Excel eller OpenDocument, højst 10 MB. "
        "Word, Excel og OpenDocument hentes; de andre vises i browseren.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(art=6, dato=3), "titel", "fil")

    def clean_fil(self) -> Any:
        fil = self.cleaned_data["fil"]
        self.cleaned_data["indholdstype"] = kontroller_upload(fil)
        return fil

    def bed_om_filen_igen(self) -> None:
        """Say that the file must be chosen again, where something else was wrong: nothing keeps it."""
        if self.errors and "fil" not in self.errors:
            self.add_error("fil", "Vælg filen igen. Den følger ikke med, når siden vises på ny.")
