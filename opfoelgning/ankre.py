"""What set a deadline going: in words, the day it is counted from, and the page where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from borgere.models import Samtykke
from indsatsplan.models import Ressourceforloeb
from opfoelgning.models import Frist, Opfoelgningsmoede, Opgave
from rehabilitering.models import Afgoerelse, Dagsordenspunkt, Indstilling, Klage, Laegeattest
from ressource import adgang
from ressource.dansk import dato
from ressource.models import Bruger


@dataclass(frozen=True)
class Anker:
    """The event. `url` is empty for those who may not open its page."""

    tekst: str
    fra: date
    url: str = ""


def anker(frist: Frist, bruger: Bruger | None = None) -> Anker:
    """The event of `frist`, with the page behind it when `bruger` may open it. One statement."""
    tekst, fra = (find(frist) if (find := _FIND.get(frist.anker_type)) else None) or (
        frist.regel.udloeses_af,
        frist.start_dato,
    )
    return Anker(tekst, fra, _url(frist, bruger))


def _url(frist: Frist, bruger: Bruger | None) -> str:
    if bruger is None or frist.anker_type not in _SIDER:
        return ""
    side, handling, felter = _SIDER[frist.anker_type]
    if not adgang.maa(bruger, handling):
        return ""
    return reverse(side, args=[getattr(frist, felt) for felt in felter])


_SAGENS, _EGEN = ("sag_id",), ("anker_id",)
# The page, the action it takes, and what its address is made of.
_SIDER = {
    "indstilling": ("rehabilitering:sag_moede", "indstilling.se", _SAGENS),
    "dagsordenspunkt": ("rehabilitering:sag_moede", "indstilling.se", _SAGENS),
    "laegeattest": ("rehabilitering:laegeattest", "laegeattest.se", _SAGENS),
    "kvalitetssikring": ("rehabilitering:kvalitetssikring", "kvalitetssikring.se", _SAGENS),
    "afgoerelse": ("rehabilitering:afgoerelse_en", "afgoerelse.se", _EGEN),
    "klage": ("rehabilitering:klage", "klage.se", _SAGENS + _EGEN),
    "forloeb": ("indsatsplan:plan", "plan.se", _SAGENS),
    "passiv_fra": ("indsatsplan:plan", "plan.se", _SAGENS),
    "moede": ("opfoelgning:moede", "opfoelgning.se", _EGEN),
    "opgave": ("opfoelgning:opgaver", "opgave.se", _SAGENS),
    "samtykke": ("borgere:samtykker", "borger.se", _SAGENS),
}

Fundet = tuple[str, date] | None


def _indstilling(frist: Frist) -> Fundet:
    dag = _vaerdi(Indstilling, frist, "moede_dato")
    return (f"Teammøde {dato(dag)}", frist.start_dato) if dag else None


def _dagsordenspunkt(frist: Frist) -> Fundet:
    dag = _vaerdi(Dagsordenspunkt, frist, "moede__dato")
    return (
        (f"Teammøde {dato(dag)}, sat på dagsordenen {dato(frist.start_dato)}", dag) if dag else None
    )


def _laegeattest(frist: Frist) -> Fundet:
    dag = _vaerdi(Laegeattest, frist, "anmodet_dato")
    return (f"Lægeattest bestilt {dato(dag)}", dag) if dag else None


def _afgoerelse(frist: Frist) -> Fundet:
    dag = _vaerdi(Afgoerelse, frist, "modtaget_dato")
    return (f"Afgørelse modtaget {dato(dag)}", dag) if dag else None


def _klage(frist: Frist) -> Fundet:
    dag = _vaerdi(Klage, frist, "modtaget_dato")
    return (f"Klage modtaget {dato(dag)}", dag) if dag else None


def _forloeb(frist: Frist) -> Fundet:
    fundet = Ressourceforloeb.objects.filter(pk=frist.anker_id).first()
    if fundet is None:
        return None
    fra = fundet.slut_dato if frist.kode == "FORLOEB_SLUT" else fundet.start_dato
    return f"Ressourceforløb {dato(fundet.start_dato)} til {dato(fundet.slut_dato)}", fra


def _passiv(frist: Frist) -> Fundet:
    return f"Ingen indsats i gang fra {dato(frist.start_dato)}", frist.start_dato


def _moede(frist: Frist) -> Fundet:
    moede = Opfoelgningsmoede.objects.filter(pk=frist.anker_id).only("nr", "tidspunkt").first()
    if moede is None:
        return None
    dag = timezone.localdate(moede.tidspunkt)
    return f"Opfølgning nr. {moede.nr}, {dato(dag)}", frist.start_dato


def _samtykke(frist: Frist) -> Fundet:
    fundet = Samtykke.objects.filter(pk=frist.anker_id).first()
    if fundet is None:
        return None
    tekst = f"Samtykke til {fundet.get_modtager_display()}, {dato(fundet.fra_dato)}"
    return f"{tekst} til {dato(fundet.til_dato)}", fundet.til_dato


def _kvalitetssikring(frist: Frist) -> Fundet:
    return f"Sendt retur {dato(frist.start_dato)}", frist.start_dato


def _opgave(frist: Frist) -> Fundet:
    fundet = Opgave.objects.filter(pk=frist.anker_id).only("hvad", "frist_dato", "hvem").first()
    if fundet is None:
        return None
    return f"«{fundet.hvad}» ({fundet.get_hvem_display()})", fundet.frist_dato


def _vaerdi(model: Any, frist: Frist, felt: str) -> date | None:
    fundet: date | None = (
        model.objects.filter(pk=frist.anker_id).values_list(felt, flat=True).first()
    )
    return fundet


_FIND: dict[str, Callable[[Frist], Fundet]] = {
    "indstilling": _indstilling,
    "dagsordenspunkt": _dagsordenspunkt,
    "laegeattest": _laegeattest,
    "kvalitetssikring": _kvalitetssikring,
    "afgoerelse": _afgoerelse,
    "klage": _klage,
    "forloeb": _forloeb,
    "passiv_fra": _passiv,
    "moede": _moede,
    "samtykke": _samtykke,
    "opgave": _opgave,
}
