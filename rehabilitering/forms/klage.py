"""Forms of a complaint: received, reconsidered, sent on, answered."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models

from rehabilitering.models import Afgoerelse, Klage
from ressource.dansk import dato as dansk_dato
from ressource.filtype import ENDELSER, Filtype, kontroller_upload
from ressource.forms import DatoFelt, ResHelper, filfelt, raekke, tekstomraade, valg
from ressource.kalender import i_dag
from ressource.samtidighed import laasefelt


def _valg(koder: type[models.TextChoices]) -> list[tuple[str, str]]:
    return [(kode, tekst.capitalize()) for kode, tekst in koder.choices]


class KlageForm(forms.Form):
    """A complaint as it came. A late one is registered too."""

    afgoerelse = forms.ChoiceField(label="Hvilken afgørelse klages der over?")
    modtaget_dato = DatoFelt(label="Klagen kom", initial=i_dag)
    maade = valg(label="Hvordan kom den?", choices=_valg(Klage.Maade), initial="skriftligt")
    klager = forms.CharField(label="Hvem klager?", max_length=120)
    indhold = forms.CharField(
        label="Hvad klages der over?",
        help_text="Skriv en mundtlig klage ned med borgerens ord",
        widget=tekstomraade(6),
    )
    fil = filfelt(
        label="Klagen som fil",
        accept=",".join([*ENDELSER, *Filtype.values]),
        required=False,
        help_text="PDF, billede eller Word, højst 10 MB",
    )

    def __init__(
        self, *args: Any, afgoerelser: Iterable[Afgoerelse], klager: str = "", **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"klager": klager}
        super().__init__(*args, **kwargs)
        self.fields["afgoerelse"].choices = [  # type: ignore[attr-defined]
            (str(a.pk), f"{a.get_udfald_display().capitalize()}, {dansk_dato(a.afgoerelse_dato)}")
            for a in afgoerelser
            if a.afgoerelse_dato
        ]
        self.helper = ResHelper(
            "afgoerelse", raekke(modtaget_dato=4, klager=8), "maade", "indhold", "fil"
        )

    def clean_fil(self) -> dict[str, Any] | None:
        """The file's bytes and kind, as `gem_dokument` takes them."""
        fil = self.cleaned_data.get("fil")
        if not fil:
            return None
        indholdstype = kontroller_upload(fil)
        fil.seek(0)
        return {"indhold": fil.read(), "indholdstype": indholdstype}


class TrinForm(forms.Form):
    """One step of an open complaint, of the version the page showed."""

    laas = laasefelt()

    def __init__(self, *args: Any, klage: Klage, **kwargs: Any) -> None:
        kwargs["initial"] = {"laas": klage.laas}
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("laas", *(navn for navn in self.fields if navn != "laas"))


class GenvurderingForm(TrinForm):
    """What the municipality finds."""

    genvurdering = valg(label="Hvad er I kommet frem til?", choices=_valg(Klage.Genvurdering))
    begrundelse = forms.CharField(
        label="Begrundelse", help_text="Den står i brevet til borgeren", widget=tekstomraade(6)
    )
    dato = DatoFelt(label="Genvurderet", initial=i_dag)


class SendVidereForm(TrinForm):
    """The day it went to the appeal body."""

    dato = DatoFelt(label="Sendt", initial=i_dag)


class ResultatForm(TrinForm):
    """The appeal body's answer, or a withdrawal."""

    resultat = forms.ChoiceField(label="Resultat", choices=Klage.Resultat.choices)
    dato = DatoFelt(label="Dato", initial=i_dag)
    tekst = forms.CharField(
        label="Hvad betyder det for borgeren?", required=False, widget=tekstomraade(4)
    )

    def __init__(self, *args: Any, klage: Klage, **kwargs: Any) -> None:
        super().__init__(*args, klage=klage, **kwargs)
        kun_trukket = klage.sendt_dato is None
        self.fields["resultat"].choices = [  # type: ignore[attr-defined]
            (kode, tekst)
            for kode, tekst in _valg(Klage.Resultat)
            if not kun_trukket or kode == Klage.Resultat.TRUKKET
        ]


class LukForm(TrinForm):
    """Close it."""


FORMULARER: dict[str, type[TrinForm]] = {
    "genvurder": GenvurderingForm,
    "send": SendVidereForm,
    "resultat": ResultatForm,
    "luk": LukForm,
}
