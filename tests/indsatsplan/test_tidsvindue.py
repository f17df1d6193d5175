"""Which part of the forløb the timeline shows, asked for by the address."""

from datetime import date

import pytest

from indsatsplan.tidsvindue import Zoom, byg

FRA, TIL, I_DAG = date(2025, 6, 1), date(2026, 6, 25), date(2025, 11, 25)


def vindue(**valgt):
    return byg(valgt, fra=FRA, til=TIL, i_dag=I_DAG)


@pytest.mark.parametrize(
    ("valgt", "fra", "til", "vist"),
    [
        ({}, date(2025, 6, 1), date(2026, 6, 30), ""),
        ({"zoom": "maaned"}, date(2025, 11, 1), date(2025, 11, 30), "november 2025"),
        ({"zoom": "kvartal"}, date(2025, 10, 1), date(2025, 12, 31), "oktober – december 2025"),
        ({"zoom": "aar"}, date(2025, 1, 1), date(2025, 12, 31), "januar – december 2025"),
        (
            {"zoom": "kvartal", "fra": "2026-04"},
            date(2026, 4, 1),
            date(2026, 6, 30),
            "april – juni 2026",
        ),
        (
            {"zoom": "aar", "fra": "2025-07"},
            date(2025, 7, 1),
            date(2026, 6, 30),
            "juli 2025 – juni 2026",
        ),
    ],
)
def test_the_part_that_is_asked_for(valgt, fra, til, vist):
    fundet = vindue(**valgt)

    assert (fundet.fra, fundet.til, fundet.vist) == (fra, til, vist)


@pytest.mark.parametrize(
    "valgt",
    [
        {"zoom": "uge"},
        {"fra": "2026-04"},
        {"zoom": "maaned", "fra": "2031-01"},
        {"zoom": "maaned", "fra": "2025-05"},
        {"zoom": "aar", "fra": "9999-12"},
        {"zoom": "aar", "fra": "0001-01"},
    ],
)
def test_what_lies_outside_or_is_unknown_shows_all(valgt):
    assert vindue(**valgt).zoom is None


@pytest.mark.parametrize("fra", ["x", "2026-13", "2026-04-01", "", "202604", "2026-W1"])
def test_nonsense_for_a_month_is_today(fra):
    assert vindue(zoom="maaned", fra=fra).fra == date(2025, 11, 1)


def test_ways_to_other_parts_keep_the_month_and_the_forloeb():
    fundet = vindue(zoom="kvartal", fra="2026-04", forloeb="7")

    assert [(v.navn, v.adresse, v.er_valgt) for v in fundet.valg] == [
        ("Hele forløbet", "?forloeb=7#tidslinje", False),
        ("Måned", "?forloeb=7&zoom=maaned&fra=2026-04#tidslinje", False),
        ("Kvartal", "?forloeb=7&zoom=kvartal&fra=2026-04#tidslinje", True),
        ("År", "?forloeb=7&zoom=aar&fra=2026-01#tidslinje", False),
    ]
    assert fundet.forrige.adresse == "?forloeb=7&zoom=kvartal&fra=2026-01#tidslinje"
    assert fundet.naeste is None


def test_every_day_can_be_reached_from_the_first_part():
    for zoom in Zoom:
        fundet = vindue(zoom=zoom.value, fra="2025-06")
        til = fundet.til
        assert fundet.forrige is None
        while fundet.naeste:
            valgt = dict(led.split("=") for led in fundet.naeste.adresse[1:-10].split("&"))
            fundet = vindue(**valgt)
            assert (fundet.fra - til).days == 1
            til = fundet.til
        assert til >= TIL


def test_a_forloeb_that_has_been_opens_on_its_last_month():
    assert byg({"zoom": "maaned"}, fra=FRA, til=TIL, i_dag=date(2030, 1, 1)).fra == date(2026, 6, 1)
