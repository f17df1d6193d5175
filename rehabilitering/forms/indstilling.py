"""The forms of the indstilling on the live page: its head, and one per effort."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms

from rehabilitering.forms.vist import VistForm
from rehabilitering.models import (
    Indsatstype,
    Indstilling,
    Indstillingslinje,
    Maalart,
    Omraade,
    Udfald,
)
from rehabilitering.services.indstilling_kladde import FELTER, LINJEFELTER
from ressource.forms import DatoFelt, tekstomraade, valg
from ressource.models import Regelsaet


class IndstillingForm(VistForm):
    """The draft's head. What is missing is judged when the chair finalises."""

    udfald = valg(label="Teamet indstiller til", choices=(), required=False)
    aarsag = forms.ChoiceField(
        label="Hvorfor udsættes eller sendes sagen tilbage?",
        choices=[("", "Vælg"), *((a.value, a.label.capitalize()) for a in Indstilling.Aarsag)],
        required=False,
    )
    maal = forms.CharField(label="Første job- eller uddannelsesmål", max_length=200, required=False)
    maal_art = valg(
        label="Målet handler om",
        choices=[(art.value, art.label.capitalize()) for art in Maalart],
        required=False,
    )
    maal_begrundelse = forms.CharField(
        label="Hvis målet er et andet end før: hvorfor?", max_length=250, required=False
    )
    varighed_maaneder = forms.IntegerField(
        label="Varighed i måneder",
        min_value=1,
        max_value=120,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    maalgruppebetingelse = forms.ChoiceField(label="Målgruppe", choices=(), required=False)
    enighed = forms.ChoiceField(
        label="Enighed",
        help_text="Teamet og borgeren",
        choices=[(e.value, e.label.capitalize()) for e in Indstilling.Enighed],
        required=False,
    )
    dissens = forms.CharField(
        label="Hvad er der uenighed om", required=False, widget=tekstomraade(2)
    )
    begrundelse = forms.CharField(label="Begrundelse", required=False, widget=tekstomraade(4))
    muligheder = forms.CharField(
        label="Muligheder for job eller uddannelse", required=False, widget=tekstomraade(3)
    )
    sundhedskoordinators_vurdering = forms.CharField(
        label="Sundhedskoordinators vurdering", required=False, widget=tekstomraade(3)
    )
    mentor_formaal = forms.CharField(label="Mentors formål", required=False, widget=tekstomraade(2))
    mentor_opgaver = forms.CharField(
        label="Mentors opgaver", required=False, widget=tekstomraade(2)
    )
    uden_praktik_begrundelse = forms.CharField(
        label="Hvis ingen praktik: hvorfor?", required=False, widget=tekstomraade(2)
    )
    uden_mentor_begrundelse = forms.CharField(
        label="Hvis ingen mentor: hvorfor?", required=False, widget=tekstomraade(2)
    )
    noter = forms.CharField(
        label="Mødelederens sammenfatning", required=False, widget=tekstomraade(3)
    )

    def __init__(
        self,
        data: Any = None,
        *,
        indstilling: Indstilling,
        regelsaet: Regelsaet,
        maal_foer: str,
        er_leder: bool,
    ) -> None:
        """`maal_foer` is the forberedende del's goal. Only the chair writes the summary."""
        felter = [felt for felt in FELTER if er_leder or felt != "noter"]
        super().__init__(data, gemte={felt: getattr(indstilling, felt) for felt in felter})
        if not er_leder:
            del self.fields["noter"]
        mindst, hoejst = regelsaet.varighed_min_maaneder, regelsaet.varighed_max_maaneder
        self.fields[
            "varighed_maaneder"
        ].help_text = f"Mindst {mindst}, højst {hoejst} ({regelsaet.kode})"
        if maal_foer:
            self.fields["maal"].help_text = f"I forberedende del: {maal_foer}"
        self.fields["udfald"].choices = [  # type: ignore[attr-defined]
            (kode, Udfald(kode).label.capitalize()) for kode in regelsaet.udfald
        ]
        self.fields["maalgruppebetingelse"].choices = [  # type: ignore[attr-defined]
            ("", "Vælg"),
            *((punkt["kode"], punkt["tekst"]) for punkt in regelsaet.maalgruppebetingelser),
        ]

    def clean_enighed(self) -> str:
        """A page without the field has not said that there is dissent."""
        return self.cleaned_data["enighed"] or Indstilling.Enighed.ENIGE


class Katalog:
    """The catalogue of efforts, fetched once for all lines. One statement."""

    def __init__(self, brugte: Iterable[Indsatstype] = ()) -> None:
        typer = {t.pk: t for t in Indsatstype.objects.filter(er_aktiv=True)}
        typer |= {t.pk: t for t in brugte}
        orden = list(Omraade)
        alle = sorted(typer.values(), key=lambda t: (orden.index(Omraade(t.omraade)), t.navn))
        self.efter_pk = {str(t.pk): t for t in alle}
        self.choices: list[Any] = [
            ("", "Vælg"),
            *(
                (Omraade(omraade).label, [(str(t.pk), t.valgnavn) for t in gruppe])
                for omraade, gruppe in groupby(alle, key=lambda t: t.omraade)
            ),
        ]


class LinjeForm(VistForm):
    """One effort, which has its row already."""

    indsatstype = forms.ChoiceField(label="Indsats")
    beskrivelse = forms.CharField(label="Nærmere", max_length=150, required=False)
    formaal = forms.CharField(label="Formål", max_length=250, required=False)
    betydning_for_maal = forms.CharField(
        label="Betydning for målet", max_length=250, required=False
    )
    start_dato = DatoFelt(label="Start", required=False, help_text="")
    ansvarlig = forms.CharField(label="Ansvarlig", max_length=120, required=False)
    mandat = forms.CharField(label="Mandat", max_length=120, required=False)

    def __init__(self, data: Any = None, *, linje: Indstillingslinje, katalog: Katalog) -> None:
        self.linje, self.katalog = linje, katalog
        super().__init__(
            data,
            gemte={felt: getattr(linje, felt) for felt in LINJEFELTER},
            prefix=f"linje-{linje.pk}",
        )
        self.fields["indsatstype"].choices = katalog.choices  # type: ignore[attr-defined]

    def clean_indsatstype(self) -> Indsatstype:
        """The row of the catalogue."""
        return self.katalog.efter_pk[self.cleaned_data["indsatstype"]]


class NyLinjeForm(forms.Form):
    """Which effort to add; the line comes when a button is pressed."""

    ny_indsats = forms.ChoiceField(label="Tilføj en indsats", required=False)

    def __init__(self, data: Any = None, *, katalog: Katalog) -> None:
        super().__init__(data)
        self.katalog = katalog
        self.fields["ny_indsats"].choices = katalog.choices  # type: ignore[attr-defined]

    def valgt(self) -> Indsatstype | None:
        """The effort that was chosen, if any."""
        if not self.is_valid():
            return None
        return self.katalog.efter_pk.get(self.cleaned_data["ny_indsats"])


def linjeforme(
    linjer: Sequence[Indstillingslinje], data: Mapping[str, Any] | None
) -> tuple[list[LinjeForm], NyLinjeForm]:
    """A form for each line, and the one for the next; a line the page did not send is as stored.

    Of `linjer`, one that was taken out has a form only if the page sent it.
    """
    katalog = Katalog(linje.indsatstype for linje in linjer)
    sendte = {navn.rpartition("-")[0] for navn in data or ()}
    forme = []
    for linje in linjer:
        er_sendt = f"linje-{linje.pk}" in sendte
        if er_sendt or not linje.fjernet_den:
            forme.append(LinjeForm(data if er_sendt else None, linje=linje, katalog=katalog))
    return forme, NyLinjeForm(data, katalog=katalog)
