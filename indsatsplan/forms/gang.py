"""Forms of how an effort goes: a planned step, the hours it came to, days away."""

from datetime import date, timedelta
from typing import Any

from django import forms

from indsatsplan.models import FaktiskTimetal, Indsats, Indsatsfravaer, Indsatstrin
from ressource import dansk
from ressource.datoer import EN_DAG
from ressource.forms import DatoFelt, DecimalFelt, ResHelper, raekke
from ressource.kalender import i_dag
from ressource.samtidighed import laasefelt

KOPIERES = ("dage_pr_uge", "timer_pr_dag", "ugedage", "opgaver", "kompleksitet", "stoette")


class TrinForm(forms.ModelForm[Indsatstrin]):
    """A planned step. A new one begins as a copy of the last, from the Monday after it or today."""

    fra_dato = DatoFelt(label="Fra")
    timer_pr_dag = DecimalFelt(
        label="Timer om dagen", max_digits=4, decimal_places=2, help_text="Fx 2,5"
    )
    laas = laasefelt()

    class Meta:
        model = Indsatstrin
        fields = (
            "fra_dato",
            "dage_pr_uge",
            "timer_pr_dag",
            "ugedage",
            "opgaver",
            "kompleksitet",
            "stoette",
            "er_skitse",
        )
        labels = {
            "dage_pr_uge": "Dage om ugen",
            "ugedage": "Hvilke dage",
            "kompleksitet": "Hvor svært",
            "er_skitse": "Skitse: ikke aftalt endnu",
        }
        help_texts = {"ugedage": "Fx «mandag og torsdag».", "dage_pr_uge": "1 til 7"}
        widgets = {"dage_pr_uge": forms.TextInput(attrs={"inputmode": "numeric"})}
        error_messages = {
            "opgaver": {"required": "Skriv, hvad opgaverne er."},
            "dage_pr_uge": {"invalid": "Skriv et helt tal fra 1 til 7."},
        }

    def __init__(self, *args: Any, indsats: Indsats, **kwargs: Any) -> None:
        if kwargs.get("instance") is None:
            kwargs["initial"] = _naeste_trin(indsats)
        super().__init__(*args, **kwargs)
        if timer := self.initial.get("timer_pr_dag"):
            self.initial["timer_pr_dag"] = dansk.timetal(timer)
        self.fields["laas"].initial = self.instance.laas
        self.helper = ResHelper(
            "laas",
            raekke(fra_dato=3, dage_pr_uge=2, timer_pr_dag=2, ugedage=5),
            raekke(opgaver=6, kompleksitet=3, stoette=3),
            "er_skitse",
        )


def _naeste_trin(indsats: Indsats) -> dict[str, Any]:
    """What the next step begins with: the last one's content, and a day that lies after it."""
    sidste = indsats.trin.gaeldende().last()
    if sidste is None:
        return {"fra_dato": indsats.faktisk_start or indsats.planlagt_start}
    fra = _mandag_efter(max(sidste.fra_dato, i_dag()))
    slut = indsats.faktisk_slut or indsats.planlagt_slut
    kopi = {navn: getattr(sidste, navn) for navn in KOPIERES}
    return kopi | {"fra_dato": fra, "er_skitse": slut is not None and fra > slut}


def _mandag_efter(dag: date) -> date:
    return dag + timedelta(days=7 - dag.weekday())


class TimetalForm(forms.ModelForm[FaktiskTimetal]):
    """Hours a week as they came to be, from a day; the first ones from the day it began."""

    fra_dato = DatoFelt(label="Fra")
    timer_pr_uge = DecimalFelt(label="Timer om ugen", max_digits=4, decimal_places=1)
    laas = laasefelt()

    class Meta:
        model = FaktiskTimetal
        fields = ("fra_dato", "timer_pr_uge", "bemaerkning")
        help_texts = {"bemaerkning": "Kort, fx «to dage i stedet for tre»."}

    def __init__(self, *args: Any, indsats: Indsats, **kwargs: Any) -> None:
        if kwargs.get("instance") is None:
            er_skrevet = indsats.faktiske_timer.gaeldende().exists()
            kwargs["initial"] = {"fra_dato": i_dag() if er_skrevet else indsats.faktisk_start}
        super().__init__(*args, **kwargs)
        self.fields["laas"].initial = self.instance.laas
        self.helper = ResHelper("laas", raekke(fra_dato=3, timer_pr_uge=3, bemaerkning=6))


class FravaerForm(forms.ModelForm[Indsatsfravaer]):
    """Days away; the last one is filled in when the citizen is back."""

    fra_dato = DatoFelt(label="Væk fra")
    til_dato = DatoFelt(
        label="Til og med", required=False, help_text="Tom, så længe fraværet varer."
    )
    laas = laasefelt()

    class Meta:
        model = Indsatsfravaer
        fields = ("art", "fra_dato", "til_dato", "bemaerkning")
        help_texts = {"bemaerkning": "Ingen oplysninger om helbred."}

    def __init__(self, *args: Any, indsats: Indsats, **kwargs: Any) -> None:
        if kwargs.get("instance") is None:
            sidste = min(i_dag(), indsats.faktisk_slut or i_dag() + EN_DAG)
            kwargs["initial"] = {"fra_dato": sidste, "art": Indsatsfravaer.Art.SYG}
        super().__init__(*args, **kwargs)
        self.fields["laas"].initial = self.instance.laas
        self.helper = ResHelper("laas", raekke(art=2, fra_dato=3, til_dato=3, bemaerkning=4))
