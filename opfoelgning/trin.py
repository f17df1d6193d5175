"""The step guide of a case: where it has been, where it is, what comes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from borgere.models import Fase
from opfoelgning.sagsfakta import Sagsfakta
from rehabilitering.models import Kvalitetssikring, Screeningsfravigelse
from ressource import dansk

# The page behind each step, and what it takes to open it.
SIDER = {
    Fase.SCREENING: ("rehabilitering:screening", "screening.se"),
    Fase.FORBEREDELSE: ("rehabilitering:forberedende_del", "forberedende_del.se"),
    Fase.KVALITETSSIKRING: ("rehabilitering:kvalitetssikring", "kvalitetssikring.se"),
    Fase.MOEDE: ("rehabilitering:sag_moede", "indstilling.se"),
    Fase.INDSTILLING: ("rehabilitering:sag_moede", "indstilling.se"),
    Fase.AFGOERELSE: ("rehabilitering:afgoerelse", "afgoerelse.se"),
    Fase.PLAN: ("indsatsplan:plan", "plan.se"),
    Fase.OPFOELGNING: ("opfoelgning:liste", "opfoelgning.se"),
}


@dataclass(frozen=True, slots=True)
class Trin:
    """One of the nine steps. `tilstand` is `faerdig`, `er-her` or `naeste`."""

    nr: int
    fase: Fase
    tilstand: str
    tekst: str

    @property
    def navn(self) -> str:
        """What the step is called."""
        return self.fase.label


def trin(fakta: Sagsfakta, naeste_frist: date | None) -> list[Trin]:
    """The nine steps with their dates. `naeste_frist` is shown at the step the case is in."""
    faser = list(Fase)
    her = faser.index(Fase(fakta.fase))
    return [_et_trin(fakta, nr, fase, her, naeste_frist) for nr, fase in enumerate(faser)]


def _et_trin(fakta: Sagsfakta, nr: int, fase: Fase, her: int, naeste_frist: date | None) -> Trin:
    naaet = _NAAET[fase](fakta)
    lukket = fakta.fase == Fase.AFSLUTNING
    if fase == Fase.AFSLUTNING and lukket:
        return Trin(nr + 1, fase, "er-her", naaet)
    if nr == her:
        frist = f"Frist {dansk.dato(naeste_frist)}" if naeste_frist else _undervejs(fakta, fase)
        return Trin(nr + 1, fase, "er-her", frist)
    # A case can end early: then steps without a date were never reached.
    if nr < her and (naaet or not lukket):
        return Trin(nr + 1, fase, "faerdig", naaet)
    return Trin(nr + 1, fase, "naeste", "Ikke nået" if lukket else _paa_vej(fakta, fase))


def _dato(vaerdi: date | datetime | None) -> str:
    return dansk.dato(vaerdi) if vaerdi else ""


def _screenet(fakta: Sagsfakta) -> str:
    """The day it was decided, or that the teamleder let the case go on without."""
    fraveget = fakta.screening_fravigelse == Screeningsfravigelse.Resultat.GODKENDT
    return "Fraveget" if fraveget else _dato(fakta.screening_afgjort)


def _kvalitetssikret(fakta: Sagsfakta) -> str:
    godkendt = fakta.ks_resultat == Kvalitetssikring.Resultat.GODKENDT
    return _dato(fakta.ks_afgjort) if godkendt else ""


_NAAET: dict[Fase, Callable[[Sagsfakta], str]] = {
    Fase.SCREENING: _screenet,
    Fase.FORBEREDELSE: lambda f: _dato(f.ks_indsendt),
    Fase.KVALITETSSIKRING: _kvalitetssikret,
    Fase.MOEDE: lambda f: _dato(f.indstilling_moede_dato),
    Fase.INDSTILLING: lambda f: _dato(f.indstilling_afsluttet),
    Fase.AFGOERELSE: lambda f: _dato(f.afgoerelse_dato),
    Fase.PLAN: lambda f: _dato(f.plan_godkendt),
    Fase.OPFOELGNING: lambda f: f"{f.antal_holdt} holdt" if f.antal_holdt else "",
    Fase.AFSLUTNING: lambda f: _dato(f.afsluttet_dato),
}


def _undervejs(fakta: Sagsfakta, fase: Fase) -> str:
    if fase == Fase.MOEDE and fakta.teammoede_dato:
        return f"Møde {dansk.dato(fakta.teammoede_dato)}"
    if fase == Fase.OPFOELGNING and fakta.antal_holdt:
        return f"{fakta.antal_holdt} holdt"
    return "I gang"


def _paa_vej(fakta: Sagsfakta, fase: Fase) -> str:
    if fase == Fase.OPFOELGNING:
        return "3 måneder ad gangen"
    if fase == Fase.AFSLUTNING and fakta.forloeb_slut:
        return f"Senest {dansk.dato(fakta.forloeb_slut)}"
    return ""
