"""What kind of archive is ordered."""

from typing import Any

from django import forms

from borgere.models import Uddrag
from ressource.forms import ResHelper, valg


class UddragForm(forms.Form):
    """The whole case file, or everything about the citizen."""

    art = valg(
        label="Hvad skal uddraget bruges til",
        choices=(
            (Uddrag.Art.SAGSMAPPE, "Hele sagen: aktindsigt eller klagesag"),
            (Uddrag.Art.INDSIGT, "Indsigt: alt om borgeren (GDPR artikel 15)"),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("art")
