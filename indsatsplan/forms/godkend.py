"""The form with which a plan is approved together with the citizen."""

from typing import Any

from django import forms

from indsatsplan.models import Indsatsplan
from ressource.forms import ResHelper, tekstomraade, valg


class GodkendForm(forms.Form):
    """What the citizen says of the plan on the screen: `plan` is its version, not «the newest».

    `aftryk` is the fingerprint of the goals and efforts that were read through together.
    """

    plan = forms.IntegerField(widget=forms.HiddenInput)
    aftryk = forms.CharField(widget=forms.HiddenInput)
    borger_enig = valg(
        label="Borgeren er",
        choices=[(v, t.capitalize()) for v, t in Indsatsplan.Enig.choices],
        error_messages={"required": "Vælg, om borgeren er enig."},
    )
    uenig_tekst = forms.CharField(
        label="Det er borgeren uenig i",
        help_text="Med borgerens egne ord. Skrives, når borgeren ikke er helt enig.",
        required=False,
        widget=tekstomraade(4),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("plan", "aftryk", "borger_enig", "uenig_tekst")
