"""How this floor's own tables are told, what of them is about others, and what a case must hold."""

from borgere.models import Sag, Tildeling
from borgere.uddrag.beskrivelser import Raekke, beskriv, fuldstaendighed, udelad_om_andre


def _notat(raekke: Raekke, _sag: Sag) -> str:
    delt = "delt med borgeren" if raekke["er_delt"] else "internt"
    rettelse = "rettelse af et notat, " if raekke["retter_id"] else ""
    return f"Journalnotat ({rettelse}{delt}): {raekke['overskrift']}"


def _dokument(raekke: Raekke, _sag: Sag) -> str:
    return f"Dokument: {raekke['titel']}"


def _tildeling(raekke: Raekke, _sag: Sag) -> str:
    return f"I sagskredsen: {Tildeling.Art(raekke['art']).label}"


def _netvaerk(raekke: Raekke, _sag: Sag) -> str:
    return f"Netværksperson: {raekke['navn']}, {raekke['relation']}"


def registrer() -> None:
    """Called once, by the app's `ready`."""
    beskriv("borgere.Journalnotat", datoer=("dato",), titel=_notat, skjul=("overskrift", "er_delt"))
    beskriv("borgere.Dokument", datoer=("dato",), titel=_dokument, skjul=("titel", "indholdstype"))
    beskriv("borgere.Tildeling", datoer=("fra_dato",), titel=_tildeling, skjul=("art", "fra_dato"))
    beskriv("borgere.Netvaerksperson", titel=_netvaerk, skjul=("navn", "relation"))
    beskriv("borgere.Uddrag", skjul=("fremdrift", "trin", "forsoeg"))
    beskriv("borgere.Sag", datoer=("oprettet_dato",))
    beskriv("borgere.Huskeseddel", datoer=("oprettet_den",))
    udelad_om_andre("borgere.Netvaerksperson", "telefon", "barrierer", "holdning")
    udelad_om_andre("borgere.Bisidder", "telefon")
    udelad_om_andre("borgere.Fuldmagt", "telefon", "email", "adresse", "postnummer", "by")
    # Why a member of staff keeps away is that member's; who has looked is not told by name.
    udelad_om_andre("borgere.Inhabilitet", "begrundelse", "bruger_id")
    udelad_om_andre("borgere.Saerligadgang", "bruger_id", "gennemset_af_id", "gennemset_note")
    fuldstaendighed(mangler)


def mangler(sag: Sag) -> list[str]:
    """What the floor of citizens and documents misses in a case."""
    fundne = []
    if not sag.borger.personnumre.exists():
        fundne.append("Borgeren er registreret uden personnummer.")
    if not sag.tildelinger.ansvarlige().exists():
        fundne.append("Sagen har aldrig haft en ansvarlig sagsbehandler.")
    if not sag.notater.exists():
        fundne.append("Der er ingen notater i journalen (notatpligt, offentlighedsloven § 13).")
    if sag.er_afsluttet and not sag.afslutningsbemaerkning:
        fundne.append("Sagen er afsluttet uden bemærkning.")
    return fundne
