"""Forms for laying out sparring slots."""

from typing import Any

from django import forms

from rehabilitering.models import Sparringstid
from rehabilitering.services.sparring import Plan
from ressource.forms import DatoFelt, KlokkeslaetFelt, ResHelper, raekke
from ressource.models import Bruger, Rolle


class UdgivForm(forms.Form):
    """Slots on one weekday, for one or more weeks."""

    sundhedskoordinator = forms.ModelChoiceField(
        Bruger.objects.none(), label="Sundhedskoordinator", empty_label=None
    )
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
        choices=[(m, str(m)) for m in (15, 20, 30, 45, 60, 90)],
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
        self.fields["sundhedskoordinator"].queryset = Bruger.objects.filter(  # type: ignore[attr-defined]
            is_active=True, roller__contains=[Rolle.SUNDHEDSKOORDINATOR]
        )
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
