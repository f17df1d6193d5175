"""The data folder and the environment of what ./start starts."""

import json
import os
import stat

import pytest

from ressource.opstart import miljoe
from ressource.opstart.ejer import Ejer
from ressource.opstart.melding import Opstartsfejl
from ressource.opstart.postgres import Postgres, uden_pg
from ressource.opstart.valkey import Valkey


@pytest.fixture
def uden_operatoer(monkeypatch):
    """Nothing given from outside, as on a bare machine."""
    for navn in ("DATABASE_URL", "BROKER_URL", "RESSOURCE_SECRET_KEY"):
        monkeypatch.delenv(navn, raising=False)
        monkeypatch.delenv(f"{navn}_FILE", raising=False)


def _postgres(tmp_path):
    return Postgres(tmp_path, tmp_path / "pg", tmp_path / "så run", Ejer.mig())


def test_addresses_are_of_sockets_and_quoted(tmp_path):
    postgres = _postgres(tmp_path)
    valkey = Valkey(tmp_path, tmp_path, tmp_path / "v.sock")

    assert postgres.url.startswith("postgresql://app@/ressource?host=%2F")
    assert " " not in postgres.url
    assert valkey.url == f"redis+socket://{tmp_path}/v.sock"


def test_own_settings_point_at_the_embedded_servers(tmp_path, uden_operatoer):
    postgres = _postgres(tmp_path)

    valg = miljoe.egne(tmp_path, postgres, None, demo=True)

    assert valg["DATABASE_URL"] == postgres.url
    assert "BROKER_URL" not in valg
    assert valg["RESSOURCE_DEMO"] == "1"
    assert valg["DJANGO_SETTINGS_MODULE"] == "ressource.settings.dev"


def test_empty_start_turns_the_demo_off(tmp_path, uden_operatoer):
    assert miljoe.egne(tmp_path, None, None, demo=False)["RESSOURCE_DEMO"] == "0"


@pytest.mark.parametrize("navn", ["DATABASE_URL", "DATABASE_URL_FILE"])
def test_operators_database_counts_as_given(navn):
    assert miljoe.er_angivet("DATABASE_URL", {navn: "noget"})
    assert not miljoe.er_angivet("DATABASE_URL", {navn: ""})


def test_secret_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    fil = miljoe.hemmelig_noegle(tmp_path)
    foerste = fil.read_text()

    assert len(foerste) >= 50
    assert stat.S_IMODE(fil.stat().st_mode) == 0o600
    assert miljoe.hemmelig_noegle(tmp_path).read_text() == foerste


def test_operators_key_is_used_rather_than_a_new_one(tmp_path, monkeypatch):
    monkeypatch.setenv("RESSOURCE_SECRET_KEY_FILE", "et/andet/sted")

    valg = miljoe.egne(tmp_path, None, None, demo=False)

    assert "RESSOURCE_SECRET_KEY_FILE" not in valg
    assert not (tmp_path / "hemmelig_noegle").exists()


def test_data_folder_is_made_with_log_and_beat(tmp_path):
    mappe = miljoe.datamappe(tmp_path / "a" / "var")

    assert (mappe / "log").is_dir()
    assert (mappe / "beat").is_dir()
    # As root the server inside it runs as another user, who must be able to pass.
    assert stat.S_IMODE(mappe.stat().st_mode) == (0o711 if os.geteuid() == 0 else 0o700)


def test_data_folder_that_is_a_file_is_refused_in_danish(tmp_path):
    (tmp_path / "var").write_text("")

    with pytest.raises(Opstartsfejl, match="kan ikke bruges"):
        miljoe.datamappe(tmp_path / "var")


def test_variables_of_libpq_are_not_passed_on_to_the_embedded_database():
    assert uden_pg({"PGHOST": "x", "PGPORT": "1", "PATH": "/bin"}) == {"PATH": "/bin"}


def test_manage_finds_what_is_running(tmp_path):
    miljoe.gem(tmp_path, {"DATABASE_URL": "postgresql://app@/ressource?host=/s"})
    omgivelser: dict[str, str] = {}

    miljoe.brug_gemt(omgivelser, tmp_path)

    assert omgivelser == {"DATABASE_URL": "postgresql://app@/ressource?host=/s"}


@pytest.mark.parametrize(
    "omgivelser",
    [{"DATABASE_URL_FILE": "f"}, {"DJANGO_SETTINGS_MODULE": "ressource.settings.prod"}],
)
def test_manage_obeys_the_operator(tmp_path, omgivelser):
    miljoe.gem(tmp_path, {"DATABASE_URL": "postgresql://app@/ressource?host=/s"})
    foer = dict(omgivelser)

    miljoe.brug_gemt(omgivelser, tmp_path)

    assert omgivelser == foer


def test_manage_tolerates_that_nothing_has_run(tmp_path):
    omgivelser: dict[str, str] = {}

    miljoe.brug_gemt(omgivelser, tmp_path)

    assert omgivelser == {}


def test_what_is_saved_holds_no_secrets(tmp_path, uden_operatoer):
    valg = miljoe.egne(tmp_path, _postgres(tmp_path), None, demo=True)
    miljoe.gem(tmp_path, valg)

    noegle = (tmp_path / "hemmelig_noegle").read_text()
    gemt = (tmp_path / "miljoe.json").read_text()

    assert json.loads(gemt) == valg
    assert noegle not in gemt
