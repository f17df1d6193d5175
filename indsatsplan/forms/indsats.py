"""Forms of one effort. Rules that need the forløb are the services'."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.db.models import Q

from indsatsplan.forms.panel import MedPanel
from indsatsplan.models import Indsats, Ressourceforloeb
from rehabilitering.models import Indsatstype, Indstillingslinje, Omraade
from ressource.forms import DatoFelt, DecimalFelt, ResHelper, raekke, tekstomraade
from ressource.kalender import i_dag
from ressource.samtidighed import laasefelt

HVAD_SKAL_DET_FOERE_TIL = "Skriv, hvad indsatsen skal føre til."
# Sends what is typed without saving it; the page comes back with what the catalogue says of the type.
UDFYLD = (
    '<p class="form-group"><button class="button button-secondary lille" type="submit" '
    'name="udfyld" value="1">Udfyld efter typen</button></p>'
)


def _typer() -> list[tuple[str, list[tuple[int, str]]]]:
    """The catalogue's selectable kinds, by area."""
    grupper: dict[str, list[tuple[int, str]]] = {str(o.label): [] for o in Omraade}
    for indsatstype in Indsatstype.objects.filter(er_aktiv=True):
        grupper[Omraade(indsatstype.omraade).label].append((indsatstype.pk, indsatstype.navn))
    return [("", [("", "Vælg type")]), *grupper.items()]  # type: ignore[list-item]


class IndsatsForm(MedPanel, forms.ModelForm[Indsats]):
    """A planned effort. `forloeb` decides which goals and lines there are to choose from."""

    planlagt_start = DatoFelt(label="Planlagt start")
    planlagt_slut = DatoFelt(label="Planlagt slut", required=False)
    timer_pr_uge = DecimalFelt(
        label="Timer om ugen",
        required=False,
        max_digits=4,
        decimal_places=1,
        min_value=0,
        # As many as `faktisktimetal_muligt` lets anybody have worked.
        max_value=84,
    )
    begyndt = DatoFelt(
        label="Begyndte den",
        required=False,
        help_text="dd.mm.åååå. Skrives, hvis den allerede er i gang.",
    )
    laas = laasefelt()

    class Meta:
        model = Indsats
        fields = (
            "indsatstype",
            "beskrivelse",
            "maal",
            "formaal",
            "linje",
            "tilfoejet_begrundelse",
            "planlagt_start",
            "planlagt_slut",
            "timer_pr_uge",
            "ansvarlig",
            "leverandoer",
            "skaanehensyn",
            "opgaver",
            "er_skitse",
        )
        widgets = {"skaanehensyn": tekstomraade(2), "opgaver": tekstomraade(2)}
        labels = {
            "indsatstype": "Type",
            "formaal": "Formål",
            "linje": "Linje i indstillingen",
            "tilfoejet_begrundelse": "Hvorfor er den tilføjet?",
            "maal": "Hører til målet",
            "leverandoer": "Hos",
            "opgaver": "Mentors opgaver",
        }
        help_texts = {
            "beskrivelse": "Det, I kalder den, fx «Praktik i byggecentret».",
            "formaal": "Hvad skal den føre til? Kort, så borgeren kan genkende det.",
            "tilfoejet_begrundelse": "Skrives, når indsatsen ikke står i indstillingen.",
            "ansvarlig": "Den, der sørger for, at det sker.",
            "leverandoer": "Fx centret, skolen eller foreningen.",
            "skaanehensyn": "Det, der skal tages hensyn til. Ingen diagnoser.",
            "opgaver": "Skrives, når indsatsen er mentor.",
        }
        error_messages = {
            "formaal": {"required": HVAD_SKAL_DET_FOERE_TIL},
            "maal": {"required": "Vælg det mål, indsatsen hører til."},
            "indsatstype": {"required": "Vælg en type."},
            "ansvarlig": {"required": "Skriv, hvem der sørger for, at det sker."},
        }

    def __init__(self, *args: Any, forloeb: Ressourceforloeb, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felter: dict[str, Any] = self.fields
        maal = felter["maal"]
        maal.queryset = forloeb.maal.gaeldende()
        maal.empty_label = "Vælg mål"
        maal.label_from_instance = lambda m: f"{m.rang}. {m.tekst}"
        linje = felter["linje"]
        # One taken out by a correction stays with the effort that carries it out.
        linje.queryset = Indstillingslinje.objects.filter(
            Q(fjernet_den=None) | Q(pk=self.instance.linje_id), indstilling=forloeb.indstilling_id
        ).select_related("indsatstype")
        linje.empty_label = "Ingen, den er tilføjet"
        linje.label_from_instance = linjetekst
        felter["indsatstype"].queryset = Indsatstype.objects.filter(
            Q(er_aktiv=True) | Q(pk=self.instance.indsatstype_id)
        )
        felter["indsatstype"].choices = _med_nuvaerende(_typer(), self.instance)
        felter["er_skitse"].label = "Skitse: ligger mere end tre måneder fremme"
        felter["laas"].initial = self.instance.laas
        if self.instance.pk:
            del felter["begyndt"]
            sidste = raekke(leverandoer=4, skaanehensyn=4, opgaver=4)
        else:
            sidste = raekke(begyndt=3, leverandoer=3, skaanehensyn=3, opgaver=3)
        self.helper = ResHelper(
            "laas",
            raekke(indsatstype=4, beskrivelse=8),
            HTML(UDFYLD),
            raekke(maal=6, formaal=6),
            raekke(linje=6, tilfoejet_begrundelse=6),
            raekke(planlagt_start=3, planlagt_slut=3, timer_pr_uge=2, ansvarlig=4),
            sidste,
            "er_skitse",
        )


def _med_nuvaerende(
    grupper: Iterable[tuple[str, list[tuple[int, str]]]], indsats: Indsats
) -> list[tuple[str, list[tuple[int, str]]]]:
    """The choices, and the effort's own kind when it can no longer be chosen."""
    alle = list(grupper)
    if indsats.pk and not any(indsats.indsatstype_id == pk for _, valg in alle for pk, _ in valg):
        alle.append(("Kan ikke vælges mere", [(indsats.indsatstype_id, indsats.indsatstype.navn)]))
    return alle


def linjetekst(linje: Indstillingslinje) -> str:
    """`Linje 2: Mentor`."""
    return f"Linje {linje.nr}: {linje.beskrivelse or linje.indsatstype.navn}"


class DatoForm(forms.Form):
    """The day something actually happened; today unless another is typed."""

    dato = DatoFelt()

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"dato": i_dag()})
        super().__init__(*args, **kwargs)
        self.fields["dato"].label = label
        self.helper = ResHelper("dato")
