"""Forms of the screening note."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from borgere.models import Sag
from rehabilitering.models import Screeningsnotat
from rehabilitering.services.screening import FELTER
from ressource.forms import ResHelper, raekke, tekstomraade, valg
from ressource.samtidighed import laasefelt

JA_NEJ = (("ja", "Ja"), ("nej", "Nej"))


class ScreeningsnotatForm(forms.ModelForm[Screeningsnotat]):
    """The draft: everything may wait, `indsend_notat` says what may not."""

    betingelse = forms.TypedChoiceField(
        label="Hvilken betingelse er opfyldt?",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    har_udviklingsperspektiv = forms.TypedChoiceField(
        label="Er der et udviklingsperspektiv?",
        choices=JA_NEJ,
        coerce=lambda svar: svar == "ja",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    laas = laasefelt()

    class Meta:
        model = Screeningsnotat
        fields = (*FELTER, "laas")
        labels = {
            "henvist_af": "Henvist af",
            "hvorfor_nu": "Hvorfor nu?",
            "betingelse_tekst": "Hvordan er betingelsen opfyldt?",
            "hidtidig_indsats": "Hidtidig indsats",
            "udviklingsperspektiv_tekst": "Hvad bygger du det på?",
            "helbredsstatus": "Helbred",
            "manglende_oplysninger": "Hvilke oplysninger mangler?",
            "anbefaling": "Din anbefaling",
        }
        help_texts = {
            "hidtidig_indsats": "Hvad er prøvet, og hvad kom der ud af det?",
            "anbefaling": "Skal der arbejdes videre med en sag til teamet?",
        }
        widgets = {
            felt: tekstomraade(4)
            for felt in (
                "hvorfor_nu",
                "betingelse_tekst",
                "hidtidig_indsats",
                "udviklingsperspektiv_tekst",
                "helbredsstatus",
                "manglende_oplysninger",
                "anbefaling",
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["betingelse"].choices = [  # type: ignore[attr-defined]
            (int(betingelse["kode"]), betingelse["tekst"])
            for betingelse in self.instance.sag.regelsaet.maalgruppebetingelser
        ]
        perspektiv = self.instance.har_udviklingsperspektiv
        if perspektiv is not None:
            self.initial["har_udviklingsperspektiv"] = "ja" if perspektiv else "nej"
        self.helper = ResHelper(
            "laas",
            Fieldset("Baggrund", raekke(henvist_af=6), "hvorfor_nu", "hidtidig_indsats"),
            Fieldset("Målgruppe", "betingelse", "betingelse_tekst"),
            Fieldset(
                "Udvikling og helbred",
                "har_udviklingsperspektiv",
                "udviklingsperspektiv_tekst",
                "helbredsstatus",
            ),
            Fieldset("Anbefaling", "manglende_oplysninger", "anbefaling"),
        )
        self.fields["betingelse"].help_text = self.instance.sag.regelsaet.hjemmel(
            "ressourceforloeb"
        )
        # «Frivilligt» would be wrong for what handing in demands, so nothing says it here.
        self.helper.vis_frivillig = False

    def gaa_videre_fra(self, notat: Screeningsnotat) -> None:
        """Let the refused page be sent again on what it has stored itself."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["laas"] = str(notat.laas)  # type: ignore[index]


class AfgoerNotatForm(forms.Form):
    """The faglig konsulent's decision; of the note that was on the page, not of a later one."""

    notat = forms.ModelChoiceField(Screeningsnotat.objects.none(), widget=forms.HiddenInput)
    resultat = valg(
        label="Hvad skal der ske?",
        choices=(
            ("fortsaet", "Fortsæt: sagen skal forberedes til teamet"),
            ("mangler_oplysninger", "Mangler oplysninger: sagsbehandleren skriver et nyt notat"),
            ("ikke_relevant", "Ikke relevant: sagen skal ikke til teamet"),
        ),
    )
    begrundelse = forms.CharField(
        label="Begrundelse",
        help_text="Skal skrives, hvis sagen ikke fortsætter, eller hvis den fortsætter uden et "
        "udviklingsperspektiv.",
        required=False,
        widget=tekstomraade(4),
    )

    def __init__(self, *args: Any, sag: Sag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notat"].queryset = sag.screeningsnotater  # type: ignore[attr-defined]
        self.helper = ResHelper("notat", "resultat", "begrundelse")
        self.helper.vis_frivillig = False
