"""The citizen's own data, and registering a citizen with a case."""

import re
from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError

from borgere.models import (
    Borger,
)
from borgere.personnummer import Personnummer as Nummer
from borgere.personnummer import Type, UgyldigtPersonnummer
from ressource.forms import (
    DatoFelt,
    ResHelper,
    raekke,
    valg,
)
from ressource.kalender import i_dag
from ressource.samtidighed import laasefelt

# Nobody in Denmark has lived longer; an older date of birth is a slip of the pen.
MAKS_ALDER = 116


def _borgerlayout() -> list[Fieldset]:
    return [
        Fieldset(
            "Navn og kontakt",
            raekke(fornavn=6, efternavn=6),
            raekke(telefon=4, email=8),
            "adresse",
            raekke(postnummer=3, by=5),
            "er_adressebeskyttet",
            raekke(adressebeskyttet_til=3),
        ),
        Fieldset(
            "Samarbejdet med borgeren",
            raekke(laegepraksis=6, tolkesprog=6),
            "har_laesevanskeligheder",
            "er_fritaget_digital_post",
        ),
        Fieldset(
            "Uddannelse og familie",
            raekke(har_uddannelse=6),
            raekke(antal_hjemmeboende_boern=3),
            "har_boernesag",
            raekke(boernesag_fulgt_op_dato=3),
        ),
    ]


class BorgerForm(forms.ModelForm[Borger]):
    """The citizen's own data. The service saves; the form only reads and explains."""

    adressebeskyttet_til = DatoFelt(label="Beskyttet til", required=False)
    boernesag_fulgt_op_dato = DatoFelt(label="Børnesag fulgt op", required=False)
    har_uddannelse = forms.TypedChoiceField(
        label="Erhvervskompetencegivende uddannelse",
        required=False,
        choices=[("", "Ikke spurgt endnu"), ("ja", "Ja"), ("nej", "Nej")],
        coerce=lambda svar: svar == "ja",
        empty_value=None,
        help_text="Under 30 år uden uddannelse: uddannelsesvejlederen deltager i mødet.",
    )

    class Meta:
        model = Borger
        fields = (
            "fornavn",
            "efternavn",
            "telefon",
            "email",
            "adresse",
            "postnummer",
            "by",
            "er_adressebeskyttet",
            "adressebeskyttet_til",
            "laegepraksis",
            "tolkesprog",
            "har_laesevanskeligheder",
            "er_fritaget_digital_post",
            "har_uddannelse",
            "antal_hjemmeboende_boern",
            "har_boernesag",
            "boernesag_fulgt_op_dato",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        har = self.instance.har_uddannelse
        self.initial["har_uddannelse"] = "" if har is None else "ja" if har else "nej"
        self.helper = ResHelper(*_borgerlayout())

    def clean_postnummer(self) -> str:
        postnummer: str = self.cleaned_data["postnummer"]
        if postnummer and not re.fullmatch("[0-9]{4}", postnummer):
            raise ValidationError("Skriv postnummeret med fire cifre.")
        return postnummer

    def _post_clean(self) -> None:
        """Nothing: the instance stays as stored, and the service validates what it saves."""


class BorgerRetForm(BorgerForm):
    """Corrections of a known citizen, of the version that was shown."""

    laas = laasefelt()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["laas"] = self.instance.laas
        self.helper = ResHelper("laas", *_borgerlayout())


class SagNyForm(BorgerForm):
    """Citizen and case in one; the number says what kind it is, when and as what one was born."""

    art = valg(
        label="Nummer",
        choices=[
            ("dansk", "Personnummer eller erstatningsnummer"),
            ("udenlandsk", "Udenlandsk id"),
        ],
        initial="dansk",
    )
    nummer = forms.CharField(
        label="Personnummer",
        max_length=30,
        help_text="ddmmåå-xxxx. Fødselsdato og køn læses af nummeret.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    foedselsdato = DatoFelt(label="Fødselsdato, kun ved udenlandsk id", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hvem = Fieldset("Personnummer", "art", raekke(nummer=4, foedselsdato=4))
        self.helper = ResHelper(hvem, *_borgerlayout())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        er_udenlandsk = data.get("art") == "udenlandsk"
        if "nummer" in data:
            try:
                data["nummer"] = Nummer.laes(
                    data["nummer"], i_dag=i_dag(), type=Type.UDENLANDSK if er_udenlandsk else None
                )
            except UgyldigtPersonnummer as fejl:
                self.add_error("nummer", str(fejl))
            else:
                self._kontroller_foedselsdato(data["nummer"], data.get("foedselsdato"))
        return data

    def _kontroller_foedselsdato(self, nummer: Nummer, skrevet: date | None) -> None:
        """A foreign identifier needs a date of birth; a Danish one must not be contradicted."""
        if "foedselsdato" in self.errors:
            return
        if nummer.foedselsdato is None:
            if skrevet is None:
                self.add_error("foedselsdato", "Skriv fødselsdatoen, når id'et er udenlandsk.")
            elif not 0 <= i_dag().year - skrevet.year <= MAKS_ALDER or skrevet > i_dag():
                self.add_error("foedselsdato", "Fødselsdatoen kan ikke passe. Kontrollér året.")
        elif skrevet and skrevet != nummer.foedselsdato:
            self.add_error("foedselsdato", "Fødselsdatoen passer ikke til personnummeret.")

    def oplysninger(self) -> dict[str, Any]:
        """The citizen's fields, for `opret_borger_og_sag`. Only when the form is valid."""
        felter = (*self.Meta.fields, "foedselsdato")
        data = {felt: self.cleaned_data[felt] for felt in felter}
        if data["foedselsdato"] is None:
            del data["foedselsdato"]
        return data
