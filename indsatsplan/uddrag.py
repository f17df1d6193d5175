"""How this floor's rows are told in an archive, and what a granted forløb must hold."""

from borgere.models import Sag
from borgere.uddrag.beskrivelser import Raekke, beskriv, fuldstaendighed
from indsatsplan.models import Fritagelse, Indsats, Indsatsfravaer, Praktik, Ressourceforloeb
from rehabilitering.models import Afgoerelse, Udfald
from ressource.dansk import dato


def _plan(raekke: Raekke, _sag: Sag) -> str:
    tilstand = "" if raekke["godkendt_den"] else ", kladde"
    return f"Indsatsplan, version {raekke['nr']}{tilstand}"


def _indsats(raekke: Raekke, _sag: Sag) -> str:
    return f"Indsats ({Indsats.Status(raekke['status']).label}): {raekke['beskrivelse']}"


def _maal(raekke: Raekke, _sag: Sag) -> str:
    return f"Mål nr. {raekke['rang']}: {raekke['tekst']}"


def _delmaal(raekke: Raekke, _sag: Sag) -> str:
    return f"Delmål: {raekke['tekst']}"


def _trin(raekke: Raekke, _sag: Sag) -> str:
    return f"Trin: {raekke['dage_pr_uge']} dage om ugen, {raekke['timer_pr_dag']} timer om dagen"


def _fravaer(raekke: Raekke, _sag: Sag) -> str:
    return f"Fravær: {Indsatsfravaer.Art(raekke['art']).label}"


def _fritagelse(raekke: Raekke, _sag: Sag) -> str:
    return f"Borgeren er {Fritagelse.Art(raekke['art']).label}"


def _praktik(raekke: Raekke, _sag: Sag) -> str:
    return f"Praktik, {Praktik.Formaal(raekke['formaal_art']).label}"


def registrer() -> None:
    """Called once, by the app's `ready`."""
    beskriv(
        "indsatsplan.Indsatsplan",
        datoer=("godkendt_dato", "oprettet_den"),
        titel=_plan,
        skjul=("nr",),
    )
    beskriv(
        "indsatsplan.Indsats",
        datoer=("faktisk_start", "planlagt_start"),
        titel=_indsats,
        skjul=("beskrivelse", "status"),
    )
    beskriv("indsatsplan.Maal", titel=_maal, skjul=("rang", "tekst"))
    beskriv("indsatsplan.Plansvar", datoer=("indsat_den",))
    beskriv("indsatsplan.Delmaal", titel=_delmaal, skjul=("tekst",))
    beskriv("indsatsplan.Indsatspause", datoer=("fra_dato",))
    beskriv("indsatsplan.Indsatstrin", datoer=("fra_dato",), titel=_trin)
    beskriv("indsatsplan.FaktiskTimetal", datoer=("fra_dato",))
    beskriv("indsatsplan.Indsatsfravaer", datoer=("fra_dato",), titel=_fravaer, skjul=("art",))
    beskriv("indsatsplan.Praktik", titel=_praktik, skjul=("formaal_art",))
    beskriv("indsatsplan.Fritagelse", datoer=("fra_dato",), titel=_fritagelse, skjul=("art",))
    beskriv("indsatsplan.Genforelaeggelse", datoer=("oprettet_den",))
    beskriv("indsatsplan.Linjeforklaring", datoer=("noteret_den",))
    fuldstaendighed(mangler)


def mangler(sag: Sag) -> list[str]:
    """A granted forløb without a beginning, and one without an approved plan."""
    bevilgede = Afgoerelse.objects.filter(
        sag=sag, udfald=Udfald.RESSOURCEFORLOEB, afsluttet_den__isnull=False, forloeb=None
    ).exclude(erstatter__isnull=False, sag__forloeb__isnull=False)
    fundne = [
        f"Der er intet ressourceforløb efter afgørelsen {dato(a.afgoerelse_dato)}."
        for a in bevilgede
        if a.afgoerelse_dato
    ]
    forloeb = Ressourceforloeb.objects.filter(sag=sag).exclude(planer__godkendt_den__isnull=False)
    fundne += [
        f"Ressourceforløbet fra {dato(f.start_dato)} har ingen godkendt indsatsplan."
        for f in forloeb
    ]
    return fundne
