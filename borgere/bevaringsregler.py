"""What the retention rules mean: which things are past their time on a day."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from borgere.models import Bevaringsregel, Fase, Indlaesning, Sag, Sletning, Uddrag
from ressource.datoer import EN_DAG, tilfoej
from ressource.datoer import Enhed as Tidsenhed
from ressource.models import Besked, Opslag

Enhed = Bevaringsregel.Enhed
Gaelder = Bevaringsregel.Gaelder

# The shortest and the longest a rule may be, in days. Key figures look 13 months back and ask for
# the outcome 12 months after, so a case stays two years at least; the log 6-60 months (domain.md 5.4).
GRAENSER: dict[str, tuple[int, int]] = {
    Gaelder.SAG: (2 * 365, 50 * 366),
    Gaelder.OPSLAG: (180, 5 * 366),
    Gaelder.UDDRAG: (1, 90),
    Gaelder.INDLAESNING: (1, 90),
    # A notice keeps the same fact from being told twice, and nothing is told half a year after.
    Gaelder.BESKED: (180, 5 * 366),
    # The team finishes minutes and dissent from it; what it was made of stays on the case.
    Gaelder.SAGSPAKKE: (14, 366),
}
_DAGE = {Enhed.DAGE: 1, Enhed.MAANEDER: 30, Enhed.AAR: 365}
# A deletion that was stopped is asked of people again after so long.
STANDSET_HVILER = timedelta(days=365)


def i_dage(antal: int, enhed: str) -> int:
    """Roughly how many days a rule keeps things: what `GRAENSER` are compared with."""
    return antal * _DAGE[Enhed(enhed)]


def sidste_dag(antal: int, enhed: str, dato: date) -> date:
    """The latest day that lies at least `antal` units before `dato`: that and older are past."""
    if enhed == Enhed.DAGE:
        return dato - timedelta(days=antal)
    maaneder = antal * (12 if enhed == Enhed.AAR else 1)
    return tilfoej(dato, -maaneder, Tidsenhed.MAANEDER)


def foerste_dag_der_bevares(regel: Bevaringsregel, dato: date) -> date:
    """What is from this day or later is kept on `dato`."""
    return sidste_dag(regel.antal, regel.enhed, dato) + EN_DAG


def regel_for(gaelder: str, dato: date) -> Bevaringsregel | None:
    """The rule in force on `dato`, or None: then nothing of the kind is deleted."""
    return Bevaringsregel.objects.gaeldende(dato).filter(gaelder=gaelder).first()


def forfaldne_sager(regel: Bevaringsregel, dato: date) -> "QuerySet[Sag]":
    """Ended cases past `regel`, without those kept by decision or as the archive's sample."""
    sager = Sag.objects.filter(
        fase=Fase.AFSLUTNING,
        bevares=False,
        afsluttet_dato__lt=foerste_dag_der_bevares(regel, dato),
    )
    if regel.undtag_foedt_den_foerste:
        sager = sager.exclude(borger__foedselsdato__day=1)
    return sager


def til_varsling(regel: Bevaringsregel, dato: date) -> "QuerySet[Sag]":
    """Cases to warn of: past the rule, not warned of, and not stopped within the last year."""
    graense = _begyndelsen_af(dato) - STANDSET_HVILER
    kendte = Sletning.objects.filter(
        Q(slettet_den=None, standset_den=None) | Q(standset_den__gt=graense)
    )
    return forfaldne_sager(regel, dato).exclude(pk__in=kendte.values("sag_id")).order_by("pk")


def forfaldne_opslag(regel: Bevaringsregel, dato: date) -> "QuerySet[Opslag]":
    """Log rows past `regel`; they are deleted in whole sealed batches, so some stay a while."""
    foer = _begyndelsen_af(foerste_dag_der_bevares(regel, dato))
    return Opslag.objects.filter(tidspunkt__lt=foer)


def forfaldne_uddrag(regel: Bevaringsregel, dato: date) -> "QuerySet[Uddrag]":
    """Finished archives whose bytes are past `regel`."""
    foer = _begyndelsen_af(foerste_dag_der_bevares(regel, dato))
    return Uddrag.objects.filter(toemt_den=None, faerdig_den__lt=foer)


def forfaldne_indlaesninger(regel: Bevaringsregel, dato: date) -> "QuerySet[Indlaesning]":
    """Files past `regel` that still have rows or bytes, finished or forgotten."""
    foer = _begyndelsen_af(foerste_dag_der_bevares(regel, dato))
    har_data = Q(raekker__isnull=False) | Q(fil__isnull=False)
    return Indlaesning.objects.filter(har_data, bestilt_den__lt=foer).distinct().defer("fil")


def forfaldne_beskeder(regel: Bevaringsregel, dato: date) -> "QuerySet[Besked]":
    """Notices past `regel`, sent or given up: what waits to be sent is nobody's to delete."""
    foer = _begyndelsen_af(foerste_dag_der_bevares(regel, dato))
    return Besked.objects.filter(oprettet_den__lt=foer).exclude(sendt_den=None, opgivet_den=None)


Forfaldne = Callable[[date], "QuerySet[Any]"]
_andres: dict[str, Forfaldne] = {}


def kend(gaelder: str, forfaldne: Forfaldne) -> None:
    """Declare the rows that a rule of an upper floor lets go; called once, by its app's `ready`.

    `forfaldne` gives those that are from before the day it is called with; the night deletes them.
    """
    _andres[gaelder] = forfaldne


def forfaldne_hos_andre(regel: Bevaringsregel, dato: date) -> "QuerySet[Any]":
    """The rows past `regel` that an upper floor has declared."""
    return _andres[regel.gaelder](foerste_dag_der_bevares(regel, dato))


def antal_forfaldne(regel: Bevaringsregel, dato: date) -> int:
    """How many things `regel` would let go on `dato`."""
    sporg: dict[str, Any] = {
        Gaelder.SAG: forfaldne_sager,
        Gaelder.OPSLAG: forfaldne_opslag,
        Gaelder.UDDRAG: forfaldne_uddrag,
        Gaelder.INDLAESNING: forfaldne_indlaesninger,
        Gaelder.BESKED: forfaldne_beskeder,
        Gaelder.SAGSPAKKE: forfaldne_hos_andre,
    }
    antal: int = sporg[regel.gaelder](regel, dato).count()
    return antal


def _begyndelsen_af(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time.min))
