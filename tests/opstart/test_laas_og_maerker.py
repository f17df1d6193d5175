"""The lock on a data folder, and the marks that let the second start skip what is done."""

import pytest

from ressource.opstart import maerke
from ressource.opstart.laas import laas, skriv_ejer
from ressource.opstart.melding import Opstartsfejl


def test_anden_start_faar_at_vide_hvem_der_koerer(tmp_path):
    fil = tmp_path / "start.laas"

    with laas(fil, optaget="Kører allerede ({hvem})."):
        skriv_ejer(fil, "proces 17")
        with (
            pytest.raises(Opstartsfejl, match=r"Kører allerede \(proces 17\)\."),
            laas(fil, optaget="Kører allerede ({hvem})."),
        ):
            pass


def test_laasen_er_fri_efter_brug(tmp_path):
    with laas(tmp_path / "start.laas", optaget="nej"):
        pass

    with laas(tmp_path / "start.laas", optaget="nej"):
        pass


def test_laasen_foelger_ikke_en_henvisning(tmp_path):
    (tmp_path / "start.laas").symlink_to(tmp_path / "andet")

    with pytest.raises(OSError, match="symbolic links"), laas(tmp_path / "start.laas"):
        pass


def test_fingeraftryk_aendres_af_navn_indhold_og_ekstra(tmp_path):
    fil = tmp_path / "a.py"
    fil.write_text("1")
    foer = maerke.fingeraftryk([fil], "x")

    assert maerke.fingeraftryk([fil], "y") != foer
    fil.write_text("2")
    assert maerke.fingeraftryk([fil], "x") != foer


def test_fingeraftryk_afhaenger_ikke_af_raekkefoelgen(tmp_path):
    filer = [tmp_path / navn for navn in ("a", "b")]
    for fil in filer:
        fil.write_text(fil.name)

    assert maerke.fingeraftryk(filer) == maerke.fingeraftryk(reversed(filer))


def test_oversat_python_taeller_ikke_med(tmp_path):
    (tmp_path / "a.py").write_text("")
    (tmp_path / "a.pyc").write_text("")

    assert maerke.filer_i(tmp_path) == [tmp_path / "a.py"]


def test_maerke_gaelder_kun_sin_egen_vaerdi(tmp_path):
    fil = tmp_path / "byg" / ".maerke"

    assert not maerke.er_sat(fil, "1")
    maerke.saet(fil, "1")
    assert maerke.er_sat(fil, "1")
    assert not maerke.er_sat(fil, "2")
