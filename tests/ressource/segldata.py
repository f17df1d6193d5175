"""Rows for the seals to guard, and the ways an administrator of the database gets behind them."""

from contextlib import contextmanager

import pytest
from django.db import connection

from borgere.models import Borger
from ressource.models import Haendelse, Opslag
from tests.factories import BorgerFactory, BrugerFactory

OPSLAG, HAENDELSE = "ressource_opslag", "ressource_haendelse"
HISTORIK = "borgere_borgerevent"
# What can be changed in a row of each, and its key.
TABELLER = {
    OPSLAG: ("id", "objekt"),
    HAENDELSE: ("id", "kode"),
    HISTORIK: ("pgh_id", "fornavn"),
}


def opslag(antal=3, **felter):
    bruger = BrugerFactory()
    standard = {"bruger": bruger, "organisation": "kommune", "handling": "se", "objekt": "borger"}
    return Opslag.objects.bulk_create(Opslag(**standard | felter) for _ in range(antal))


def raekker():
    """Three rows in each kind of table."""
    opslag()
    af = BrugerFactory()
    Haendelse.objects.bulk_create(
        Haendelse(kode="sag.fase", af=af, objekt_type="borgere.sag", objekt_id=nr)
        for nr in range(3)
    )
    borger = BorgerFactory()
    for navn in ("Bodil", "Berit", "Birte"):
        Borger.objects.filter(pk=borger.pk).update(fornavn=navn)


def ider(tabel):
    noegle, _ = TABELLER[tabel]
    with connection.cursor() as markoer:
        markoer.execute(f"SELECT {noegle} FROM {tabel} ORDER BY 1")
        return [raekke[0] for raekke in markoer.fetchall()]


def _er_superbruger():
    with connection.cursor() as markoer:
        markoer.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        return markoer.fetchone() == (True,)


@contextmanager
def bag_om_triggerne(maade, tabel):
    """As the table's owner or as a superuser: the triggers do not run."""
    with connection.cursor() as markoer:
        markoer.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if maade == "ejer":
            markoer.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
            yield markoer
            markoer.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")
            return
        if not _er_superbruger():
            pytest.skip("Testens databasebruger er ikke superbruger.")
        markoer.execute("SET session_replication_role = replica")
        yield markoer
        markoer.execute("SET session_replication_role = DEFAULT")


def indsaet_kopi(markoer, tabel, *, fra, nyt_id):
    """A row like `fra` under another id."""
    noegle, _ = TABELLER[tabel]
    markoer.execute(
        f"INSERT INTO {tabel} SELECT (jsonb_populate_record(t, jsonb_build_object('{noegle}', %s))).*"
        f" FROM {tabel} t WHERE {noegle} = %s",
        [nyt_id, fra],
    )
