"""Forms for laying out sparring slots: single and weekly; moves, absences and closing days."""

import re
from datetime import date, datetime, time
from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from rehabilitering.models import Fravaer, Sparringstid
from rehabilitering.services.sparring.pladser import Ugeplan
from rehabilitering.services.sparring.serier import Hvordan
from rehabilitering.services.sparring.tider import Plan
from ressource import dansk
from ressource.forms import DatoFelt, KlokkeslaetFelt, ResHelper, flervalg, raekke
from ressource.models import Bruger, Rolle

MINUTTER = [(m, str(m)) for m in (15, 20, 30, 45, 60, 90)]
_DATOSKILLE = re.compile(r"[\s,;]+")
DAGENS_BEGYNDELSE, DAGENS_SLUT = time(0, 0), time(23, 59)


def sundhedskoordinator_felt() -> forms.ModelChoiceField[Bruger]:
    """Whose slots it is about; the only one there is, is chosen."""
    return forms.ModelChoiceField(
        Bruger.objects.none(), label="Sundhedskoordinator", empty_label=None
    )


def saet_koordinatorer(form: forms.Form) -> None:
    """Offer the active sundhedskoordinatorer, by name."""
    felt: Any = form.fields["sundhedskoordinator"]
    felt.queryset = Bruger.objects.filter(
        is_active=True, roller__contains=[Rolle.SUNDHEDSKOORDINATOR]
    ).order_by("navn")


