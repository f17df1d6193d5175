"""Each worker's database is a copy of one that is migrated already: a second instead of half a minute.

Loaded by `./test` with `-p tests.migreret`, after it has migrated the application's own database,
which nothing else uses there. The migrations are run for real, once.
"""

import os

import psycopg
from psycopg import conninfo, sql


def pytest_configure(config):
    """Copy the database for this worker, and let pytest-django take it as it is."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        return
    config.option.reuse_db = True
    adresse = os.environ["DATABASE_URL"]
    navn = conninfo.conninfo_to_dict(adresse)["dbname"]
    with psycopg.connect(adresse, dbname="postgres", autocommit=True) as forbindelse:
        forbindelse.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(f"test_{navn}_{worker}"), sql.Identifier(str(navn))
            )
        )
