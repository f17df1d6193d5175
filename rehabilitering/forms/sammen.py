"""The page that is written together with the citizen: their words, the goal, what they disagree in."""

from typing import Any

from django import forms

from rehabilitering import aftryk
from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel
from rehabilitering.rettelse import Rettelse
from rehabilitering.services.forberedelse import AFSNIT_OENSKER, Afsnitslinje
from ressource.forms import tekstomraade

_AFSNIT = ("egne_ord", "uenig")
# What the page never shows, but says by being used: stored as it stands, so never disputed.
_SAGT = ("skrevet_sammen", "ikke_sammen_begrundelse")
# In `version`: the page showed both texts.
_VALGT = "valgt"


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

    @property
    def er_valg(self) -> bool:
        """Whether the page that was sent showed two texts to choose between."""
        return _VALGT in self._vist()

    def version_efter_gem(self) -> str:
        """What `version` holds when the page stays and its values are saved.

        A field that was left alone still shows what it did, also when another changed it.
        """
        sendt = {felt: aftryk.aftryk(v) for felt, v in self._sendt(tuple(self.gemt())).items()}
        return aftryk.skriv(self._vist() | sendt)

    def rettelser(self, *, er_bekraeftet: bool) -> tuple[Rettelse | None, Rettelse | None]:
        """What was changed in section and head; `None` for a part left as it was shown.

        What is written here is written together. So is a text that stood here already, once the
        citizen has read it and gone on (`er_bekraeftet`).
        """
        afsnit, hoved = self._aendret(_AFSNIT), self._aendret(("maal",))
        vist = self._vist()
        if afsnit or (er_bekraeftet and self.cleaned_data["egne_ord"]):
            raekke = self.linje.afsnit
            afsnit |= {
                "skrevet_sammen": ForberedendeAfsnit.Sammen.JA,
                "ikke_sammen_begrundelse": "",
            }
            vist |= {felt: aftryk.aftryk(getattr(raekke, felt)) for felt in _SAGT}
        return (
            Rettelse(afsnit, vist=vist) if afsnit else None,
            Rettelse(hoved, vist=vist) if hoved else None,
        )

    def omstridte(self) -> dict[str, str]:
        """The stored texts of the fields that both have changed since the page was shown."""
        vist, gemt = self._vist(), self.gemt()
        return {
            felt: gemt[felt]
            for felt, mit in self._aendret(tuple(gemt)).items()
            if gemt[felt] != mit and aftryk.aftryk(gemt[felt]) != vist.get(felt)
        }

    def til_valg(self) -> None:
        """Show what is stored beside ours: what we left alone is renewed, our own text stays.

        Its next save is a choice made with both texts in sight.
        """
        data = {felt: self.data.get(felt, "") for felt in self.fields}
        data |= {f: v for f, v in self.gemt().items() if not self._aendret((f,))}
        data["version"] = f"{self.gemt_version()},{_VALGT}.1"
        self.data = data

    def _vist(self) -> dict[str, str]:
        return aftryk.laes(self.cleaned_data["version"])

    def _sendt(self, felter: tuple[str, ...]) -> dict[str, Any]:
        """The values that came; a field that was not sent has not been emptied."""
        return {
            f: self.cleaned_data[f] for f in felter if f in self.cleaned_data and f in self.data
        }

    def _aendret(self, felter: tuple[str, ...]) -> dict[str, Any]:
        """The values that are others than the page showed."""
        vist = self._vist()
        return {f: v for f, v in self._sendt(felter).items() if aftryk.aftryk(v) != vist.get(f)}
