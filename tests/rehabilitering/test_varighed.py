"""Durations of a ressourceforløb under each rule set, by age and history (domain.md 1.1)."""

from datetime import date, timedelta

import pytest

from rehabilitering import varighed
from ressource import regelsaetdata
from ressource.models import Regelsaet

EN_DAG = timedelta(days=1)
# The first day of the forløb asked for, one per rule set, while it is in force.
START = {
    "R2013": date(2016, 5, 1),
    "R2018": date(2019, 5, 1),
    "R2022": date(2022, 5, 1),
    "R2025": date(2025, 5, 1),
    "R2026": date(2026, 1, 15),
}


def saet(kode):
    """The set as it is installed, without the database."""
    return Regelsaet(**next(r for r in regelsaetdata.REGELSAET if r["kode"] == kode))


def foedt(start, aar, dage=0):
    """Born so that one is `aar` years old, and `dage` days, on `start`."""
    return start.replace(year=start.year - aar) - timedelta(days=dage)


def haft(start, *maaneder):
    """Earlier forløb of so many months, each with a month's pause after it."""
    perioder, slut = [], start - timedelta(days=31)
    for antal in reversed(maaneder):
        fra = varighed.tilfoej(slut + EN_DAG, -antal, "MAANEDER")
        perioder.append((fra, slut))
        slut = fra - timedelta(days=31)
    return perioder


FULDE = ("R2022", "R2025", "R2026")
# set, age on the first day, months of earlier forløb, own wish, months at most
HOEJST = [
    *[
        (kode, alder, (), False, 60)
        for kode in ("R2013", "R2018")
        for alder in (30, 39, 40, 49, 50)
    ],
    *[(kode, 54, (60,), False, 60) for kode in ("R2013", "R2018")],
    # Six years before folkepension is no limit before 2022.
    *[(kode, 64, (), False, 60) for kode in ("R2013", "R2018")],
    *[(kode, alder, (), False, 36) for kode in FULDE for alder in (30, 39, 40, 49, 50)],
    # Under 40: one or more, each of three years.
    *[(kode, 39, (36,), False, 36) for kode in FULDE],
    *[(kode, 39, (36, 36), False, 36) for kode in FULDE],
    # 40 to 49: five years in all, more when the citizen wishes it.
    *[(kode, 40, (36,), False, 24) for kode in FULDE],
    *[(kode, 49, (36,), False, 24) for kode in FULDE],
    *[(kode, 40, (36, 24), False, 0) for kode in FULDE],
    # What is left is less than a forløb must last.
    *[(kode, 45, (36, 15), False, 0) for kode in FULDE],
    *[(kode, 49, (36, 24), True, 36) for kode in FULDE],
    # 50 and more: one, more when the citizen wishes it.
    *[(kode, 50, (12,), False, 0) for kode in FULDE],
    *[(kode, 50, (12,), True, 36) for kode in FULDE],
    *[(kode, 54, (), False, 36) for kode in FULDE],
]


@pytest.mark.parametrize(("kode", "alder", "tidligere", "oenske", "maaneder"), HOEJST)
def test_longest_forloeb_by_age_and_history(kode, alder, tidligere, oenske, maaneder):
    start = START[kode]
    om = {
        "foedt": foedt(start, alder),
        "start": start,
        "tidligere": haft(start, *tidligere),
        "oensker_mere": oenske,
    }

    assert varighed.hoejst(saet(kode), **om) == maaneder
    # And what is found to be possible is never refused, a day more always.
    if maaneder:
        slut = varighed.sidste_dag(start, maaneder)
        assert varighed.brud(saet(kode), slut=slut, **om) == []
        assert varighed.brud(saet(kode), slut=slut + EN_DAG, **om)


@pytest.mark.parametrize(
    ("kode", "lovligt"),
    [("R2013", True), ("R2018", True), ("R2022", False), ("R2025", False), ("R2026", False)],
)
def test_five_years_as_the_guide_gives_anne_and_kim(kode, lovligt):
    start = START[kode]

    fundet = varighed.brud(
        saet(kode), foedt=foedt(start, 32), start=start, slut=varighed.sidste_dag(start, 60)
    )

    assert (fundet == []) is lovligt
    if not lovligt:
        assert fundet[0].startswith(
            f"Et ressourceforløb kan højst vare 36 måneder, når borgeren er under 40 år ({kode})."
        )


@pytest.mark.parametrize(
    ("alder", "dage", "tidligere", "besked"),
    [
        # The day before the birthday one is in the band below.
        (39, 364, (36, 24), ""),
        (40, 0, (36, 24), "når borgeren er 40 til 49 år (R2022). Borgeren har haft 60 måneder."),
        (49, 364, (36,), ""),
        (50, 0, (36,), "når borgeren er 50 år eller mere (R2022), og dette er nr. 2."),
    ],
)
def test_band_is_that_of_the_age_on_the_first_day(alder, dage, tidligere, besked):
    start = START["R2022"]

    fundet = varighed.brud(
        saet("R2022"),
        foedt=foedt(start, alder, dage),
        start=start,
        slut=varighed.sidste_dag(start, 24),
        tidligere=haft(start, *tidligere),
    )

    assert (besked in "".join(fundet)) if besked else fundet == []


