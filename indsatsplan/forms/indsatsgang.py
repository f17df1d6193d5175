"""What happened to an effort, or is changed of it: one short form each."""

from typing import Any

from django import forms

from indsatsplan.forms.panel import MedPanel
from indsatsplan.models import Indsats, Indsatspause
from ressource.forms import DatoFelt, ResHelper, raekke, valg
from ressource.kalender import i_dag
from ressource.samtidighed import laasefelt

_HVORFOR = 250


def _hvorfor(label: str, mangler: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=_HVORFOR, error_messages={"required": mangler}, **kwargs
    )


class Gangform(MedPanel, forms.Form):
    """One of them, about `indsats`."""

    def __init__(self, *args: Any, indsats: Indsats, **kwargs: Any) -> None:
        kwargs["initial"] = self.begyndelse(indsats) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.helper = ResHelper(*self.opstilling())

    def begyndelse(self, indsats: Indsats) -> dict[str, Any]:
        """What the form shows before anything is typed."""
        return {"dato": i_dag()}

    def opstilling(self) -> list[Any]:
        """The fields side by side."""
        return list(self.base_fields)


class BegyndForm(Gangform):
    """The day it began."""

    dato = DatoFelt(label="Begyndte den")

    def begyndelse(self, indsats: Indsats) -> dict[str, Any]:
        """The planned day, when that has come."""
        return {"dato": min(indsats.planlagt_start, i_dag())}


class PauseForm(Gangform):
    """A pause that goes on, or one that is over."""

    fra = DatoFelt(label="Pause fra")
    til = DatoFelt(
        label="Til og med",
        required=False,
        help_text="dd.mm.åååå. Lad feltet stå tomt, mens pausen varer.",
    )
    begrundelse = _hvorfor("Hvorfor", "Skriv, hvorfor indsatsen er på pause.")

    def begyndelse(self, indsats: Indsats) -> dict[str, Any]:
        """Today."""
        return {"fra": i_dag()}

    def opstilling(self) -> list[Any]:
        """One row."""
        return [raekke(fra=3, til=3, begrundelse=6)]


class RetPauseForm(PauseForm):
    """The days of a pause corrected; `laas` is the effort's."""

    laas = laasefelt()

    def __init__(self, *args: Any, pause: Indsatspause, **kwargs: Any) -> None:
        self._pause = pause
        super().__init__(*args, indsats=pause.indsats, **kwargs)

    def begyndelse(self, indsats: Indsats) -> dict[str, Any]:
        """As it is stored."""
        pause = self._pause
        return {
            "fra": pause.fra_dato,
            "til": pause.til_dato,
            "begrundelse": pause.begrundelse,
            "laas": indsats.laas,
        }

    def opstilling(self) -> list[Any]:
        """The lock number and one row."""
        return ["laas", *super().opstilling()]


class GenoptagForm(Gangform):
    """The first day in progress again."""

    dato = DatoFelt(label="I gang igen den")


class SlutForm(Gangform):
    """The last day, and how it ended."""

    dato = DatoFelt(label="Sidste dag")
    udfald = valg(
        label="Indsatsen er",
        choices=[("afsluttet", "Gennemført"), ("afbrudt", "Afbrudt før tid")],
        error_messages={"required": "Vælg, om indsatsen er gennemført eller afbrudt."},
    )
    begrundelse = forms.CharField(
        label="Hvorfor",
        required=False,
        max_length=_HVORFOR,
        help_text="Skrives, når indsatsen er afbrudt før tid.",
    )

    def opstilling(self) -> list[Any]:
        """The choice between the day and the reason."""
        return [raekke(dato=3), "udfald", "begrundelse"]


class BortfaldForm(Gangform):
    """Why it will not be."""

    begrundelse = _hvorfor(
        "Hvorfor bliver den ikke til noget", "Skriv, hvorfor indsatsen ikke bliver til noget."
    )


class ForlaengForm(Gangform):
    """A later planned end, and nothing else."""

    til = DatoFelt(label="Forlæng til og med")
    begrundelse = _hvorfor("Hvorfor", "Skriv, hvorfor indsatsen forlænges.")
    laas = laasefelt()

    def begyndelse(self, indsats: Indsats) -> dict[str, Any]:
        """The lock number; the day is for the user to write."""
        return {"laas": indsats.laas}

    def opstilling(self) -> list[Any]:
        """One row."""
        return ["laas", raekke(til=3, begrundelse=9)]


class GangForm(Gangform):
    """What was written of how it went, corrected."""

    start = DatoFelt(
        label="Begyndte den",
        required=False,
        help_text="dd.mm.åååå. Tom, hvis den ikke er begyndt.",
    )
    slut = DatoFelt(
        label="Sidste dag",
        required=False,
        help_text="dd.mm.åååå. Tom, hvis den er i gang.",
    )
    afbrudt = forms.BooleanField(label="Afbrudt før tid", required=False)
    slut_begrundelse = forms.CharField(label="Hvorfor stoppet", required=False, max_length=_HVORFOR)
    begrundelse = _hvorfor("Hvorfor rettes det", "Skriv, hvorfor det rettes.")
    laas = laasefelt()

    def begyndelse(self, indsats: Indsats) -> dict[str, Any]:
        """As it is stored."""
        return {
            "start": indsats.faktisk_start,
            "slut": indsats.faktisk_slut,
            "afbrudt": indsats.status == Indsats.Status.AFBRUDT,
            "slut_begrundelse": indsats.slut_begrundelse,
            "laas": indsats.laas,
        }

    def opstilling(self) -> list[Any]:
        """The days, how it ended, and why it is corrected."""
        return [
            "laas",
            raekke(start=3, slut=3, slut_begrundelse=6),
            "afbrudt",
            "begrundelse",
        ]
