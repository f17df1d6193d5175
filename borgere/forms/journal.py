"""A note in the journal, and the correction of one."""

from typing import Any

from django import forms

from borgere.models import Journalnotat
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade
from ressource.kalender import i_dag

INTERNT, DELT = "nej", "ja"


class NotatForm(forms.Form):
    """A note in the journal. Whether the citizen reads it is a choice nobody makes by default."""

    er_delt = forms.TypedChoiceField(
        label="Hvem må læse notatet",
        choices=[
            (INTERNT, "Internt: kun for kommunen"),
            (DELT, "Delt: borgeren kan læse dette"),
        ],
        coerce=lambda svar: svar == DELT,
        widget=forms.RadioSelect,
    )
    dato = DatoFelt(label="Dato", initial=i_dag)
    overskrift = forms.CharField(label="Overskrift", max_length=150)
    tekst = forms.CharField(label="Tekst", widget=tekstomraade(6))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("er_delt", raekke(dato=3), "overskrift", "tekst")

    def clean_tekst(self) -> str:
        """The text with the line breaks of this house, so that it can be compared."""
        tekst: str = self.cleaned_data["tekst"]
        return tekst.replace("\r\n", "\n")


class RetNotatForm(NotatForm):
    """The note as it stands, to be written anew with a reason.

    `retter` is the edition that was on the page: somebody else may have corrected it since.
    """

    retter = forms.ModelChoiceField(queryset=Journalnotat.objects.none(), widget=forms.HiddenInput)
    grund = forms.CharField(
        label="Hvorfor bliver notatet rettet?",
        max_length=200,
        help_text="Grunden står under det rettede notat sammen med den gamle tekst.",
    )

    def __init__(self, *args: Any, notat: Journalnotat, **kwargs: Any) -> None:
        start = {
            "er_delt": DELT if notat.er_delt else INTERNT,
            "dato": notat.dato,
            "overskrift": notat.overskrift,
            "tekst": notat.tekst,
            "retter": notat.pk,
        }
        super().__init__(*args, initial=start, **kwargs)
        egne = Journalnotat.objects.filter(sag=notat.sag_id)
        self.fields["retter"].queryset = egne  # type: ignore[attr-defined]
        self.helper = ResHelper("retter", "er_delt", raekke(dato=3), "overskrift", "tekst", "grund")
