"""The database guard: PostgreSQL itself says what a request wrote (product.md 5).

A GET may write one thing, rows of the look-up log. The figures are the server's own count of the
rows touched in the running transaction, so nothing hides from them: no raw SQL, no trigger, no
history table, and nothing that was rolled back again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client

TILLADT = {("ressource_opslag", "indsat")}
_ARTER = ("indsat", "rettet", "slettet")
# What the view `pg_stat_xact_user_tables` asks, without its joins: a third of the time.
_TAELLERE = """
    SELECT relname,
        pg_stat_get_xact_tuples_inserted(oid),
        pg_stat_get_xact_tuples_updated(oid),
        pg_stat_get_xact_tuples_deleted(oid)
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""

Skrevet = dict[tuple[str, str], int]


def skrevet() -> Skrevet:
    """Rows touched so far in the running transaction, by table and kind.

    Asked past Django, so that a test that counts its statements does not count this one.
    """
    raekker = connection.connection.execute(_TAELLERE).fetchall()
    return {
        (tabel, art): antal
        for tabel, *antallene in raekker
        for art, antal in zip(_ARTER, antallene, strict=True)
        if antal
    }


def ulovligt(foer: Skrevet, efter: Skrevet) -> Skrevet:
    """What was written between the two and is not the look-up log's."""
    return {
        noegle: antal - foer.get(noegle, 0)
        for noegle, antal in efter.items()
        if antal != foer.get(noegle, 0) and noegle not in TILLADT
    }


def _kan_taelle() -> bool:
    # Outside a test's own transaction every statement is one by itself, and is counted nowhere.
    return connection.in_atomic_block and not connection.needs_rollback


@contextmanager
def kun_loggen(hvad: str) -> Iterator[None]:
    """Fail when the block writes anything but look-up log rows."""
    if not _kan_taelle():
        yield
        return
    foer = skrevet()
    yield
    if fundet := ulovligt(foer, skrevet()):
        raise AssertionError(f"{hvad} skrev i databasen: {fundet}")


_request = Client.request


def request(klient: Client, **anmodning: Any) -> Any:
    """`Client.request` with the guard on GET and HEAD; `tests/conftest.py` puts it in place."""
    metode = anmodning.get("REQUEST_METHOD", "GET")
    if metode not in ("GET", "HEAD"):
        return _request(klient, **anmodning)
    with kun_loggen(f"{metode} {anmodning.get('PATH_INFO', '/')}"):
        return _request(klient, **anmodning)
