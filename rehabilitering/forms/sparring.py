"""Forms for publishing, booking and answering sparring slots."""

from typing import Any

from django import forms
from django.urls import reverse

from borgere import deling
from borgere.models import Sag, Samtykke
from rehabilitering.models import Sparringsspoergsmaal, Sparringstid
from rehabilitering.services.sparring import Plan
from ressource.forms import (
    DatoFelt,
    KlokkeslaetFelt,
    ResHelper,
    raekke,
    tekstomraade,
)
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle

JA, NEJ = "ja", "nej"
_DELTAGER = {NEJ: "Kun jeg", JA: "Sammen med borgeren"}
_DELTAGERE = {
    Sparringstid.Form.SAGSBEHANDLER_ALENE: (NEJ,),
    Sparringstid.Form.MED_BORGER: (JA,),
    Sparringstid.Form.BEGGE: (NEJ, JA),
}


def er_noegle(tekst: str) -> bool:
    """Whether `tekst` from an address can be a primary key."""
    return tekst.isascii() and tekst.isdigit() and len(tekst) < 19


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


class SagFelt(forms.ModelChoiceField[Sag]):
    """A case to book for; one without consent to the region says so before it is chosen."""

    def label_from_instance(self, obj: Sag) -> str:
        mangler = "" if obj.har_samtykke else " – samtykke mangler"  # type: ignore[attr-defined]
        return f"{obj.sagsnummer} {obj.borger.navn}{mangler}"


class BookingForm(forms.Form):
    """A case and its questions, for one slot."""

    sag = SagFelt(Sag.objects.none(), label="Sag", empty_label="Vælg sag")
    med_borger = forms.TypedChoiceField(
        label="Hvem deltager?", coerce=JA.__eq__, widget=forms.RadioSelect
    )
    spoergsmaal = forms.ModelMultipleChoiceField(
        Sparringsspoergsmaal.objects.none(),
        label="Spørgsmål",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    eget_spoergsmaal = forms.CharField(
        label="Dit eget spørgsmål", required=False, max_length=4000, widget=tekstomraade(4)
    )

    def __init__(self, *args: Any, tid: Sparringstid, bruger: Bruger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regionen = Samtykke.Modtager.REGION
        maa_faa = deling.maa_faa(regionen, deling.SKAL_DELES[regionen], i_dag())
        deltagere = _DELTAGERE[Sparringstid.Form(tid.form)]
        felter: Any = self.fields
        felter["sag"].queryset = (
            Sag.objects.synlige_for(bruger)
            .filter(fase__in=tid.faser)
            .select_related("borger")
            .annotate(har_samtykke=maa_faa)
            .order_by("sagsnummer")
        )
        felter["sag"].widget.attrs |= {
            "hx-get": reverse("rehabilitering:sparring_samtykke"),
            "hx-target": "#samtykke",
            # Nothing else of the form belongs in an address.
            "hx-include": "this",
        }
        felter["med_borger"].choices = [(vaerdi, _DELTAGER[vaerdi]) for vaerdi in deltagere]
        felter["med_borger"].initial = deltagere[0]
        felter["spoergsmaal"].queryset = Sparringsspoergsmaal.objects.filter(er_aktivt=True)
        self.helper = ResHelper()
        self.helper.vis_frivillig = False

    def valgt_sag(self) -> Sag | None:
        """The case that stands in the form, sent or preset, if the user may choose it."""
        nr = str(self["sag"].value() or "")
        felt: Any = self.fields["sag"]
        return felt.queryset.filter(pk=nr).first() if er_noegle(nr) else None


class SvarForm(forms.Form):
    """The sundhedskoordinator's answer."""

    svar = forms.CharField(
        label="Svar",
        max_length=10_000,
        widget=tekstomraade(8),
        error_messages={"required": "Skriv svaret."},
    )
    afklaret = forms.TypedChoiceField(
        label="Er spørgsmålet afklaret?",
        coerce=JA.__eq__,
        choices=[(JA, "Ja, afklaret"), (NEJ, "Nej, ikke afklaret endnu")],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, om spørgsmålet er afklaret."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper()
