"""Which tables are sealed, and how one row becomes a fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ressource.models import Haendelse, Opslag

# Who made a change stands in another table, which the row only points to: it is sealed along.
KONTEKST = "pgh_context.metadata"

# How values are written must not depend on who asks: a fingerprint is compared years later.
_SKRIVEMAADE = (
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL bytea_output = 'hex';"
    " SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1"
)


@dataclass(frozen=True)
class Tabel:
    """One append-only table: its name, key, the column that dates a row, and what is sealed."""

    model: type[models.Model]
    navn: str
    noegle: str
    tid: str
    kolonner: tuple[str, ...]
    # What pgtrigger calls the trigger that keeps the table append-only.
    trigger: str


def tabeller() -> dict[str, Tabel]:
    """Every append-only table by name: the two logs and each table of the field history."""
    fundne = [_tabel(model, "tidspunkt", "kun_tilfoej") for model in (Opslag, Haendelse)]
    fundne += [
        _tabel(model, "pgh_created_at", "append_only", KONTEKST)
        for model in apps.get_models()
        if getattr(model, "pgh_tracked_model", None) is not None and not model._meta.proxy
    ]
    return {tabel.navn: tabel for tabel in fundne}


def _tabel(model: type[models.Model], tid: str, trigger: str, *ekstra: str) -> Tabel:
    egne = tuple(felt.column for felt in model._meta.concrete_fields if felt.column)
    return Tabel(
        model=model,
        navn=model._meta.db_table,
        noegle=str(model._meta.pk.column),
        tid=tid,
        kolonner=egne + ekstra,
        trigger=f"{model._meta.label}:{trigger}",
    )


def fast_skrivemaade(markoer: CursorWrapper) -> None:
    """Let the running transaction write values as the fingerprints do."""
    markoer.execute(_SKRIVEMAADE)


def findes(markoer: CursorWrapper, tabel: str) -> frozenset[str]:
    """The columns that `tabel` has today; empty when there is no such table."""
    markoer.execute(
        "SELECT attname FROM pg_attribute"
        " WHERE attrelid = to_regclass(quote_ident(%s)) AND attnum > 0 AND NOT attisdropped",
        [tabel],
    )
    kolonner = frozenset(raekke[0] for raekke in markoer.fetchall())
    return kolonner | {KONTEKST} if "pgh_context_id" in kolonner else kolonner


def aftryk(tabel: Tabel, kolonner: Sequence[str]) -> sql.Composed:
    """`SELECT` of key, fingerprint and time of the rows in (%(efter)s, %(til)s], at most %(hoejst)s.

    SHA-256 of the named columns as jsonb, whose text is canonical. `efter` None: from the first.
    """
    felter = sql.SQL(", ").join(_felt(kolonne) for kolonne in kolonner)
    return sql.SQL(
        "SELECT t.{noegle} AS id, sha256(convert_to(to_jsonb(r)::text, 'UTF8')) AS aftryk,"
        " t.{tid} AS tid"
        " FROM {tabel} t CROSS JOIN LATERAL (SELECT {felter}) r"
        " WHERE (%(efter)s::bigint IS NULL OR t.{noegle} > %(efter)s::bigint)"
        " AND t.{noegle} <= %(til)s"
        " ORDER BY t.{noegle} LIMIT %(hoejst)s"
    ).format(
        noegle=sql.Identifier(tabel.noegle),
        tid=sql.Identifier(tabel.tid),
        tabel=sql.Identifier(tabel.navn),
        felter=felter,
    )


def _felt(kolonne: str) -> sql.Composable:
    if kolonne == KONTEKST:
        return sql.SQL(
            "(SELECT c.metadata FROM pghistory_context c WHERE c.id = t.pgh_context_id) AS {}"
        ).format(sql.Identifier(kolonne))
    return sql.SQL("t.{}").format(sql.Identifier(kolonne))


def stoerste_id(markoer: CursorWrapper, tabel: Tabel) -> int | None:
    """The highest key in the table, or None when it is empty."""
    markoer.execute(
        sql.SQL("SELECT max({}) FROM {}").format(
            sql.Identifier(tabel.noegle), sql.Identifier(tabel.navn)
        )
    )
    [stoerste] = markoer.fetchone() or (None,)
    return None if stoerste is None else int(stoerste)
