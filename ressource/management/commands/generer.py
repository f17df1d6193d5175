"""`manage.py generer --sager N [--seed S]`: N synthetic cases with their whole course."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from borgere.models import Borger, Sag
from ressource.generator import generer, serie

# The series and the number must fit in a case number.
STOERSTE_SEED = 9_999_999
STOERSTE_ANTAL = 9_999_999


def _tal(navn: str, mindst: int, hoejst: int) -> Any:
    def laes(tekst: str) -> int:
        if not tekst.isdecimal() or not mindst <= int(tekst) <= hoejst:
            raise CommandError(
                f"{navn} skal være et helt tal fra {mindst} til {hoejst}, ikke «{tekst}»."
            )
        return int(tekst)

    return laes


class Command(BaseCommand):
    help = "Laver syntetiske sager med hele forløbet. Samme seed giver samme dag de samme sager."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sager", type=_tal("--sager", 1, STOERSTE_ANTAL), required=True)
        parser.add_argument("--seed", type=_tal("--seed", 0, STOERSTE_SEED), default=1)
        parser.add_argument(
            "--ja", action="store_true", help="også i en database med rigtige borgere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["ja"] and _har_rigtige_borgere():
            raise CommandError(
                "Databasen har borgere, der ikke hører til demoen. Intet er lavet. "
                "Er det den rigtige database, så kør igen med --ja."
            )
        seed = options["seed"]
        if Sag.objects.filter(sagsnummer__startswith=f"{serie(seed)}-").exists():
            raise CommandError(
                f"Sagerne med seed {seed} er allerede lavet. Vælg et andet tal med --seed."
            )
        begyndt = monotonic()
        resultat = generer(options["sager"], seed=seed, fortael=self._fortael(options["verbosity"]))
        self.stdout.write(
            f"{resultat.sager} sager, {resultat.raekker['indsatsplan_ressourceforloeb']} forløb og "
            f"{sum(resultat.raekker.values())} rækker i alt på {monotonic() - begyndt:.1f} s."
        )

    def _fortael(self, niveau: int) -> Any:
        """What the generator calls as it begins each floor."""
        return (lambda trin: self.stdout.write(f"{trin} …")) if niveau > 0 else None


def _har_rigtige_borgere() -> bool:
    """Whether somebody other than the demo's users has opened a case for a citizen."""
    return Borger.objects.exclude(sager__oprettet_af__er_demo=True).exists()
