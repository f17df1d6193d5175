"""Who stands in for whom."""

from typing import Any

from django import forms

from borgere.forms.sag import navn_og_titel
from borgere.services.stedfortraeder import mulige_vikarer
from ressource.forms import DatoFelt, ResHelper, raekke
from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation, Rolle


class StedfortraederForm(forms.Form):
    """The deputy and the days; a teamleder also chooses for whom, among the team's people."""

    vikar = forms.ModelChoiceField(
        label="Vikar", queryset=Bruger.objects.none(), empty_label="Vælg"
    )
    fra_dato = DatoFelt(label="Fra", initial=i_dag)
    til_dato = DatoFelt(label="Til og med")

    def __init__(self, *args: Any, bruger: Bruger, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bruger = bruger
        vikar: Any = self.fields["vikar"]
        vikar.label_from_instance = navn_og_titel
        vikar.queryset = mulige_vikarer(bruger).order_by("navn")
        layout = [raekke(vikar=6), raekke(fra_dato=3, til_dato=3)]
        if bruger.har_rolle(Rolle.TEAMLEDER) and bruger.team_id is not None:
            kolleger = Bruger.objects.filter(is_active=True, organisation=Organisation.KOMMUNE)
            # Which roles must be shared depends on whom it is for; the service judges.
            vikar.queryset = kolleger.order_by("navn")
            for_bruger: Any = forms.ModelChoiceField(
                label="For",
                queryset=kolleger.filter(team=bruger.team_id).order_by("navn"),
                initial=bruger.pk,
                empty_label="Vælg",
            )
            for_bruger.label_from_instance = navn_og_titel
            self.fields["for_bruger"] = for_bruger
            layout[0] = raekke(for_bruger=6, vikar=6)
        self.helper = ResHelper(*layout)

    def for_bruger(self) -> Bruger:
        """Whom the deputy is for: oneself, unless a teamleder chose."""
        valgt: Bruger = self.cleaned_data.get("for_bruger") or self.bruger
        return valgt
