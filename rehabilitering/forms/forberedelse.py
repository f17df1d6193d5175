"""The writing page of the forberedende del, and how it knows what its writer has changed."""

from typing import Any

from django import forms

from rehabilitering import aftryk
from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel, Maalart
from rehabilitering.rettelse import Rettelse
from rehabilitering.services.forberedelse import (
    AFSNIT_OENSKER,
    AFSNITSFELTER,
    HOVEDFELTER,
    Afsnitslinje,
)
from rehabilitering.services.spoergetragt import SPOERGSMAAL, Tragttrin, trin
from ressource.forms import DatoFelt, ResHelper, tekstomraade

# The head's fields, on the page of the wishes alone; the step reached is taken by its buttons.
_PAA_SIDEN = tuple(felt for felt in HOVEDFELTER if felt != "spoergetragt_niveau")
# Among the fingerprints: the page that chose between two versions says so.
_VALGT = "valgt"
_HOEJDE = {"egne_ord": 9, "beskrivelse": 9, "ikke_sammen_begrundelse": 2, "uenig": 2}


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
    tragt_job = forms.CharField(required=False, label=SPOERGSMAAL[0])
    tragt_opgaver = forms.CharField(required=False, label=SPOERGSMAAL[1])
    tragt_fritid = forms.CharField(required=False, label=SPOERGSMAAL[2])
    tragt_droemme = forms.CharField(required=False, label=SPOERGSMAAL[3])
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
        self.hovedfelter = _PAA_SIDEN if self.har_maal else ()
        kwargs["initial"] = self.gemte() | {"version": aftryk.skriv(self.gemte_aftryk())}
        super().__init__(data, **kwargs)
        for felt in set(_PAA_SIDEN) - set(self.hovedfelter):
            del self.fields[felt]
        for felt, raekker in _HOEJDE.items():
            self.fields[felt].widget = tekstomraade(raekker, **{"class": "form-input"})
        for punkt in self.tragt() if self.har_maal else ():
            aaben = tekstomraade(2, **{"class": "form-input"})
            self.fields[punkt.felt].widget = (
                aaben if punkt.stand == "aabent" else forms.HiddenInput()
            )

    def tragt(self) -> list[Tragttrin]:
        """The funnel's steps as stored."""
        return trin(self.del_)

    @property
    def tragt_er_forgaeves(self) -> bool:
        """Whether every step was asked and none gave an answer."""
        return not any(punkt.stand in {"svar", "aabent"} for punkt in self.tragt())

    def tragtpar(self) -> list[tuple[Tragttrin, forms.BoundField]]:
        """Each step with the field its answer is sent in; all but the open one's are hidden."""
        return [(punkt, self[punkt.felt]) for punkt in self.tragt()]

    def gemte(self) -> dict[str, Any]:
        """The values as stored, those this page shows."""
        return {felt: getattr(self.linje.afsnit, felt) for felt in AFSNITSFELTER} | {
            felt: getattr(self.del_, felt) for felt in self.hovedfelter
        }

    def gemte_aftryk(self) -> dict[str, str]:
        """Fingerprints of what is stored."""
        return {felt: aftryk.aftryk(vaerdi) for felt, vaerdi in self.gemte().items()}

    def vist(self) -> dict[str, str]:
        """Fingerprints of what the page that was sent had shown."""
        return aftryk.laes(self.cleaned_data["version"])

    @property
    def er_valg(self) -> bool:
        """Whether the page that was sent showed two versions to choose between."""
        return _VALGT in self.vist()

    def version_efter_gem(self) -> str:
        """What `version` holds when the page stays and its values are saved.

        A field that its writer left alone still shows what it did, also when another changed it.
        """
        vist = {felt: et_aftryk for felt, et_aftryk in self.vist().items() if felt != _VALGT}
        return aftryk.skriv(vist | self._sendte_aftryk(tuple(self.gemte())))

    def version_ved_valg(self, omstridte: set[str]) -> str:
        """What `version` holds on the page that shows what is stored in the disputed fields."""
        gemt = {f: a for f, a in self.gemte_aftryk().items() if f in omstridte}
        return aftryk.skriv(self.vist() | gemt | {_VALGT: "1"})

    def clean(self) -> dict[str, Any]:
        """Line ends as they are stored."""
        return {felt: aftryk.ren(vaerdi) for felt, vaerdi in (super().clean() or {}).items()}

    def rettelser(self) -> tuple[Rettelse | None, Rettelse | None]:
        """What the writer changed in section and head; `None` for a part left as it was shown."""
        return self._rettelse(AFSNITSFELTER), self._rettelse(self.hovedfelter)

    def _rettelse(self, felter: tuple[str, ...]) -> Rettelse | None:
        vist = self.vist()
        aendret = {
            felt: self.cleaned_data[felt]
            for felt, et_aftryk in self._sendte_aftryk(felter).items()
            if et_aftryk != vist.get(felt)
        }
        return Rettelse(aendret, vist=vist) if aendret else None

    def _sendte_aftryk(self, felter: tuple[str, ...]) -> dict[str, str]:
        """Of the values that came; a field that was not sent has not been emptied."""
        return {f: aftryk.aftryk(self.cleaned_data[f]) for f in felter if f in self.data}


class GennemgaaetForm(forms.Form):
    """When the whole part was gone through with the citizen."""

    dato = DatoFelt(label="Gennemgået den")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("dato")
