"""Which running cases a change of a rule set touches. Statements, set-based."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from borgere.models import Fase, Sag
from rehabilitering.models import Afgoerelse, Dagsordenspunkt
from ressource.adgang import maa
from ressource.models import Bruger, Regelsaet, Regelsaetversion

VISTE = 50
Ubesluttede = Regelsaetversion.Ubesluttede


@dataclass(frozen=True)
class Beroerte:
    """How many running cases there are of each kind, and the numbers of those the user may see.

    Of a correction `flyttes` is 0, and `uden_afgoerelse` and `med_afgoerelse` carry the set itself.
    """

    uden_afgoerelse: int
    ikke_forelagt: int
    med_afgoerelse: int
    flyttes: int
    synlige: tuple[tuple[int, str], ...]

    @property
    def i_alt(self) -> int:
        """All the running cases."""
        return self.uden_afgoerelse + self.med_afgoerelse


def af_rettelse(regelsaet: Regelsaet, *, dato: date, bruger: Bruger) -> Beroerte:
    """Running cases that carry `regelsaet`: they follow the corrected set, decisions do not change."""
    sager = _loebende().filter(regelsaet=regelsaet)
    return _taelling(sager, sager, 0, dato, bruger)


def af_aktivering(
    regelsaet: Regelsaet, ubesluttede: str, *, dato: date, bruger: Bruger
) -> Beroerte:
    """Running cases that do not carry `regelsaet` yet, and how many of them will from `dato`."""
    sager = _loebende().exclude(regelsaet=regelsaet)
    flyttes = der_flyttes(regelsaet, ubesluttede, dato)
    return _taelling(sager, flyttes, flyttes.count(), dato, bruger)


def der_flyttes(regelsaet: Regelsaet, ubesluttede: str, dato: date) -> QuerySet[Sag]:
    """The running cases without a decision that get `regelsaet` when it comes into force on `dato`."""
    sager = _loebende().exclude(regelsaet=regelsaet).exclude(_har_afgoerelse())
    if ubesluttede == Ubesluttede.BEHOLD:
        return sager.none()
    if ubesluttede == Ubesluttede.FLYT_IKKE_FORELAGTE:
        return sager.exclude(_er_forelagt(dato))
    return sager


def _taelling(
    sager: QuerySet[Sag], vises: QuerySet[Sag], flyttes: int, dato: date, bruger: Bruger
) -> Beroerte:
    uden = sager.exclude(_har_afgoerelse())
    antal_uden = uden.count()
    synlige: tuple[tuple[int, str], ...] = ()
    if maa(bruger, "sag.se"):
        egne = vises.filter(pk__in=Sag.objects.synlige_for(bruger)).order_by("sagsnummer")
        synlige = tuple(egne.values_list("pk", "sagsnummer")[:VISTE])
    return Beroerte(
        uden_afgoerelse=antal_uden,
        ikke_forelagt=uden.exclude(_er_forelagt(dato)).count(),
        med_afgoerelse=sager.count() - antal_uden,
        flyttes=flyttes,
        synlige=synlige,
    )


def _loebende() -> QuerySet[Sag]:
    return Sag.objects.exclude(fase=Fase.AFSLUTNING)


def _har_afgoerelse() -> Exists:
    truffet = Afgoerelse.objects.filter(sag=OuterRef("pk"), afsluttet_den__isnull=False)
    return Exists(truffet)


def _er_forelagt(dato: date) -> Exists:
    """Dealt with at a meeting, or on the agenda of one before `dato`."""
    punkter = Dagsordenspunkt.objects.aktive().filter(sag=OuterRef("pk"))
    return Exists(punkter.filter(Q(behandlet_den__isnull=False) | Q(moede__dato__lt=dato)))
