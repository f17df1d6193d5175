"""The decision's forms: follow the indstilling, or say why not; decide without a meeting."""

from typing import Any

from django import forms

from borgere.models import Sag
from rehabilitering.models import Afgoerelse, Udfald
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from rehabilitering.services.afgoerelse import FELTER
from rehabilitering.services.afgoerelse.kontrol import ventet_modtaget
from ressource.dansk import dato as dansk_dato
from ressource.forms import DatoFelt, ResHelper, tekstomraade, valg
from ressource.kalender import i_dag

JA, NEJ = "ja", "nej"
_KUN_FORLOEB = ("slut_dato", "maalgruppebetingelse", "borger_oensker_mere")


def udfald_for(sag: Sag, *, undtagen: str = "") -> list[tuple[str, str]]:
    """The decisions that the case's rule set has, but for one."""
    return [
        (u.value, u.label.capitalize())
        for u in UDFALD_TIL_AFGOERELSE
        if u in sag.regelsaet.udfald and u != undtagen
    ]


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
    maalgruppebetingelse = forms.ChoiceField(
        label="Hvorfor er borgeren i målgruppen?", required=False
    )
    borger_oensker_mere = forms.BooleanField(
        label="Borgeren ønsker selv mere, end reglerne ellers giver",
        help_text="Gælder alder, antal og samlet længde, når reglerne giver lov til det.",
        required=False,
    )
    faktum = forms.CharField(
        label="Sagens oplysninger",
        help_text="Skriv kort til borgeren: hvilke oplysninger bygger afgørelsen på?",
        required=False,
        widget=tekstomraade(4),
    )
    begrundelse = forms.CharField(
        label="Begrundelse",
        help_text="Skriv til borgeren: hvilke forhold har været vigtigst for afgørelsen?",
        required=False,
        widget=tekstomraade(6),
    )
    uden_partshoering_grund = forms.CharField(
        label="Hvorfor skal borgeren ikke høres først?",
        help_text="Udfyld kun, når der ikke er holdt en partshøring. Står ikke i brevet.",
        required=False,
        widget=tekstomraade(2),
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
        self._vaelg_art(afgoerelse)
        self._vis_forloeb(afgoerelse)
        ventet = dansk_dato(ventet_modtaget(afgoerelse, i_dag()))
        post = (
            "almindelig post" if afgoerelse.sag.borger.er_fritaget_digital_post else "Digital Post"
        )
        self.fields["modtaget_dato"].help_text = f"Tomt felt: {ventet} ({post})"

    def _vaelg_art(self, afgoerelse: Afgoerelse) -> None:
        """A recommendation to follow, a case without a meeting, or a decision that is changed."""
        udfald: Any = self.fields["udfald"]
        if afgoerelse.indstilling:
            mulige = udfald_for(afgoerelse.sag, undtagen=afgoerelse.indstilling.udfald)
            udfald.choices = [("", "Vælg"), *mulige]
            return
        udfald.choices = udfald_for(afgoerelse.sag)
        udfald.label, udfald.required = "Afgørelse", True
        self.initial["udfald"] = afgoerelse.udfald
        if afgoerelse.erstatter_id:
            del self.fields["foelger_indstilling"], self.fields["afvigelse_begrundelse"]
            return
        foelger: Any = self.fields["foelger_indstilling"]
        foelger.label = "Kan sagen afgøres uden et møde?"
        foelger.choices = [(JA, "Ja"), (NEJ, "Nej, sagen skal på et møde")]
        self.fields["afvigelse_begrundelse"].label = "Hvorfor skal sagen på et møde?"

    def _vis_forloeb(self, afgoerelse: Afgoerelse) -> None:
        """What only a ressourceforløb has; shown also while another outcome can be chosen."""
        betingelser = afgoerelse.sag.regelsaet.maalgruppebetingelser
        self.fields["maalgruppebetingelse"].choices = [  # type: ignore[attr-defined]
            ("", "Vælg"),
            *((betingelse["kode"], betingelse["tekst"]) for betingelse in betingelser),
        ]
        if not betingelser:
            del self.fields["maalgruppebetingelse"]
        indstilling = afgoerelse.indstilling
        if indstilling is None:
            return
        if indstilling.udfald != Udfald.RESSOURCEFORLOEB:
            for felt in _KUN_FORLOEB:
                self.fields.pop(felt, None)
        elif indstilling.varighed_maaneder:
            maaneder = indstilling.varighed_maaneder
            self.fields[
                "slut_dato"
            ].help_text = f"Tomt felt: {maaneder} måneder, som teamet indstiller"

    def clean_foelger_indstilling(self) -> bool:
        """Whether the indstilling is followed, or the case decided without a meeting."""
        return bool(self.cleaned_data["foelger_indstilling"] == JA)


class UdenMoedeForm(forms.Form):
    """What to decide without a meeting, and why."""

    udfald = forms.ChoiceField(label="Hvad vil kommunen afgøre?")
    grund = forms.CharField(
        label="Hvorfor skal sagen ikke på et møde?",
        help_text="Står i brevet til borgeren.",
        error_messages={"required": "Skriv, hvorfor sagen afgøres uden et møde."},
        widget=tekstomraade(3),
    )

    def __init__(self, *args: Any, sag: Sag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["udfald"].choices = [("", "Vælg"), *udfald_for(sag)]  # type: ignore[attr-defined]
        self.helper = ResHelper("udfald", "grund")
