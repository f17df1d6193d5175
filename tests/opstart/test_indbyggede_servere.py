"""The embedded servers for real: made, started, reached, stopped and started again."""

import os
import tempfile
from pathlib import Path

import psycopg
import pytest

from ressource.opstart import postgres, servere, valkey
from ressource.opstart.ejer import Ejer
from ressource.opstart.melding import Opstartsfejl
from ressource.opstart.postgres import Postgres
from ressource.opstart.tilsyn import Tilsyn


@pytest.fixture
def mappe():
    """A short folder that the user nobody can pass through, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="ressource-opstart-", dir="/tmp") as sti:
        Path(sti).chmod(0o711)
        yield Path(sti)


@pytest.fixture
def vagt(tmp_path):
    vagten = Tilsyn(tmp_path, postgres.uden_pg(os.environ))
    yield vagten
    vagten.stop()


def _start(server: Postgres, vagt: Tilsyn) -> None:
    server.start(vagt)
    vagt.vent_til(server.svarer, "PostgreSQL", 30)
    server.sikr_database()


def test_postgres_keeps_its_data_and_speaks_danish(mappe, vagt):
    server = postgres.placer(mappe, flygtig=True)

    assert server.opret() is True
    _start(server, vagt)
    with psycopg.connect(server.url) as forbindelse:
        forbindelse.execute("CREATE EXTENSION btree_gist; CREATE TABLE t AS SELECT 'ÆRØ' AS navn")
        assert forbindelse.execute("SHOW jit").fetchone() == ("off",)
        assert forbindelse.execute("SHOW listen_addresses").fetchone() == ("",)
    vagt.stop()

    assert server.opret() is False
    _start(server, vagt)
    with psycopg.connect(server.url) as forbindelse:
        assert forbindelse.execute("SELECT lower(navn) FROM t").fetchone() == ("ærø",)


def test_postgres_lets_in_only_whom_the_machine_knows(mappe, vagt):
    server = postgres.placer(mappe, flygtig=True)
    server.opret()
    _start(server, vagt)

    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        psycopg.connect(server.url.replace("app@", "postgres@"))
    assert server.sokler.stat().st_mode & 0o077 == 0


def test_interrupted_creation_is_done_over(mappe):
    server = postgres.placer(mappe, flygtig=True)
    (mappe / "pg.ny").mkdir()
    (mappe / "pg.ny" / "PG_VERSION").write_text("halvt")

    assert server.opret() is True
    assert not (mappe / "pg.ny").exists()


def test_database_no_longer_reachable_does_not_become_an_empty_one(mappe, monkeypatch):
    (mappe / "pg").mkdir()
    monkeypatch.setattr(Ejer, "kan_naa", lambda self, sti: False)

    with pytest.raises(Opstartsfejl, match=f"chmod o.x {mappe}"):
        postgres.placer(mappe)


def test_valkey_answers_and_writes_to_disk(mappe, vagt):
    koe = valkey.placer(mappe)

    assert koe.svarer() is False
    koe.start(vagt)
    vagt.vent_til(koe.svarer, "Valkey", 30)

    assert (mappe / "valkey" / "appendonlydir").is_dir()


def test_only_embedded_servers_are_said_to_answer(mappe, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("BROKER_URL", "redis://broker.example")
    assert servere.placer(mappe, flygtig=True).navne() == ["database"]

    monkeypatch.setenv("DATABASE_URL", "postgresql://database.example/ressource")
    assert servere.placer(mappe, flygtig=True).navne() == []