@pytest.mark.parametrize("kode", FULDE)
def test_six_years_before_folkepension(kode):
    start = START[kode]
    # Born so that the folkepension age, 67 or 68 years, comes six years after the first day.
    aar = 67 if start.year + 6 - 67 < 1963 else 68
    dag = start.replace(year=start.year + 6 - aar)
    om = {"start": start, "slut": varighed.sidste_dag(start, 36)}

    assert varighed.folkepension(saet(kode), dag) == start.replace(year=start.year + 6)
    # Exactly six years are left, so the point is passed during the forløb: it may be finished.
    assert varighed.brud(saet(kode), foedt=dag, **om) == []
    (besked,) = varighed.brud(saet(kode), foedt=dag - EN_DAG, **om)
    assert besked.startswith("Der er under 6 år til borgerens folkepension")
    assert varighed.brud(saet(kode), foedt=dag - EN_DAG, oensker_mere=True, **om) == []
    assert varighed.hoejst(saet(kode), foedt=dag - EN_DAG, start=start) == 0


@pytest.mark.parametrize(
    ("foedt", "dag"),
    [
        (date(1953, 12, 31), date(2018, 12, 31)),
        (date(1954, 8, 31), date(2020, 8, 31)),
        (date(1955, 1, 31), date(2021, 7, 31)),
        (date(1962, 12, 31), date(2029, 12, 31)),
        (date(1963, 1, 1), date(2031, 1, 1)),
        (date(1971, 2, 28), date(2041, 2, 28)),
    ],
)
def test_folkepension_age_follows_the_year_of_birth(foedt, dag):
    assert varighed.folkepension(saet("R2022"), foedt) == dag


def test_extension_is_part_of_the_forloeb_it_extends():
    start = START["R2022"]
    foer = [(varighed.tilfoej(start, -24, "MAANEDER"), start - EN_DAG)]
    om = {"foedt": foedt(start, 52), "start": start, "tidligere": foer}

    # Somebody of 52 gets one forløb: of the two years, one more is part of it; more is another.
    assert varighed.hoejst(saet("R2022"), **om) == 12
    assert varighed.brud(saet("R2022"), slut=varighed.sidste_dag(start, 6), **om) == []
    (besked,) = varighed.brud(saet("R2022"), slut=varighed.sidste_dag(start, 13), **om)
    assert "og dette er nr. 2" in besked


def test_too_short_is_refused_but_not_the_end_of_an_extension():
    start = START["R2022"]

    (besked,) = varighed.brud(
        saet("R2022"), foedt=foedt(start, 30), start=start, slut=varighed.sidste_dag(start, 11)
    )

    assert besked == (
        "Et ressourceforløb skal mindst vare 12 måneder (R2022). "
        "Det kan tidligst slutte 30.04.2023."
    )


def test_days_beside_whole_months_count_in_the_total():
    start = START["R2022"]
    foer = [(date(2018, 1, 1), date(2020, 12, 31)), (date(2021, 2, 1), date(2021, 2, 10))]
    om = {"foedt": foedt(start, 45), "start": start, "tidligere": foer}

    slut = varighed.sidste_dag(start, 24) - timedelta(days=10)
    assert varighed.brud(saet("R2022"), slut=slut, **om) == []
    (besked,) = varighed.brud(saet("R2022"), slut=slut + EN_DAG, **om)
    assert "Borgeren har haft 36 måneder og 10 dage." in besked


@pytest.mark.parametrize(
    ("start", "foer", "maa_forlaenges", "besked"),
    [
        (date(2026, 1, 31), [], False, ""),
        (date(2026, 2, 1), [], False, "et nyt ressourceforløb senest begynde 31.01.2026 (R2026)"),
        (
            date(2026, 2, 1),
            [(date(2025, 2, 1), date(2026, 1, 31))],
            False,
            "kan et ressourceforløb ikke forlænges efter 31.01.2026 (R2026)",
        ),
        (date(2026, 2, 1), [(date(2025, 2, 1), date(2026, 1, 31))], True, ""),
        # A day between makes it a new one, whatever the set says of extensions.
        (
            date(2026, 2, 2),
            [(date(2025, 2, 1), date(2026, 1, 31))],
            True,
            "et nyt ressourceforløb senest begynde 31.01.2026",
        ),
        # And so does more than one forløb may last.
        (
            date(2026, 2, 1),
            [(date(2023, 2, 1), date(2026, 1, 31))],
            True,
            "et nyt ressourceforløb senest begynde 31.01.2026",
        ),
    ],
)
def test_cut_off_for_new_forloeb_and_for_extensions(start, foer, maa_forlaenges, besked):
    regler = saet("R2026")
    regler.maa_forlaenges = maa_forlaenges

    fundet = varighed.skaeringsbrud(
        regler,
        foedt=date(1990, 1, 1),
        start=start,
        slut=varighed.sidste_dag(start, 12),
        tidligere=foer,
    )

    assert (besked in fundet) if besked else fundet == ""
