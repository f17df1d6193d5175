"""The writing page of the forberedende del, and how it knows what its writer has changed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel, Maalart
from rehabilitering.services.forberedelse import (
    AFSNIT_OENSKER,
    AFSNITSFELTER,
    HOVEDFELTER,
    TRAGTFELTER,
    Afsnitslinje,
    Rettelse,
)
from ressource.forms import DatoFelt, ResHelper, tekstomraade

TRAGT = (
    (1, "Hvilket job ønsker du?"),
    (2, "Hvilke opgaver kan du lide?"),
    (3, "Hvad kan du lide i din fritid?"),
    (4, "Hvad drømte du om før?"),
)
# Shown on the page of the wishes only; the rest of the head stands on every section's page.
_MAALFELTER = HOVEDFELTER

# A longer lock number was never sent from here; Python refuses to read one of thousands of digits.
FLEST_CIFRE = 20


@dataclass(frozen=True)
class Stand:
    """One part of the page as it was shown: its lock number and a fingerprint of its values.

    The fingerprint tells whether the writer changed the part at all. Two people on different
    sections both send the head back; only the one who wrote in it may be in somebody's way.
    """

    laas: int
    aftryk: str

    @classmethod
    def af(cls, laas: int, vaerdier: Mapping[str, Any]) -> "Stand":
        """The state of a part with these values."""
        rene = [[felt, _ren(vaerdi)] for felt, vaerdi in sorted(vaerdier.items())]
        return cls(laas, hashlib.sha256(json.dumps(rene).encode()).hexdigest()[:16])

    @classmethod
    def laes(cls, tekst: str) -> "Stand":
        """The state that a page sent back; what cannot be read counts as changed and stale."""
        laas, _, aftryk = tekst.partition(".")
        kan_laeses = laas.isdecimal() and len(laas) < FLEST_CIFRE
        return cls(int(laas) if kan_laeses else -1, aftryk)

    def __str__(self) -> str:
        return f"{self.laas}.{self.aftryk}"


def _ren(vaerdi: Any) -> Any:
    """A text as the form cleans it, so that a stored one has the same fingerprint as a sent one."""
    return vaerdi.replace("\r\n", "\n").strip() if isinstance(vaerdi, str) else vaerdi


class UdfyldForm(forms.Form):
    """One section's two texts with the head of the part. Nothing is required in a draft."""

    version = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"id": "version"}))
    egne_ord = forms.CharField(required=False, label="Borgerens egne ord")
    beskrivelse = forms.CharField(required=False, label="Sagsbehandlerens beskrivelse")
    skrevet_sammen = forms.ChoiceField(
        required=False,
        label="Er afsnittet skrevet sammen med borgeren?",
        choices=ForberedendeAfsnit.Sammen.choices,
        widget=forms.RadioSelect,
    )
    ikke_sammen_begrundelse = forms.CharField(required=False, label="Hvis ikke, hvorfor?")
    uenig = forms.CharField(required=False, label="Det er borgeren uenig i")
    spoergetragt_niveau = forms.TypedChoiceField(
        required=False,
        label="Hvor kom svaret?",
        choices=TRAGT,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    tragt_job = forms.CharField(required=False, label=TRAGT[0][1])
    tragt_opgaver = forms.CharField(required=False, label=TRAGT[1][1])
    tragt_fritid = forms.CharField(required=False, label=TRAGT[2][1])
    tragt_droemme = forms.CharField(required=False, label=TRAGT[3][1])
    maal = forms.CharField(required=False, max_length=200, label="Job- eller uddannelsesmål")
    maal_art = forms.ChoiceField(
        required=False,
        label="Målet handler om",
        choices=[("", "Vælg"), *((art.value, art.label.capitalize()) for art in Maalart)],
    )
    naeste_skridt = forms.CharField(required=False, max_length=200, label="Næste lille skridt")

    def __init__(
        self, data: Any = None, *, del_: ForberedendeDel, linje: Afsnitslinje, **kwargs: Any
    ) -> None:
        self.del_, self.linje = del_, linje
        self.har_maal = linje.kode == AFSNIT_OENSKER
        self.hovedfelter = tuple(f for f in HOVEDFELTER if self.har_maal or f not in _MAALFELTER)
        kwargs["initial"] = (
            self.gemt_afsnit() | self.gemt_hoved() | {"version": self.gemt_version()}
        )
        super().__init__(data, **kwargs)
        for felt in set(HOVEDFELTER) - set(self.hovedfelter):
            del self.fields[felt]
        for felt, raekker in (("egne_ord", 9), ("beskrivelse", 9), *((f, 2) for f in TRAGTFELTER)):
            if felt in self.fields:
                self.fields[felt].widget = tekstomraade(raekker, **{"class": "form-input"})
        self.fields["ikke_sammen_begrundelse"].widget = tekstomraade(2, **{"class": "form-input"})
        self.fields["uenig"].widget = tekstomraade(2, **{"class": "form-input"})

    def tragtfelter(self) -> list[forms.BoundField]:
        """The funnel's answers in their order."""
        return [self[felt] for felt in TRAGTFELTER]

    def gemt_afsnit(self) -> dict[str, Any]:
        """The section's values as stored."""
        return {felt: getattr(self.linje.afsnit, felt) for felt in AFSNITSFELTER}

    def gemt_hoved(self) -> dict[str, Any]:
        """The head's values as stored, those this page shows."""
        return {felt: getattr(self.del_, felt) for felt in self.hovedfelter}

    def stande(self) -> tuple[Stand, Stand]:
        """The stored state of section and head."""
        return (
            Stand.af(self.linje.afsnit.laas, self.gemt_afsnit()),
            Stand.af(self.del_.laas, self.gemt_hoved()),
        )

    def gemt_version(self) -> str:
        """What the hidden field `version` holds on a page that shows what is stored."""
        return "-".join(str(stand) for stand in self.stande())

    def sendte_stande(self) -> tuple[Stand, Stand]:
        """The state of section and head when the page that was sent was shown."""
        afsnit, _, hoved = self.cleaned_data["version"].partition("-")
        return Stand.laes(afsnit), Stand.laes(hoved)

    def clean(self) -> dict[str, Any]:
        """Line ends as they are stored."""
        return {felt: _ren(vaerdi) for felt, vaerdi in (super().clean() or {}).items()}

    def rettelser(self) -> tuple[Rettelse | None, Rettelse | None]:
        """What the writer changed in section and head; `None` for a part left as it was shown."""
        afsnit, hoved = self.sendte_stande()
        return (self._rettelse(AFSNITSFELTER, afsnit), self._rettelse(self.hovedfelter, hoved))

    def _rettelse(self, felter: tuple[str, ...], vist: Stand) -> Rettelse | None:
        vaerdier = {felt: self.cleaned_data[felt] for felt in felter}
        if Stand.af(vist.laas, vaerdier) == vist:
            return None
        return Rettelse(vaerdier, vist.laas)


class GennemgaaetForm(forms.Form):
    """When the whole part was gone through with the citizen."""

    dato = DatoFelt(label="Gennemgået den")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("dato")
