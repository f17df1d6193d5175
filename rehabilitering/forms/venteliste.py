"""Forms of the waiting list for sparring."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms

from borgere.models import Sag
from rehabilitering.forms.sparring import JA, NEJ, SagFelt, SpoergsmaalForm, sager_til_booking
from rehabilitering.forms.sparringsbooking import TidFelt, vis_tider
from rehabilitering.models import Sparringstid, Venteplads
from rehabilitering.models.sparringstid import FORBEREDELSESFASER, FORLOEBSFASER
from ressource.forms import DatoFelt, ResHelper, raekke, valg
from ressource.models import Bruger

# Nobody waits longer than this for a slot; the need has changed by then.
LAENGST = timedelta(weeks=12)


class VentelisteForm(SpoergsmaalForm):
    """A case that waits for a slot within a period, with what it will ask."""

    sag = SagFelt(Sag.objects.none(), label="Sag", empty_label="Vælg sag")
    fra_dato = DatoFelt(label="Fra")
    til_dato = DatoFelt(label="Til og med")
    tidspunkt = valg(
        label="Hvornår på dagen?",
        choices=Venteplads.Tidspunkt.choices,
        initial=Venteplads.Tidspunkt.ALLE,
    )
    med_borger = forms.TypedChoiceField(
        label="Hvem deltager?",
        coerce=JA.__eq__,
        choices=[(NEJ, "Kun jeg"), (JA, "Sammen med borgeren")],
        initial=NEJ,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, bruger: Bruger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: Any = self.fields
        felter["sag"].queryset = sager_til_booking(bruger, FORBEREDELSESFASER + FORLOEBSFASER)
        self.helper = ResHelper(
            "sag",
            raekke(fra_dato=3, til_dato=3),
            "tidspunkt",
            "med_borger",
            "spoergsmaal",
            "eget_spoergsmaal",
        )
        self.helper.vis_frivillig = False

    def clean(self) -> dict[str, Any]:
        """The period has an order and an end one can wait for."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        fra: date | None = data.get("fra_dato")
        til: date | None = data.get("til_dato")
        if fra and til and til < fra:
            self.add_error("til_dato", "Perioden slutter, før den begynder.")
        elif fra and til and til - fra > LAENGST:
            self.add_error("til_dato", "Vælg en periode på højst 12 uger.")
        return data


class TilbydForm(forms.Form):
    """Which free slot is offered to one who waits."""

    tid = TidFelt()

    def __init__(self, *args: Any, tider: Collection[Sparringstid], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vis_tider(self.fields["tid"], tider)
        self.helper = ResHelper()
