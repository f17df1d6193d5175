"""Keeping one case, stopping a deletion, and changing a rule."""

from typing import Any

from django import forms

from borgere.models import Bevaringsregel
from ressource.forms import DatoFelt, ResHelper, raekke
from ressource.kalender import i_dag


class BevarForm(forms.Form):
    """Why a case is kept."""

    grund = forms.CharField(label="Hvorfor skal sagen bevares", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("grund")


class StandsForm(forms.Form):
    """Why a deletion is stopped."""

    grund = forms.CharField(
        label="Hvorfor standses sletningen",
        max_length=200,
        help_text="Skriv ikke navn eller helbred: begrundelsen bliver stående, når sagen er slettet.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("grund")


class RegelForm(forms.ModelForm[Bevaringsregel]):
    """The next version of a rule."""

    fra = DatoFelt(label="Gælder fra", initial=i_dag)

    class Meta:
        model = Bevaringsregel
        fields = ("antal", "enhed", "varsel_dage", "undtag_foedt_den_foerste", "kilde")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(raekke(antal=3, enhed=3, fra=3), "kilde")
        if self.instance.gaelder == Bevaringsregel.Gaelder.SAG:
            self.helper = ResHelper(
                raekke(antal=3, enhed=3, fra=3), "varsel_dage", "undtag_foedt_den_foerste", "kilde"
            )
        else:
            # Only a case is warned of, and only a case is a citizen's.
            del self.fields["varsel_dage"], self.fields["undtag_foedt_den_foerste"]

    def _post_clean(self) -> None:
        """The service makes the new version and judges it; the present one is not touched here."""
