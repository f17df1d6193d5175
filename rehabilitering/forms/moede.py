"""Planning team meetings: when and where, who chairs, one person per area with mandate and deputy."""

import dataclasses
from typing import Any

from crispy_forms.layout import HTML, Div, Field
from django import forms

from rehabilitering.forms.sparringstid import DatolisteFelt
from rehabilitering.models import Fagomraade, Fremmoedeform, Moededeltager, Teammoede
from rehabilitering.services.moede import Medlem, Rettelse
from rehabilitering.services.moede.serier import Serieplan
from ressource import dansk
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


class _Moederammer(forms.Form):
    """When in the day, where, room for how much, and who chairs."""

    start = KlokkeslaetFelt(label="Fra kl.")
    slut = KlokkeslaetFelt(label="Til kl.")
    sted = forms.CharField(label="Sted", help_text="Adresse og lokale", max_length=120)
    kapacitet = forms.IntegerField(label="Antal sager", min_value=1, max_value=30, initial=5)
    minutter_pr_sag = forms.IntegerField(
        label="Minutter pr. sag", min_value=5, max_value=240, initial=40
    )
    moedeleder = PersonFelt(label="Mødeleder")
    stedfortraeder_leder = PersonFelt(
        label="Stedfortræder for mødelederen",
        required=False,
        help_text="leder mødet, når mødelederen har meldt afbud",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.personer = _personer(*MOEDEROLLER)
        ledere = [person for person in self.personer if person.har_rolle(Rolle.MOEDELEDER)]
        for felt in ("moedeleder", "stedfortraeder_leder"):
            self.fields[felt].saet_personer(ledere)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nobody is their own deputy, and the meeting ends after it began."""
        data = super().clean() or {}
        leder = data.get("moedeleder")
        if leder and leder == data.get("stedfortraeder_leder"):
            self.add_error(
                "stedfortraeder_leder", "Mødelederen kan ikke være sin egen stedfortræder."
            )
        if data.get("start") and data.get("slut") and data["slut"] <= data["start"]:
            self.add_error("slut", "Mødet slutter, før det begynder.")
        return data


class _Medlemmer(_Moederammer):
    """The same with one person per area."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.er_foreslaaet = False
        for omraade in Fagomraade:
            for felt, label in (
                ("bruger", omraade.label.capitalize()),
                ("stedfortraeder", f"Stedfortræder, {omraade.label}"),
            ):
                person = PersonFelt(label=label, required=False)
                person.saet_personer(self.personer)
                self.fields[f"{felt}_{omraade}"] = person
            self.fields[f"mandat_{omraade}"] = forms.CharField(
                label=f"Mandat, {omraade.label}", max_length=120, required=False
            )
        if not self.is_bound:
            self._foreslaa_de_samme()

    def _layout(self, *hoved: Any) -> None:
        self.helper = ResHelper(
            *hoved,
            raekke(moedeleder=6, stedfortraeder_leder=6),
            raekke(kapacitet=3, minutter_pr_sag=3),
            HTML('<div class="afsnit-hoved afsnit"><h2>Deltagere</h2></div>'),
            *(
                Div(
                    Field(f"bruger_{omraade}", wrapper_class="k4"),
                    Field(f"mandat_{omraade}", wrapper_class="k4"),
                    Field(f"stedfortraeder_{omraade}", wrapper_class="k4"),
                    css_class="felter form-group",
                )
                for omraade in Fagomraade
            ),
        )
        self.helper.vis_frivillig = False

    def _foreslaa_de_samme(self) -> None:
        seneste = Teammoede.objects.order_by("-pk").first()
        if seneste is None:
            return
        self.er_foreslaaet = True
        rammer = ("start", "slut", "sted", "kapacitet", "minutter_pr_sag")
        forslag: dict[str, Any] = {felt: getattr(seneste, felt) for felt in rammer}
        forslag["moedeleder"] = seneste.moedeleder_id
        forslag["stedfortraeder_leder"] = seneste.stedfortraeder_leder_id
        for deltager in seneste.deltagere.filter(traeder_ind_for=None):
            forslag[f"bruger_{deltager.fagomraade}"] = deltager.bruger_id
            forslag[f"mandat_{deltager.fagomraade}"] = deltager.mandat
            forslag[f"stedfortraeder_{deltager.fagomraade}"] = deltager.stedfortraeder_id
        self.initial = {**forslag, **self.initial}

    def clean(self) -> dict[str, Any]:
        """A member's deputy is somebody else, and stands in for somebody."""
        data = super().clean()
        for omraade in Fagomraade:
            bruger, anden = data.get(f"bruger_{omraade}"), data.get(f"stedfortraeder_{omraade}")
            if anden and anden == bruger:
                self.add_error(
                    f"stedfortraeder_{omraade}", "Et medlem kan ikke være sin egen stedfortræder."
                )
            elif anden and not bruger:
                self.add_error(f"bruger_{omraade}", "Vælg også, hvem stedfortræderen er for.")
        return data

    def medlemmer(self) -> list[Medlem]:
        """Those chosen, one per area."""
        data = self.cleaned_data
        return [
            Medlem(
                bruger, omraade.value, data[f"mandat_{omraade}"], data[f"stedfortraeder_{omraade}"]
            )
            for omraade in Fagomraade
            if (bruger := data[f"bruger_{omraade}"])
        ]


class MoedeForm(_Medlemmer):
    """A new meeting. The members of the latest one are suggested."""

    dato = DatoFelt(label="Dato")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._layout(raekke(dato=3, start=2, slut=2, sted=5))

    def clean_dato(self) -> Any:
        """A meeting is planned ahead; a year typed wrong shows here."""
        dato = self.cleaned_data["dato"]
        if dato < i_dag():
            raise forms.ValidationError("Datoen er gået. Vælg i dag eller en senere dag.")
        return dato


class MoedeserieForm(_Medlemmer):
    """A series of meetings, laid out at once."""

    ugedag = forms.TypedChoiceField(
        label="Ugedag",
        coerce=int,
        choices=[(nr, dansk.UGEDAGE[nr].capitalize()) for nr in range(5)],
    )
    hver_uge = forms.TypedChoiceField(
        label="Hvor tit",
        coerce=int,
        choices=[(1, "Hver uge"), *((nr, f"Hver {nr}. uge") for nr in range(2, 9))],
    )
    fra_dato = DatoFelt(label="Fra og med")
    til_dato = DatoFelt(label="Til og med")
    undtagelser = DatolisteFelt(
        label="Undtag disse datoer",
        required=False,
        max_length=400,
        help_text="for eksempel 24.12.2026, 12.02.2027",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._layout(
            raekke(ugedag=3, hver_uge=3, fra_dato=3, til_dato=3),
            "undtagelser",
            raekke(start=2, slut=2, sted=5),
        )

    @property
    def plan(self) -> Serieplan:
        """What a valid form asks for."""
        felter = [felt.name for felt in dataclasses.fields(Serieplan)]
        return Serieplan(**{felt: self.cleaned_data[felt] for felt in felter})


class RetMoedeForm(_Moederammer):
    """A planned meeting as it shall be; `sekvens` tells which one was read."""

    dato = DatoFelt(label="Dato")
    sekvens = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, moede: Teammoede, data: Any = None) -> None:
        navne = [felt.name for felt in dataclasses.fields(Rettelse)]
        nu = {navn: getattr(moede, navn) for navn in navne}
        for navn in ("moedeleder", "stedfortraeder_leder"):
            nu[navn] = getattr(moede, f"{navn}_id")
        super().__init__(data, initial={**nu, "sekvens": moede.sekvens})
        self.helper = ResHelper(
            raekke(dato=3, start=2, slut=2, sted=5),
            raekke(moedeleder=6, stedfortraeder_leder=6),
            raekke(kapacitet=3, minutter_pr_sag=3),
            "sekvens",
        )
        self.helper.vis_frivillig = False

    @property
    def rettelse(self) -> Rettelse:
        """What a valid form asks for."""
        data = {navn: self.cleaned_data[navn] for navn in self.fields if navn != "sekvens"}
        return Rettelse(**data)


class AflysForm(forms.Form):
    """Why a meeting is called off."""

    grund = forms.CharField(
        label="Hvorfor aflyses mødet?", max_length=200, help_text="vises for mødets deltagere"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper()


class StopSerieForm(forms.Form):
    """From which day a series has no more meetings."""

    fra = DatoFelt(label="Stop fra og med")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper()


class SkiftMedlemForm(forms.Form):
    """Another person for a standing member, from a day on."""

    ny = PersonFelt(label="Ny person")
    fra = DatoFelt(label="Fra og med")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ny"].saet_personer(_personer(*MOEDEROLLER))  # type: ignore[attr-defined]
        self.helper = ResHelper(raekke(ny=6, fra=3))


class PauseForm(forms.Form):
    """A break between two cases."""

    efter_plads = forms.IntegerField(label="Efter sag nr.", min_value=1, max_value=29)
    minutter = forms.IntegerField(label="Minutter", min_value=5, max_value=120, initial=15)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(efter_plads=6, minutter=6))


class PunktForm(forms.Form):
    """Which number a case has on the agenda, and how long it takes."""

    plads = forms.IntegerField(label="Nummer på dagsordenen", min_value=1, max_value=30)
    minutter = forms.IntegerField(label="Minutter", min_value=5, max_value=240)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(plads=3, minutter=3))


