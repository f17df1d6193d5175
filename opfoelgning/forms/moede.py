"""The meeting form: built from the efforts of the plan, saved while one types."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from indsatsplan.models import Indsats
from indsatsplan.roed_traad import Planmaal
from opfoelgning.forms.aftale import samlet
from opfoelgning.maaling import SKIFTET, Maaleskema
from opfoelgning.models import Opfoelgningsmoede, Opfoelgningspunkt
from opfoelgning.skema import PUNKTFELTER, Punkt, Skema
from ressource.forms import DatoFelt, KlokkeslaetFelt, tekstomraade
from ressource.samtidighed import laasefelt

# What the suggested times are chosen by, and the choice of another one.
TIDSVALG, ANDEN_TID = "naeste_valg", "anden"
# What is written by the professional alone, and is not on the screen one looks at together.
KUN_FAGLIGT = (
    "form",
    "sted",
    "mentor_var_med",
    "uden_mentor_begrundelse",
    "andre_til_stede",
    "referat",
    "maal_begrundelse",
    "uden_naeste_begrundelse",
)
_STATUSFELTER = ("status_nu", "status_dato", "status_grund")
_TEKSTFELTER = (
    "form",
    "sted",
    "uden_mentor_begrundelse",
    "referat",
    "maal",
    "maal_begrundelse",
    "skitse",
    "smaa_skridt",
    "naeste_sted",
    "uden_naeste_begrundelse",
)


@dataclass(frozen=True)
class Indsatsfelter:
    """One effort of the form. `indsats` carries `sidst` (see `skema.moedets_indsatser`)."""

    indsats: Indsats
    felter: Mapping[str, forms.BoundField]

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


@dataclass(frozen=True)
class Tidsvalg:
    """One suggested time: what the radio button sends, what it says, and whether it is chosen."""

    vaerdi: str
    tidspunkt: datetime
    er_valgt: bool


class MoedeForm(forms.Form):
    """The meeting form. `laas` is the version the page was shown with."""

    laas = laasefelt()
    form = forms.ChoiceField(
        label="Form", choices=[(v, navn.capitalize()) for v, navn in Opfoelgningsmoede.Form.choices]
    )
    sted = forms.CharField(label="Sted", max_length=120)
    mentor_var_med = forms.BooleanField(
        required=False, widget=forms.CheckboxInput(attrs={"value": "ja"})
    )
    uden_mentor_begrundelse = forms.CharField(
        label="Mentor er ikke med: hvorfor?", max_length=250, required=False
    )
    andre_til_stede = forms.CharField(label="Andre til stede", max_length=120, required=False)
    referat = forms.CharField(label="Hvad talte I om?", widget=tekstomraade(2), required=False)
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
        help_text="Kun hvis ingen aftale. Borgeren kan læse det i sin kopi.",
        max_length=250,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        indsatser: Iterable[Indsats],
        plan: Planmaal,
        seks: str,
        efter: datetime,
        maaleskema: Maaleskema,
        mentor: str = "",
        andre: Sequence[str] = (),
        sammen: bool = False,
        **kwargs: Any,
    ) -> None:
        """Without a goal in the plan, the goal is not asked for.

        `mentor` is the mentor's name, `andre` the others of the case circle; each gets a box to
        tick. The next meeting is later than `efter`. `sammen` leaves out what the professional
        writes alone.
        """
        super().__init__(*args, **kwargs)
        self.indsatser = list(indsatser)
        self.plan = plan
        self.efter = efter
        self.maaleskema = maaleskema
        self.sammen = sammen
        self.andre = list(andre)
        self.fields["mentor_var_med"].label = f"Mentor {mentor}".strip()
        self.fields["skitse"].label = f"Sådan ser det måske ud i {seks}"
        for nr, navn in enumerate(self.andre):
            self.fields[f"med_{nr}"] = forms.BooleanField(label=navn, required=False)
        for indsats in self.indsatser:
            self.fields |= _indsatsfelter(indsats)
        self.fields |= maaleskema.felter()
        self._tilpas_maalet()
        if sammen:
            self._kun_faelles()
        # The error summary lists what is missing in the order of the page.
        sidst = ("naeste_dato", "naeste_kl", "naeste_sted", "uden_naeste_begrundelse")
        foer = [navn for navn in self.fields if navn not in (*sidst, "skitse")]
        midt = [n for n in foer if n.startswith(("score_", "maaling_", "smaa_"))]
        self.order_fields([*(n for n in foer if n not in midt), "skitse", *midt, *sidst])

    def _tilpas_maalet(self) -> None:
        if self.plan.nu:
            self.fields["maal"].help_text = f"I planen: {self.plan.nu}"
            self.initial["maal"] = self.initial.get("maal") or self.plan.nu
        else:
            del self.fields["maal"], self.fields["maal_begrundelse"]

    def _kun_faelles(self) -> None:
        for navn in list(self.fields):
            if navn in KUN_FAGLIGT or navn.startswith(("med_", *_STATUSFELTER)):
                del self.fields[navn]

    @property
    def punkter(self) -> list[Indsatsfelter]:
        """Each effort with its fields, for the page."""
        return [
            Indsatsfelter(
                i,
                {
                    felt: self[f"{felt}_{i.pk}"]
                    for felt in PUNKTFELTER
                    if f"{felt}_{i.pk}" in self.fields
                },
            )
            for i in self.indsatser
        ]

    @property
    def til_stede(self) -> list[forms.BoundField]:
        """A box for each of the case circle but the mentor."""
        return [self[f"med_{nr}"] for nr in range(len(self.andre))]

    def tidsvalg(self, forslag: Sequence[datetime]) -> list[Tidsvalg]:
        """The suggested times as radio buttons; the one in the fields is chosen."""
        valgt = self._valgt_tid()
        return [
            Tidsvalg(f"{timezone.localtime(tid):%Y-%m-%dT%H:%M}", tid, tid == valgt)
            for tid in forslag
        ]

    def _valgt_tid(self) -> datetime | None:
        """The time in the fields of the next meeting, when it can be read."""
        navne = ("naeste_dato", "naeste_kl")
        try:
            dato, kl = (self.fields[n].to_python(self[n].value()) for n in navne)
        except ValidationError:
            return None
        return samlet(dato, kl) if dato and kl else None

    def clean(self) -> dict[str, Any]:
        """A next meeting is date, time and place together; half of one could not be kept.

        Answers to another version of the questions than the one asked now are refused.
        """
        data: dict[str, Any] = super().clean() or self.cleaned_data
        navne = {"naeste_dato": "dato", "naeste_kl": "klokkeslæt", "naeste_sted": "sted"}
        mangler = [felt for felt in navne if not data.get(felt) and felt not in self.errors]
        if 0 < len(mangler) < len(navne) and (data.get("naeste_dato") or data.get("naeste_kl")):
            for felt in mangler:
                self.add_error(felt, f"Skriv også {navne[felt]} for næste møde.")
        dato, kl = data.get("naeste_dato"), data.get("naeste_kl")
        if dato and kl and samlet(dato, kl) <= self.efter:
            self.add_error("naeste_dato", "Næste møde skal ligge efter dette møde.")
        for indsats in self.indsatser:
            # Sent from a page that is older than the effort's end.
            valgt = self.data.get(f"status_nu_{indsats.pk}")
            if valgt not in {None, "", indsats.status} and not _statusvalg(indsats):
                self.add_error(
                    None,
                    f"{indsats.beskrivelse} er {indsats.get_status_display()} imens, og status "
                    "kan ikke ændres her.",
                )
        if self.maaleskema.er_skiftet(self.data):
            self.add_error(None, SKIFTET)
        return data

    def skema(self, gemt: Skema) -> Skema:
        """The form's content. What it does not show, or could not read, is as in `gemt`."""
        data = self.cleaned_data
        tekster = {felt: data[felt] for felt in _TEKSTFELTER if felt in data}
        skema = replace(gemt, **(tekster | self._naeste(gemt)))
        if "mentor_var_med" in data:
            skema = replace(skema, mentor_var_med=self._mentor(skema))
        if "andre_til_stede" in data:
            skema = replace(skema, andre_til_stede=self._andre())
        return replace(
            skema,
            punkter={i.pk: self._punkt(i.pk, gemt) for i in self.indsatser},
            maalinger=self.maaleskema.maalinger(data, gemt.maalinger),
        )

    def _mentor(self, skema: Skema) -> bool | None:
        """No tick and no reason: nobody has said."""
        if self.cleaned_data["mentor_var_med"]:
            return True
        return False if skema.uden_mentor_begrundelse else None

    def _andre(self) -> str:
        """Everybody ticked, and who was written, with commas between."""
        sat = [navn for nr, navn in enumerate(self.andre) if self.cleaned_data.get(f"med_{nr}")]
        return ", ".join([*sat, *filter(None, [self.cleaned_data["andre_til_stede"]])])

    def _naeste(self, gemt: Skema) -> dict[str, Any]:
        """The next time, when it could be read in whole."""
        if {"naeste_dato", "naeste_kl", "naeste_sted"} & set(self.errors):
            sted = {"naeste_sted": gemt.naeste_sted} if gemt.naeste_tidspunkt else {}
            return {"naeste_tidspunkt": gemt.naeste_tidspunkt, **sted}
        dato, kl = self.cleaned_data["naeste_dato"], self.cleaned_data["naeste_kl"]
        return {"naeste_tidspunkt": samlet(dato, kl) if dato and kl else None}

    def _punkt(self, pk: int, gemt: Skema) -> Punkt:
        foer = gemt.punkter.get(pk, Punkt())
        navne = {felt: f"{felt}_{pk}" for felt in PUNKTFELTER}
        sendt = {
            felt: self.cleaned_data[navn]
            for felt, navn in navne.items()
            if navn in self.cleaned_data
        }
        return replace(foer, **sendt)


