"""The worked dates of domain.md 8, of the plain reckoning and of the derivation: so they share no
mistake that the law's own examples would show.
"""

from datetime import date, timedelta

import pytest

from opfoelgning.models import Fristregel
from opfoelgning.udledning import udled
from ressource.models import Lukkedag
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    FritagelseFactory,
    IndstillingFactory,
    RessourceforloebFactory,
    SagFactory,
    TeamFactory,
)
from tests.opfoelgning.orakel import (
    Noegle,
    Orakel,
    Ventet,
    er_arbejdsdag,
    forskelle,
    fundne,
    helligdage,
    maaneder_fra,
    pausedage,
)

dag = date.fromisoformat

# domain.md 8.1: Thursday and Friday before Easter, Easter, Monday; Ascension; Whitsun.
PAASKE = [
    "2026-04-02 2026-04-03 2026-04-05 2026-04-06 2026-05-14 2026-05-24 2026-05-25",
    "2027-03-25 2027-03-26 2027-03-28 2027-03-29 2027-05-06 2027-05-16 2027-05-17",
    "2028-04-13 2028-04-14 2028-04-16 2028-04-17 2028-05-25 2028-06-04 2028-06-05",
    "2029-03-29 2029-03-30 2029-04-01 2029-04-02 2029-05-10 2029-05-20 2029-05-21",
    "2030-04-18 2030-04-19 2030-04-21 2030-04-22 2030-05-30 2030-06-09 2030-06-10",
]
# domain.md 8.3: team meeting, a week on, target, rolled forward, two weeks, three weeks.
MOEDER = [
    "2026-11-24 2026-12-01 2026-12-01 2026-12-01 2026-12-08 2026-12-15",
    "2026-12-17 2026-12-24 2026-12-23 2026-12-28 2026-12-31 2027-01-07",
    "2026-12-18 2026-12-25 2026-12-23 2026-12-28 2027-01-01 2027-01-08",
    "2027-03-18 2027-03-25 2027-03-24 2027-03-30 2027-04-01 2027-04-08",
    "2027-04-29 2027-05-06 2027-05-05 2027-05-07 2027-05-13 2027-05-20",
    "2024-04-19 2024-04-26 2024-04-26 2024-04-26 2024-05-03 2024-05-10",
    "2023-04-28 2023-05-05 2023-05-04 2023-05-08 2023-05-12 2023-05-19",
]
# Received, and the last day to appeal.
KLAGER = [
    "2026-11-27 2026-12-28",
    "2026-12-03 2027-01-04",
    "2027-02-25 2027-03-30",
    "2027-05-08 2027-06-07",
    "2026-11-24 2026-12-22",
]


@pytest.mark.parametrize("aar", PAASKE)
def test_days_that_hang_on_easter_are_those_of_the_domain(aar):
    dage = [dag(d) for d in aar.split()]

    faste = {(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)}
    fra_paaske = {d for d in helligdage(dage[0].year) if (d.month, d.day) not in faste}
    assert fra_paaske | ({dag("2028-06-05")} & set(dage)) == set(dage)
    assert not er_arbejdsdag(dag("2023-05-05"))
    assert er_arbejdsdag(dag("2024-04-26"))


def test_month_has_the_same_day_or_its_last_across_year_and_leap_day():
    assert maaneder_fra(dag("2026-08-31"), 6) == dag("2027-02-28")
    assert maaneder_fra(dag("2027-08-31"), 6) == dag("2028-02-29")
    assert maaneder_fra(dag("2028-02-29"), 12) == dag("2029-02-28")
    assert maaneder_fra(dag("2026-01-31"), -2) == dag("2025-11-30")


# The deadline is Monday the 30th; the first day counted is the 2nd.
@pytest.mark.parametrize(
    ("pauser", "dage"),
    [
        ([], 0),
        (["2026-11-05 2026-11-14"], 10),
        # Running when the clock starts, and across the last day.
        (["2026-10-20 2026-11-04"], 3),
        (["2026-11-25 2026-12-10"], 16),
        # On the last day itself, and the day after.
        (["2026-11-30 2026-11-30"], 1),
        (["2026-12-01 2026-12-20"], 0),
        # The second begins in the days that the first gave, and touches it.
        (["2026-11-28 2026-12-02", "2026-12-03 2026-12-05"], 8),
        # That day too late, it begins beyond what the first gave.
        (["2026-11-28 2026-11-29", "2026-12-03 2026-12-05"], 2),
    ],
)
def test_pause_counts_when_it_begins_before_the_clock_has_run_out(pauser, dage):
    perioder = [tuple(dag(d) for d in pause.split()) for pause in pauser]

    assert pausedage(perioder, dag("2026-11-02"), dag("2026-11-30")) == dage


