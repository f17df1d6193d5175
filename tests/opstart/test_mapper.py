"""Folders only one user may enter, and sockets whose path is short enough."""

import os
from pathlib import Path

import pytest

from ressource.opstart import mapper
from ressource.opstart.ejer import Ejer
from ressource.opstart.melding import Opstartsfejl

MIG = Ejer.mig()


@pytest.fixture
def kort(tmp_path, monkeypatch):
    """A stand-in for /run, so that the tests leave nothing on the machine."""
    rod = tmp_path / "k"
    rod.mkdir()
    monkeypatch.setattr(mapper, "_kort_rod", lambda: rod)
    return rod


def test_private_folder_is_closed_to_others_even_with_an_open_umask(tmp_path):
    gammel = os.umask(0)
    try:
        mappe = mapper.privat_mappe(tmp_path / "m", MIG)
    finally:
        os.umask(gammel)

    assert mappe.stat().st_mode & 0o777 == 0o700


def test_private_folder_closes_one_of_our_own_that_is_too_open(tmp_path):
    (tmp_path / "m").mkdir(mode=0o755)

    mapper.privat_mappe(tmp_path / "m", MIG)

    assert (tmp_path / "m").stat().st_mode & 0o777 == 0o700


def test_private_folder_refuses_a_symlink_to_another_folder(tmp_path):
    (tmp_path / "andens").mkdir()
    (tmp_path / "m").symlink_to(tmp_path / "andens")

    with pytest.raises(Opstartsfejl, match="er ikke en mappe"):
        mapper.privat_mappe(tmp_path / "m", MIG)


def test_private_folder_refuses_a_file(tmp_path):
    (tmp_path / "m").write_text("")

    with pytest.raises(Opstartsfejl, match="er ikke en mappe"):
        mapper.privat_mappe(tmp_path / "m", MIG)


def test_private_folder_refuses_the_folder_of_somebody_else(tmp_path):
    (tmp_path / "m").mkdir()

    class Anden(Ejer):
        navn = "en anden"

    with pytest.raises(Opstartsfejl, match="--data"):
        mapper.privat_mappe(tmp_path / "m", Anden(MIG.uid + 1, MIG.gid))


def test_passable_folder_can_be_passed_but_not_read_by_others(tmp_path):
    gammel = os.umask(0o077)
    try:
        mappe = mapper.passabel_mappe(tmp_path / "a" / "b")
    finally:
        os.umask(gammel)

    assert mappe.stat().st_mode & 0o777 == 0o711


def test_socket_lies_in_the_wanted_folder_when_the_path_is_short(tmp_path, kort, monkeypatch):
    monkeypatch.setattr(mapper, "SOKKEL_MAKS", len(str(tmp_path)) + 20)

    assert mapper.sokkelmappe(tmp_path / "run", "v.sock", MIG) == tmp_path / "run"


@pytest.mark.parametrize(
    "navn",
    [
        pytest.param("d" * 200, id="for lang"),
        pytest.param("to ord", id="mellemrum"),
        pytest.param("så", id="dansk bogstav"),
        pytest.param("a,b", id="komma"),
    ],
)
def test_socket_gets_a_short_folder_when_the_path_will_not_do(tmp_path, kort, monkeypatch, navn):
    monkeypatch.setattr(mapper, "SOKKEL_MAKS", len(str(tmp_path)) + 30)
    dyb = tmp_path / navn
    dyb.mkdir()

    valgt = mapper.sokkelmappe(dyb / "run", "v.sock", MIG)

    assert valgt.parent == kort
    assert mapper.sokkelmappe(dyb / "run", "v.sock", MIG) == valgt


def test_socket_gets_a_short_folder_when_the_servers_user_cannot_enter(tmp_path, kort, monkeypatch):
    monkeypatch.setattr(mapper, "SOKKEL_MAKS", 1000)
    monkeypatch.setattr(Ejer, "kan_naa", lambda self, mappe: False)

    assert mapper.sokkelmappe(tmp_path / "run", "v.sock", MIG).parent == kort


def test_two_data_folders_get_a_short_folder_each(tmp_path):
    assert mapper.kendetegn(tmp_path / "a") != mapper.kendetegn(tmp_path / "b")


def test_short_root_is_the_users_own_folder_when_there_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr(mapper, "_ROD_KOERSEL", Path("/findes-ikke"))
    monkeypatch.setattr(mapper, "SOKKEL_MAKS", 1000)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    assert mapper._kort_rod() == tmp_path


def test_short_root_is_tmp_when_the_user_has_none(monkeypatch):
    monkeypatch.setattr(mapper, "_ROD_KOERSEL", Path("/findes-ikke"))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)

    assert mapper._kort_rod() == Path("/tmp")


def test_shared_root_refuses_a_folder_that_others_can_write_in(tmp_path, monkeypatch):
    aaben = tmp_path / "faelles"
    aaben.mkdir()
    aaben.chmod(0o777)
    monkeypatch.setattr(mapper, "_ROD_DATA", aaben)

    with pytest.raises(Opstartsfejl, match="kun root kan skrive"):
        mapper.faelles_rod()
