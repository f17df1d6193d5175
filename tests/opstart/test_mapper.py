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


def test_privat_mappe_er_lukket_for_andre_selv_med_aaben_umask(tmp_path):
    gammel = os.umask(0)
    try:
        mappe = mapper.privat_mappe(tmp_path / "m", MIG)
    finally:
        os.umask(gammel)

    assert mappe.stat().st_mode & 0o777 == 0o700


def test_privat_mappe_lukker_en_af_egne_som_er_for_aaben(tmp_path):
    (tmp_path / "m").mkdir(mode=0o755)

    mapper.privat_mappe(tmp_path / "m", MIG)

    assert (tmp_path / "m").stat().st_mode & 0o777 == 0o700


def test_privat_mappe_afviser_en_henvisning_til_en_anden_mappe(tmp_path):
    (tmp_path / "andens").mkdir()
    (tmp_path / "m").symlink_to(tmp_path / "andens")

    with pytest.raises(Opstartsfejl, match="er ikke en mappe"):
        mapper.privat_mappe(tmp_path / "m", MIG)


def test_privat_mappe_afviser_en_fil(tmp_path):
    (tmp_path / "m").write_text("")

    with pytest.raises(Opstartsfejl, match="er ikke en mappe"):
        mapper.privat_mappe(tmp_path / "m", MIG)


def test_privat_mappe_afviser_en_andens_mappe(tmp_path):
    (tmp_path / "m").mkdir()

    class Anden(Ejer):
        navn = "en anden"

    with pytest.raises(Opstartsfejl, match="--data"):
        mapper.privat_mappe(tmp_path / "m", Anden(MIG.uid + 1, MIG.gid))


def test_passabel_mappe_kan_gennemgaas_men_ikke_laeses_af_andre(tmp_path):
    gammel = os.umask(0o077)
    try:
        mappe = mapper.passabel_mappe(tmp_path / "a" / "b")
    finally:
        os.umask(gammel)

    assert mappe.stat().st_mode & 0o777 == 0o711


def test_sokkel_ligger_i_den_oenskede_mappe_naar_stien_er_kort(tmp_path, kort, monkeypatch):
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
def test_sokkel_faar_en_kort_mappe_naar_stien_ikke_duer(tmp_path, kort, monkeypatch, navn):
    monkeypatch.setattr(mapper, "SOKKEL_MAKS", len(str(tmp_path)) + 30)
    dyb = tmp_path / navn
    dyb.mkdir()

    valgt = mapper.sokkelmappe(dyb / "run", "v.sock", MIG)

    assert valgt.parent == kort
    assert mapper.sokkelmappe(dyb / "run", "v.sock", MIG) == valgt


def test_sokkel_faar_en_kort_mappe_naar_serverens_bruger_ikke_kan_komme_ind(
    tmp_path, kort, monkeypatch
):
    monkeypatch.setattr(mapper, "SOKKEL_MAKS", 1000)
    monkeypatch.setattr(Ejer, "kan_naa", lambda self, mappe: False)

    assert mapper.sokkelmappe(tmp_path / "run", "v.sock", MIG).parent == kort


def test_to_datamapper_faar_hver_sin_korte_mappe(tmp_path):
    assert mapper.kendetegn(tmp_path / "a") != mapper.kendetegn(tmp_path / "b")


def test_kort_rod_er_brugerens_egen_mappe_naar_den_findes(tmp_path, monkeypatch):
    monkeypatch.setattr(mapper, "_ROD_KOERSEL", Path("/findes-ikke"))
    monkeypatch.setattr(mapper, "SOKKEL_MAKS", 1000)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    assert mapper._kort_rod() == tmp_path


def test_kort_rod_er_tmp_naar_brugeren_ingen_egen_har(monkeypatch):
    monkeypatch.setattr(mapper, "_ROD_KOERSEL", Path("/findes-ikke"))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)

    assert mapper._kort_rod() == Path("/tmp")


def test_faelles_rod_afviser_en_mappe_som_andre_kan_skrive_i(tmp_path, monkeypatch):
    aaben = tmp_path / "faelles"
    aaben.mkdir()
    aaben.chmod(0o777)
    monkeypatch.setattr(mapper, "_ROD_DATA", aaben)

    with pytest.raises(Opstartsfejl, match="kun root kan skrive"):
        mapper.faelles_rod()
