"""The decision's form: follow the indstilling, or say why not."""

from typing import Any

from django import forms

from rehabilitering.models import Afgoerelse, Udfald
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from rehabilitering.services.afgoerelse import FELTER, modtaget_standard
from ressource.dansk import dato as dansk_dato
from ressource.forms import DatoFelt, tekstomraade, valg
from ressource.kalender import i_dag

JA, NEJ = "ja", "nej"


class AfgoerelseForm(forms.Form):
    """The draft. What a decision must have is judged when it is made."""

    laas = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    foelger_indstilling = valg(
        label="Følger kommunen indstillingen?",
        choices=[(JA, "Ja"), (NEJ, "Nej, sagen sendes tilbage til teamet")],
        initial=JA,
    )
    udfald = forms.ChoiceField(label="Hvad mener kommunen i stedet?", required=False)
    afvigelse_begrundelse = forms.CharField(
        label="Hvorfor følges indstillingen ikke?",
        help_text="Teamet læser begrundelsen, før det vurderer sagen igen.",
        required=False,
        widget=tekstomraade(3),
    )
    virkning_fra = DatoFelt(label="Virkning fra", required=False)
    slut_dato = DatoFelt(label="Til og med", required=False)
    begrundelse = forms.CharField(
        label="Begrundelse",
        help_text="Skriv til borgeren: hvilke forhold har været vigtigst for afgørelsen?",
        required=False,
        widget=tekstomraade(6),
    )
    hjemmel = forms.CharField(
        label="Lovgrundlag",
        help_text="Hentet fra sagens regelsæt. Brevet skriver «truffet efter …».",
        required=False,
        widget=tekstomraade(2),
    )
    klagevejledning = forms.CharField(
        label="Klagevejledning",
        help_text="Hentet fra sagens regelsæt.",
        required=False,
        widget=tekstomraade(5),
    )
    modtaget_dato = DatoFelt(label="Modtaget af borgeren", required=False)

    def __init__(self, *args: Any, afgoerelse: Afgoerelse, **kwargs: Any) -> None:
        kwargs["initial"] = {felt: getattr(afgoerelse, felt) for felt in FELTER} | {
            "laas": afgoerelse.laas,
            "foelger_indstilling": JA,
        }
        super().__init__(*args, **kwargs)
        indstilling = afgoerelse.indstilling
        self.fields["udfald"].choices = [  # type: ignore[attr-defined]
            ("", "Vælg"),
            *(
                (u.value, u.label.capitalize())
                for u in UDFALD_TIL_AFGOERELSE
                if u in afgoerelse.sag.regelsaet.udfald and u != indstilling.udfald
            ),
        ]
        ventet = dansk_dato(modtaget_standard(afgoerelse.sag, i_dag()))
        post = (
            "almindelig post" if afgoerelse.sag.borger.er_fritaget_digital_post else "Digital Post"
        )
        self.fields["modtaget_dato"].help_text = f"Tomt felt: {ventet} ({post})"
        if indstilling.udfald == Udfald.RESSOURCEFORLOEB:
            self.fields[
                "slut_dato"
            ].help_text = (
                f"Tomt felt: {indstilling.varighed_maaneder} måneder, som teamet indstiller"
            )
        else:
            del self.fields["slut_dato"]

    def clean_foelger_indstilling(self) -> bool:
        """Whether the indstilling is followed."""
        return bool(self.cleaned_data["foelger_indstilling"] == JA)
