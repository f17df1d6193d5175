"""`manage.py frister [--dato D] [--kode K …] [--proev]`: derive and flag deadlines, or try to."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opfoelgning.models import Tilstand
from opfoelgning.proeve import Aendringer, Proeve, proev
from opfoelgning.regler import KODER
from opfoelgning.udledning import udled
from ressource.dansk import dato as dansk_dato
from ressource.dansk import tal
from ressource.kalender import i_dag


def _dato(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise CommandError(f"--dato skal være en dato som 2026-12-01, ikke «{tekst}».") from None


class Command(BaseCommand):
    help = (
        "Udleder frister og flager de overskredne. En kørsel til ændrer intet. Med --proev, og for en "
        "dag, der ikke er kommet, skrives intet: kommandoen viser, hvad en kørsel ville ændre."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dato", type=_dato, help="regn som om det var denne dag (ÅÅÅÅ-MM-DD)")
        parser.add_argument(
            "--kode",
            nargs="+",
            choices=KODER,
            metavar="KODE",
            help=f"kun disse regler og dem, der regnes fra dem: {', '.join(KODER)}",
        )
        parser.add_argument("--proev", action="store_true", help="skriv intet, vis kun")

    def handle(self, *args: Any, **options: Any) -> None:
        dato, koder = options["dato"] or i_dag(), options["kode"]
        # To write as of a day to come would flag and remind of what has not happened.
        if options["proev"] or dato > i_dag():
            for linje in _linjer(proev(dato, koder=koder), dato):
                self.stdout.write(linje)
            return
        udfald = udled(dato, koder=koder)
        self.stdout.write(
            f"{udfald.aendrede} frister udledt eller ændret, {udfald.bortfaldne} bortfaldet, "
            f"{udfald.flagede} flaget som overskredet, {udfald.paamindede} påmindelser."
        )


def _linjer(proeve: Proeve, dato: date) -> list[str]:
    """The trial as a table: a row for each rule, a column for each state, and what would change."""
    bredder = [max(len(tilstand.label), 6) + 2 for tilstand in Tilstand]
    navne = "".join(
        f"{tilstand.label:>{bredde}}" for tilstand, bredde in zip(Tilstand, bredder, strict=True)
    )
    linjer = [f"Frister den {dansk_dato(dato)}. Intet er skrevet.", "", f"{'':22}{navne}"]
    for kode, antal in proeve.tilstande.items():
        kolonner = "".join(
            f"{tal(antal.get(tilstand, 0)):>{bredde}}"
            for tilstand, bredde in zip(Tilstand, bredder, strict=True)
        )
        linjer.append(f"{kode:22}{kolonner}")
    return [*linjer, "", _aendringer(proeve.aendringer)]


def _aendringer(antal: Aendringer) -> str:
    if not antal:
        return "En kørsel ville ikke ændre noget."
    return (
        f"En kørsel ville ændre frister i {tal(antal.sager)} sager: {tal(antal.nye)} nye, "
        f"{tal(antal.flyttede)} flyttet, {tal(antal.opfyldte)} opfyldt, "
        f"{tal(antal.bortfaldne)} bortfaldet, {tal(antal.genaabnede)} genåbnet. "
        f"Overskredne: {tal(antal.overskredne_foer)} nu, {tal(antal.overskredne_efter)} efter."
    )
