"""`manage.py slet_udloebne [--dato ÅÅÅÅ-MM-DD] [--proev]`: what the night's job does, now."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from borgere.bevaringsregler import Gaelder, regel_for
from borgere.services import sletning
from ressource.kalender import i_dag


class Command(BaseCommand):
    help = "Varsler og sletter det, der er forfaldet efter bevaringsreglerne. Kan køres igen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dato", type=date.fromisoformat, help="som om det var denne dag")
        parser.add_argument("--proev", action="store_true", help="skriv kun, hvad der ville ske")

    def handle(self, *args: Any, **options: Any) -> None:
        dato = options["dato"] or i_dag()
        if not options["proev"]:
            self.stdout.write(f"{sletning.koer(dato)}.")
            return
        self.stdout.write(f"Ville ske pr. {dato:%d.%m.%Y}: {sletning.proev(dato)}.")
        if regel := regel_for(Gaelder.SAG, dato):
            for sagsnummer, antal in sletning.antal_raekker(regel, dato).items():
                self.stdout.write(f"  {sagsnummer}: {antal} rækker")
