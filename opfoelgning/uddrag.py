"""How this floor's rows are told in an archive, and what the follow-up of a case must hold."""

from django.utils import timezone

from borgere.models import Sag
from borgere.uddrag.beskrivelser import Raekke, beskriv, fuldstaendighed
from opfoelgning.models import Hvem, Opfoelgningsmoede
from ressource.dansk import dato


def _moede(raekke: Raekke, _sag: Sag) -> str:
    return f"Opfølgning nr. {raekke['nr']}, {Opfoelgningsmoede.Status(raekke['status']).label}"


def _opgave(raekke: Raekke, _sag: Sag) -> str:
    return f"{Hvem(raekke['hvem']).label.capitalize()}: {raekke['hvad']}"


def registrer() -> None:
    """Called once, by the app's `ready`."""
    beskriv(
        "opfoelgning.Opfoelgningsmoede",
        datoer=("afholdt_dato", "tidspunkt"),
        titel=_moede,
        skjul=("nr", "status"),
    )
    beskriv(
        "opfoelgning.Frist",
        datoer=("start_dato",),
        titelfelt="regel",
        skjul=("regel", "kode", "anker_type", "anker_id"),
    )
    beskriv("opfoelgning.Mentorsvar", datoer=("skrevet_den",))
    beskriv("opfoelgning.Progressionsmaaling", titelfelt="indikator", skjul=("indikator",))
    beskriv("opfoelgning.SmaatSkridt", datoer=("dato",), titelfelt="tekst", skjul=("tekst",))
    beskriv(
        "opfoelgning.Opgave", datoer=("frist_dato",), titel=_opgave, skjul=("hvem", "hvad", "trin")
    )
    beskriv("opfoelgning.Eftermoede", datoer=("holdt_dato",))
    fuldstaendighed(mangler)


def mangler(sag: Sag) -> list[str]:
    """Meetings whose time has passed without anybody saying what became of them."""
    return [
        f"Det står ikke, om opfølgningen {dato(moede.tidspunkt)} blev holdt."
        for moede in Opfoelgningsmoede.objects.aftalte().filter(
            sag=sag, tidspunkt__lt=timezone.now()
        )
    ]
