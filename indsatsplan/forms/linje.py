"""Why a line of the indstilling is not carried out."""

from typing import Any

from django import forms

from indsatsplan.models import Indsats, Linjeforklaring, Ressourceforloeb
from ressource.forms import ResHelper, raekke


class LinjeforklaringForm(forms.ModelForm[Linjeforklaring]):
    """The effort that came instead, or none, and why."""

    class Meta:
        model = Linjeforklaring
        fields = ("erstattet_af", "begrundelse")
        labels = {"erstattet_af": "Hvad kom i stedet"}
        error_messages = {
            "begrundelse": {"required": "Skriv, hvorfor linjen ikke gennemføres."},
            "erstattet_af": {"invalid_choice": "Indsatsen findes ikke i planen. Vælg en anden."},
        }

    def __init__(self, *args: Any, forloeb: Ressourceforloeb, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        felter["erstattet_af"].queryset = Indsats.objects.filter(forloeb=forloeb).exclude(
            status=Indsats.Status.BORTFALDET
        )
        felter["erstattet_af"].empty_label = "Ingenting: linjen opgives"
        self.helper = ResHelper(raekke(erstattet_af=5, begrundelse=7))
