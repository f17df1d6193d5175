"""The citizen's own data, and registering a citizen with a case."""

import re
from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError

from borgere.forms.personnummer import laes_nummer, nummerart, nummerfelt
from borgere.models import Borger, Laegepraksis
from borgere.personnummer import Personnummer as Nummer
from ressource.forms import DatoFelt, ResHelper, raekke
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
        ),
        Fieldset(
            "Navne- og adressebeskyttelse",
            "er_adressebeskyttet",
            raekke(adressebeskyttet_til=3),
        ),
        Fieldset(
            "Sådan samarbejder vi",
            raekke(tolkesprog=6),
            "har_laesevanskeligheder",
            "er_fritaget_digital_post",
            raekke(laegepraksis=6),
        ),
        Fieldset("Uddannelse", raekke(har_uddannelse=6, uddannelse=6)),
        Fieldset(
            "Børn",
            raekke(antal_hjemmeboende_boern=3, boern_har_vanskeligheder=6),
            "har_boernesag",
            raekke(boernesag_fulgt_op_dato=3),
        ),
    ]


def ja_nej_felt(**kwargs: Any) -> forms.TypedChoiceField:
    """A question that may not have been asked yet: True, False or None."""
    return forms.TypedChoiceField(
        required=False,
        choices=[("", "Ikke spurgt endnu"), ("ja", "Ja"), ("nej", "Nej")],
        coerce=lambda svar: svar == "ja",
        empty_value=None,
        **kwargs,
    )


def _som_svar(vaerdi: bool | None) -> str:
    return "" if vaerdi is None else "ja" if vaerdi else "nej"


def renset_postnummer(postnummer: str) -> str:
    """The postal code, or nothing. Raises `ValidationError` on anything but four plain digits."""
    if postnummer and not re.fullmatch("[0-9]{4}", postnummer):
        raise ValidationError("Skriv postnummeret med fire cifre.")
    return postnummer


def _laegepraksis(praksis: Laegepraksis) -> str:
    sted = f"{praksis.navn}, {praksis.by}" if praksis.by else praksis.navn
    return sted if praksis.er_aktiv else f"{sted} (lukket)"


class BorgerForm(forms.ModelForm[Borger]):
    """The citizen's own data. The service saves; the form only reads and explains."""

    adressebeskyttet_til = DatoFelt(label="Beskyttet til", required=False)
    boernesag_fulgt_op_dato = DatoFelt(label="Børnesag fulgt op", required=False)
    har_uddannelse = ja_nej_felt(
        label="Erhvervskompetencegivende uddannelse",
        help_text="Under 30 år uden uddannelse: uddannelsesvejlederen deltager i mødet.",
    )
    boern_har_vanskeligheder = ja_nej_felt(
        label="Har børnene vanskeligheder?",
        help_text="Kun ja eller nej. Hvad det er, hører til i familieafdelingen.",
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
            "tolkesprog",
            "har_laesevanskeligheder",
            "er_fritaget_digital_post",
            "laegepraksis",
            "har_uddannelse",
            "uddannelse",
            "antal_hjemmeboende_boern",
            "boern_har_vanskeligheder",
            "har_boernesag",
            "boernesag_fulgt_op_dato",
        )
        help_texts = {
            "tolkesprog": "Skriv sproget, for eksempel «dari, helst mand». Tomt: ingen tolk.",
            "uddannelse": "Seneste fuldførte, for eksempel «9. klasse» eller «frisør».",
            "er_adressebeskyttet": "Adresse og telefon skjules i lister, breve og mødepakker.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for felt in ("har_uddannelse", "boern_har_vanskeligheder"):
            self.initial[felt] = _som_svar(getattr(self.instance, felt))
        laeger: Any = self.fields["laegepraksis"]
        laeger.queryset = Laegepraksis.objects.til_valg(self.instance.laegepraksis_id)
        laeger.empty_label = "Ikke oplyst"
        laeger.label_from_instance = _laegepraksis
        self.helper = ResHelper(*_borgerlayout())

    def clean_postnummer(self) -> str:
        return renset_postnummer(self.cleaned_data["postnummer"])

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

    art = nummerart()
    nummer = nummerfelt("ddmmåå-xxxx. Fødselsdato og køn læses af nummeret.")
    foedselsdato = DatoFelt(label="Fødselsdato, kun ved udenlandsk id", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hvem = Fieldset("Personnummer", "art", raekke(nummer=4, foedselsdato=4))
        self.helper = ResHelper(hvem, *_borgerlayout())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if nummer := laes_nummer(self, data):
            self._kontroller_foedselsdato(nummer, data.get("foedselsdato"))
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
