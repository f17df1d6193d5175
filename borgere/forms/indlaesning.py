"""A file to bring in, and one row of it to mend."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from borgere.indlaesning import filer
from borgere.indlaesning.kolonner import HERKOMSTER, KOLONNER
from borgere.models import Indlaesning, Tildeling
from borgere.services.sag import ROLLER_FOR_ART
from ressource.filtype import MAKS_MB
from ressource.forms import ResHelper, filfelt, raekke, valg
from ressource.models import Bruger


class FilForm(forms.Form):
    """What kind of file it is, and the file; what it really is, is read from its content."""

    art = valg(
        label="Hvad er i filen",
        choices=[
            (Indlaesning.Art.BORGERE, "Borgere og sager"),
            (Indlaesning.Art.HERKOMST, "Herkomst fra Danmarks Statistik"),
        ],
        initial=Indlaesning.Art.BORGERE,
    )
    fil = filfelt(
        label="Fil",
        accept=",".join(filer.ENDELSER),
        help_text=f"CSV eller Excel (.xlsx), højst {MAKS_MB} MB og 50.000 rækker.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("art", "fil")

    def clean_fil(self) -> Any:
        fil = self.cleaned_data["fil"]
        filer.kontroller_upload(fil)
        return fil


class RaekkeForm(forms.Form):
    """One row as it stands, with what is wrong with it beside each field.

    Always bound: to the stored row, or to what was sent. The check of the whole file judges it.
    """

    def __init__(
        self, *args: Any, art: str, fejl: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for kolonne in KOLONNER[art]:
            self.fields[kolonne.navn] = forms.CharField(
                label=kolonne.overskrift.capitalize(),
                required=False,
                max_length=filer.MAKS_CELLE,
                help_text=kolonne.hjaelp,
                widget=_WIDGETS.get(kolonne.navn, _tekstfelt)(),
            )
        self.helper = ResHelper(*_LAYOUT[art]())
        self.helper.vis_frivillig = False
        for felt, besked in (fejl or {}).items():
            self.add_error(felt, besked)

    def felter(self) -> dict[str, str]:
        """The row's text by column, as if it had been read from a file."""
        return {navn: filer.celletekst(self.cleaned_data.get(navn)) for navn in self.fields}


def _tekstfelt() -> forms.Widget:
    return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})


def _sagsbehandlere() -> forms.Widget:
    roller = list(ROLLER_FOR_ART[Tildeling.Art.ANSVARLIG])
    brugere = Bruger.objects.filter(
        is_active=True, team__isnull=False, roller__overlap=roller
    ).order_by("navn")
    valgbare = [(b.brugernavn, f"{b.navn} ({b.brugernavn})") for b in brugere]
    return forms.Select(choices=[("", "Vælg"), *valgbare])


def _herkomster() -> forms.Widget:
    return forms.Select(choices=[("", "Vælg"), *((h, h.capitalize()) for h in HERKOMSTER)])


def _ja_nej() -> forms.Widget:
    return forms.Select(choices=[("", "Ikke oplyst"), ("ja", "Ja"), ("nej", "Nej")])


_WIDGETS = {"sagsbehandler": _sagsbehandlere, "herkomst": _herkomster, "adressebeskyttet": _ja_nej}


def _borgerlayout() -> list[Any]:
    return [
        raekke(personnummer=4, foedselsdato=4),
        raekke(fornavn=6, efternavn=6),
        raekke(telefon=4, email=8),
        "adresse",
        raekke(postnummer=3, by=5),
        raekke(adressebeskyttet=4, tolkesprog=4),
        raekke(sagsbehandler=6),
    ]


def _herkomstlayout() -> list[Any]:
    return [raekke(personnummer=4, herkomst=6)]


_LAYOUT: dict[str, Callable[[], list[Any]]] = {
    Indlaesning.Art.BORGERE: _borgerlayout,
    Indlaesning.Art.HERKOMST: _herkomstlayout,
}
