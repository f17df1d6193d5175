"""How deadlines and meetings are put in words and badges, the same on every page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from opfoelgning.models import Frist, Tilstand
from opfoelgning.sagsfakta import Sagsfakta
from ressource import dansk


@dataclass(frozen=True, slots=True)
class Status:
    """A badge: its kind (`{% maerke %}`) and its words."""

    slags: str
    tekst: str


def fristens_status(forfald: date, varsel: date, dato: date) -> Status:
    """The badge of an open deadline on `dato`."""
    ord_ = dansk.om_dage(forfald, dato)
    if forfald < dato:
        return Status("overskredet", ord_)
    if forfald == dato:
        return Status("idag", ord_)
    return Status("varslet" if varsel <= dato else "ren", ord_)


def i_ord(forfald: date | None, dato: date) -> str:
    """`4 dage over`, `Om 3 dage`; empty without a deadline."""
    return dansk.om_dage(forfald, dato) if forfald else ""


def status(frist: Frist, dato: date) -> Status:
    """The badge of any deadline on `dato`. Needs `regel`."""
    tilstand = frist.tilstand(dato)
    if tilstand == Tilstand.UDLOEBET:
        return Status("ren", "Udløbet")
    if tilstand == Tilstand.BORTFALDET:
        return Status("ren", "Bortfaldet")
    if frist.opfyldt_dato is not None:
        sent = ", for sent" if tilstand == Tilstand.OPFYLDT_SENT else ""
        return Status("ok", f"Opfyldt {dansk.dato(frist.opfyldt_dato)}{sent}")
    return fristens_status(frist.forfald_dato, frist.varsel_dato, dato)


def teamlederen_ser_den(frist: Frist) -> date | None:
    """The first day a deadline still open is passed up; None for a rule that never is. Needs `regel`."""
    efter = frist.regel.eskalering_dage
    if efter is None or frist.regel.udloeber:
        return None
    # The due date itself is in time.
    return frist.forfald_dato + timedelta(days=max(efter, 1))


def om_tidspunkt(tidspunkt: datetime, dato: date) -> str:
    """`i dag kl. 13.00`, `09.12.2025 kl. 9.00`."""
    if timezone.localdate(tidspunkt) == dato:
        return f"i dag kl. {dansk.klokkeslaet(tidspunkt)}"
    return dansk.tidspunkt(tidspunkt)


def sidst(fakta: Sagsfakta, dato: date) -> str:
    """The latest meeting with the citizen: `Opfølgning 19.11.2025`, `Teammøde 14.11.2025`."""
    teammoede = fakta.indstilling_moede_dato
    if fakta.sidst_holdt and (teammoede is None or fakta.sidst_holdt >= teammoede):
        return f"Opfølgning {dansk.dato(fakta.sidst_holdt)}"
    if teammoede and teammoede <= dato:
        return f"Teammøde {dansk.dato(teammoede)}"
    return "Intet møde endnu"


def naeste(fakta: Sagsfakta, moede: datetime | None, dato: date) -> str:
    """The next appointment: `Næste: i dag kl. 13.00`, or `Ingen næste aftale`."""
    kommende: list[tuple[date, str]] = []
    if moede is not None:
        kommende.append((timezone.localdate(moede), om_tidspunkt(moede, dato)))
    if fakta.teammoede_dato and fakta.teammoede_dato >= dato:
        kommende.append((fakta.teammoede_dato, f"teammøde {dansk.dato(fakta.teammoede_dato)}"))
    if fakta.naeste_sparring:
        dag = timezone.localdate(fakta.naeste_sparring)
        kommende.append((dag, f"sparring {om_tidspunkt(fakta.naeste_sparring, dato)}"))
    return f"Næste: {min(kommende)[1]}" if kommende else "Ingen næste aftale"


def hilsen() -> str:
    """The greeting of the hour in Denmark."""
    time = timezone.localtime().hour
    return "God morgen" if time < 10 else "Goddag" if time < 18 else "God aften"
