"""The people around the citizen, and what may be shared with whom."""

from typing import Any

from django import forms

from borgere.models import (
    Borger,
    Informationstype,
    Netvaerksperson,
    Samtykke,
)
from ressource.forms import (
    DatoFelt,
    ResHelper,
    raekke,
    tekstomraade,
    valg,
)
from ressource.kalender import i_dag


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
    informationstyper = forms.MultipleChoiceField(
        label="Hvilke oplysninger",
        choices=Informationstype.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    oplysninger = forms.CharField(
        label="Uddybning",
        required=False,
        max_length=200,
        help_text="For eksempel: mødeindkaldelser og planen.",
    )
    fra_dato = DatoFelt(label="Gælder fra", initial=i_dag)
    til_dato = DatoFelt(label="Gælder til")
    givet_hvordan = forms.CharField(
        label="Hvordan er det givet",
        required=False,
        max_length=120,
        help_text="For eksempel: mundtligt i samtale.",
    )

    def __init__(self, *args: Any, borger: Borger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        personer: Any = self.fields["netvaerksperson"]
        personer.queryset = borger.netvaerk.all()
        self.helper = ResHelper(
            raekke(modtager=6, netvaerksperson=6),
            "informationstyper",
            "oplysninger",
            raekke(fra_dato=3, til_dato=3),
            "givet_hvordan",
        )
