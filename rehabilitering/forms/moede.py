"""Planning a team meeting: when and where, who chairs, one person per area with a mandate."""

from typing import Any

from crispy_forms.layout import HTML, Div, Field
from django import forms

from rehabilitering.models import Moededeltager, Teammoede
from rehabilitering.services.moede import Medlem
from ressource.forms import DatoFelt, KlokkeslaetFelt, ResHelper, raekke
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle

# Who can sit in a meeting (domain.md 1.2 row 11).
MOEDEROLLER = (
    Rolle.TEAMMEDLEM,
    Rolle.MOEDELEDER,
    Rolle.SUNDHEDSKOORDINATOR,
    Rolle.VIRKSOMHEDSKONSULENT,
    Rolle.FAMILIEAFDELING,
    Rolle.UDDANNELSESVEJLEDER,
    Rolle.FAGLIG_KONSULENT,
)


def _personer(*roller: Rolle) -> list[Bruger]:
    """Active people with one of the roles, by name. One statement."""
    return list(Bruger.objects.filter(is_active=True, roller__overlap=list(roller)))


class PersonFelt(forms.ChoiceField):
    """A person out of a list that was fetched once for the whole form; cleaned to a `Bruger`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._efter_pk: dict[str, Bruger] = {}

    def clean(self, value: Any) -> Bruger | None:
        """The person, or None when nobody is chosen in an optional field."""
        return self._efter_pk.get(super().clean(value))

    def saet_personer(self, personer: list[Bruger]) -> None:
        """Offer these; nobody chosen is the first choice."""
        self._efter_pk = {str(person.pk): person for person in personer}
        self.choices = [
            ("", "Vælg"),
            *(
                (pk, f"{p.navn}, {p.titel}" if p.titel else p.navn)
                for pk, p in self._efter_pk.items()
            ),
        ]


class MoedeForm(forms.Form):
    """A new meeting. The members of the latest one are suggested."""

    dato = DatoFelt(label="Dato")
    start = KlokkeslaetFelt(label="Fra kl.")
    slut = KlokkeslaetFelt(label="Til kl.")
    sted = forms.CharField(label="Sted", help_text="Adresse og lokale", max_length=120)
    kapacitet = forms.IntegerField(label="Antal sager", min_value=1, max_value=30, initial=5)
    minutter_pr_sag = forms.IntegerField(
        label="Minutter pr. sag", min_value=5, max_value=240, initial=40
    )
    moedeleder = PersonFelt(label="Mødeleder")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.er_foreslaaet = False
        personer = _personer(*MOEDEROLLER)
        ledere = [person for person in personer if person.har_rolle(Rolle.MOEDELEDER)]
        self.fields["moedeleder"].saet_personer(ledere)  # type: ignore[attr-defined]
        for omraade in Moededeltager.Fagomraade:
            felt = PersonFelt(label=omraade.label.capitalize(), required=False)
            felt.saet_personer(personer)
            self.fields[f"bruger_{omraade}"] = felt
            self.fields[f"mandat_{omraade}"] = forms.CharField(
                label=f"Mandat, {omraade.label}", max_length=120, required=False
            )
        if not self.is_bound:
            self._foreslaa_de_samme()
        self.helper = ResHelper(
            raekke(dato=3, start=2, slut=2, sted=5),
            raekke(moedeleder=6, kapacitet=3, minutter_pr_sag=3),
            HTML('<div class="afsnit-hoved afsnit"><h2>Deltagere</h2></div>'),
            *(
                Div(
                    Field(f"bruger_{omraade}", wrapper_class="k6"),
                    Field(f"mandat_{omraade}", wrapper_class="k6"),
                    css_class="felter form-group",
                )
                for omraade in Moededeltager.Fagomraade
            ),
        )
        self.helper.vis_frivillig = False

    def _foreslaa_de_samme(self) -> None:
        seneste = Teammoede.objects.order_by("-pk").first()
        if seneste is None:
            return
        self.er_foreslaaet = True
        self.initial = {
            "start": seneste.start,
            "slut": seneste.slut,
            "sted": seneste.sted,
            "kapacitet": seneste.kapacitet,
            "minutter_pr_sag": seneste.minutter_pr_sag,
            "moedeleder": seneste.moedeleder_id,
        }
        for deltager in seneste.deltagere.all():
            self.initial[f"bruger_{deltager.fagomraade}"] = deltager.bruger_id
            self.initial[f"mandat_{deltager.fagomraade}"] = deltager.mandat

    def clean_dato(self) -> Any:
        """A meeting is planned ahead; a year typed wrong shows here."""
        dato = self.cleaned_data["dato"]
        if dato < i_dag():
            raise forms.ValidationError("Datoen er gået. Vælg i dag eller en senere dag.")
        return dato

    def medlemmer(self) -> list[Medlem]:
        """Those chosen, one per area."""
        return [
            Medlem(bruger, omraade.value, self.cleaned_data[f"mandat_{omraade}"])
            for omraade in Moededeltager.Fagomraade
            if (bruger := self.cleaned_data[f"bruger_{omraade}"])
        ]


class DeltagerForm(forms.Form):
    """One more person at a planned meeting."""

    bruger = PersonFelt(label="Person")
    fagomraade = forms.ChoiceField(
        label="Fagområde",
        choices=[
            ("", "Vælg"),
            *((o.value, o.label.capitalize()) for o in Moededeltager.Fagomraade),
        ],
    )
    mandat = forms.CharField(label="Mandat", max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bruger"].saet_personer(_personer(*MOEDEROLLER))  # type: ignore[attr-defined]
        self.helper = ResHelper()
