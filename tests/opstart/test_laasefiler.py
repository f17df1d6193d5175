"""The lock files: every package with hashes, no addresses, and the lists nested in one another."""

import json
import re
import tomllib

import pytest

from ressource.opstart import pakker
from ressource.opstart.steder import ROD

LISTER = ["requirements.txt", pakker.KOERSEL, pakker.TEST, pakker.NODE]


def _laast(navn):
    """Name and version of each package in a lock file, with the number of its hashes."""
    tekst = (ROD / navn).read_text(encoding="utf-8").replace("\\\n", " ")
    linjer = [linje for linje in tekst.splitlines() if linje.strip()]
    return {linje.split()[0].split(";")[0]: linje.count("--hash=sha256:") for linje in linjer}


@pytest.mark.parametrize("navn", LISTER)
def test_every_package_has_a_version_and_a_hash(navn):
    laast = _laast(navn)

    assert laast
    assert all("==" in pakke for pakke in laast)
    assert all(antal >= 1 for antal in laast.values())


@pytest.mark.parametrize("navn", [*LISTER, "package-lock.json", "pyproject.toml"])
def test_no_lock_file_has_addresses(navn):
    assert "://" not in (ROD / navn).read_text(encoding="utf-8")


def test_longer_list_contains_the_shorter():
    koersel, lokal, test = (set(_laast(navn)) for navn in LISTER[:3])

    assert koersel <= lokal <= test


@pytest.mark.parametrize(
    ("navn", "grupper"),
    [("requirements.txt", []), (pakker.KOERSEL, ["lokal"]), (pakker.TEST, ["lokal", "test"])],
)
def test_lock_files_follow_pyproject(navn, grupper):
    projekt = tomllib.loads((ROD / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oensket = [
        *projekt["dependencies"],
        *(krav for gruppe in grupper for krav in projekt["optional-dependencies"][gruppe]),
    ]
    laast = dict(pakke.split("==") for pakke in _laast(navn))

    for krav in oensket:
        pakke, _, version = re.sub(r"\[.*?\]", "", krav).partition("==")
        pakke = re.split(r"[<>=]", pakke)[0].lower().replace("_", "-")
        assert pakke in laast
        assert not version or laast[pakke] == version


def test_npm_lock_file_follows_package_json():
    oensket = json.loads((ROD / "package.json").read_text(encoding="utf-8"))
    laast = json.loads((ROD / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    for navn, version in (oensket["dependencies"] | oensket["devDependencies"]).items():
        assert laast[f"node_modules/{navn}"]["version"] == version
        assert laast[f"node_modules/{navn}"]["integrity"]
