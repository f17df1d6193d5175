"""Forms of the deadline rules: what a version says and from when, and the end of a rule."""

from typing import Any

from django import forms

from opfoelgning import fristversioner
from opfoelgning.models import Fristregel
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade
from ressource.kalender import i_dag
from ressource.samtidighed import laasefelt

HVORFOR = "Det står i historikken ved versionen"


class FristregelForm(forms.ModelForm[Fristregel]):
    """A version of the rule of `instance`; the fields that mean nothing for its code are left out."""

    laas = laasefelt()
    gaelder_fra = DatoFelt(
        label="Gælder fra",
        help_text="Det, der er sket før den dag, beholder sine frister. En dag, der er gået, "
        "flytter også frister, som løber nu.",
    )
    begrundelse = forms.CharField(
        label="Hvorfor ændres reglen?", max_length=250, help_text=HVORFOR, widget=tekstomraade(2)
    )

    class Meta:
        model = Fristregel
        fields = fristversioner.FELTER
        labels = {
            "rulning": "Rykkes, når dagen er lukket",
            "eskalering_dage": "Teamlederen ser den så mange dage efter",
        }
        help_texts = {
            "varsel_dage": "0: den varsles ikke",
            "eskalering_dage": "Lad feltet være tomt, hvis teamlederen ikke skal se den",
            "alvor": "Lovbestemte frister følger helligdagene. Vejledende frister følger også "
            "kommunens egne lukkedage",
            "udloeber": "Ingen er for sent på den: perioden hører bare op",
            "udloeses_af": "Vises under «Hvorfor denne dato?»",
            "opfyldes_af": "Vises under «Hvorfor denne dato?»",
            "antal": "Så mange skal der være i perioden",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        med = fristversioner.felter(self.instance.kode)
        for felt in fristversioner.FELTER:
            if felt not in med:
                del self.fields[felt]
        if "anker" in self.fields:
            self.fields["anker"] = forms.ChoiceField(
                label="Regnes fra", choices=[v for v in Fristregel.Anker.choices if v[0]]
            )
        self.helper = ResHelper(*self._layout())

    def _layout(self) -> list[Any]:
        tal = {"laengde": 2, "enhed": 3, "retning": 3, "antal": 2}
        return [
            "laas",
            "navn",
            *(["anker"] if "anker" in self.fields else []),
            raekke(**{felt: bredde for felt, bredde in tal.items() if felt in self.fields}),
            raekke(alvor=6, rulning=4),
            raekke(varsel_dage=6, eskalering_dage=6),
            "pause_ved_fritagelse",
            "udloeber",
            "hjemmel",
            "udloeses_af",
            "opfyldes_af",
            raekke(gaelder_fra=8),
            "begrundelse",
        ]

    def indhold(self) -> dict[str, Any]:
        """What was typed of the version itself. Call it on a valid form."""
        return {
            felt: self.cleaned_data[felt] for felt in fristversioner.FELTER if felt in self.fields
        }

    def _post_clean(self) -> None:
        """The version is checked by `fristversioner`; nothing is written on the instance."""


class LukForm(forms.Form):
    """The last day of a rule."""

    laas = laasefelt()
    sidste_dag = DatoFelt(
        label="Reglens sidste dag",
        help_text="Det, der sker senere, giver ingen frist. Frister, der er begyndt inden, løber "
        "videre.",
    )
    begrundelse = forms.CharField(
        label="Hvorfor skal reglen slutte?",
        max_length=250,
        help_text=HVORFOR,
        widget=tekstomraade(2),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("laas", raekke(sidste_dag=4), "begrundelse")


def rettes(regel: Fristregel, laas: int) -> dict[str, Any]:
    """What the form begins with: today, or the first day of a version that is still to come."""
    return {"laas": laas, "gaelder_fra": max(i_dag(), regel.gyldig_fra)}
