"""A form that knows, by fingerprints, which of its values the writer has changed.

Beside each field stands a hidden one with the fingerprint of what the page showed in it. So two who
write in different fields of one page never meet (`rehabilitering.rettelse`).
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from rehabilitering import aftryk
from rehabilitering.rettelse import Rettelse


class VistForm(forms.Form):
    """Nothing is required in a draft; each field that is right is saved, whatever the others are."""

    def __init__(self, data: Any = None, *, gemte: Mapping[str, Any], **kwargs: Any) -> None:
        self.gemte = {felt: gemte[felt] for felt in self.base_fields if felt in gemte}
        kwargs["initial"] = {felt: self.som_vist(felt, v) for felt, v in self.gemte.items()}
        super().__init__(data, **kwargs)

    def som_vist(self, felt: str, vaerdi: Any) -> Any:
        """A stored value as the field shows it."""
        return str(vaerdi.pk) if hasattr(vaerdi, "pk") else vaerdi

    def clean(self) -> dict[str, Any]:
        """Line ends as they are stored."""
        return {felt: aftryk.ren(vaerdi) for felt, vaerdi in (super().clean() or {}).items()}

    def versionsnavn(self, felt: str) -> str:
        """The name of the hidden field beside `felt`."""
        return f"{self.add_prefix(felt)}-version"

    def rettelse(self) -> Rettelse | None:
        """What the writer changed, of the values that can be saved; `None` for nothing."""
        self.is_valid()
        vist = {
            felt: self.data[self.versionsnavn(felt)]
            for felt in self.gemte
            if self.versionsnavn(felt) in self.data
        }
        aendret = {
            felt: vaerdi
            for felt, vaerdi in self.cleaned_data.items()
            if felt in self.gemte
            and self.add_prefix(felt) in self.data
            and aftryk.aftryk(vaerdi) != vist.get(felt)
        }
        return Rettelse(aendret, vist=vist) if aendret else None

    def versioner(self) -> list[tuple[str, str]]:
        """Names and values of the hidden fields: of what is stored, where that is what it shows.

        A field with something that is not stored keeps the fingerprint it was written on.
        """
        return [(self.versionsnavn(felt), self._version(felt)) for felt in self.gemte]

    def nye_versioner(self) -> list[tuple[str, str]]:
        """Those of `versioner` that a page which was sent does not hold already."""
        return [(navn, v) for navn, v in self.versioner() if self.data.get(navn) != v]

    def ugemte(self) -> list[str]:
        """Names of the fields that show something else than what is stored."""
        return [self.add_prefix(felt) for felt in self.gemte if not self._viser_gemt(felt)]

    def _version(self, felt: str) -> str:
        gemt = aftryk.aftryk(self.gemte[felt])
        viser_gemt = self._viser_gemt(felt)
        return gemt if viser_gemt else self.data.get(self.versionsnavn(felt), gemt)

    def _viser_gemt(self, felt: str) -> bool:
        if not self.is_bound or self.add_prefix(felt) not in self.data:
            return True
        self.is_valid()
        gemt = aftryk.aftryk(self.gemte[felt])
        return felt in self.cleaned_data and aftryk.aftryk(self.cleaned_data[felt]) == gemt

    def vaerdier(self) -> list[tuple[str, str, str]]:
        """Every field's name, stored value as the browser holds it, and fingerprint."""
        return [
            (self.add_prefix(felt), self.som_sendt(felt), aftryk.aftryk(self.gemte[felt]))
            for felt in self.gemte
        ]

    def som_sendt(self, felt: str) -> str:
        """The stored value as the browser would send it."""
        vist = self.som_vist(felt, self.gemte[felt])
        formateret = self.fields[felt].widget.format_value(vist)
        if isinstance(formateret, list):
            # A choice's widget answers with the one that is chosen, in a list.
            formateret = formateret[0]
        return "" if formateret is None else str(formateret)
