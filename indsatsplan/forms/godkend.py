"""The form with which a plan is approved together with the citizen."""

from typing import Any

from django import forms

from indsatsplan.models import Indsatsplan
from ressource.forms import ResHelper, tekstomraade, valg


class GodkendForm(forms.Form):
    """What the citizen says of the plan on the screen: `plan` is its version, not «the newest».

    `aftryk` is the fingerprint of the goals and efforts that were read through together. Without a
    mentor in the plan (`har_mentor`) it asks why.
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

    uden_mentor_begrundelse = forms.CharField(
        label="Hvorfor er der ingen mentor?",
        help_text="Mentor er det almindelige. Tilføj en i planen, eller skriv, hvorfor ikke.",
        max_length=250,
        widget=tekstomraade(2),
        error_messages={
            "required": "Planen har ingen mentor. Tilføj en mentor i planen, eller skriv, hvorfor ikke."
        },
    )

    def __init__(self, *args: Any, har_mentor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vist = ["plan", "aftryk", "borger_enig", "uenig_tekst", "uden_mentor_begrundelse"]
        if har_mentor:
            del self.fields["uden_mentor_begrundelse"]
            vist.remove("uden_mentor_begrundelse")
        self.helper = ResHelper(*vist)
