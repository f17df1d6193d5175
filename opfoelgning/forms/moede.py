"""What is typed about follow-ups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from indsatsplan.models import Indsats
from indsatsplan.roed_traad import Planmaal
from opfoelgning.models import Opfoelgningsmoede
from opfoelgning.skema import Punkt, Skema
from ressource.forms import (
    DatoFelt,
    KlokkeslaetFelt,
    ResHelper,
    fejl_paa_formular,
    raekke,
    tekstomraade,
    valg,
)

# What a service calls a thing, and the field of the form it is typed in.
FELT_FOR = {"tidspunkt": "dato", "naeste_tidspunkt": "naeste_dato"}


class AftalForm(forms.Form):
    """Agree a follow-up, or register one that was held."""

    dato = DatoFelt(label="Dato")
    kl = KlokkeslaetFelt(label="Kl.")
    sted = forms.CharField(label="Sted", max_length=120)
    form = forms.ChoiceField(label="Form", choices=Opfoelgningsmoede.Form.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(dato=3, kl=2), raekke(sted=5, form=3))

    def tidspunkt(self) -> datetime:
        """The aware moment. Call it on a valid form."""
        return _samlet(self.cleaned_data["dato"], self.cleaned_data["kl"])


@dataclass(frozen=True)
class Indsatsfelter:
    """One effort of the form. `indsats` carries `sidst` (see `skema.moedets_indsatser`)."""

    indsats: Indsats
    hvad_skete: forms.BoundField
    naeste: forms.BoundField

    @property
    def sidst_tekst(self) -> str:
        """What was agreed at the latest meeting held, or empty."""
        return self._sidst.get("tekst", "")

    @property
    def sidst_dato(self) -> date | None:
        """When that was."""
        return date.fromisoformat(self._sidst["dato"]) if self._sidst else None

    @property
    def _sidst(self) -> dict[str, str]:
        return getattr(self.indsats, "sidst", None) or {}


class MoedeForm(forms.Form):
    """The meeting form, built from the efforts of the plan.

    `laas` is the version the page was shown with.
    """

    laas = forms.IntegerField(widget=forms.HiddenInput)
    dato = DatoFelt(label="Dato")
    kl = KlokkeslaetFelt(label="Kl.")
    form = forms.ChoiceField(label="Form", choices=Opfoelgningsmoede.Form.choices)
    sted = forms.CharField(label="Sted", max_length=120)
    mentor_var_med = valg(
        label="Var mentor med?", choices=(("ja", "Ja"), ("nej", "Nej")), required=False
    )
    uden_mentor_begrundelse = forms.CharField(
        label="Hvis nej: hvorfor ikke?", max_length=250, required=False
    )
    referat = forms.CharField(label="Hvad talte I om?", widget=tekstomraade(3), required=False)
    maal = forms.CharField(label="Målet lige nu", max_length=200, required=False)
    maal_begrundelse = forms.CharField(
        label="Hvis det er et andet end i planen: hvorfor?", max_length=250, required=False
    )
    skitse = forms.CharField(widget=tekstomraade(2), required=False)
    naeste_dato = DatoFelt(label="Dato", required=False)
    naeste_kl = KlokkeslaetFelt(label="Kl.", required=False)
    naeste_sted = forms.CharField(
        label="Sted", help_text="Gerne på arbejdspladsen", max_length=120, required=False
    )
    uden_naeste_begrundelse = forms.CharField(
        label="Eller: hvorfor ikke",
        help_text="Kun hvis ingen aftale",
        max_length=250,
        required=False,
    )

    def __init__(
        self, *args: Any, indsatser: Iterable[Indsats], plan: Planmaal, seks: str, **kwargs: Any
    ) -> None:
        """Without a goal in the plan, the goal is not asked for."""
        super().__init__(*args, **kwargs)
        self.indsatser = list(indsatser)
        self.plan = plan
        if plan.nu:
            self.fields["maal"].help_text = f"I planen: {plan.nu}"
            self.initial["maal"] = self.initial.get("maal") or plan.nu
        else:
            del self.fields["maal"], self.fields["maal_begrundelse"]
        self.fields["skitse"].label = f"Sådan ser det måske ud i {seks}"
        for indsats in self.indsatser:
            self.fields[f"hvad_skete_{indsats.pk}"] = forms.CharField(
                label="Hvad skete der?", widget=tekstomraade(2), required=False
            )
            self.fields[f"naeste_tre_maaneder_{indsats.pk}"] = forms.CharField(
                label="De næste 3 måneder, konkret", widget=tekstomraade(2), required=False
            )

        # The error summary lists what is missing in the order of the page.
        sidst = ("skitse", "naeste_dato", "naeste_kl", "naeste_sted", "uden_naeste_begrundelse")
        self.order_fields([*(navn for navn in self.fields if navn not in sidst), *sidst])

    @property
    def punkter(self) -> list[Indsatsfelter]:
        """Each effort with its two fields, for the page."""
        return [
            Indsatsfelter(i, self[f"hvad_skete_{i.pk}"], self[f"naeste_tre_maaneder_{i.pk}"])
            for i in self.indsatser
        ]

    def clean(self) -> dict[str, Any]:
        """A next meeting is date, time and place together; half of one could not be kept."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        navne = {"naeste_dato": "dato", "naeste_kl": "klokkeslæt", "naeste_sted": "sted"}
        mangler = [felt for felt in navne if not data.get(felt) and felt not in self.errors]
        if 0 < len(mangler) < len(navne) and (data.get("naeste_dato") or data.get("naeste_kl")):
            for felt in mangler:
                self.add_error(felt, f"Skriv også {navne[felt]} for næste møde.")
        return data

    def skema(self) -> Skema:
        """The form's content. Call it on a valid form."""
        data = self.cleaned_data
        naeste = None
        if data["naeste_dato"] and data["naeste_kl"]:
            naeste = _samlet(data["naeste_dato"], data["naeste_kl"])
        return Skema(
            tidspunkt=_samlet(data["dato"], data["kl"]),
            sted=data["sted"],
            form=data["form"],
            referat=data["referat"],
            maal=data.get("maal", ""),
            maal_begrundelse=data.get("maal_begrundelse", ""),
            mentor_var_med={"ja": True, "nej": False}.get(data["mentor_var_med"]),
            uden_mentor_begrundelse=data["uden_mentor_begrundelse"],
            skitse=data["skitse"],
            naeste_tidspunkt=naeste,
            naeste_sted=data["naeste_sted"],
            uden_naeste_begrundelse=data["uden_naeste_begrundelse"],
            punkter={
                indsats.pk: Punkt(
                    data[f"hvad_skete_{indsats.pk}"], data[f"naeste_tre_maaneder_{indsats.pk}"]
                )
                for indsats in self.indsatser
            },
        )


