"""A talk as it is registered, and why one is taken back."""

from typing import Any

from django import forms

from borgere.models import Netvaerksperson, Sag
from rehabilitering.models import Samtale
from ressource.forms import DatoFelt, ResHelper, flervalg, raekke, tekstomraade, valg
from ressource.kalender import i_dag
from ressource.models import Bruger


class SamtaleForm(forms.Form):
    """When, how, with whom and about what."""

    dato = DatoFelt(label="Dato", initial=i_dag)
    form = valg(
        label="Hvordan talte I sammen?",
        choices=[(v, n.capitalize()) for v, n in Samtale.Form.choices],
        initial=Samtale.Form.PERSONLIGT,
    )
    med_borger = forms.BooleanField(label="Borgeren deltog", required=False, initial=True)
    netvaerk = forms.ModelMultipleChoiceField(
        label="Fra netværket",
        queryset=Netvaerksperson.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kolleger = forms.ModelMultipleChoiceField(
        label="Kolleger",
        queryset=Bruger.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    andre = forms.CharField(
        label="Andre",
        max_length=200,
        required=False,
        help_text="For eksempel en tolk eller en bisidder.",
    )
    emner = flervalg(label="Det talte I om", choices=(), required=False)
    notat = forms.CharField(
        label="Notat",
        required=False,
        widget=tekstomraade(4),
        help_text="Læses af dem, der læser den forberedende del.",
    )

    def __init__(self, *args: Any, sag: Sag, af: Bruger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["netvaerk"].queryset = sag.borger.netvaerk.nuvaerende()  # type: ignore[attr-defined]
        # Those who have the case: the whole municipality's staff is not a list to choose from.
        self.fields["kolleger"].queryset = (  # type: ignore[attr-defined]
            Bruger.objects.filter(tildelinger__in=sag.tildelinger.gaeldende(i_dag()))
            .exclude(pk=af.pk)
            .distinct()
            .order_by("navn")
        )
        self.fields["emner"].choices = [  # type: ignore[attr-defined]
            (emne["kode"], emne["titel"]) for emne in sag.regelsaet.samtaleemner
        ]
        self.helper = ResHelper(
            raekke(dato=3), "form", "med_borger", "netvaerk", "kolleger", "andre", "emner", "notat"
        )


class TagTilbageForm(forms.Form):
    """Why a talk is taken back."""

    begrundelse = forms.CharField(
        label="Hvorfor tages samtalen tilbage?",
        max_length=200,
        help_text="Samtalen bliver stående med din begrundelse, men tæller ikke med.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("begrundelse")
