"""What is typed about the logistikplan and a case's tasks."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError

from opfoelgning.models import Eftermoede, Hvem, Logistiktrin, Opgave
from rehabilitering.forms.skabelon import TekstForm
from rehabilitering.models import Udfald
from ressource.datoer import tilfoej
from ressource.forms import DatoFelt, ResHelper, raekke, tekstomraade
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import laasefelt

# A line of the plan lies within this; what comes later belongs in the indsatsplan.
HOEJST_EFTER = timedelta(days=366)


def _udfaldsfelt(udfald: str) -> str:
    return f"ved_{udfald}"


class LogistiktrinForm(TekstForm):
    """A line of the logistikplan; each outcome has its own box."""

    class Meta:
        model = Logistiktrin
        fields = ("hvem", "hvad", "til_borgeren", "antal", "enhed", "paa_eftermoedet")
        labels = {
            "hvem": "Hvem",
            "hvad": "Gør hvad",
            "til_borgeren": "Sådan står der til borgeren",
            "antal": "Hvor længe efter mødet",
            "enhed": "Enhed",
            "paa_eftermoedet": "Klares på eftermødet, før borgeren går hjem",
        }
        help_texts = {
            "hvad": "Skriv det som noget, man gør: «Ring til borgeren»",
            "til_borgeren": "Korte sætninger. Står feltet tomt, er linjen ikke på borgerens papir",
            "antal": "0 er mødedagen",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trin: Any = self.instance
        for udfald in Udfald:
            self.fields[_udfaldsfelt(udfald)] = forms.BooleanField(
                label=str(udfald.label).capitalize(),
                required=False,
                initial=udfald in (trin.udfald or ()),
            )
        felter = [_udfaldsfelt(udfald) for udfald in Udfald]
        self.helper = ResHelper(
            "laas",
            raekke(hvem=4, antal=4, enhed=4),
            "hvad",
            "til_borgeren",
            "paa_eftermoedet",
            Fieldset("Ved hvilken indstilling", *felter),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a line that no outcome starts, and one too far ahead."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self._udfald():
            self.add_error(_udfaldsfelt(Udfald.RESSOURCEFORLOEB), "Vælg mindst én indstilling.")
        antal, enhed = data.get("antal"), data.get("enhed")
        if antal is not None and enhed and not _er_naer(antal, enhed):
            self.add_error("antal", "Vælg højst et år efter mødet.")
        return data

    def tekster(self) -> dict[str, Any]:
        """As typed, the outcomes as one field."""
        return super().tekster() | {"udfald": self._udfald()}

    def _udfald(self) -> list[str]:
        return [str(u) for u in Udfald if self.cleaned_data.get(_udfaldsfelt(u))]


def _er_naer(antal: int, enhed: str) -> bool:
    return antal <= HOEJST_EFTER.days and tilfoej(i_dag(), antal, enhed) <= i_dag() + HOEJST_EFTER


class OpgaveForm(forms.ModelForm[Opgave]):
    """One's own task in a case."""

    frist_dato = DatoFelt(label="Senest")

    class Meta:
        model = Opgave
        fields = ("hvad", "hvem", "frist_dato", "til_borgeren")
        labels = {
            "hvad": "Gør hvad",
            "hvem": "Hvem",
            "til_borgeren": "Sådan står der til borgeren",
        }
        help_texts = {
            "hvad": "Skriv ikke om helbred. Den, der skal gøre det, kan læse det, også en mentor",
            "til_borgeren": "Står feltet tomt, er linjen ikke på borgerens papir",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hvem"].initial = Hvem.ANSVARLIG
        self.helper = ResHelper("hvad", raekke(hvem=4, frist_dato=3), "til_borgeren")


class OpgaveRetForm(forms.Form):
    """Who does a task, and when. `kreds` is who may have it."""

    laas = laasefelt()
    bruger = forms.ModelChoiceField(
        Bruger.objects.none(),
        label="Hvem",
        required=False,
        help_text="Vælger du et navn, følger opgaven den person og ikke rollen",
    )
    frist_dato = DatoFelt(label="Senest")

    def __init__(self, *args: Any, opgave: Opgave, kreds: Iterable[Bruger], **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {"laas": opgave.laas, "bruger": opgave.bruger_id, "frist_dato": opgave.frist_dato},
        )
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["bruger"]
        felt.queryset = Bruger.objects.filter(pk__in=[b.pk for b in kreds]).order_by("navn", "pk")
        felt.empty_label = f"Den, der er {opgave.get_hvem_display()} i sagen"
        felt.label_from_instance = lambda bruger: bruger.navn
        self.helper = ResHelper("laas", raekke(bruger=6, frist_dato=3))


class BortfaldForm(forms.Form):
    """Why a task is not to be done."""

    grund = forms.CharField(label="Hvorfor skal den ikke gøres?", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("grund")

    def clean_grund(self) -> str:
        """White space is no reason."""
        grund: str = self.cleaned_data["grund"].strip()
        if not grund:
            raise ValidationError("Skriv, hvorfor opgaven falder bort.")
        return grund


class EftermoedeForm(forms.ModelForm[Eftermoede]):
    """What the citizen says right after the team meeting. `laas` is 0 before there is a row."""

    laas = laasefelt()

    class Meta:
        model = Eftermoede
        fields = ("borgerens_ord", "spoergsmaal")
        labels = {
            "borgerens_ord": "Det tager borgeren med sig fra mødet",
            "spoergsmaal": "Det vil borgeren gerne vide mere om",
        }
        help_texts = {"borgerens_ord": "Borgerens egne ord"}
        widgets = {"borgerens_ord": tekstomraade(4), "spoergsmaal": tekstomraade(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["laas"] = self.instance.laas
        self.helper = ResHelper("laas", "borgerens_ord", "spoergsmaal")
        # Nothing here must be filled, so nothing says that it may be left.
        self.helper.vis_frivillig = False
