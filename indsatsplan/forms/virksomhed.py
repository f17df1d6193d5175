"""The register of companies. It holds nothing about citizens, so what is searched may be in the URL."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from borgere.forms.borger import renset_postnummer
from borgere.soegning import naevner_personnummer
from indsatsplan import cvr as cvrnumre
from indsatsplan.models import Virksomhed, Virksomhedskontakt
from ressource.forms import DatoFelt, FilterHelper, ResHelper, raekke, tekstomraade
from ressource.samtidighed import laasefelt

OM_BORGERE = "Her må ikke stå noget om borgere. Skriv det i indsatsen i stedet."


class VirksomhedFilterForm(forms.Form):
    """What the list is narrowed by."""

    q = forms.CharField(label="Navn, by, branche eller CVR", required=False, max_length=100)
    branche = forms.ChoiceField(label="Branche", required=False)
    vis = forms.ChoiceField(
        label="Vis",
        required=False,
        choices=[
            ("", "Dem, der kan vælges"),
            ("faste", "Faste samarbejdsvirksomheder"),
            ("lukkede", "Lukkede"),
            ("alle", "Alle"),
        ],
    )

    def __init__(self, *args: Any, brancher: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        felter["branche"].choices = [("", "Alle"), *((navn, navn) for navn in brancher)]
        self.helper = FilterHelper("q", "branche", "vis")


class VirksomhedForm(forms.ModelForm[Virksomhed]):
    """One company. A number or name that is there already is shown before it is saved again."""

    bekraeft = forms.BooleanField(
        label="Det er en anden virksomhed eller en anden arbejdsplads", required=False
    )

    class Meta:
        model = Virksomhed
        fields: tuple[str, ...] = (
            "cvr", "navn", "adresse", "postnr", "by", "branche", "er_fast", "aftale"
        )  # fmt: skip
        help_texts = {
            "cvr": "Otte cifre. En arbejdsplads med samme nummer får sit eget navn.",
            "branche": "Fx detailhandel, byggeri, landbrug.",
            "er_fast": "I har aftalt, at virksomheden tager imod igen og igen.",
            "aftale": "Hvor mange pladser, til hvem og hvordan I samarbejder. Intet om borgere.",
        }
        error_messages = {
            "cvr": {"required": "Skriv CVR-nummeret.", "max_length": cvrnumre.IKKE_OTTE},
            "navn": {"required": "Skriv virksomhedens navn."},
        }
        widgets = {"aftale": tekstomraade(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        felter["cvr"] = forms.CharField(
            label="CVR-nummer",
            max_length=20,
            help_text=self.Meta.help_texts["cvr"],
            error_messages={"required": "Skriv CVR-nummeret.", "max_length": cvrnumre.IKKE_OTTE},
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
        self.dubletter: list[Virksomhed] = []
        self.helper = ResHelper(*self._felter())

    def _felter(self) -> list[Any]:
        return [
            raekke(cvr=3, navn=9),
            raekke(adresse=6, postnr=2, by=4),
            raekke(branche=6),
            "er_fast",
            "aftale",
            *(["bekraeft"] if getattr(self, "dubletter", None) else []),
        ]

    def clean_cvr(self) -> str:
        cvr = cvrnumre.rens(self.cleaned_data["cvr"])
        if besked := cvrnumre.fejl(cvr):
            raise ValidationError(besked)
        return cvr

    def clean_navn(self) -> str:
        return " ".join(self.cleaned_data["navn"].split())

    def clean_postnr(self) -> str:
        return renset_postnummer(self.cleaned_data["postnr"])

    def clean_aftale(self) -> str:
        aftale: str = self.cleaned_data["aftale"]
        if naevner_personnummer(aftale):
            raise ValidationError(f"Teksten ligner et personnummer. {OM_BORGERE}")
        return aftale

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        bekraeftet = data.pop("bekraeft", False)
        if "cvr" not in data or "navn" not in data or not self._er_flyttet(data):
            return data
        andre = Virksomhed.objects.exclude(pk=self.instance.pk)
        self.dubletter = list(andre.mulige_dubletter(cvr=data["cvr"], navn=data["navn"])[:5])
        self.helper = ResHelper(*self._felter())
        if self.dubletter and not bekraeftet:
            fundne = ", ".join(f"{v.navn} (CVR {v.cvr})" for v in self.dubletter)
            raise ValidationError(
                f"Den ligner en, der står i registret: {fundne}. Brug den, eller sæt kryds nederst, "
                "hvis det er en anden, og gem igen.",
                code="dublet",
            )
        return data

    def _er_flyttet(self, data: dict[str, Any]) -> bool:
        """Whether number and name are new, so that they may be somebody else's."""
        return (data["cvr"], data["navn"]) != (self.instance.cvr, self.instance.navn)

    def _post_clean(self) -> None:
        """Nothing: the instance stays as stored, and the service validates what it saves."""


class VirksomhedRetForm(VirksomhedForm):
    """Corrections of the version that was shown, and whether it can still be chosen."""

    laas = laasefelt()

    class Meta(VirksomhedForm.Meta):
        fields = (*VirksomhedForm.Meta.fields, "er_aktiv")
        help_texts = VirksomhedForm.Meta.help_texts | {
            "er_aktiv": "En lukket virksomhed kan ikke vælges til nye praktikker."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["laas"] = self.instance.laas

    def _felter(self) -> list[Any]:
        *foerst, sidst = super()._felter()
        return ["laas", *foerst, sidst, "er_aktiv"]


class KontaktForm(forms.ModelForm[Virksomhedskontakt]):
    """A person in a company, as they work there."""

    class Meta:
        model = Virksomhedskontakt
        fields: tuple[str, ...] = ("navn", "stilling", "telefon", "email", "er_mentor")
        help_texts = {"er_mentor": "Kan vælges som den, der støtter borgeren i praktikken."}
        error_messages = {"navn": {"required": "Skriv personens navn."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(*self._felter())

    def _felter(self) -> list[Any]:
        return [raekke(navn=6, stilling=6), raekke(telefon=4, email=6), "er_mentor"]

    def _post_clean(self) -> None:
        """Nothing: the instance stays as stored, and the service validates what it saves."""


class KontaktRetForm(KontaktForm):
    """Corrections of the version that was shown, and the day the person left."""

    laas = laasefelt()
    udgaaet_dato = DatoFelt(label="Ikke længere i virksomheden fra", required=False)

    class Meta(KontaktForm.Meta):
        fields = (*KontaktForm.Meta.fields, "udgaaet_dato")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["laas"] = self.instance.laas

    def _felter(self) -> list[Any]:
        return ["laas", *super()._felter(), raekke(udgaaet_dato=4)]
