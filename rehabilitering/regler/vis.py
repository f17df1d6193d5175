"""What the pages of the rule sets show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rehabilitering.regler import felter
from rehabilitering.regler.felter import GRUPPER, Art, Felt, Gruppe, i_ord
from rehabilitering.regler.forskelle import Forskel, forskelle
from ressource.models import Regelsaet, Regelsaetversion


@dataclass(frozen=True)
class Vist:
    """A field as it is read: a text, lines, or a table of rows."""

    felt: Felt
    tekst: str = ""
    linjer: tuple[str, ...] = ()
    raekker: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Stykke:
    """One set of the timeline. `status` as on the administrator's Overblik."""

    regelsaet: Regelsaet
    status: str
    venter: Regelsaetversion | None


@dataclass(frozen=True)
class Vistversion:
    """One change of the set, with what it made different."""

    version: Regelsaetversion
    forskelle: list[Forskel]
    afloest: str
    flyttede_sager: int

    @property
    def venter(self) -> bool:
        """Whether its day has not come."""
        return self.version.gennemfoert_den is None and self.version.annulleret_den is None


def status(regelsaet: Regelsaet, dato: date) -> str:
    """`i_kraft`, `klar`, `udloebet` or `kommende` on `dato`."""
    if not regelsaet.er_aktivt:
        udloebet = regelsaet.gyldig_til and regelsaet.gyldig_til < dato
        return "udloebet" if udloebet else "klar"
    if regelsaet.gyldig_til and regelsaet.gyldig_til < dato:
        return "udloebet"
    return "i_kraft" if regelsaet.gyldig_fra <= dato else "kommende"


def tidslinje(dato: date) -> list[Stykke]:
    """Every set, oldest first. Two statements."""
    venter = {
        v.regelsaet_id: v
        for v in Regelsaetversion.objects.filter(gennemfoert_den=None, annulleret_den=None)
    }
    return [
        Stykke(regelsaet, status(regelsaet, dato), venter.get(regelsaet.pk))
        for regelsaet in Regelsaet.objects.all()
    ]


def grupper(regelsaet: Regelsaet) -> Iterator[tuple[Gruppe, list[Vist]]]:
    """The set's fields, group by group."""
    indhold = felter.indhold(regelsaet)
    for gruppe in GRUPPER:
        yield gruppe, [_vist(felt, indhold[felt.navn]) for felt in gruppe.felter]


def _vist(felt: Felt, vaerdi: Any) -> Vist:
    if felt.art is Art.RAEKKER:
        raekker = felter.raekker(felt, vaerdi or [])
        return Vist(felt, raekker=tuple(tuple(_celler(felt, raekke)) for raekke in raekker))
    if felt.art is Art.LINJER:
        return Vist(felt, linjer=tuple(vaerdi))
    return Vist(felt, tekst=i_ord(felt, vaerdi))


def _celler(felt: Felt, raekke: dict[str, Any]) -> Iterator[str]:
    for kolonne in felt.kolonner:
        vaerdi = raekke[kolonne.navn]
        yield "" if vaerdi in (None, "") else i_ord(kolonne, vaerdi)


def versioner(regelsaet: Regelsaet) -> list[Vistversion]:
    """Every change of the set, newest first. What waits is compared with the set as it is."""
    nu = felter.indhold(regelsaet)
    return [
        Vistversion(
            version,
            forskelle(version.foer if version.gennemfoert_den else nu, version.indhold),
            version.foer.get("afloest", ""),
            version.foer.get("flyttede_sager", 0),
        )
        for version in regelsaet.versioner.select_related("oprettet_af")
    ]