def reckoned(dato: date) -> dict[Noegle, Ventet]:
    """The derived rows, which are those of the plain reckoning."""
    udled(dato)
    rows = fundne()
    assert forskelle(Orakel().frister(dato), rows) == []
    return rows


def et_moede(sag, moede: date):
    return IndstillingFactory(
        afsluttet=True,
        punkt__sag=sag,
        punkt__behandlet_den=f"{moede}T10:00+01:00",
        punkt__moede__dato=moede,
        punkt__moede__oprettet_af=sag.oprettet_af,
        punkt__moede__moedeleder=sag.oprettet_af,
    )


def nye_sager(antal: int):
    faelles = {"oprettet_af": BrugerFactory(), "team": TeamFactory()}
    return [SagFactory(oprettet_dato=dag("2023-01-02"), **faelles) for _ in range(antal)]


@pytest.mark.django_db
def test_the_seven_meetings_of_the_domain_give_its_dates():
    Fristregel.objects.filter(kode__startswith="INDSATSPLAN").update(anker="TEAMMOEDE")
    ventede = [[dag(d) for d in linje.split()] for linje in MOEDER]
    moeder = {
        et_moede(sag, linje[0]).pk: linje
        for sag, linje in zip(nye_sager(len(ventede)), ventede, strict=True)
    }

    def datoer() -> dict[tuple[str, int], Ventet]:
        return {(n.kode, n.anker_id): frist for n, frist in reckoned(dag("2026-11-25")).items()}

    rullet_ikke = datoer()
    Fristregel.objects.filter(kode="FOERSTE_OPFOELGNING").update(rulning="frem")
    rullet = datoer()

    for pk, (_, uge, maal, frem, to_uger, tre_uger) in moeder.items():
        foerste = rullet_ikke["FOERSTE_OPFOELGNING", pk]
        assert (foerste.forfald, foerste.maal) == (uge, maal)
        assert rullet["FOERSTE_OPFOELGNING", pk].forfald == frem
        assert rullet["INDSATSPLAN_VARSEL", pk].forfald == to_uger
        assert rullet["INDSATSPLAN_FRIST", pk].forfald == tre_uger


@pytest.mark.django_db
def test_the_five_appeals_of_the_domain_roll_forward_and_no_local_closing_day_moves_them():
    # The municipality is closed on every last day; the law does not know.
    Lukkedag.objects.bulk_create(
        [Lukkedag(dato=dag(linje.split()[1]), aarsag="Lukket") for linje in KLAGER]
    )
    sager = nye_sager(len(KLAGER))
    for sag, linje in zip(sager, KLAGER, strict=True):
        modtaget = dag(linje.split()[0])
        AfgoerelseFactory(
            truffet=True,
            afgoerelse_dato=modtaget,
            modtaget_dato=modtaget,
            skrevet_af=sag.oprettet_af,
            indstilling=et_moede(sag, modtaget),
            udfald="fleksjob",
        )

    raekker = reckoned(dag("2026-11-24"))

    frister = {n.sag: f for n, f in raekker.items() if n.kode == "KLAGEFRIST"}
    for sag, linje in zip(sager, KLAGER, strict=True):
        modtaget, sidste = linje.split()
        assert (frister[sag.pk].start, frister[sag.pk].forfald) == (dag(modtaget), dag(sidste))
        # To be planned for a day on which somebody is at work.
        assert frister[sag.pk].maal < dag(sidste)


@pytest.mark.django_db
def test_six_months_are_the_same_date_and_then_the_days_the_clock_stood_still():
    forloeb = RessourceforloebFactory(start_dato=dag("2026-08-31"), slut_dato=dag("2028-08-30"))
    FritagelseFactory(forloeb=forloeb, fra_dato=dag("2027-02-28"), til_dato=dag("2027-03-09"))

    [garanti] = [f for n, f in reckoned(dag("2027-01-04")).items() if n.kode == "INDSATSGARANTI"]

    assert garanti.pause == 10
    assert garanti.forfald == dag("2027-02-28") + timedelta(days=10)
