"""`manage.py opret_bruger BRUGERNAVN NAVN --rolle R`: a first user where there is no demo."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ressource.models import Bruger, Rolle, Team


class Command(BaseCommand):
    help = "Opretter en bruger. Adgangskoden spørges der om; uden terminal læses den fra stdin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("brugernavn")
        parser.add_argument("navn")
        parser.add_argument(
            "--rolle", action="append", required=True, choices=Rolle.values, help="kan gentages"
        )
        parser.add_argument("--team", help="navnet på teamet; oprettes, hvis det mangler")

    def handle(self, *args: Any, **options: Any) -> None:
        bruger = Bruger(
            brugernavn=options["brugernavn"], navn=options["navn"], roller=options["rolle"]
        )
        adgangskode = self._adgangskode()
        try:
            validate_password(adgangskode, bruger)
            bruger.set_password(adgangskode)
            bruger.full_clean()
        except ValidationError as fejl:
            raise CommandError(" ".join(fejl.messages)) from fejl
        if options["team"]:
            bruger.team, _ = Team.objects.get_or_create(navn=options["team"])
        bruger.save()
        self.stdout.write(f"{bruger.brugernavn} er oprettet som {', '.join(bruger.roller)}.")

    def _adgangskode(self) -> str:
        """The password, typed twice at a terminal; else the first line of stdin."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        adgangskode = getpass.getpass("Adgangskode: ")
        if adgangskode != getpass.getpass("Igen: "):
            raise CommandError("De to adgangskoder er ikke ens. Intet er oprettet.")
        return adgangskode
