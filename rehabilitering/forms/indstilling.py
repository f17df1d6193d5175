"""The form of the live page: one indstilling and as many lines as the browser sent."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict

from rehabilitering.models import (
    Indsatstype,
    Indstilling,
    Indstillingslinje,
    Maalart,
    Moededeltager,
    Omraade,
    Udfald,
)
from rehabilitering.services.indstilling_kladde import FELTER, LINJEFELTER, MAKS_LINJER
from ressource.forms import DatoFelt, flervalg, tekstomraade, valg
from ressource.models import Regelsaet

_LINJENAVN = re.compile(r"^linje-(\d{1,3})-")


class IndstillingForm(forms.Form):
    """The draft. Nothing is required here: what is missing is judged when the chair finalises."""

    laas = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    udfald = valg(label="Teamet indstiller til", choices=(), required=False)
    maal = forms.CharField(label="Første job- eller uddannelsesmål", max_length=200, required=False)
    maal_art = valg(
        label="Målet handler om",
        choices=[(art.value, art.label.capitalize()) for art in Maalart],
        required=False,
    )
    varighed_maaneder = forms.IntegerField(
        label="Varighed i måneder",
        min_value=1,
        max_value=120,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    enighed = forms.ChoiceField(
        label="Enighed",
        help_text="Teamet og borgeren",
        choices=[(e.value, e.label.capitalize()) for e in Indstilling.Enighed],
        initial=Indstilling.Enighed.ENIGE,
    )
    dissens = forms.CharField(
        label="Hvad er der uenighed om", required=False, widget=tekstomraade(2)
    )
    begrundelse = forms.CharField(label="Begrundelse", required=False, widget=tekstomraade(4))
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
    noter = forms.CharField(label="Noter fra mødet", required=False, widget=tekstomraade(4))
    til_stede = flervalg(label="Til stede", choices=(), required=False)
    # Attendance is the meeting's and stands on every case's page: only what changed here counts.
    til_stede_vist = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        regelsaet: Regelsaet,
        deltagere: Sequence[Moededeltager],
        maal_foer: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.deltagere = deltagere
        mindst, hoejst = regelsaet.varighed_min_maaneder, regelsaet.varighed_max_maaneder
        self.fields[
            "varighed_maaneder"
        ].help_text = f"Mindst {mindst}, højst {hoejst} ({regelsaet.kode})"
        if maal_foer:
            self.fields["maal"].help_text = f"I forberedende del: {maal_foer}"
        self.fields["udfald"].choices = [  # type: ignore[attr-defined]
            (kode, Udfald(kode).label.capitalize()) for kode in regelsaet.udfald
        ]
        self.fields["til_stede"].choices = [  # type: ignore[attr-defined]
            (str(d.pk), f"{d.bruger.navn}, {d.get_fagomraade_display()}") for d in deltagere
        ]

    @staticmethod
    def fra(indstilling: Indstilling, deltagere: Iterable[Moededeltager]) -> dict[str, Any]:
        """Initial values as they are stored."""
        til_stede = _ids_til_stede(deltagere)
        return {
            **{felt: getattr(indstilling, felt) for felt in FELTER},
            "laas": indstilling.laas,
            "til_stede": til_stede,
            "til_stede_vist": ",".join(til_stede),
        }

    @classmethod
    def som_skrevet(cls, data: QueryDict) -> dict[str, Any]:
        """Initial values as they were typed, unchecked: the page is shown again, not saved."""
        skrevet: dict[str, Any] = {navn: data.get(navn, "") for navn in cls.base_fields}
        return skrevet | {"til_stede": data.getlist("til_stede")}

    def indhold(self) -> dict[str, Any]:
        """The fields of the indstilling, cleaned."""
        return {felt: self.cleaned_data[felt] for felt in FELTER}

    def til_stede_ids(self) -> set[int] | None:
        """Which members are present: as stored, with the ticks set and taken away on this page.

        `None` when the page's ticks stand as they were shown.
        """
        sat = set(self.cleaned_data["til_stede"])
        vist = set(filter(None, self.cleaned_data["til_stede_vist"].split(",")))
        if sat == vist:
            return None
        gemt = set(_ids_til_stede(self.deltagere))
        return {int(pk) for pk in (gemt | (sat - vist)) - (vist - sat)}


def _ids_til_stede(deltagere: Iterable[Moededeltager]) -> list[str]:
    return [str(d.pk) for d in deltagere if d.var_til_stede]


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
                (Omraade(omraade).label, [(str(t.pk), t.navn) for t in gruppe])
                for omraade, gruppe in groupby(alle, key=lambda t: t.omraade)
            ),
        ]


class LinjeForm(forms.Form):
    """One effort. A line with nothing in it is no line."""

    indsatstype = forms.ChoiceField(label="Indsats", required=False)
    beskrivelse = forms.CharField(label="Nærmere", max_length=150, required=False)
    formaal = forms.CharField(label="Formål", max_length=250, required=False)
    betydning_for_maal = forms.CharField(
        label="Betydning for målet", max_length=250, required=False
    )
    start_dato = DatoFelt(label="Start", required=False, help_text="")
    ansvarlig = forms.CharField(label="Ansvarlig", max_length=120, required=False)

    def __init__(
        self, data: Any = None, *, katalog: Katalog, nr: int, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=f"linje-{nr}", initial=initial)
        self.katalog, self.nr = katalog, nr
        self.fields["indsatstype"].choices = katalog.choices  # type: ignore[attr-defined]

    def clean_indsatstype(self) -> Indsatstype | None:
        """The row of the catalogue."""
        return self.katalog.efter_pk.get(self.cleaned_data["indsatstype"])

    def clean(self) -> dict[str, Any]:
        """Anything written needs a kind of effort to belong to."""
        data = super().clean() or {}
        if not self.er_tom() and not data.get("indsatstype") and "indsatstype" not in self.errors:
            self.add_error("indsatstype", "Vælg, hvad indsatsen er.")
        return data

    def er_tom(self) -> bool:
        """Whether the browser sent only blanks."""
        return not any((self.data.get(self.add_prefix(felt)) or "").strip() for felt in LINJEFELTER)


class Linjesaet:
    """The lines of one page, in order, whatever numbers the browser's fields carry."""

    def __init__(self, linjer: Iterable[LinjeForm], katalog: Katalog) -> None:
        self.linjer, self.katalog = list(linjer), katalog

    @classmethod
    def gemte(cls, linjer: Sequence[Indstillingslinje]) -> "Linjesaet":
        """As stored, and an empty one where nothing is."""
        katalog = Katalog(linje.indsatstype for linje in linjer)
        saet = cls(
            (
                LinjeForm(
                    katalog=katalog,
                    nr=nr,
                    initial={felt: getattr(linje, felt) for felt in LINJEFELTER}
                    | {"indsatstype": str(linje.indsatstype_id)},
                )
                for nr, linje in enumerate(linjer, start=1)
            ),
            katalog,
        )
        return saet if saet.linjer else saet.med_tom()

    @classmethod
    def sendte(cls, data: QueryDict) -> "Linjesaet":
        """As the browser sent them, to be checked and saved; none is dropped, however many."""
        katalog = Katalog()
        numre = {int(m[1]) for navn in data if (m := _LINJENAVN.match(navn))}
        return cls((LinjeForm(data, katalog=katalog, nr=nr) for nr in sorted(numre)), katalog)

    def er_gyldige(self) -> bool:
        """Whether every line can be saved."""
        return not [linje for linje in self.linjer if not linje.is_valid()]

    def udfyldte(self) -> list[LinjeForm]:
        """The lines with something in them; the first is number 1 when saved."""
        return [linje for linje in self.linjer if not linje.er_tom()]

    def indhold(self) -> list[dict[str, Any]]:
        """What is to be saved, cleaned."""
        return [linje.cleaned_data for linje in self.udfyldte()]

    def som_skrevet(self, uden: int | None = None) -> "Linjesaet":
        """The same text, unchecked and numbered anew, without line `uden`."""
        tilbage = [linje for linje in self.linjer if linje.nr != uden]
        return Linjesaet(
            (
                LinjeForm(
                    katalog=self.katalog,
                    nr=nr,
                    initial={f: linje.data.get(linje.add_prefix(f), "") for f in LINJEFELTER},
                )
                for nr, linje in enumerate(tilbage, start=1)
            ),
            self.katalog,
        )

    def med_tom(self) -> "Linjesaet":
        """With an empty line last, until there are `MAKS_LINJER`."""
        if len(self.linjer) < MAKS_LINJER:
            self.linjer.append(LinjeForm(katalog=self.katalog, nr=len(self.linjer) + 1))
        return self
