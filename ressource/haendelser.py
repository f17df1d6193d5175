"""The event log's one entrance, and the one hook on it.

An app further down may ask to be told, on commit, which cases got an event (architecture.md: «One
event hook»). Deadlines use it, so that a fact shows in its deadline on the very next page.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import connection, models, transaction

from ressource.models import Bruger, Haendelse

logger = logging.getLogger(__name__)

Lytter = Callable[[set[int]], None]
_lyttere: list[Lytter] = []


def lyt(lytter: Lytter) -> None:
    """Call `lytter` with the ids of the cases that got events, after each committed transaction."""
    if lytter not in _lyttere:
        _lyttere.append(lytter)


def log(
    objekt: models.Model,
    kode: str,
    *,
    af: Bruger | None,
    sag_id: int | None = None,
    **data: Any,
) -> Haendelse:
    """Write one event about `objekt` in the running transaction.

    `af` is None for jobs. `data` must be JSON and must hold no personal or health text.
    """
    haendelse = Haendelse.objects.create(
        kode=kode,
        af=af,
        objekt_type=objekt._meta.label_lower,
        objekt_id=objekt.pk,
        sag_id=sag_id,
        data=data,
    )
    if sag_id is not None:
        _fortael_ved_commit(sag_id)
    return haendelse


def _fortael_ved_commit(sag_id: int) -> None:
    """Collect the cases of this transaction and tell the listeners once, when it commits."""
    ventende: set[int] | None = getattr(connection, "ressource_ventende_sager", None)
    if ventende is None:
        ventende = set()
        connection.ressource_ventende_sager = ventende  # type: ignore[attr-defined]
    ventende.add(sag_id)
    transaction.on_commit(_fortael, robust=True)


def _fortael() -> None:
    ventende: set[int] = getattr(connection, "ressource_ventende_sager", set())
    if not ventende:
        return
    sager = set(ventende)
    ventende.clear()
    for lytter in _lyttere:
        lytter(sager)
