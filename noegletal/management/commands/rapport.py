"""`manage.py rapport YYYY-MM --ud FIL.pdf`: the monthly report as the job makes it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from noegletal.frysning import frys
from ressource.pdf import PdfUtilgaengelig


def _maaned(tekst: str) -> date:
    fundet = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", tekst)
    if not fundet:
        raise CommandError(f"Skriv måneden som 2026-10, ikke «{tekst}».")
    return date(int(fundet[1]), int(fundet[2]), 1)


class Command(BaseCommand):
    help = "Fryser måneden, hvis den ikke er det, og gemmer rapporten som PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("maaned", type=_maaned, help="måneden som ÅÅÅÅ-MM")
        parser.add_argument("--ud", required=True, type=Path, help="filen, PDF'en gemmes i")
        parser.add_argument(
            "--ret", action="store_true", help="regn om, og lav en ny version, hvis noget er ændret"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rapport = frys(options["maaned"], ret=options["ret"])
        except ValidationError as fejl:
            raise CommandError(" ".join(fejl.messages)) from fejl
        except PdfUtilgaengelig as fejl:
            raise CommandError(str(fejl)) from fejl
        try:
            options["ud"].write_bytes(bytes(rapport.pdf))
        except OSError as fejl:
            raise CommandError(f"{options['ud']} kan ikke skrives: {fejl.strerror}.") from fejl
        self.stdout.write(f"{options['ud']}: {rapport}, {len(rapport.pdf)} byte.")
