"""What is typed about the progression questions, and small steps between the talks."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from opfoelgning.models import Progressionsindikator, Progressionskatalog
from opfoelgning.services.progressionskatalog import Indikatortekst
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade
from ressource.kalender import i_dag
from ressource.samtidighed import laasefelt

# A scale has no more steps than from 0 to 10.
TRIN_HOEJST = 11
TEGN_PR_TRIN = 200


class VersionForm(forms.Form):
    """A version's name, advice, and how far apart it is asked."""

    laas = laasefelt()
    navn = forms.CharField(label="Navn", max_length=120)
    maaneder = forms.IntegerField(
        label="Måneder imellem",
        min_value=1,
        max_value=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    vejledning = forms.CharField(
        label="Sådan taler I om det", required=False, max_length=2000, widget=tekstomraade(4)
    )

    def __init__(self, *args: Any, katalog: Progressionskatalog, **kwargs: Any) -> None:
        felter = ("laas", "navn", "maaneder", "vejledning")
        kwargs["initial"] = {felt: getattr(katalog, felt) for felt in felter}
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("laas", raekke(navn=9, maaneder=3), "vejledning")


class IndikatorForm(forms.Form):
    """One indicator: its questions, and a line of words for each step of its scale."""

    laas = laasefelt()
    navn = forms.CharField(label="Navn", max_length=100)
    spoergsmaal_borger = forms.CharField(
        label="Spørgsmål til borgeren",
        required=False,
        max_length=200,
        help_text="Tomt felt: borgeren spørges ikke",
    )
    spoergsmaal_fagperson = forms.CharField(label="Spørgsmål til fagpersonen", max_length=200)
    skjult_for_borger = forms.BooleanField(
        label="Fagpersonens svar vises ikke for borgeren", required=False
    )
    skala_min = forms.TypedChoiceField(
        label="Laveste trin", choices=[(0, "0"), (1, "1")], coerce=int, initial=1
    )
    trin = forms.CharField(
        label="Hvad trinene betyder",
        help_text="Ét trin på hver linje, det laveste først. Et højere trin er altid bedre.",
        widget=tekstomraade(6),
    )

    def __init__(
        self,
        *args: Any,
        katalog: Progressionskatalog,
        indikator: Progressionsindikator | None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"laas": katalog.laas} | (
            _startvaerdier(indikator) if indikator else {}
        )
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(
            "laas",
            "navn",
            "spoergsmaal_borger",
            "spoergsmaal_fagperson",
            "skjult_for_borger",
            raekke(skala_min=3),
            "trin",
        )

    def clean_trin(self) -> list[str]:
        """The lines without blanks around them."""
        linjer = [linje for raa in self.cleaned_data["trin"].splitlines() if (linje := raa.strip())]
        if len(linjer) > TRIN_HOEJST - self.cleaned_data.get("skala_min", 0):
            raise ValidationError("Skalaen går højst til 10. Skriv færre linjer.")
        if any(len(linje) > TEGN_PR_TRIN for linje in linjer):
            raise ValidationError(f"Et trin beskrives med højst {TEGN_PR_TRIN} tegn.")
        return linjer

    def tekst(self) -> Indikatortekst:
        """What was typed. Call it on a valid form."""
        data = {navn: v for navn, v in self.cleaned_data.items() if navn != "laas"}
        return Indikatortekst(**data)


class UdgivForm(forms.Form):
    """The day a version is used from."""

    laas = laasefelt()
    fra = DatoFelt(label="Bruges fra")

    def __init__(self, *args: Any, katalog: Progressionskatalog, **kwargs: Any) -> None:
        kwargs["initial"] = {"laas": katalog.laas, "fra": i_dag()}
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("laas", raekke(fra=3))


class SkridtForm(forms.Form):
    """One small step."""

    dato = DatoFelt(label="Dato", initial=i_dag)
    tekst = forms.CharField(label="Hvad gik fremad?", max_length=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper()

    def skridt(self) -> tuple[date, str]:
        """The day and the words. Call it on a valid form."""
        return self.cleaned_data["dato"], self.cleaned_data["tekst"]


def _startvaerdier(indikator: Progressionsindikator) -> dict[str, Any]:
    felter = (
        "navn",
        "spoergsmaal_borger",
        "spoergsmaal_fagperson",
        "skjult_for_borger",
        "skala_min",
    )
    return {felt: getattr(indikator, felt) for felt in felter} | {
        "trin": "\n".join(trin.ankertekst for trin in indikator.trin.all())
    }
