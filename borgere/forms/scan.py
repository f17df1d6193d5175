"""The signed sheet: a file that is uploaded now, or one that lies on the case already."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from borgere.models import Dokument, Sag
from borgere.services.samtykke import Scan
from ressource.filtype import Filtype, kontroller_upload
from ressource.forms import filfelt

ACCEPT = f"{Filtype.PDF},{Filtype.PNG},{Filtype.JPEG}"


class ScanForm(forms.Form):
    """Base of forms with a scan; `art` is the kind of document that may be chosen.

    A valid form gives it by `scannet()`.
    """

    scan_art: Dokument.Art

    fil = filfelt(
        label="Scanning eller foto",
        accept=ACCEPT,
        required=False,
        help_text="PDF eller billede af det underskrevne.",
    )
    scan = forms.ModelChoiceField(
        label="Eller et dokument på sagen",
        queryset=Dokument.objects.none(),
        required=False,
        empty_label="Intet",
    )

    def __init__(self, *args: Any, sag: Sag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["scan"]
        felt.queryset = sag.dokumenter.filter(art=self.scan_art).defer("indhold")
        felt.label_from_instance = lambda d: f"{d.titel}, {d.dato:%d.%m.%Y}"

    def clean_fil(self) -> Any:
        fil = self.cleaned_data["fil"]
        if fil:
            self.cleaned_data["indholdstype"] = kontroller_upload(fil)
        return fil

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("fil") and data.get("scan"):
            self.add_error("scan", ValidationError("Vælg enten en fil eller et dokument."))
        return data

    def scannet(self) -> Dokument | Scan | None:
        """What a valid form holds, taken out of its `cleaned_data`."""
        fil, valgt = self.cleaned_data.pop("fil"), self.cleaned_data.pop("scan")
        indholdstype = self.cleaned_data.pop("indholdstype", "")
        if not fil:
            dokument: Dokument | None = valgt
            return dokument
        return Scan(fil.read(), indholdstype)
