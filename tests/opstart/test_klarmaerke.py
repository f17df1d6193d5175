"""What a second start skips, and whose database gets the demo."""

import pytest

from ressource.opstart import klargoer, klarmaerke, maerke
from ressource.opstart.klarmaerke import Klarmaerker
from tests.factories import BrugerFactory


@pytest.fixture
def maerker(tmp_path, monkeypatch):
    samlet = tmp_path / "samlet"
    samlet.mkdir()
    monkeypatch.setattr(klarmaerke, "_SAMLET", samlet)
    monkeypatch.setattr(klarmaerke, "_STATIK", tmp_path / ".samlet")
    return Klarmaerker(tmp_path, demo=True)


def test_foerste_start_goer_det_hele(maerker, tmp_path):
    assert maerker.mangler(fremmed=False) == [
        *("--statik", "--database", "--demo-maerke", str(tmp_path / ".demo")),
        *("--login-fil", str(tmp_path / "demo-login.txt")),
    ]


def test_anden_start_goer_intet(maerker):
    maerker.saet()

    assert maerker.mangler(fremmed=False) == []


def test_ny_database_goeres_klar_forfra(maerker):
    maerker.saet()

    maerker.glem_databasen()

    assert "--database" in maerker.mangler(fremmed=False)
    assert "--statik" not in maerker.mangler(fremmed=False)


def test_operatoerens_egen_database_ses_der_altid_til(maerker):
    maerker.saet()

    assert maerker.mangler(fremmed=True)[:2] == ["--database", "--fremmed"]


def test_tom_start_naevner_ikke_demoen(maerker, tmp_path):
    assert Klarmaerker(tmp_path, demo=False).mangler(fremmed=False) == ["--statik", "--database"]


@pytest.mark.django_db
@pytest.mark.parametrize("fremmed", [True, False])
def test_demo_indlaeses_i_en_database_uden_brugere(tmp_path, fremmed):
    assert klargoer._skal_indlaeses(tmp_path / ".demo", fremmed=fremmed)


@pytest.mark.django_db
def test_demo_indlaeses_aldrig_oven_i_andres_brugere(tmp_path):
    BrugerFactory()

    assert not klargoer._skal_indlaeses(tmp_path / ".demo", fremmed=True)


@pytest.mark.django_db
def test_afbrudt_demo_indlaeses_igen_og_en_hel_ikke(tmp_path):
    BrugerFactory()

    assert klargoer._skal_indlaeses(tmp_path / ".demo", fremmed=False)
    maerke.saet(tmp_path / ".demo", "indlæst")
    assert not klargoer._skal_indlaeses(tmp_path / ".demo", fremmed=False)
