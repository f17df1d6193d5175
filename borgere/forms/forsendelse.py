"""Sending a document: to whom, by what channel, and when it arrived."""

from typing import Any

from django import forms

from borgere.models import Dokument, Forsendelse, Informationstype
from borgere.modtagere import Mulighed
from borgere.services.forsendelse import Afsendelse
from ressource.forms import DatoFelt, FilterHelper, ResHelper
from ressource.kalender import i_dag


class IndholdForm(forms.Form):
    """What a document of the kind «andet» tells; the recipients who may get it depend on that."""

    indhold = forms.ChoiceField(
        label="Hvad indeholder dokumentet", choices=[("", "Vælg"), *Informationstype.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("indhold")


class SendForm(forms.Form):
    """The recipients, each of those who may get it with a channel.

    Others are not offered. One who could be chosen when the page was shown, but may not get it any
    longer, is left to the service: it says why, and the refusal is logged.
    """

    modtagere = forms.MultipleChoiceField(
        label="Send til",
        error_messages={
            "required": "Vælg mindst én modtager.",
            "invalid_choice": "Modtageren må ikke få dokumentet. Vælg en af dem på listen.",
        },
    )

    def __init__(self, *args: Any, muligheder: list[Mulighed], **kwargs: Any) -> None:
        self.muligheder = {m.noegle: m for m in muligheder}
        foerste = [noegle for noegle, m in self.muligheder.items() if m.er_foerst]
        kwargs["initial"] = {"modtagere": foerste}
        super().__init__(*args, **kwargs)
        valg: Any = self.fields["modtagere"]
        valg.choices = [(noegle, m.titel) for noegle, m in self.muligheder.items()]
        for noegle, mulighed in self.muligheder.items():
            if mulighed.svar.maa:
                self.fields[f"kanal_{noegle}"] = forms.ChoiceField(
                    label=f"Kanal til {mulighed.titel}",
                    choices=Forsendelse.Kanal.choices,
                    initial=mulighed.kanal,
                    required=False,
                )

    def afsendelser(self, dokument: Dokument, indhold: str) -> list[Afsendelse]:
        """What a valid form asks for; a channel that was not sent is the suggested one."""
        return [
            Afsendelse(
                dokument,
                self.muligheder[noegle].modtager,
                self.cleaned_data.get(f"kanal_{noegle}") or self.muligheder[noegle].kanal,
                indhold,
            )
            for noegle in self.cleaned_data["modtagere"]
        ]


class ModtagetForm(forms.Form):
    """The day something arrived."""

    modtaget_dato = DatoFelt(label="Modtaget den", initial=i_dag)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("modtaget_dato")