def _indsatsfelter(indsats: Indsats) -> dict[str, forms.Field]:
    felter: dict[str, forms.Field] = {
        "hvad_skete": forms.CharField(
            label="Hvad skete der?", widget=tekstomraade(2), required=False
        ),
        "naeste_tre_maaneder": forms.CharField(
            label="De næste 3 måneder, konkret", widget=tekstomraade(1), required=False
        ),
    }
    if muligheder := _statusvalg(indsats):
        felter["status_nu"] = forms.ChoiceField(
            label="Status nu",
            choices=muligheder,
            required=False,
            error_messages={
                "invalid_choice": "Indsatsen har fået en anden status imens. Vælg igen."
            },
        )
        felter["status_dato"] = DatoFelt(label="Fra hvilken dag?", required=False)
        felter["status_grund"] = forms.CharField(label="Hvorfor?", max_length=250, required=False)
    return {f"{navn}_{indsats.pk}": felt for navn, felt in felter.items()}


def _statusvalg(indsats: Indsats) -> list[tuple[str, str]]:
    """What can become of the effort at the talk; first that nothing does. Empty when it has ended."""
    nu = Opfoelgningspunkt.StatusNu
    slut = [(nu.AFSLUTTET.value, "Afsluttet"), (nu.AFBRUDT.value, "Afbrudt")]
    if indsats.status == Indsats.Status.I_GANG:
        return [("", "I gang"), (nu.PAUSE.value, "Sat på pause"), *slut]
    if indsats.status == Indsats.Status.PAUSE:
        return [("", "På pause"), (nu.I_GANG.value, "I gang igen"), *slut]
    if indsats.status in Indsats.IKKE_BEGYNDT:
        navn = str(indsats.get_status_display()).capitalize()
        return [("", navn), (nu.I_GANG.value, "Begyndt")]
    return []


