"""The people around the citizen."""

from typing import Any

from django import forms

from borgere.models import Informationstype, Netvaerksperson
from ressource.forms import ResHelper, flervalg, raekke, tekstomraade, valg
from ressource.samtidighed import laasefelt


class NetvaerkspersonForm(forms.Form):
    """Somebody around the citizen, what they may be told, and where they take part."""

    navn = forms.CharField(label="Navn", max_length=120)
    relation = forms.CharField(
        label="Relation", max_length=60, help_text="For eksempel ægtefælle, søster, bostøtte."
    )
    holdning = valg(
        label="Holdning til, at borgeren kommer i arbejde",
        choices=Netvaerksperson.Holdning.choices,
        initial=Netvaerksperson.Holdning.UAFKLARET,
        help_text="Medspillere hjælper på vej. Modspillere er skeptiske og skal også inddrages.",
    )
    barrierer = forms.CharField(
        label="Barrierer",
        required=False,
        widget=tekstomraade(3),
        help_text="Hvad står i vejen, og hvad kan gøre modspilleren til medspiller?",
    )
    telefon = forms.CharField(label="Telefon", max_length=20, required=False)
    oensket_deling = flervalg(
        label="Borgeren ønsker, at personen får at vide",
        choices=Informationstype.choices,
        required=False,
        help_text="Ønsket bliver trykt på samtykkearket. Først et samtykke giver lov til at sende.",
    )
    deltager_i = flervalg(
        label="Personen deltager i", choices=Netvaerksperson.Deltagelse.choices, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(
            *(["laas"] if "laas" in self.fields else []),
            raekke(navn=6, relation=6),
            "holdning",
            "barrierer",
            raekke(telefon=4),
            "oensket_deling",
            "deltager_i",
        )


class NetvaerkspersonRetForm(NetvaerkspersonForm):
    """The same, on the version of the person that the page showed."""

    laas = laasefelt()

    @classmethod
    def fra(cls, person: Netvaerksperson) -> "NetvaerkspersonRetForm":
        """Unbound, with what is stored."""
        return cls(initial={felt: getattr(person, felt) for felt in cls.base_fields})
