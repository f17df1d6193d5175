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


def test_first_start_does_everything(maerker, tmp_path):
    assert maerker.mangler(fremmed=False) == [
        *("--statik", "--database", "--demo-maerke", str(tmp_path / ".demo")),
        *("--login-fil", str(tmp_path / "demo-login.txt")),
    ]


def test_second_start_does_nothing(maerker):
    maerker.saet()

    assert maerker.mangler(fremmed=False) == []


def test_new_database_is_made_ready_from_the_beginning(maerker):
    maerker.saet()

    maerker.glem_databasen()

    assert "--database" in maerker.mangler(fremmed=False)
    assert "--statik" not in maerker.mangler(fremmed=False)


def test_operators_own_database_is_always_seen_to(maerker):
    maerker.saet()

    assert maerker.mangler(fremmed=True)[:2] == ["--database", "--fremmed"]


def test_empty_start_does_not_mention_the_demo(maerker, tmp_path):
    assert Klarmaerker(tmp_path, demo=False).mangler(fremmed=False) == ["--statik", "--database"]


@pytest.mark.django_db
@pytest.mark.parametrize("fremmed", [True, False])
def test_demo_is_loaded_into_a_database_without_users(tmp_path, fremmed):
    assert klargoer._skal_indlaeses(tmp_path / ".demo", fremmed=fremmed)


@pytest.mark.django_db
def test_demo_is_never_loaded_on_top_of_the_users_of_others(tmp_path):
    BrugerFactory()

    assert not klargoer._skal_indlaeses(tmp_path / ".demo", fremmed=True)


@pytest.mark.django_db
def test_interrupted_demo_is_loaded_again_and_a_whole_one_is_not(tmp_path):
    BrugerFactory()

    assert klargoer._skal_indlaeses(tmp_path / ".demo", fremmed=False)
    maerke.saet(tmp_path / ".demo", "indlæst")
    assert not klargoer._skal_indlaeses(tmp_path / ".demo", fremmed=False)
