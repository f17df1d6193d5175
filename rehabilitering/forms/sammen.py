"""The page that is written together with the citizen: their words, the goal, what they disagree in."""

from typing import Any

from django import forms

from rehabilitering import aftryk
from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel
from rehabilitering.services.forberedelse import AFSNIT_OENSKER, Afsnitslinje, Rettelse
from ressource.forms import tekstomraade

_AFSNIT = ("egne_ord", "uenig")
# What the page never shows, but says by being used: stored as it stands, so never disputed.
_SAGT = ("skrevet_sammen", "ikke_sammen_begrundelse")


class SammenForm(forms.Form):
    """One topic in the citizen's words. Nothing internal is in it, neither shown nor sent."""

    version = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"id": "version"}))
    egne_ord = forms.CharField(
        required=False,
        label="Det har du fortalt",
        widget=tekstomraade(8, **{"class": "form-input"}),
    )
    maal = forms.CharField(
        required=False,
        max_length=200,
        label="Så vores mål er",
        widget=forms.TextInput(attrs={"class": "form-input"}),
    )
    uenig = forms.CharField(
        required=False,
        label="Er der noget, du er uenig i?",
        widget=tekstomraade(2, **{"class": "form-input"}),
    )

    def __init__(
        self, data: Any = None, *, del_: ForberedendeDel, linje: Afsnitslinje, **kwargs: Any
    ) -> None:
        self.del_, self.linje = del_, linje
        self.har_maal = linje.kode == AFSNIT_OENSKER
        kwargs["initial"] = self.gemt() | {"version": self.gemt_version()}
        super().__init__(data, **kwargs)
        if not self.har_maal:
            del self.fields["maal"]

    def gemt(self) -> dict[str, Any]:
        """What is stored of what the page shows."""
        afsnit = {felt: getattr(self.linje.afsnit, felt) for felt in _AFSNIT}
        return afsnit | ({"maal": self.del_.maal} if self.har_maal else {})

    def gemt_version(self) -> str:
        """What the hidden field `version` holds on a page that shows what is stored."""
        return aftryk.skriv({felt: aftryk.aftryk(v) for felt, v in self.gemt().items()})

    def clean(self) -> dict[str, Any]:
        """Line ends as they are stored."""
        return {felt: aftryk.ren(vaerdi) for felt, vaerdi in (super().clean() or {}).items()}

    def rettelser(self, *, er_bekraeftet: bool) -> tuple[Rettelse | None, Rettelse | None]:
        """What was changed in section and head; `None` for a part left as it was shown.

        What is written here is written together. So is a text that stood here already, once the
        citizen has read it and gone on (`er_bekraeftet`).
        """
        vist = aftryk.laes(self.cleaned_data["version"])
        afsnit = self._aendret(_AFSNIT, vist)
        if afsnit or (er_bekraeftet and self.cleaned_data["egne_ord"]):
            raekke = self.linje.afsnit
            afsnit |= {
                "skrevet_sammen": ForberedendeAfsnit.Sammen.JA,
                "ikke_sammen_begrundelse": "",
            }
            vist |= {felt: aftryk.aftryk(getattr(raekke, felt)) for felt in _SAGT}
        hoved = self._aendret(("maal",), vist) if self.har_maal else {}
        return (
            Rettelse(afsnit, vist=vist) if afsnit else None,
            Rettelse(hoved, vist=vist) if hoved else None,
        )

    def _aendret(self, felter: tuple[str, ...], vist: dict[str, str]) -> dict[str, Any]:
        """The values that are others than the page showed."""
        sendt = {felt: self.cleaned_data[felt] for felt in felter}
        return {felt: v for felt, v in sendt.items() if aftryk.aftryk(v) != vist.get(felt)}

    def uenige(self) -> list[tuple[str, str]]:
        """Label and stored text of the fields that another has changed since the page was shown."""
        vist = aftryk.laes(self.cleaned_data.get("version", ""))
        return [
            (str(self.fields[felt].label), tekst)
            for felt, tekst in self.gemt().items()
            if aftryk.aftryk(tekst) != vist.get(felt) and tekst != self.cleaned_data.get(felt)
        ]
