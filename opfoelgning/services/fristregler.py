"""Changing a deadline rule: a version from a day, and every deadline it moves, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from psycopg.errors import LockNotAvailable

from opfoelgning import fristversioner
from opfoelgning.models import Fristregel
from opfoelgning.udledning import udled
from ressource import haendelser, tidsgraense
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def ret_fristregel(
    kode: str,
    indhold: Mapping[str, Any],
    *,
    gaelder_fra: date,
    begrundelse: str,
    laas: int | None,
    af: Bruger,
) -> Fristregel:
    """Let the rule say what `indhold` names from `gaelder_fra`, and derive what follows from it.

    A version that begins that very day is corrected where it stands; its history keeps what it
    said. A day that has passed moves running deadlines. Raises `ForaeldetVersionError` when the
    versions are no longer at `laas`, `ValidationError` without a reason, when nothing differs, while
    all deadlines are being derived, and by field for what cannot be.
    """
    raekker = _laas(kode, laas)
    fristversioner.kontroller_dag(gaelder_fra, i_dag())
    _kraev_begrundelse(begrundelse)
    tidslinje, version = fristversioner.indsaet(raekker, indhold, gaelder_fra)
    fristversioner.kontroller(version)
    _gem(raekker, tidslinje, version, begrundelse, af)
    haendelser.log(
        version, "fristregel.rettet", af=af, regel=kode, gaelder_fra=gaelder_fra.isoformat()
    )
    _udled(kode)
    return version


@transaction.atomic
def luk_fristregel(
    kode: str, sidste_dag: date, *, begrundelse: str, laas: int | None, af: Bruger
) -> Fristregel:
    """Let the rule end with `sidste_dag`: what happens later starts no deadline of it.

    Raises as `ret_fristregel`, and when the rule is not in force that day or is followed by another.
    """
    raekker = _laas(kode, laas)
    _kraev_begrundelse(begrundelse)
    tidslinje, version = fristversioner.luk(raekker, sidste_dag)
    _gem(raekker, tidslinje, version, begrundelse, af)
    haendelser.log(
        version, "fristregel.lukket", af=af, regel=kode, sidste_dag=sidste_dag.isoformat()
    )
    _udled(kode)
    return version


def _laas(kode: str, laas: int | None) -> list[Fristregel]:
    """The versions, locked without their key: a derivation that points to one need not wait."""
    raekker = list(
        Fristregel.objects.select_for_update(of=("self",), no_key=True)
        .filter(kode=kode)
        .order_by("gyldig_fra")
    )
    if not raekker:
        raise ValidationError("Fristreglen findes ikke. Gå tilbage til listen.")
    kraev_laas(_Tidslinje(fristversioner.laas(raekker)), laas)
    return raekker


class _Tidslinje:
    """What `kraev_laas` reads: the versions have one number together."""

    def __init__(self, laas: int) -> None:
        self.laas = laas


def _kraev_begrundelse(begrundelse: str) -> None:
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor reglen ændres."})


def _gem(
    foer: Sequence[Fristregel],
    efter: Sequence[Fristregel],
    version: Fristregel,
    begrundelse: str,
    af: Bruger,
) -> None:
    """Save what differs: first what gives way, then `version`, which carries the reason."""
    laas = fristversioner.laas(foer) + 1
    gyldig_til = {r.pk: r.gyldig_til for r in foer}
    for raekke in efter:
        if raekke is not version and raekke.gyldig_til != gyldig_til[raekke.pk]:
            raekke.laas = laas
            raekke.full_clean()
            raekke.save(update_fields=["gyldig_til", "laas"])
    version.begrundelse, version.rettet_af, version.laas = begrundelse.strip(), af, laas
    version.full_clean()
    felter = (*fristversioner.FELTER, "gyldig_til", "begrundelse", "rettet_af", "laas")
    version.save(update_fields=felter if version.pk else None)


def _udled(kode: str) -> None:
    """Everything the change moves; a page would be stopped before ten thousand cases are done.

    Raises `ValidationError` when the night's job, or another change, is at it and does not finish.
    """
    tidsgraense.ophaev()
    try:
        udled(koder={kode})
    except OperationalError as fejl:
        if not isinstance(fejl.__cause__, LockNotAvailable):
            raise
        raise ValidationError(
            "Fristerne bliver regnet om lige nu. Intet er gemt. Vent et minut, og gem igen."
        ) from fejl