class UdgivForm(forms.Form):
    """Slots on one weekday, for one or more weeks."""

    sundhedskoordinator = sundhedskoordinator_felt()
    dato = DatoFelt(label="Første dag")
    uger = forms.IntegerField(
        label="Antal uger", min_value=1, max_value=26, initial=1, help_text="samme ugedag"
    )
    klokken = KlokkeslaetFelt(label="Fra kl.", initial="9.00")
    antal = forms.IntegerField(
        label="Antal tider", min_value=1, max_value=20, initial=4, help_text="efter hinanden"
    )
    minutter = forms.TypedChoiceField(
        label="Minutter",
        coerce=int,
        choices=MINUTTER,
        initial=30,
        help_text="pr. tid",
    )
    sted = forms.CharField(
        label="Sted", max_length=120, initial="Video", help_text="vises for alle"
    )
    er_video = forms.BooleanField(label="På video", required=False, initial=True)
    form = forms.ChoiceField(
        label="Hvem deltager?", choices=Sparringstid.Form.choices, initial=Sparringstid.Form.BEGGE
    )
    anledning = forms.ChoiceField(
        label="Anledning",
        choices=Sparringstid.Anledning.choices,
        initial=Sparringstid.Anledning.BEGGE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saet_koordinatorer(self)
        self.helper = ResHelper(
            "sundhedskoordinator",
            raekke(dato=3, uger=3),
            raekke(klokken=3, antal=3, minutter=3),
            raekke(sted=6),
            "er_video",
            raekke(form=6, anledning=6),
        )

    @property
    def plan(self) -> Plan:
        """What a valid form asks for."""
        data = self.cleaned_data
        return Plan(
            **{navn: data[navn] for navn in ("dato", "klokken", "antal", "minutter", "uger")}
        )


class DatolisteFelt(forms.CharField):
    """Dates with a comma or a space between, cleaned to a set."""

    def clean(self, value: Any) -> frozenset[date]:
        """The dates; the first that is none is named."""
        felt = DatoFelt()
        dele = [del_ for del_ in _DATOSKILLE.split(super().clean(value)) if del_]
        fundne = set()
        for del_ in dele:
            try:
                fundne.add(felt.clean(del_))
            except ValidationError as fejl:
                raise ValidationError(
                    f"«{del_}» er ikke en dato. Skriv datoerne som dag.måned.år med komma imellem."
                ) from fejl
        return frozenset(fundne)


class SerieForm(forms.Form):
    """Slots that come back every week, kept as drafts until they are published."""

    sundhedskoordinator = sundhedskoordinator_felt()
    ugedage = flervalg(
        label="Ugedage",
        choices=[(nr, dansk.UGEDAGE_KORT[nr].capitalize()) for nr in range(5)],
        error_messages={"required": "Vælg mindst én ugedag."},
    )
    fra_kl = KlokkeslaetFelt(label="Fra kl.", initial="13.00", help_text="")
    til_kl = KlokkeslaetFelt(label="Til kl.", initial="14.00", help_text="")
    minutter = forms.TypedChoiceField(label="Minutter", coerce=int, choices=MINUTTER, initial=30)
    sted = forms.CharField(label="Sted", max_length=120, initial="Video")
    fra_dato = DatoFelt(label="Fra dato", help_text="")
    til_dato = DatoFelt(label="Til og med", help_text="")
    form = forms.ChoiceField(
        label="Hvem deltager?", choices=Sparringstid.Form.choices, initial=Sparringstid.Form.BEGGE
    )
    anledning = forms.ChoiceField(
        label="Anledning",
        choices=Sparringstid.Anledning.choices,
        initial=Sparringstid.Anledning.BEGGE,
    )
    undtagelser = DatolisteFelt(
        label="Undtag disse datoer",
        required=False,
        max_length=400,
        help_text="for eksempel 24.12.2026, 12.02.2027",
    )
    er_video = forms.BooleanField(label="På video", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saet_koordinatorer(self)
        self.helper = ResHelper(
            "sundhedskoordinator",
            InlineCheckboxes("ugedage"),
            raekke(fra_kl=6, til_kl=6),
            raekke(minutter=6, sted=6),
            raekke(fra_dato=6, til_dato=6),
            "form",
            "anledning",
            "undtagelser",
            "er_video",
        )
        self.helper.vis_frivillig = False

    @property
    def plan(self) -> Ugeplan:
        """What a valid form asks for."""
        felter = ("fra_kl", "til_kl", "minutter", "fra_dato", "til_dato", "undtagelser")
        return Ugeplan(
            ugedage=frozenset(int(dag) for dag in self.cleaned_data["ugedage"]),
            **{felt: self.cleaned_data[felt] for felt in felter},
        )

    @property
    def hvordan(self) -> Hvordan:
        """Where and for whom."""
        felter = ("sted", "er_video", "form", "anledning")
        return Hvordan(**{felt: self.cleaned_data[felt] for felt in felter})


class FlytTidForm(forms.Form):
    """Another time and place for one slot; it is as long as before."""

    dato = DatoFelt(label="Dato")
    klokken = KlokkeslaetFelt(label="Fra kl.")
    sted = forms.CharField(label="Sted", max_length=120, help_text="vises for alle")

    def __init__(self, *args: Any, tid: Sparringstid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lokal = timezone.localtime(tid.start)
        self.initial = {"dato": lokal.date(), "klokken": lokal.time(), "sted": tid.sted}
        self.helper = ResHelper(raekke(dato=3, klokken=3), raekke(sted=6))

    @property
    def start(self) -> datetime:
        """The new beginning, by the clock on the wall in Denmark."""
        data = self.cleaned_data
        return timezone.make_aware(datetime.combine(data["dato"], data["klokken"]))


class DagForm(forms.Form):
    """One day, for what is done to a series from it or on it."""

    dato = DatoFelt(label="Dato")

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dato"].label = label
        self.helper = ResHelper()


class FravaerForm(forms.Form):
    """When a sundhedskoordinator is away; whole days unless times are given."""

    sundhedskoordinator = sundhedskoordinator_felt()
    fra_dato = DatoFelt(label="Fra dato")
    fra_kl = KlokkeslaetFelt(label="Fra kl.", required=False, help_text="tom: hele dagen")
    til_dato = DatoFelt(label="Til og med")
    til_kl = KlokkeslaetFelt(label="Til kl.", required=False, help_text="tom: hele dagen")
    aarsag = forms.ChoiceField(
        label="Årsag", choices=Fravaer.Aarsag.choices, initial=Fravaer.Aarsag.FERIE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saet_koordinatorer(self)
        self.helper = ResHelper(
            "sundhedskoordinator",
            raekke(fra_dato=3, fra_kl=3),
            raekke(til_dato=3, til_kl=3),
            raekke(aarsag=3),
        )
        self.helper.vis_frivillig = False

    @property
    def tidsrum(self) -> tuple[datetime, datetime]:
        """From the first moment to the last."""
        data = self.cleaned_data
        fra = data["fra_kl"] or DAGENS_BEGYNDELSE
        til = data["til_kl"] or DAGENS_SLUT
        return (
            timezone.make_aware(datetime.combine(data["fra_dato"], fra)),
            timezone.make_aware(datetime.combine(data["til_dato"], til)),
        )


class LukkedagForm(forms.Form):
    """One or more days on which the municipality is closed by its own choice."""

    fra = DatoFelt(label="Dato")
    til = DatoFelt(label="Til og med", required=False, help_text="tom: kun den ene dag")
    aarsag = forms.CharField(
        label="Årsag", max_length=100, help_text="vises for alle, for eksempel «juleferie»"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(fra=3, til=3), raekke(aarsag=6))
        self.helper.vis_frivillig = False
