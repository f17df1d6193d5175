"""What the citizen agrees may be obtained or shared."""

from collections.abc import Iterator
from typing import Any

from django import forms

from borgere.deling import SKAL_DELES
from borgere.forms.scan import ScanForm
from borgere.models import Dokument, Informationstype, Netvaerksperson, Sag, Samtykke
from borgere.services.samtykke import Arklinje, senest_til
from ressource.forms import DatoFelt, ResHelper, flervalg, raekke, valg
from ressource.kalender import i_dag

# Who else than the network stands on the sheet, with what the citizen is asked for.
FASTE_MODTAGERE: dict[str, tuple[Informationstype, ...]] = {
    **SKAL_DELES,
    Samtykke.Modtager.MENTOR: (Informationstype.MOEDER, Informationstype.PLAN),
}


def _til_dato() -> Any:
    return senest_til(i_dag())


class SamtykkeForm(ScanForm):
    """One consent: to whom, what, for what, until when, and how it was given."""

    scan_art = Dokument.Art.SAMTYKKE

    modtager = forms.ChoiceField(label="Hvem må få oplysninger", choices=Samtykke.Modtager.choices)
    netvaerksperson = forms.ModelChoiceField(
        label="Person i netværket",
        queryset=Netvaerksperson.objects.none(),
        required=False,
        empty_label="Ingen",
        help_text="Kun når samtykket gælder en netværksperson.",
    )
    modtager_navn = forms.CharField(
        label="Navn på modtageren",
        max_length=120,
        required=False,
        help_text="Kun for en virksomhed eller en anden myndighed.",
    )
    informationstyper = flervalg(label="Hvilke oplysninger", choices=Informationstype.choices)
    oplysninger = forms.CharField(label="Uddybning", required=False, max_length=200)
    art = valg(
        label="Hvad slags samtykke",
        choices=Samtykke.Art.choices,
        initial=Samtykke.Art.FORVALTNING,
        help_text="Et frivilligt samtykke (GDPR) giver ikke lov til at sende noget fra sagen.",
    )
    formaal = forms.CharField(
        label="Formål",
        required=False,
        max_length=200,
        help_text="Hvad skal oplysningerne bruges til?",
    )
    fra_dato = DatoFelt(label="Gælder fra", initial=i_dag)
    til_dato = DatoFelt(
        label="Gælder til", initial=_til_dato, help_text="dd.mm.åååå, højst 12 måneder"
    )
    givet = valg(
        label="Hvordan er det givet",
        choices=Samtykke.Givet.choices,
        initial=Samtykke.Givet.UNDERSKREVET,
    )
    givet_hvordan = forms.CharField(
        label="Bemærkning",
        required=False,
        max_length=120,
        help_text="Ved mundtligt samtykke: hvor og hvornår borgeren sagde ja. "
        "Uden scanning: hvor det underskrevne ligger.",
    )

    def __init__(self, *args: Any, sag: Sag, **kwargs: Any) -> None:
        super().__init__(*args, sag=sag, **kwargs)
        personer: Any = self.fields["netvaerksperson"]
        personer.queryset = sag.borger.netvaerk.nuvaerende()
        self.helper = ResHelper(
            raekke(modtager=6, netvaerksperson=6),
            raekke(modtager_navn=6),
            "informationstyper",
            raekke(oplysninger=6, formaal=6),
            "art",
            raekke(fra_dato=3, til_dato=3),
            "givet",
            "givet_hvordan",
            raekke(fil=6, scan=6),
        )


class TraekForm(forms.Form):
    """Why something is withdrawn. Nobody has to give a reason."""

    aarsag = forms.CharField(
        label="Bemærkning",
        max_length=200,
        required=False,
        help_text="Borgeren behøver ikke give en grund.",
    )


class SamtykkearkForm(ScanForm):
    """A signed sheet: what is ticked for each recipient, and the scan.

    Nothing is ticked beforehand: the citizen may have struck out what was printed, and a consent
    nobody gave must not be registered by leaving things as they are.
    """

    scan_art = Dokument.Art.SAMTYKKE

    fra_dato = DatoFelt(label="Underskrevet", initial=i_dag)
    til_dato = DatoFelt(
        label="Gælder til", initial=_til_dato, help_text="dd.mm.åååå, højst 12 måneder"
    )

    def __init__(self, *args: Any, sag: Sag, **kwargs: Any) -> None:
        super().__init__(*args, sag=sag, **kwargs)
        self.personer = {f"person_{p.pk}": p for p in sag.borger.netvaerk.nuvaerende()}
        for navn, person in self.personer.items():
            self._modtagerfelt(navn, str(person))
        for modtager in FASTE_MODTAGERE:
            self._modtagerfelt(modtager, Samtykke.Modtager(modtager).label.capitalize())
        modtagere = [*self.personer, *FASTE_MODTAGERE]
        self.helper = ResHelper(raekke(fra_dato=3, til_dato=3), raekke(fil=6, scan=6), *modtagere)
        self.helper.vis_frivillig = False

    def _modtagerfelt(self, navn: str, label: str) -> None:
        self.fields[navn] = flervalg(
            label=f"{label} må få",
            choices=Informationstype.choices,
            required=False,
        )

    def linjer(self) -> list[Arklinje]:
        """The recipients with something ticked."""
        return list(self._linjer())

    def _linjer(self) -> Iterator[Arklinje]:
        for navn, person in self.personer.items():
            if valgt := self.cleaned_data[navn]:
                yield Arklinje(Samtykke.Modtager.NETVAERK, valgt, person)
        for modtager in FASTE_MODTAGERE:
            if valgt := self.cleaned_data[modtager]:
                yield Arklinje(modtager, valgt)
