"""The first user of an installation without the demo."""

import io

import pytest
from django.core.management import CommandError, call_command

from ressource.models import Bruger
from tests.factories import BrugerFactory

pytestmark = pytest.mark.django_db
KODE = "en god lang kode\n"


@pytest.fixture
def stdin(monkeypatch):
    def saet(tekst):
        monkeypatch.setattr("sys.stdin", io.StringIO(tekst))

    return saet


def test_user_is_made_with_roles_and_team(stdin):
    stdin(KODE)

    call_command(
        "opret_bruger", "hanne", "Hanne Holm", "--rolle", "teamleder", "--rolle", "leder",
        "--team", "Team Nord",
    )  # fmt: skip

    hanne = Bruger.objects.get(brugernavn="hanne")
    assert hanne.check_password(KODE.strip())
    assert (hanne.roller, hanne.team.navn) == (["teamleder", "leder"], "Team Nord")


@pytest.mark.parametrize("kode", ["\n", "kort\n", "hanneholm123\n", "password1234\n"])
def test_weak_password_is_refused_and_nothing_made(stdin, kode):
    stdin(kode)

    with pytest.raises(CommandError):
        call_command("opret_bruger", "hanneholm", "Hanne Holm", "--rolle", "leder")

    assert not Bruger.objects.exists()


def test_taken_name_is_refused(stdin):
    BrugerFactory(brugernavn="hanne")
    stdin(KODE)

    with pytest.raises(CommandError, match="eksisterer allerede"):
        call_command("opret_bruger", "hanne", "Hanne Holm", "--rolle", "leder")
