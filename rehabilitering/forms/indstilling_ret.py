"""Correcting a finalised indstilling: its head, each of its lines, and room for new ones."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms

from rehabilitering.models import (
    Indsatstype,
    Indstilling,
    Indstillingslinje,
    Maalart,
    Omraade,
    Udfald,
)
from rehabilitering.services.indstilling_ret import LINJEFELTER
from rehabilitering.services.indstillingsversion import HOVED
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade
from ressource.samtidighed import laasefelt

# Empty lines offered; more come by correcting once more.
NYE_LINJER = 2


class RetForm(forms.ModelForm[Indstilling]):
    """The head. Nothing is required but the reason: the rest is judged as at the meeting."""

    laas = laasefelt()
    # What the preview showed, so that nothing is stored unseen.
    set_aftryk = forms.CharField(required=False, widget=forms.HiddenInput)
    udfald = forms.ChoiceField(label="Teamet indstiller til")
    maalgruppebetingelse = forms.ChoiceField(label="Målgruppe", required=False)
    rettelse_begrundelse = forms.CharField(
        label="Hvorfor rettes indstillingen?",
        help_text="Læses af borgeren og af alle, der har fået indstillingen",
        widget=tekstomraade(2),
        error_messages={"required": "Skriv, hvorfor indstillingen rettes."},
    )

    class Meta:
        model = Indstilling
        fields = HOVED
        widgets = {
            felt: tekstomraade(3)
            for felt in (
                "begrundelse",
                "muligheder",
                "sundhedskoordinators_vurdering",
                "dissens",
                "mentor_formaal",
                "mentor_opgaver",
                "uden_praktik_begrundelse",
                "uden_mentor_begrundelse",
            )
        }

    def __init__(self, *args: Any, udfald: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        felter["udfald"].choices = [(u, Udfald(u).label.capitalize()) for u in udfald]
        felter["maalgruppebetingelse"].choices = [
            ("", "Ikke valgt"),
            *((b["kode"], b["tekst"]) for b in self.instance.sag.regelsaet.maalgruppebetingelser),
        ]
        felter["maal_art"].choices = [
            ("", "Ikke valgt"),
            *((art.value, art.label.capitalize()) for art in Maalart),
        ]
        felter["enighed"].choices = [(e.value, e.label.capitalize()) for e in Indstilling.Enighed]
        felter["begrundelse"].required = False
        self.initial["laas"] = self.instance.laas
        self.helper = ResHelper(
            "laas",
            raekke(udfald=4, maalgruppebetingelse=8),
            raekke(maal=6, maal_art=3, varighed_maaneder=3),
            "maal_begrundelse",
            "begrundelse",
            "muligheder",
            "sundhedskoordinators_vurdering",
            raekke(enighed=4, dissens=8),
            raekke(mentor_formaal=6, mentor_opgaver=6),
            raekke(uden_praktik_begrundelse=6, uden_mentor_begrundelse=6),
        )
        if self.instance.aarsag:
            self.helper.layout.append("aarsag")
        else:
            del felter["aarsag"]
        # What is needed depends on the outcome; to say «frivilligt» would be wrong.
        self.helper.vis_frivillig = False

    def indhold(self) -> dict[str, Any]:
        """The head's values of a valid form."""
        return {felt: self.cleaned_data[felt] for felt in HOVED if felt in self.cleaned_data}

    def _post_clean(self) -> None:
        """Only the fields' own checks: the model's constraints are the service's to say."""


class RetLinjeForm(forms.ModelForm[Indstillingslinje]):
    """One line, there already or new; a new one without a kind of effort is no line."""

    start_dato = DatoFelt(label="Start", required=False)
    tag_ud = forms.BooleanField(label="Tag indsatsen ud", required=False)

    class Meta:
        model = Indstillingslinje
        fields = LINJEFELTER
        labels = {"indsatstype": "Indsats", "beskrivelse": "Nærmere"}

    def __init__(self, *args: Any, typer: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        felter["indsatstype"].choices = [("", "Vælg"), *typer]
        self.er_ny = self.instance.pk is None
        felter["indsatstype"].required = not self.er_ny
        if self.er_ny:
            del felter["tag_ud"]
        layout: list[Any] = [
            raekke(indsatstype=4, beskrivelse=5, start_dato=3),
            raekke(formaal=6, betydning_for_maal=6),
            raekke(ansvarlig=6, mandat=6),
        ]
        self.helper = ResHelper(*layout, *([] if self.er_ny else ["tag_ud"]))
        self.helper.vis_frivillig = False

    def clean(self) -> dict[str, Any] | None:
        """A new line with text must say what the effort is."""
        data = super().clean() or self.cleaned_data
        if self.er_ny and self.has_changed() and not data.get("indsatstype"):
            self.add_error("indsatstype", "Vælg, hvad indsatsen er.")
        return data

    def _post_clean(self) -> None:
        """As for the head."""

    @property
    def skal_med(self) -> bool:
        """Whether a valid form holds a line of the corrected indstilling."""
        if self.er_ny:
            return self.cleaned_data.get("indsatstype") is not None
        return not self.cleaned_data["tag_ud"]

    def indhold(self) -> dict[str, Any]:
        """The line's values of a valid form."""
        return {"pk": self.instance.pk} | {felt: self.cleaned_data[felt] for felt in LINJEFELTER}


def linjeformer(indstilling: Indstilling, data: Any = None) -> list[RetLinjeForm]:
    """A form for each line in force, and `NYE_LINJER` empty ones."""
    linjer = list(indstilling.linjer.gaeldende().select_related("indsatstype"))
    typer = _typer({linje.indsatstype_id for linje in linjer})
    former = [
        RetLinjeForm(data, instance=linje, prefix=f"linje-{linje.pk}", typer=typer)
        for linje in linjer
    ]
    nye = [RetLinjeForm(data, prefix=f"ny-{nr}", typer=typer) for nr in range(1, NYE_LINJER + 1)]
    return [*former, *nye]


def _typer(brugte: Iterable[int]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The catalogue by area, basistilbud marked; one no longer offered only where it is used."""
    alle = [
        t for t in Indsatstype.objects.order_by("omraade", "navn") if t.er_aktiv or t.pk in brugte
    ]
    return [
        (str(Omraade(omraade).label), [(t.pk, t.valgnavn) for t in gruppe])
        for omraade, gruppe in groupby(alle, key=lambda t: t.omraade)
    ]
