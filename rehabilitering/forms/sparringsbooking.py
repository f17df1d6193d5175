"""Forms for booking from a case, for a colleague, moving, asking later and noting a no-show."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms

from borgere.models import Sag
from rehabilitering.forms.sparring import (
    JA,
    NEJ,
    FagpersonFelt,
    SpoergsmaalForm,
    er_noegle,
    fagpersoner,
)
from rehabilitering.models import Sparringsbooking, Sparringsspoergsmaal, Sparringstid
from rehabilitering.services import sparring as services
from ressource import dansk
from ressource.forms import ResHelper, valg
from ressource.models import Bruger, Organisation, Rolle

if TYPE_CHECKING:
    from django.db import models

_HVEM = [(NEJ, "Kun sagsbehandleren"), (JA, "Sammen med borgeren")]
# The catalogue's question when health worries somebody during the forløb (guide, element 4).
BEKYMRING = "Hvad siger oplysningerne om borgerens bekymring?"


class TidFelt(forms.ModelChoiceField[Sparringstid]):
    """One of the free slots, as radio buttons."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Sparringstid.objects.none(),
            label="Tid",
            empty_label=None,
            widget=forms.RadioSelect,
            error_messages={
                "required": "Vælg en tid.",
                "invalid_choice": "Tiden er ikke ledig længere. Vælg en anden.",
            },
            **kwargs,
        )

    def label_from_instance(self, obj: Sparringstid) -> str:
        kl = dansk.klokkeslaet(obj.start)
        hvem = obj.sundhedskoordinator.navn
        return f"{dansk.dato_lang(obj.start).capitalize()} kl. {kl}, {obj.sted}, {hvem}"


def vis_tider(felt: Any, tider: Collection[Sparringstid]) -> None:
    """Let `felt` offer those slots; one that was offered may be sent though it is taken by now."""
    felt.queryset = Sparringstid.objects.udgivne().select_related("sundhedskoordinator")
    felt.choices = [(tid.pk, felt.label_from_instance(tid)) for tid in tider]


class SagsbookingForm(SpoergsmaalForm):
    """A slot and questions, for a case that is given."""

    tid = TidFelt()
    med_borger = forms.TypedChoiceField(
        label="Hvem deltager?",
        coerce=JA.__eq__,
        choices=[(NEJ, "Kun jeg"), (JA, "Sammen med borgeren")],
        initial=NEJ,
        widget=forms.RadioSelect,
    )
    fagperson = FagpersonFelt()
    field_order = ("spoergsmaal", "eget_spoergsmaal", "med_borger", "fagperson", "tid")

    def __init__(
        self, *args: Any, tider: Collection[Sparringstid], bruger: Bruger, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        felter: Any = self.fields
        vis_tider(felter["tid"], tider)
        felter["fagperson"].queryset = fagpersoner(bruger)


def ved_bekymring() -> dict[str, Any]:
    """What stands in the form when it is opened from a worry about health."""
    return {
        "spoergsmaal": Sparringsspoergsmaal.objects.filter(er_aktivt=True, tekst=BEKYMRING),
        "eget_spoergsmaal": "Bekymring for helbredet under forløbet: ",
    }


class FlytForm(forms.Form):
    """The slot a booking is moved to."""

    tid = TidFelt()

    def __init__(self, *args: Any, tider: Collection[Sparringstid], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vis_tider(self.fields["tid"], tider)
        self.helper = ResHelper()


class KollegavalgForm(forms.Form):
    """Which colleague the mødekoordinator books for. Sent in the address: it names no citizen."""

    kollega = forms.ModelChoiceField(
        Bruger.objects.none(), label="Book for", empty_label="Vælg kollega"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: Any = self.fields
        felter["kollega"].queryset = kolleger()
        self.helper = ResHelper()


def kolleger() -> "models.QuerySet[Bruger]":
    """Those who can have a case of their own."""
    return Bruger.objects.filter(
        is_active=True,
        organisation=Organisation.KOMMUNE,
        roller__overlap=[Rolle.SAGSBEHANDLER, Rolle.KOORDINERENDE],
    )


def valgt_kollega(tekst: str) -> Bruger | None:
    """The colleague an address names, if there is one."""
    return kolleger().filter(pk=tekst).first() if er_noegle(tekst) else None


class SagsnummerFelt(forms.ModelChoiceField[Sag]):
    """A case by its number alone: the mødekoordinator sees nothing else of it here."""

    def label_from_instance(self, obj: Sag) -> str:
        return obj.sagsnummer


class KollegaForm(forms.Form):
    """A colleague's case; the colleague may ask the questions later. No free text: health is theirs."""

    sag = SagsnummerFelt(Sag.objects.none(), label="Sagsnummer", empty_label="Vælg sag")
    med_borger = forms.TypedChoiceField(
        label="Hvem deltager?",
        coerce=JA.__eq__,
        choices=_HVEM,
        initial=NEJ,
        widget=forms.RadioSelect,
    )
    fagperson = FagpersonFelt()
    spoergsmaal = forms.ModelMultipleChoiceField(
        Sparringsspoergsmaal.objects.none(),
        label="Spørgsmål",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kan vente: kollegaen får besked om at skrive dem.",
    )

    def __init__(
        self, *args: Any, tid: Sparringstid, kollega: Bruger, af: Bruger, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        felter: Any = self.fields
        sager = services.sager_for_kollega(kollega, af=af)
        felter["sag"].queryset = sager.filter(fase__in=tid.faser).order_by("sagsnummer")
        if tid.form == Sparringstid.Form.MED_BORGER:
            felter["med_borger"].initial = JA
        felter["fagperson"].queryset = fagpersoner(kollega)
        felter["spoergsmaal"].queryset = Sparringsspoergsmaal.objects.filter(er_aktivt=True)
        self.helper = ResHelper()
        self.helper.vis_frivillig = False


class UdeblevetForm(forms.Form):
    """Who did not come."""

    udeblevet = valg(
        label="Hvem kom ikke?",
        choices=(),
        error_messages={"required": "Vælg, hvem der ikke kom."},
    )

    def __init__(self, *args: Any, booking: Sparringsbooking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hvem = Sparringsbooking.Udeblevet
        felt: Any = self.fields["udeblevet"]
        felt.choices = [
            (kode, navn.capitalize())
            for kode, navn in hvem.choices
            if booking.med_borger or kode != hvem.BORGER
        ]
        self.helper = ResHelper()
