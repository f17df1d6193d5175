"""A praktik: the company is chosen first, then what is agreed with it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from indsatsplan.forms.indsats import linjetekst
from indsatsplan.forslag import Indsatsfelter
from indsatsplan.models import (
    Indsats,
    Maal,
    Praktik,
    Ressourceforloeb,
    Virksomhed,
    Virksomhedskontakt,
)
from indsatsplan.services.praktik import NyKontakt, Praktikfelter, praktiklaas
from rehabilitering.models import Indstillingslinje, Omraade
from ressource.forms import DatoFelt, DecimalFelt, ResHelper, raekke, tekstomraade, valg
from ressource.samtidighed import laasefelt

_PRAKTIK = (
    "virksomhed",
    "kontakt",
    "virksomhedsmentor",
    "formaal_art",
    "formaal_tekst",
    "besoeg_dato",
    "besoeg_note",
)
_INDSATS = (
    "beskrivelse",
    "maal",
    "linje",
    "tilfoejet_begrundelse",
    "planlagt_start",
    "planlagt_slut",
    "timer_pr_uge",
    "ansvarlig",
)
# What is put into the fields of somebody who is not in the register yet.
_NYE = (("kontakt", "ny_kontakt"), ("virksomhedsmentor", "ny_mentor"))


class VirksomhedsvalgForm(forms.Form):
    """Searching for the company."""

    q = forms.CharField(label="Virksomhedens navn, by, branche eller CVR", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("q")
        self.helper.vis_frivillig = False


class PraktikForm(forms.Form):
    """What is agreed with `virksomhed` about the effort `indsats` (None: one to be proposed)."""

    virksomhed = forms.ModelChoiceField(
        Virksomhed.objects.none(), widget=forms.HiddenInput, label="Virksomhed"
    )
    kontakt = forms.ModelChoiceField(
        Virksomhedskontakt.objects.none(),
        label="Kontakt i virksomheden",
        required=False,
        empty_label="Ingen valgt",
    )
    ny_kontakt = forms.CharField(label="Eller en ny kontakt: navn", required=False, max_length=120)
    ny_kontakt_telefon = forms.CharField(label="Telefon", required=False, max_length=20)
    virksomhedsmentor = forms.ModelChoiceField(
        Virksomhedskontakt.objects.none(),
        label="Virksomhedsmentor",
        required=False,
        empty_label="Ingen valgt",
    )
    ny_mentor = forms.CharField(
        label="Eller en ny virksomhedsmentor: navn", required=False, max_length=120
    )
    ny_mentor_telefon = forms.CharField(label="Telefon", required=False, max_length=20)
    formaal_art = valg(
        label="Praktikkens formål",
        choices=[
            (Praktik.Formaal.MOD_JOB, "Et job i virksomheden eller branchen"),
            (Praktik.Formaal.TRAENING, "At træne noget bestemt"),
        ],
        error_messages={"required": "Vælg, hvad praktikken skal føre til."},
    )
    formaal_tekst = forms.CharField(
        label="Hvilket job, eller hvad skal trænes?",
        max_length=250,
        error_messages={"required": "Skriv, hvad praktikken skal føre til."},
    )
    skaanehensyn = forms.CharField(
        label="Skånehensyn",
        help_text="Hensyn på arbejdspladsen. Skriv ikke diagnose. Virksomheden får dem kun at se, "
        "når borgeren har givet samtykke.",
        required=False,
        widget=tekstomraade(3),
    )
    besoeg_dato = DatoFelt(label="Besøg før start", required=False)
    besoeg_note = forms.CharField(label="Fra besøget", required=False, max_length=250)
    laas = laasefelt()

    def __init__(
        self, *args: Any, virksomhed: Virksomhed, indsats: Indsats | None, **kwargs: Any
    ) -> None:
        self.valgt, self.indsats = virksomhed, indsats
        praktik: Praktik | None = getattr(indsats, "praktik", None)
        kwargs["initial"] = self._start(praktik) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        # The one that is stored stands beside it when two have changed the praktik.
        gemt = praktik.virksomhed_id if praktik else virksomhed.pk
        felter["virksomhed"].queryset = Virksomhed.objects.filter(pk__in=(virksomhed.pk, gemt))
        egne = (praktik.kontakt_id, praktik.virksomhedsmentor_id) if praktik else (None, None)
        der = virksomhed.kontakter.order_by("navn")
        felter["kontakt"].queryset = der.filter(Q(udgaaet_dato=None) | Q(pk=egne[0]))
        felter["virksomhedsmentor"].queryset = der.filter(
            Q(udgaaet_dato=None, er_mentor=True) | Q(pk=egne[1])
        )
        self.helper = ResHelper(*self._felter())

    def _start(self, praktik: Praktik | None) -> dict[str, Any]:
        """What the form shows first: the agreement, or what the effort says of itself."""
        indsats = self.indsats
        foerste: dict[str, Any] = {"virksomhed": self.valgt.pk, "laas": 0}
        if indsats:
            foerste |= {
                "formaal_tekst": indsats.formaal,
                "skaanehensyn": indsats.skaanehensyn,
                "laas": praktiklaas(indsats),
            }
        if praktik:
            foerste |= {navn: getattr(praktik, navn) for navn in _PRAKTIK[3:]}
        if praktik and praktik.virksomhed_id == self.valgt.pk:
            foerste |= {
                "kontakt": praktik.kontakt_id,
                "virksomhedsmentor": praktik.virksomhedsmentor_id,
            }
        return foerste

    def _felter(self) -> list[Any]:
        return [
            "virksomhed",
            "laas",
            "formaal_art",
            "formaal_tekst",
            raekke(kontakt=4, ny_kontakt=5, ny_kontakt_telefon=3),
            raekke(virksomhedsmentor=4, ny_mentor=5, ny_mentor_telefon=3),
            "skaanehensyn",
            raekke(besoeg_dato=3, besoeg_note=9),
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for valgt, ny in _NYE:
            data[ny] = " ".join(data.get(ny, "").split())
            if data.get(valgt) and data[ny]:
                self.add_error(
                    ny, ValidationError("Vælg en på listen, eller skriv en ny. Ikke begge.")
                )
        return data

    def nye(self) -> list[NyKontakt]:
        """Those to be added to the register."""
        data = self.cleaned_data
        return [NyKontakt(valgt, data[ny], data[f"{ny}_telefon"]) for valgt, ny in _NYE if data[ny]]

    def praktikfelter(self) -> Praktikfelter:
        """What is agreed with the company, as the service takes it."""
        data = {navn: self.cleaned_data[navn] for navn in _PRAKTIK}
        return cast(Praktikfelter, data)

    def indsatsfelter(self) -> Indsatsfelter:
        """What changes in the effort itself."""
        return {"skaanehensyn": self.cleaned_data["skaanehensyn"]}


class PraktikforslagForm(PraktikForm):
    """The same with the effort: a praktik that is proposed, or has not begun."""

    beskrivelse = forms.CharField(label="Det kalder I den", max_length=150)
    maal = forms.ModelChoiceField(
        Maal.objects.none(), label="Hører til målet", empty_label="Vælg mål"
    )
    linje = forms.ModelChoiceField(
        Indstillingslinje.objects.none(),
        label="Linje i indstillingen",
        required=False,
        empty_label="Ingen, den er tilføjet",
    )
    tilfoejet_begrundelse = forms.CharField(
        label="Hvorfor er den tilføjet?",
        help_text="Skrives, når praktikken ikke står i indstillingen.",
        required=False,
        max_length=250,
    )
    planlagt_start = DatoFelt(label="Planlagt start")
    planlagt_slut = DatoFelt(label="Planlagt slut", required=False)
    timer_pr_uge = DecimalFelt(
        label="Timer om ugen", required=False, max_digits=4, decimal_places=1, min_value=0
    )
    ansvarlig = forms.CharField(label="Ansvarlig", max_length=120)

    def __init__(self, *args: Any, forloeb: Ressourceforloeb, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        felter["maal"].queryset = _maal_uden_helbred(forloeb, self.indsats)
        felter["maal"].label_from_instance = lambda m: f"{m.rang}. {m.tekst}"
        egen = self.indsats.linje_id if self.indsats else None
        felter["linje"].queryset = Indstillingslinje.objects.filter(
            Q(fjernet_den=None, indsatstype__er_praktik=True) | Q(pk=egen),
            indstilling=forloeb.indstilling_id,
        ).select_related("indsatstype")
        felter["linje"].label_from_instance = linjetekst

    def _start(self, praktik: Praktik | None) -> dict[str, Any]:
        indsats = self.indsats
        if indsats is None:
            return super()._start(praktik) | {"beskrivelse": f"Praktik, {self.valgt.navn}"[:150]}
        af_indsats = {navn: getattr(indsats, navn) for navn in _INDSATS}
        af_indsats |= {"maal": indsats.maal_id, "linje": indsats.linje_id}
        return super()._start(praktik) | af_indsats

    def _felter(self) -> list[Any]:
        return [
            raekke(beskrivelse=6, maal=6),
            raekke(linje=6, tilfoejet_begrundelse=6),
            raekke(planlagt_start=3, planlagt_slut=3, timer_pr_uge=2, ansvarlig=4),
            *super()._felter(),
        ]

    def indsatsfelter(self) -> Indsatsfelter:
        egne = {navn: self.cleaned_data[navn] for navn in _INDSATS}
        return cast(Indsatsfelter, {**super().indsatsfelter(), **egne})


def _maal_uden_helbred(forloeb: Ressourceforloeb, indsats: Indsats | None) -> Any:
    """The goals whose words everybody who writes a praktik may read (`billede.uden_helbred`)."""
    andet_end_sundhed = Indsats.objects.filter(maal=OuterRef("pk")).exclude(
        indsatstype__omraade=Omraade.SUNDHED
    )
    synlige = Q(Exists(andet_end_sundhed)) | ~Q(art="")
    if indsats:
        synlige |= Q(pk=indsats.maal_id)
    return forloeb.maal.gaeldende().filter(synlige)
