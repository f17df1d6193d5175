"""The lock on a data folder, and the marks that let the second start skip what is done."""

import pytest

from ressource.opstart import maerke
from ressource.opstart.laas import laas, skriv_ejer
from ressource.opstart.melding import Opstartsfejl


def test_second_start_is_told_who_is_running(tmp_path):
    fil = tmp_path / "start.laas"

    with laas(fil, optaget="Kører allerede ({hvem})."):
        skriv_ejer(fil, "proces 17")
        with (
            pytest.raises(Opstartsfejl, match=r"Kører allerede \(proces 17\)\."),
            laas(fil, optaget="Kører allerede ({hvem})."),
        ):
            pass


def test_lock_is_free_after_use(tmp_path):
    with laas(tmp_path / "start.laas", optaget="nej"):
        pass

    with laas(tmp_path / "start.laas", optaget="nej"):
        pass


def test_lock_does_not_follow_a_symlink(tmp_path):
    (tmp_path / "start.laas").symlink_to(tmp_path / "andet")

    with pytest.raises(OSError, match="symbolic links"), laas(tmp_path / "start.laas"):
        pass


def test_fingerprint_changes_with_name_content_and_extra(tmp_path):
    fil = tmp_path / "a.py"
    fil.write_text("1")
    foer = maerke.fingeraftryk([fil], "x")

    assert maerke.fingeraftryk([fil], "y") != foer
    fil.write_text("2")
    assert maerke.fingeraftryk([fil], "x") != foer


def test_fingerprint_does_not_depend_on_the_order(tmp_path):
    filer = [tmp_path / navn for navn in ("a", "b")]
    for fil in filer:
        fil.write_text(fil.name)

    assert maerke.fingeraftryk(filer) == maerke.fingeraftryk(reversed(filer))


def test_compiled_python_does_not_count(tmp_path):
    (tmp_path / "a.py").write_text("")
    (tmp_path / "a.pyc").write_text("")

    assert maerke.filer_i(tmp_path) == [tmp_path / "a.py"]


def test_mark_holds_for_its_own_value_only(tmp_path):
    fil = tmp_path / "byg" / ".maerke"

    assert not maerke.er_sat(fil, "1")
    maerke.saet(fil, "1")
    assert maerke.er_sat(fil, "1")
    assert not maerke.er_sat(fil, "2")
