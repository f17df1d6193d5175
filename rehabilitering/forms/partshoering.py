"""Forms of hearing the citizen: what is put to them, and what came of it."""

from typing import Any

from django import forms

from rehabilitering.models import Afgoerelse, Partshoering
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade

Kanal = Partshoering.Kanal


class PartshoeringForm(forms.Form):
    """What the citizen is to be heard about, how and by when."""

    oplysninger = forms.CharField(
        label="Hvilke oplysninger skal borgeren udtale sig om?",
        help_text="Skriv til borgeren. Teksten står i brevet, som den er.",
        error_messages={"required": "Skriv, hvilke oplysninger borgeren skal udtale sig om."},
        widget=tekstomraade(6),
    )
    kanal = forms.ChoiceField(label="Hvordan får borgeren dem?")
    frist_dato = DatoFelt(
        label="Svar senest",
        error_messages={"required": "Skriv, hvornår borgeren senest skal svare."},
    )

    def __init__(self, *args: Any, afgoerelse: Afgoerelse, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fritaget = afgoerelse.sag.borger.er_fritaget_digital_post
        self.fields["kanal"].choices = [  # type: ignore[attr-defined]
            ("", "Vælg"),
            *(
                (k.value, k.label[:1].upper() + k.label[1:])
                for k in Kanal
                if not (fritaget and k == Kanal.DIGITAL_POST)
            ),
        ]
        self.helper = ResHelper("oplysninger", raekke(kanal=4, frist_dato=4))


class PartshoeringssvarForm(forms.Form):
    """The citizen's answer, and what the municipality makes of it."""

    svar = forms.CharField(
        label="Hvad svarede borgeren?",
        help_text="Lad feltet være tomt, når fristen er gået uden svar.",
        required=False,
        widget=tekstomraade(4),
    )
    svar_dato = DatoFelt(label="Svaret den", required=False)
    vurdering = forms.CharField(
        label="Hvad betyder svaret for afgørelsen?",
        help_text="Står i brevet om afgørelsen.",
        error_messages={"required": "Skriv, hvad svaret betyder for afgørelsen."},
        widget=tekstomraade(3),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("svar", raekke(svar_dato=4), "vurdering")
