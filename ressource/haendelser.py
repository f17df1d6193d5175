"""The event log's one entrance, and the two hooks on it.

Every event has a code and a Danish sentence, declared by the app that writes it (`beskriv`).
An app on a higher floor may act on an event of a lower one, which must not know it:

* `reager`: in the same transaction, so that both happen or neither (a decision begins its forløb);
  `reager_samlet` where many happen at once, and the answer to them is one;
* `lyt`: on commit, with the cases that got events (deadlines are derived anew, and the very next
  page shows them).
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from ressource.models import Bruger, Haendelse

logger = logging.getLogger(__name__)

# One sitting is one event: a form that saves itself does so every other second.
SAMME_SKRIVESTUND = timedelta(minutes=15)

Lytter = Callable[[set[int]], None]
Reaktion = Callable[[Haendelse], None]
Samletreaktion = Callable[[Sequence[Haendelse]], None]
_lyttere: list[Lytter] = []
_reaktioner: dict[str, list[Reaktion]] = {}
_samlede: dict[str, list[Samletreaktion]] = {}
_tekster: dict[str, str] = {}


def beskriv(tekster: Mapping[str, str]) -> None:
    """Declare event codes with the sentence people read. Called once, by each app's `ready`."""
    _tekster.update(tekster)


def tekst(kode: str) -> str:
    """The sentence of an event code. Raises `KeyError` for a code no app has declared."""
    return _tekster[kode]


def lyt(lytter: Lytter) -> None:
    """Call `lytter` with the ids of the cases that got events, after each committed transaction."""
    if lytter not in _lyttere:
        _lyttere.append(lytter)


def reager(kode: str, reaktion: Reaktion) -> None:
    """Call `reaktion` with each event of `kode`, inside the transaction that writes it."""
    if reaktion not in _reaktioner.setdefault(kode, []):
        _reaktioner[kode].append(reaktion)


def reager_samlet(kode: str, reaktion: Samletreaktion) -> None:
    """Call `reaktion` with the events of `kode` that one service wrote, inside its transaction."""
    if reaktion not in _samlede.setdefault(kode, []):
        _samlede[kode].append(reaktion)


def _reager(kode: str, skrevne: Sequence[Haendelse]) -> None:
    for haendelse in skrevne:
        for reaktion in _reaktioner.get(kode, ()):
            reaktion(haendelse)
    for samlet in _samlede.get(kode, ()):
        samlet(skrevne)


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
    Raises `KeyError` when no app has declared `kode`.
    """
    tekst(kode)
    haendelse = Haendelse.objects.create(
        kode=kode,
        af=af,
        objekt_type=objekt._meta.label_lower,
        objekt_id=objekt.pk,
        sag_id=sag_id,
        data=data,
    )
    _reager(kode, [haendelse])
    if sag_id is not None:
        _fortael_ved_commit({sag_id})
    return haendelse


def log_skrivning(objekt: models.Model, kode: str, *, af: Bruger, sag_id: int) -> None:
    """`log` for a text that saves itself: one event per person and sitting.

    Whoever has written has an event, and the field history keeps every single text.
    """
    seneste = Haendelse.objects.filter(sag_id=sag_id, kode=kode).order_by("-id").first()
    nylig = seneste and timezone.now() - seneste.tidspunkt < SAMME_SKRIVESTUND
    if not (seneste and nylig and seneste.af_id == af.pk and seneste.objekt_id == objekt.pk):
        log(objekt, kode, af=af, sag_id=sag_id)


def log_mange(
    kode: str,
    objekter: Sequence[tuple[models.Model, int | None, dict[str, Any]]],
    *,
    af: Bruger | None,
) -> list[Haendelse]:
    """Write one event of `kode` per object, as `log` does, in a few statements.

    Each is the object, its case or None, and the event's data. The listeners hear of all the cases
    together. Raises `KeyError` when no app has declared `kode`.
    """
    tekst(kode)
    skrevne = Haendelse.objects.bulk_create(
        [
            Haendelse(
                kode=kode,
                af=af,
                objekt_type=objekt._meta.label_lower,
                objekt_id=objekt.pk,
                sag_id=sag_id,
                data=data,
            )
            for objekt, sag_id, data in objekter
        ],
        batch_size=1_000,
    )
    _reager(kode, skrevne)
    if sager := {sag_id for _, sag_id, _ in objekter if sag_id is not None}:
        _fortael_ved_commit(sager)
    return skrevne


class _Fortael:
    """Tells the listeners of a transaction's cases when it commits; a rollback forgets them.

    Each event registers one; they share the set, and the first to run empties it.
    """

    def __init__(self, sager: set[int]) -> None:
        self.sager = sager
        # Django names what failed on commit by this.
        self.__qualname__ = type(self).__qualname__

    def __call__(self) -> None:
        sager = set(self.sager)
        self.sager.clear()
        if sager:
            for lytter in _lyttere:
                lytter(sager)


def _fortael_ved_commit(nye: Collection[int]) -> None:
    """Let the listeners hear of the cases once, together with the transaction's others."""
    # Django empties the list on commit and on rollback, so what is in it belongs to this one.
    beskeder = (raekke[1] for raekke in connection.run_on_commit)
    foerste = next((besked for besked in beskeder if isinstance(besked, _Fortael)), None)
    sager: set[int] = foerste.sager if foerste else set()
    sager.update(nye)
    transaction.on_commit(_Fortael(sager), robust=True)