def startvaerdier(skema: Skema, laas: int) -> dict[str, Any]:
    """What `MoedeForm` shows of a stored form."""
    tid = timezone.localtime(skema.tidspunkt)
    naeste = skema.naeste_tidspunkt and timezone.localtime(skema.naeste_tidspunkt)
    punkter: Mapping[str, str] = {
        navn: tekst
        for pk, punkt in skema.punkter.items()
        for navn, tekst in (
            (f"hvad_skete_{pk}", punkt.hvad_skete),
            (f"naeste_tre_maaneder_{pk}", punkt.naeste_tre_maaneder),
        )
    }
    return {
        "laas": laas,
        "dato": tid.date(),
        "kl": tid.time(),
        "form": skema.form,
        "sted": skema.sted,
        "mentor_var_med": {True: "ja", False: "nej", None: ""}[skema.mentor_var_med],
        "uden_mentor_begrundelse": skema.uden_mentor_begrundelse,
        "referat": skema.referat,
        "maal": skema.maal,
        "maal_begrundelse": skema.maal_begrundelse,
        "skitse": skema.skitse,
        "naeste_dato": naeste.date() if naeste else None,
        "naeste_kl": naeste.time() if naeste else None,
        "naeste_sted": skema.naeste_sted,
        "uden_naeste_begrundelse": skema.uden_naeste_begrundelse,
        **punkter,
    }


def placer_fejl(form: forms.BaseForm, fejl: ValidationError) -> None:
    """Put a service's refusal on the fields where the thing was typed."""
    if hasattr(fejl, "error_dict"):
        fejl = ValidationError(
            {FELT_FOR.get(felt, felt): liste for felt, liste in fejl.error_dict.items()}
        )
    fejl_paa_formular(form, fejl)


def _samlet(dato: date, kl: time) -> datetime:
    return timezone.make_aware(datetime.combine(dato, kl))
