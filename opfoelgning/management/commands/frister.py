"""`manage.py frister [--dato D]`: derive and flag deadlines now."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opfoelgning.udledning import udled


def _dato(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise CommandError(f"--dato skal være en dato som 2026-12-01, ikke «{tekst}».") from None


class Command(BaseCommand):
    help = "Udleder frister og flager de overskredne. En kørsel til ændrer intet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dato", type=_dato, help="regn som om det var denne dag (ÅÅÅÅ-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
        udfald = udled(options["dato"])
        self.stdout.write(
            f"{udfald.aendrede} frister udledt eller ændret, {udfald.bortfaldne} bortfaldet, "
            f"{udfald.flagede} flaget som overskredet, {udfald.paamindede} påmindelser."
        )
