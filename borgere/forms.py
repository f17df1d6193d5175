"""What a caseworker fills in about citizens and cases."""

import re
from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError

from borgere.models import (
    Afslutningsaarsag,
    Borger,
    Dokument,
    Fase,
    Netvaerksperson,
    Samtykke,
)
from borgere.personnummer import Personnummer as Nummer
from borgere.personnummer import Type, UgyldigtPersonnummer
from borgere.services.sag import ROLLER_FOR_ART
from ressource.filtype import Filtype, kontroller_upload
from ressource.forms import (
    DatoFelt,
    FilterHelper,
    ResHelper,
    filfelt,
    raekke,
    tekstomraade,
    valg,
)
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import laasefelt

# Nobody in Denmark has lived longer; an older date of birth is a slip of the pen.
MAKS_ALDER = 116


class SagFilterForm(forms.Form):
    """Filter of the list of cases; everything is optional."""

    SORTERING = (
        ("navn", "Navn"),
        ("nyeste", "Nyeste sag først"),
        ("sagsnummer", "Sagsnummer"),
        ("fase", "Fase"),
    )

    q = forms.CharField(label="Navn eller sagsnr.", required=False, max_length=100)
    fase = forms.ChoiceField(
        label="Fase",
        required=False,
        choices=[("", "Alle åbne"), *Fase.choices, ("alle", "Alle, også afsluttede")],
    )
    sorter = forms.ChoiceField(label="Sortér efter", required=False, choices=SORTERING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("q", "fase", "sorter")


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
            raekke(laege=6, tolkesprog=6),
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
            "laege",
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


class NetvaerkspersonForm(forms.Form):
    """Somebody around the citizen."""

    navn = forms.CharField(label="Navn", max_length=120)
    relation = forms.CharField(
        label="Relation", max_length=60, help_text="For eksempel ægtefælle, søster, bostøtte."
    )
    holdning = valg(
        label="Holdning til, at borgeren kommer i arbejde",
        choices=Netvaerksperson.Holdning.choices,
        initial=Netvaerksperson.Holdning.UAFKLARET,
    )
    barrierer = forms.CharField(label="Barrierer", required=False, widget=tekstomraade(3))
    telefon = forms.CharField(label="Telefon", max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(
            raekke(navn=6, relation=6), "holdning", "barrierer", raekke(telefon=4)
        )


class SamtykkeForm(forms.Form):
    """What the citizen has agreed may be shared, with whom, and until when."""

    modtager = forms.ChoiceField(label="Hvem må få oplysninger", choices=Samtykke.Modtager.choices)
    netvaerksperson = forms.ModelChoiceField(
        label="Person i netværket",
        queryset=Netvaerksperson.objects.none(),
        required=False,
        empty_label="Ingen",
        help_text="Kun når samtykket gælder en netværksperson.",
    )
    oplysninger = forms.CharField(
        label="Hvilke oplysninger",
        max_length=200,
        help_text="For eksempel: mødeindkaldelser og planen.",
    )
    fra_dato = DatoFelt(label="Gælder fra", initial=i_dag)
    til_dato = DatoFelt(label="Gælder til")
    givet_hvordan = forms.CharField(
        label="Hvordan er det givet", max_length=120, help_text="For eksempel: mundtligt i samtale."
    )

    def __init__(self, *args: Any, borger: Borger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        personer: Any = self.fields["netvaerksperson"]
        personer.queryset = borger.netvaerk.all()
        self.helper = ResHelper(
            raekke(modtager=6, netvaerksperson=6),
            "oplysninger",
            raekke(fra_dato=3, til_dato=3),
            "givet_hvordan",
        )


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


class AfslutForm(forms.Form):
    """Why and when the case ends."""

    aarsag = forms.ChoiceField(
        label="Hvad sker der nu", choices=[("", "Vælg"), *Afslutningsaarsag.choices]
    )
    dato = DatoFelt(label="Slutdato", initial=i_dag)
    bemaerkning = forms.CharField(label="Bemærkning", required=False, widget=tekstomraade(4))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(aarsag=6, dato=3), "bemaerkning")


class TildelForm(forms.Form):
    """Who joins the case circle from when; the task on the case is chosen before."""

    bruger = forms.ModelChoiceField(
        label="Person", queryset=Bruger.objects.none(), empty_label="Vælg"
    )
    fra_dato = DatoFelt(label="Fra", initial=i_dag)

    def __init__(self, *args: Any, art: str, **kwargs: Any) -> None:
        """`art` (`Tildeling.Art`) decides who can be chosen."""
        super().__init__(*args, **kwargs)
        brugere = Bruger.objects.filter(is_active=True)
        if roller := ROLLER_FOR_ART.get(art):
            brugere = brugere.filter(roller__overlap=list(roller))
        personer: Any = self.fields["bruger"]
        personer.queryset = brugere.order_by("navn")
        personer.label_from_instance = _navn_og_titel
        self.helper = ResHelper(raekke(bruger=6, fra_dato=3))


def _navn_og_titel(bruger: Bruger) -> str:
    return f"{bruger.navn}, {bruger.titel}" if bruger.titel else bruger.navn
