"""Who acts for the citizen, and who comes along."""

from typing import Any

from django import forms

from borgere.forms.scan import ScanForm
from borgere.models import Dokument, Fuldmagt, Informationstype, Sag
from ressource.forms import DatoFelt, ResHelper, flervalg, raekke, valg
from ressource.kalender import i_dag


class FuldmagtForm(ScanForm):
    """A party representative or a guardian, with scope."""

    scan_art = Dokument.Art.FULDMAGT

    art = valg(
        label="Hvem handler for borgeren",
        choices=Fuldmagt.Art.choices,
        initial=Fuldmagt.Art.PARTSREPRAESENTANT,
    )
    navn = forms.CharField(label="Navn", max_length=120)
    organisation = forms.CharField(label="Organisation", max_length=120, required=False)
    adresse = forms.CharField(label="Adresse", max_length=200, required=False)
    postnummer = forms.RegexField(
        r"^[0-9]{4}$",
        label="Postnummer",
        required=False,
        max_length=4,
        error_messages={"invalid": "Et postnummer har fire cifre."},
    )
    by = forms.CharField(label="By", max_length=60, required=False)
    telefon = forms.CharField(label="Telefon", max_length=20, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    omfang = valg(
        label="Omfang",
        choices=Fuldmagt.Omfang.choices,
        initial=Fuldmagt.Omfang.HELE,
        help_text="Breve om det, der er omfattet, går til repræsentanten i stedet for borgeren.",
    )
    emner = flervalg(
        label="Hvilke dele",
        choices=Informationstype.choices,
        required=False,
        help_text="Kun når det ikke er hele sagen.",
    )
    grundlag = forms.CharField(
        label="Beskikkelse",
        max_length=200,
        required=False,
        help_text="For en værge: hvilken myndighed, afgørelse og dato.",
    )
    fra_dato = DatoFelt(label="Gælder fra", initial=i_dag)
    til_dato = DatoFelt(label="Gælder til", required=False)

    def __init__(self, *args: Any, sag: Sag, **kwargs: Any) -> None:
        super().__init__(*args, sag=sag, **kwargs)
        self.helper = ResHelper(
            "art",
            raekke(navn=6, organisation=6),
            raekke(adresse=6, postnummer=2, by=4),
            raekke(telefon=4, email=6),
            "omfang",
            "emner",
            "grundlag",
            raekke(fra_dato=3, til_dato=3),
            raekke(fil=6, scan=6),
        )


class BisidderForm(forms.Form):
    """Somebody who comes along to meetings."""

    navn = forms.CharField(label="Navn", max_length=120)
    telefon = forms.CharField(label="Telefon", max_length=20, required=False)
    aftale = forms.CharField(
        label="Hvad borgeren har aftalt",
        max_length=200,
        required=False,
        help_text="For eksempel: er med til møder og må tage ordet.",
    )
    fra_dato = DatoFelt(label="Fra", initial=i_dag)
    til_dato = DatoFelt(label="Til", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(navn=6, telefon=4), "aftale", raekke(fra_dato=3, til_dato=3))
