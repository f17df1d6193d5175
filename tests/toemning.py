"""Putting the database back after a test on real transactions.

Django truncates every table, two hundred of them, and writes content types and permissions anew;
then the ground data had to be loaded for the next test: over a second in all, though a test leaves
rows in a few tables. Here those few are emptied, and the ground data comes back from a copy.
"""

from django.db import connection

_KOPI = "grunddata"
# What the tests never change.
_UROERTE = {"django_migrations", "django_content_type", "auth_permission"}


def _fyldte() -> list[str]:
    tabeller = [navn for navn in connection.introspection.table_names() if navn not in _UROERTE]
    spoergsmaal = (f"SELECT '{t}' WHERE EXISTS (SELECT FROM public.\"{t}\")" for t in tabeller)
    with connection.cursor() as markoer:
        markoer.execute(" UNION ALL ".join(spoergsmaal))
        return [navn for (navn,) in markoer.fetchall()]


def _koer(saetninger: list[str]) -> None:
    with connection.cursor() as markoer:
        markoer.execute("; ".join(["BEGIN", *saetninger, "COMMIT"]))


def _huskede() -> list[str]:
    with connection.cursor() as markoer:
        markoer.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [_KOPI])
        return [navn for (navn,) in markoer.fetchall()]


def _toem(tabeller: list[str]) -> list[str]:
    # All at once, whatever points at what; and the triggers would refuse.
    uden_triggere = "SET LOCAL session_replication_role = replica"
    return [uden_triggere, *(f'DELETE FROM public."{t}"' for t in tabeller)]


def ryd_op() -> None:
    """In a database used again: delete what an interrupted run left beside the ground data."""
    if huskede := _huskede():
        _koer(_toem([t for t in _fyldte() if t not in huskede]))


def husk() -> None:
    """Copy every row there is, as what `genskab` gives back."""
    kopier = (f'CREATE TABLE {_KOPI}."{t}" AS TABLE public."{t}"' for t in _fyldte())
    _koer([f"DROP SCHEMA IF EXISTS {_KOPI} CASCADE", f"CREATE SCHEMA {_KOPI}", *kopier])


def genskab() -> None:
    """Leave in every table what was there at `husk`. Sequences go on, as with Django's own."""
    # `OVERRIDING SYSTEM VALUE`: the rows keep their ids.
    indsaet = 'INSERT INTO public."{0}" OVERRIDING SYSTEM VALUE TABLE {1}."{0}"'
    _koer([*_toem(_fyldte()), *(indsaet.format(t, _KOPI) for t in _huskede())])
