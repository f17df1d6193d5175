"""`manage.py efterproev [--hoved TABEL:NR:HASH …]`: compare the logs and history with their seals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ressource import segl
from ressource.dansk import tal


class Command(BaseCommand):
    help = (
        "Efterprøver logge og historik mod seglene og nævner den første række i hver tabel, der er "
        "ændret, fjernet eller sat ind bagefter. Slutter med status 1, hvis der er en."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--hoved",
            nargs="+",
            default=[],
            metavar="TABEL:NR:HASH",
            help="hoveder fra tidligere kørsler af forsegl; hvert skal stadig være i sin kæde",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        brud = raekker = 0
        for resultat in segl.efterproev(options["hoved"]):
            raekker += resultat.raekker
            brud += bool(resultat.brud)
            for linje in _linjer(resultat):
                self.stdout.write(linje)
        if brud:
            raise CommandError(f"{brud} brud fundet. De første rækker er nævnt ovenfor.")
        self.stdout.write(f"Alt er, som det blev forseglet: {tal(raekker)} rækker efterprøvet.")


def _linjer(resultat: segl.Resultat) -> list[str]:
    """What is said of one table: the break, or the head; nothing of a table without seals."""
    hvor = f"{resultat.tabel}: " if resultat.tabel else ""
    if resultat.brud:
        return [f"BRUD  {hvor}{resultat.brud}"]
    linjer = [f"ok    {resultat.hoved}"] if resultat.hoved else []
    for antal, hvad in (
        (resultat.slettede, "slettet efter en regel"),
        (resultat.ikke_efterproevet, "kan ikke efterprøves: kolonner er nedlagt siden"),
        (resultat.venter, "ikke forseglet endnu"),
    ):
        if antal:
            linjer.append(f"      {hvor}{tal(antal)} rækker {hvad}")
    return linjer