class KravForm(forms.Form):
    """Why somebody the rule set wants at a case does not come."""

    begrundelse = forms.CharField(
        label="Hvorfor deltager personen ikke?",
        max_length=250,
        help_text="Skriv ikke om borgerens helbred. Begrundelsen følger sagen.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper()


class DeltagerForm(forms.Form):
    """One more person at a planned meeting."""

    bruger = PersonFelt(label="Person")
    fagomraade = forms.ChoiceField(
        label="Fagområde",
        choices=[
            ("", "Vælg"),
            *((o.value, o.label.capitalize()) for o in Fagomraade),
        ],
    )
    mandat = forms.CharField(label="Mandat", max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bruger"].saet_personer(_personer(*MOEDEROLLER))  # type: ignore[attr-defined]
        self.helper = ResHelper()


class RetDeltagerForm(forms.Form):
    """What a member speaks for, may grant, how they come, and who comes if they cannot."""

    fagomraade = forms.ChoiceField(
        label="Fagområde", choices=[(o.value, o.label.capitalize()) for o in Fagomraade]
    )
    mandat = forms.CharField(label="Mandat", max_length=120, required=False)
    form = forms.ChoiceField(
        label="Deltager", choices=[(f.value, f.label.capitalize()) for f in Fremmoedeform]
    )
    stedfortraeder = PersonFelt(label="Stedfortræder", required=False)

    def __init__(self, deltager: Moededeltager, data: Any = None) -> None:
        felter = ("fagomraade", "mandat", "form")
        nu = {felt: getattr(deltager, felt) for felt in felter}
        super().__init__(data, initial={**nu, "stedfortraeder": deltager.stedfortraeder_id})
        self.fields["stedfortraeder"].saet_personer(  # type: ignore[attr-defined]
            [person for person in _personer(*MOEDEROLLER) if person.pk != deltager.bruger_id]
        )
        self.helper = ResHelper(raekke(fagomraade=6, mandat=6), raekke(form=6, stedfortraeder=6))
