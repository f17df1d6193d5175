"""Forms for booking a sparring slot and answering in it."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse

from borgere import deling
from borgere.models import Sag, Samtykke
from borgere.models.sag import SagQuerySet
from rehabilitering.models import Sparringsspoergsmaal, Sparringstid
from ressource.forms import ResHelper, tekstomraade
from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation, Rolle

if TYPE_CHECKING:
    from django.db import models

JA, NEJ = "ja", "nej"
_DELTAGER = {NEJ: "Kun jeg", JA: "Sammen med borgeren"}
_DELTAGERE = {
    Sparringstid.Form.SAGSBEHANDLER_ALENE: (NEJ,),
    Sparringstid.Form.MED_BORGER: (JA,),
    Sparringstid.Form.BEGGE: (NEJ, JA),
}

_FAGLIGE = [
    Rolle.SAGSBEHANDLER,
    Rolle.KOORDINERENDE,
    Rolle.VIRKSOMHEDSKONSULENT,
    Rolle.UDDANNELSESVEJLEDER,
    Rolle.FAMILIEAFDELING,
    Rolle.FAGLIG_KONSULENT,
]


def er_noegle(tekst: str) -> bool:
    """Whether `tekst` from an address can be a primary key."""
    return tekst.isascii() and tekst.isdigit() and len(tekst) < 19


class SagFelt(forms.ModelChoiceField[Sag]):
    """A case to book for; one without consent to the region says so before it is chosen."""

    def label_from_instance(self, obj: Sag) -> str:
        mangler = "" if obj.har_samtykke else " – samtykke mangler"  # type: ignore[attr-defined]
        return f"{obj.sagsnummer} {obj.borger.navn}{mangler}"


def fagpersoner(udover: Bruger) -> "models.QuerySet[Bruger]":
    """Colleagues who can join a slot with `udover`: professionals of the municipality."""
    return Bruger.objects.filter(
        is_active=True, organisation=Organisation.KOMMUNE, roller__overlap=_FAGLIGE
    ).exclude(pk=udover.pk)


class FagpersonFelt(forms.ModelChoiceField[Bruger]):
    """A second professional; none is chosen by default."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Bruger.objects.none(),
            label="Tag en fagperson med",
            required=False,
            empty_label="Ingen",
            **kwargs,
        )

    def label_from_instance(self, obj: Bruger) -> str:
        return f"{obj.navn}, {obj.titel}" if obj.titel else obj.navn


class SpoergsmaalForm(forms.Form):
    """What the sundhedskoordinator is asked: from the catalogue, and one's own."""

    spoergsmaal = forms.ModelMultipleChoiceField(
        Sparringsspoergsmaal.objects.none(),
        label="Spørgsmål",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    eget_spoergsmaal = forms.CharField(
        label="Dit eget spørgsmål", required=False, max_length=4000, widget=tekstomraade(4)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: Any = self.fields
        felter["spoergsmaal"].queryset = Sparringsspoergsmaal.objects.filter(er_aktivt=True)
        self.helper = ResHelper()
        self.helper.vis_frivillig = False


class BookingForm(SpoergsmaalForm):
    """A case and its questions, for one slot."""

    sag = SagFelt(Sag.objects.none(), label="Sag", empty_label="Vælg sag")
    med_borger = forms.TypedChoiceField(
        label="Hvem deltager?", coerce=JA.__eq__, widget=forms.RadioSelect
    )
    fagperson = FagpersonFelt()
    field_order = ("sag", "med_borger", "fagperson", "spoergsmaal", "eget_spoergsmaal")

    def __init__(self, *args: Any, tid: Sparringstid, bruger: Bruger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deltagere = _DELTAGERE[Sparringstid.Form(tid.form)]
        felter: Any = self.fields
        felter["sag"].queryset = sager_til_booking(bruger, tid.faser)
        felter["sag"].widget.attrs |= {
            "hx-get": reverse("rehabilitering:sparring_samtykke"),
            "hx-target": "#samtykke",
            # Nothing else of the form belongs in an address.
            "hx-include": "this",
        }
        felter["med_borger"].choices = [(vaerdi, _DELTAGER[vaerdi]) for vaerdi in deltagere]
        felter["med_borger"].initial = deltagere[0]
        felter["fagperson"].queryset = fagpersoner(bruger)

    def valgt_sag(self) -> Sag | None:
        """The case that stands in the form, sent or preset, if the user may choose it."""
        nr = str(self["sag"].value() or "")
        felt: Any = self.fields["sag"]
        return felt.queryset.filter(pk=nr).first() if er_noegle(nr) else None


def sager_til_booking(bruger: Bruger, faser: Collection[str]) -> SagQuerySet:
    """The user's cases in one of `faser`, each with whether the region may have it.

    None that break-glass alone has opened: a booking lets the region in for longer than the hours.
    """
    regionen = Samtykke.Modtager.REGION
    maa_faa = deling.maa_faa(regionen, deling.SKAL_DELES[regionen], i_dag())
    sager: SagQuerySet = (
        Sag.objects.uden_noedadgang(bruger)
        .filter(fase__in=faser)
        .select_related("borger")
        .annotate(har_samtykke=maa_faa)
        .order_by("sagsnummer")
    )
    return sager


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