def med_valgt_tid(data: QueryDict) -> QueryDict:
    """`data` with a suggested time written in the fields of the next meeting, as if typed."""
    valgt = data.get(TIDSVALG, "")
    data = data.copy()
    data.pop(TIDSVALG, None)
    try:
        tid = datetime.fromisoformat(valgt)
    except ValueError:
        return data
    data["naeste_dato"], data["naeste_kl"] = f"{tid:%d.%m.%Y}", f"{tid:%H.%M}"
    return data


def startvaerdier(
    skema: Skema, laas: int, *, andre: Sequence[str] = (), maaleskema: Maaleskema | None = None
) -> dict[str, Any]:
    """What `MoedeForm` shows of a stored form; `andre` are those of the case circle."""
    naeste = skema.naeste_tidspunkt and timezone.localtime(skema.naeste_tidspunkt)
    punkter = {
        f"{felt}_{pk}": getattr(punkt, felt)
        for pk, punkt in skema.punkter.items()
        for felt in PUNKTFELTER
    }
    med = [navn.strip() for navn in skema.andre_til_stede.split(",") if navn.strip()]
    maalt = maaleskema.startvaerdier(skema.maalinger, skema.smaa_skridt) if maaleskema else {}
    return {
        "laas": laas,
        **{felt: getattr(skema, felt) for felt in _TEKSTFELTER},
        "mentor_var_med": bool(skema.mentor_var_med),
        **{f"med_{nr}": navn in med for nr, navn in enumerate(andre)},
        "andre_til_stede": ", ".join(navn for navn in med if navn not in andre),
        "naeste_dato": naeste.date() if naeste else None,
        "naeste_kl": naeste.time() if naeste else None,
        **punkter,
        **maalt,
    }
