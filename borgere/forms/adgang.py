"""Opening a case with a reason, conflicts of interest, and asking who can see a case."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from borgere.forms.sag import navn_og_titel
from borgere.services.adgang import MINDSTE_BEGRUNDELSE
from ressource.forms import ResHelper, raekke, tekstomraade
from ressource.models import Bruger

SAGSNUMMER_LAENGDE = 20


def _begrundelse(hjaelp: str) -> forms.CharField:
    return forms.CharField(
        label="Begrundelse",
        max_length=500,
        min_length=MINDSTE_BEGRUNDELSE,
        widget=tekstomraade(3),
        help_text=hjaelp,
        error_messages={
            "min_length": f"Skriv begrundelsen med mindst {MINDSTE_BEGRUNDELSE} tegn.",
        },
    )


class NoedadgangForm(forms.Form):
    """Which case, and why now."""

    nummer = forms.CharField(
        label="Sagsnummer eller personnummer",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    begrundelse = _begrundelse(
        "Hvorfor skal du se sagen nu? Skriv ikke om helbred, og ikke personnummer. "
        "Din teamleder læser begrundelsen, og borgeren kan få den at se."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(nummer=5), "begrundelse")


class BegrundelseForm(forms.Form):
    """Why a protected citizen's case is needed."""

    begrundelse = _begrundelse(
        "Hvorfor skal du se sagen? Skriv ikke om helbred, og ikke personnummer. "
        "Teamlederen læser begrundelsen, og borgeren kan få den at se."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("begrundelse")


def _person(hvem: QuerySet[Bruger]) -> Any:
    felt: Any = forms.ModelChoiceField(label="Hvem er inhabil", queryset=hvem, empty_label="Vælg")
    felt.label_from_instance = navn_og_titel
    return felt


class InhabilForm(forms.Form):
    """Who is too close to the citizen, and why: oneself, or with `andre` any colleague."""

    begrundelse = forms.CharField(
        label="Hvorfor",
        max_length=200,
        help_text="For eksempel nabo, slægtning eller tidligere kollega. Skriv ikke om helbred.",
    )

    def __init__(self, *args: Any, bruger: Bruger, andre: bool, **kwargs: Any) -> None:
        """`bruger` is the reader, chosen beforehand; without `andre` nobody else can be."""
        super().__init__(*args, **kwargs)
        felter = ["begrundelse"]
        if andre:
            self.fields["bruger"] = _person(Bruger.objects.filter(is_active=True).order_by("navn"))
            self.fields["bruger"].initial = bruger.pk
            felter = [raekke(bruger=6), "begrundelse"]
        self.helper = ResHelper(*felter)


class KollegaInhabilForm(InhabilForm):
    """The teamleder names the case by its number, without seeing it."""

    sagsnummer = forms.CharField(label="Sagsnummer", max_length=SAGSNUMMER_LAENGDE)

    def __init__(self, *args: Any, bruger: Bruger, **kwargs: Any) -> None:
        super().__init__(*args, bruger=bruger, andre=True, **kwargs)
        self.fields["bruger"].initial = None
        self.helper = ResHelper(raekke(sagsnummer=4, bruger=6), "begrundelse")


class ForklarForm(forms.Form):
    """Which case the administrator asks about."""

    sagsnummer = forms.CharField(label="Sagsnummer", max_length=SAGSNUMMER_LAENGDE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(sagsnummer=4))
