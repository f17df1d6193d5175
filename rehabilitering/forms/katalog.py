"""Forms of the catalogue of effort types."""

from typing import Any

from django import forms

from rehabilitering.models import Indsatstype
from ressource.forms import DecimalFelt, FilterHelper, ResHelper, raekke
from ressource.samtidighed import laasefelt


class KatalogFilterForm(forms.Form):
    """What the catalogue is narrowed by."""

    q = forms.CharField(label="Navn", required=False, max_length=100)
    vis = forms.ChoiceField(
        label="Vis",
        required=False,
        choices=[
            ("", "Dem, der kan vælges"),
            ("basis", "Basistilbud"),
            ("ude", "Taget ud"),
            ("alle", "Alle"),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("q", "vis")


class IndsatstypeForm(forms.ModelForm[Indsatstype]):
    """One type. The service saves; the form only reads and explains."""

    uger = forms.IntegerField(
        label="Varer normalt, uger",
        required=False,
        min_value=1,
        max_value=260,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    timer_pr_uge = DecimalFelt(
        label="Timer om ugen, normalt",
        required=False,
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=84,
    )

    class Meta:
        model = Indsatstype
        fields: tuple[str, ...] = (
            "navn",
            "omraade",
            "er_virksomhedsrettet",
            "er_praktik",
            "er_mentor",
            "er_basistilbud",
            "garanti",
            "formaal_forslag",
            "uger",
            "timer_pr_uge",
        )
        labels = {
            "formaal_forslag": "Forslag til formål",
            "garanti": "I indsatsgarantien",
            "er_praktik": "Virksomhedspraktik",
            "er_mentor": "Mentor",
            "er_basistilbud": "Basistilbud",
            "er_virksomhedsrettet": "Virksomhedsrettet",
        }
        help_texts = {
            "er_praktik": "Indsatsen får en virksomhed, trin og en praktiktrappe.",
            "er_mentor": "Mentor skal have opgaver og timer.",
            "er_basistilbud": "Skal altid kunne vælges: gæld, familie, psykolog, træning, smerter.",
            "garanti": "LAB § 113, stk. 2: begynder ingen indsats, der tæller, inden seks måneder, "
            "forelægges sagen for teamet igen.",
            "formaal_forslag": "Står i formularen, når typen vælges, og kan rettes der.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(*self._felter())

    def _felter(self) -> list[Any]:
        return [
            raekke(navn=8, omraade=4),
            raekke(formaal_forslag=8, uger=2, timer_pr_uge=2),
            "garanti",
            "er_virksomhedsrettet",
            "er_praktik",
            "er_mentor",
            "er_basistilbud",
        ]

    def _post_clean(self) -> None:
        """Nothing: the instance stays as stored, and the service validates what it saves."""


class IndsatstypeRetForm(IndsatstypeForm):
    """Corrections of the version that was shown, and whether it can still be chosen."""

    laas = laasefelt()

    class Meta(IndsatstypeForm.Meta):
        fields = (*IndsatstypeForm.Meta.fields, "er_aktiv")
        labels = IndsatstypeForm.Meta.labels | {"er_aktiv": "Kan vælges"}
        help_texts = IndsatstypeForm.Meta.help_texts | {
            "er_aktiv": "En type, der er taget ud, bliver stående, hvor den er brugt."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["laas"] = self.instance.laas

    def _felter(self) -> list[Any]:
        return ["laas", *super()._felter(), "er_aktiv"]
