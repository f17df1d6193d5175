"""Forms of the drejebog and of the agreement about the meeting."""

from collections.abc import Sequence
from typing import Any

from django import forms

from rehabilitering.drejebog import Linje
from rehabilitering.models import Flueben, Moedeforberedelse
from rehabilitering.services.moedeforberedelse import FELTER
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import laasefelt

_INITIALER = Flueben._meta.get_field("initialer").max_length


def initialer(bruger: Bruger) -> str:
    """The first letter of each of the user's names, as many as there is room for."""
    return "".join(navn[0] for navn in bruger.navn.split())[:_INITIALER].upper()


class FluebenForm(forms.Form):
    """Tick some of the points that are left; the page draws the boxes beside their points."""

    punkter = forms.MultipleChoiceField(label="Det har vi gjort")
    dato = DatoFelt(label="Gjort den")
    initialer = forms.CharField(label="Initialer", max_length=_INITIALER)

    def __init__(self, *args: Any, linjer: Sequence[Linje], bruger: Bruger, **kwargs: Any) -> None:
        standard = {"dato": i_dag(), "initialer": initialer(bruger)}
        super().__init__(*args, **{"initial": standard} | kwargs)
        mangler = [linje.punkt for linje in linjer if linje.flueben is None]
        self.fields["punkter"].choices = [(p.kode, p.tekst) for p in mangler]  # type: ignore[attr-defined]
        self.fields["punkter"].error_messages = {
            "required": "Sæt flueben ved det, I har gjort.",
            "invalid_choice": "Drejebogen er ændret imens. Se listen igen, og sæt fluebenet.",
        }
        self.helper = ResHelper(raekke(dato=3, initialer=3))


class MoedeforberedelseForm(forms.ModelForm[Moedeforberedelse]):
    """What is agreed about the meeting, of the version that was shown."""

    laas = laasefelt()

    class Meta:
        model = Moedeforberedelse
        fields = FELTER
        labels = {
            "fortaeller_selv": "Det fortæller borgeren selv",
            "hjaelp_til": "Det hjælper sagsbehandleren med",
            "kommer_med": "Hvem kommer med?",
            "hentes_af": "Hvem henter borgeren?",
            "venter_hvor": "Hvor venter borgeren?",
            "ventetid": "Hvor længe er ventetiden?",
            "saerlige_behov": "Særlige behov",
            "kontaktperson": "Kontaktperson på dagen",
        }
        help_texts = {
            "fortaeller_selv": "Hvad er vigtigt for borgeren at få sagt?",
            "kommer_med": "Pårørende, bisidder eller andre",
            "hentes_af": "Navn, eller hvem det plejer at være",
            "venter_hvor": "For eksempel: i receptionen på rådhuset",
            "ventetid": "For eksempel: højst et kvarter",
            "saerlige_behov": "Adgang til lokalet, pauser, hørelse, andet",
            "kontaktperson": "Navn og telefon. Ellers står sagsbehandleren i pakken",
        }
        widgets = {
            "fortaeller_selv": tekstomraade(4),
            "hjaelp_til": tekstomraade(4),
            "kommer_med": tekstomraade(2),
            "saerlige_behov": tekstomraade(2),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["laas"] = self.instance.laas
        self.helper = ResHelper(
            "laas",
            "fortaeller_selv",
            "hjaelp_til",
            "kommer_med",
            raekke(venter_hvor=6, hentes_af=6),
            raekke(ventetid=6, kontaktperson=6),
            "saerlige_behov",
        )
        # Nothing here must be filled, so nothing says that it may be left.
        self.helper.vis_frivillig = False
