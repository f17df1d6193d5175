"""The month's figures against worked examples and against a plain second computation."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from borgere.models import Afslutningsaarsag, Fase
from noegletal import rapport
from noegletal.beregning import beregn, beregn_udfald, udviklingsmaaneder
from noegletal.definitioner import NOEGLETAL
from noegletal.frysning import opgoer
from opfoelgning.models import Frist, Fristregel
from rehabilitering.models import Indsatstype
from ressource import dansk
from ressource.datoer import maanedens_dage
from tests.factories import IndsatsFactory, RessourceforloebFactory, SagFactory

pytestmark = pytest.mark.django_db
OKTOBER = date(2026, 10, 1)


def afslut(aarsag: str, antal: int, dato: date = date(2026, 10, 15)) -> None:
    """`antal` cases with a forløb that ended on `dato` for that reason."""
    for _ in range(antal):
        sag = SagFactory(oprettet_dato=dato - timedelta(days=800))
        RessourceforloebFactory(sag=sag, start_dato=dato - timedelta(days=500), afsluttet_dato=dato)
        sag.fase = Fase.AFSLUTNING
        sag.afslutningsaarsag = aarsag
        sag.afsluttet_dato = dato
        sag.afsluttet_af = sag.oprettet_af
        sag.save()


def udfald(linjer) -> dict[str, tuple[str, str]]:
    return {linje.navn.split(" ")[0]: (linje.antal, linje.andel) for linje in linjer}


def test_28_closed_cases_give_the_published_shares():
    afslut(Afslutningsaarsag.FLEKSJOB_ANSAT, 8)
    afslut(Afslutningsaarsag.ORDINAERT_JOB, 4)
    afslut(Afslutningsaarsag.FLEKSJOB_VISITERET, 4)
    afslut(Afslutningsaarsag.REVALIDERING, 2)
    afslut(Afslutningsaarsag.FOERTIDSPENSION, 5)
    afslut(Afslutningsaarsag.FRAFLYTTET, 4)
    afslut(Afslutningsaarsag.DOED, 1)

    tal = beregn_udfald(OKTOBER)
    fundet = {g.kode: dansk.pct(Decimal(n) * 100 / tal.i_alt) for g, n in tal.grupper}
    fundet |= {g.kode: dansk.pct(Decimal(n) * 100 / tal.i_alt) for g, n in tal.sammenlagte}

    assert tal.i_alt == 28
    assert fundet["selvforsoergende"] == "43 pct."
    assert fundet["paa_vej"] == "21 pct."
    assert fundet["succes"] == "64 pct."
    assert fundet["foertidspension"] == "18 pct."

    # In the report that leaves the house, the moved and the one who died cannot be told apart.
    linjer = udfald(rapport.udfaldslinjer(opgoer(OKTOBER)))
    assert linjer["Helt"] == ("12", "43 pct.")
    assert linjer["Succes"] == ("18", "64 pct.")
    assert linjer["Førtidspension"] == ("5", "18 pct.")
    assert linjer["Fraflyttet"] == ("..", "..")
    assert linjer["Øvrige"] == ("..", "..")


def test_268_closed_cases_give_the_published_shares():
    afslut(Afslutningsaarsag.FLEKSJOB_ANSAT, 60)
    afslut(Afslutningsaarsag.FLEKSJOB_VISITERET, 47)
    afslut(Afslutningsaarsag.FOERTIDSPENSION, 75)
    afslut(Afslutningsaarsag.FRAFLYTTET, 54)
    afslut(Afslutningsaarsag.UDLOEBET_UDEN_AFKLARING, 32)

    linjer = udfald(rapport.udfaldslinjer(opgoer(OKTOBER)))

    assert linjer["Målgruppeskift,"] == ("107", "40 pct.")
    assert linjer["Førtidspension"] == ("75", "28 pct.")
    assert linjer["Fraflyttet"] == ("54", "20 pct.")


@time_machine.travel("2026-12-01 10:00 +01:00", tick=False)
def test_three_persons_with_30_15_and_10_days_are_183_full_time():
    for start, slut in (("11-01", "11-30"), ("11-16", "11-30"), ("11-01", "11-10")):
        RessourceforloebFactory(
            start_dato=date.fromisoformat(f"2026-{start}"),
            slut_dato=date.fromisoformat(f"2026-{slut}"),
        )

    november = beregn([date(2026, 11, 1)])[date(2026, 11, 1)]

    assert (november["fuldtidspersoner"].taeller, november["fuldtidspersoner"].naevner) == (55, 30)
    vaerdi = november["fuldtidspersoner"].vaerdi(NOEGLETAL["fuldtidspersoner"])
    assert dansk.decimal(vaerdi) == "1,83"
    assert november["personer"].taeller == 3


def test_figures_equal_a_plain_second_computation():
    tilfaeldig = random.Random(20261101)
    typer = {
        "praktik": Indsatstype.objects.get(kode="virksomhedspraktik"),
        "mentor": Indsatstype.objects.get(kode="mentor"),
        "psykolog": Indsatstype.objects.get(kode="psykolog"),
    }
    forloeb, indsatser = [], []
    for _ in range(40):
        start = date(2025, 8, 1) + timedelta(days=tilfaeldig.randrange(480))
        slut = start + timedelta(days=tilfaeldig.randrange(20, 500))
        afsluttet = (
            start + timedelta(days=tilfaeldig.randrange((slut - start).days))
            if tilfaeldig.random() < 0.4
            else None
        )
        f = RessourceforloebFactory(start_dato=start, slut_dato=slut, afsluttet_dato=afsluttet)
        forloeb.append(f)
        for _ in range(tilfaeldig.randrange(3)):
            fra = start + timedelta(days=tilfaeldig.randrange(200))
            til = fra + timedelta(days=tilfaeldig.randrange(120))
            slut_i = til if tilfaeldig.random() < 0.6 else None
            kode = tilfaeldig.choice(list(typer))
            IndsatsFactory(
                forloeb=f,
                indsatstype=typer[kode],
                planlagt_start=fra,
                status="afsluttet" if slut_i else "i_gang",
                faktisk_start=fra,
                faktisk_slut=slut_i,
            )
            indsatser.append((f, kode, fra, slut_i))

    maaneder = udviklingsmaaneder(OKTOBER)
    fundet = beregn(maaneder)

    for maaned in maaneder:
        foerste, sidste = maanedens_dage(maaned)
        dagene = [foerste + timedelta(days=n) for n in range((sidste - foerste).days + 1)]
        i_gang, dage, med = set(), 0, {"praktik": set(), "mentor": set()}
        begyndt = sum(f.start_dato in dagene for f in forloeb)
        afsluttet = sum((f.afsluttet_dato or f.slut_dato) in dagene for f in forloeb)
        for f in forloeb:
            daekkede = [d for d in dagene if f.start_dato <= d <= (f.afsluttet_dato or f.slut_dato)]
            dage += len(daekkede)
            if daekkede:
                i_gang.add(f.borger_id)
                for kode, personer in med.items():
                    if any(
                        g is f
                        and k == kode
                        and any(a <= d and (z is None or d <= z) for d in dagene)
                        for g, k, a, z in indsatser
                    ):
                        personer.add(f.borger_id)
        tal = fundet[maaned]
        assert tal["personer"].taeller == len(i_gang), maaned
        assert (tal["fuldtidspersoner"].taeller, tal["begyndt"].taeller) == (dage, begyndt), maaned
        assert tal["afsluttet"].taeller == afsluttet, maaned
        for kode, noegletal in (("praktik", "virksomhedsrettet"), ("mentor", "mentor")):
            assert tal[noegletal].taeller == len(med[kode]), (maaned, kode)
            assert tal[noegletal].naevner == len(i_gang), (maaned, kode)


@time_machine.travel("2026-11-10 10:00 +01:00", tick=False)
def test_running_month_counts_nothing_that_lies_ahead():
    november = date(2026, 11, 1)
    RessourceforloebFactory(start_dato=date(2026, 11, 6), slut_dato=date(2028, 11, 5))
    RessourceforloebFactory(start_dato=date(2026, 11, 20), slut_dato=date(2028, 11, 19))
    regel = Fristregel.objects.get(kode="FOERSTE_OPFOELGNING")
    for forfald in (date(2026, 11, 9), date(2026, 11, 24)):
        Frist.objects.create(
            sag=SagFactory(),
            regel=regel,
            kode=regel.kode,
            anker_type="indstilling",
            anker_id=1,
            start_dato=forfald - timedelta(days=7),
            forfald_dato=forfald,
            maal_dato=forfald,
            varsel_dato=forfald,
        )

    tal = beregn([november])[november]

    assert (tal["personer"].taeller, tal["begyndt"].taeller) == (1, 1)
    assert (tal["fuldtidspersoner"].taeller, tal["fuldtidspersoner"].naevner) == (5, 10)
    assert tal["overskredne"].taeller == 1
    assert tal["foerste_opfoelgning"].naevner == 1


def test_forloeb_of_one_day_on_the_last_of_the_month_begins_and_ends_there():
    RessourceforloebFactory(start_dato=date(2026, 10, 31), slut_dato=date(2026, 10, 31))

    oktober, september = (beregn([m])[m] for m in (OKTOBER, date(2026, 9, 1)))

    assert [oktober[k].taeller for k in ("personer", "begyndt", "afsluttet")] == [1, 1, 1]
    assert (oktober["fuldtidspersoner"].taeller, oktober["fuldtidspersoner"].naevner) == (1, 31)
    assert [september[k].taeller for k in ("personer", "begyndt", "afsluttet")] == [0, 0, 0]


def test_forloeb_that_follow_on_are_one_and_those_apart_are_two():
    foerste = RessourceforloebFactory(start_dato=date(2026, 1, 5), slut_dato=date(2026, 10, 9))
    RessourceforloebFactory(
        borger=foerste.borger, start_dato=date(2026, 10, 10), slut_dato=date(2026, 10, 20)
    )
    RessourceforloebFactory(
        borger=foerste.borger, start_dato=date(2026, 10, 22), slut_dato=date(2027, 10, 21)
    )

    tal = beregn([OKTOBER])[OKTOBER]

    assert [tal[k].taeller for k in ("personer", "begyndt", "afsluttet")] == [1, 1, 1]


def test_deadline_figures_leave_out_voided_and_count_late_ones():
    regel = Fristregel.objects.get(kode="FOERSTE_OPFOELGNING")
    klage = Fristregel.objects.get(kode="KLAGEFRIST")

    def frist(forfald: str, opfyldt: str | None = None, bortfaldet: str | None = None, r=regel):
        dato = date.fromisoformat(forfald)
        return Frist.objects.create(
            sag=SagFactory(),
            regel=r,
            kode=r.kode,
            anker_type="indstilling",
            anker_id=1,
            start_dato=dato - timedelta(days=7),
            forfald_dato=dato,
            maal_dato=dato,
            varsel_dato=dato,
            opfyldt_dato=opfyldt and date.fromisoformat(opfyldt),
            bortfaldet_dato=bortfaldet and date.fromisoformat(bortfaldet),
            bortfaldet_begrundelse="Sagen er afsluttet" if bortfaldet else "",
        )

    frist("2026-08-10", opfyldt="2026-08-10")  # in time, first day of the window's month
    frist("2026-10-05", opfyldt="2026-10-06")  # one day late
    frist("2026-10-30")  # still open
    frist("2026-10-31")  # due on the last day: not overdue yet
    frist("2026-10-12", bortfaldet="2026-10-09")
    frist("2026-07-31", opfyldt="2026-07-30")  # outside the three months
    frist("2026-10-02", r=klage)

    tal = beregn([OKTOBER])[OKTOBER]

    assert (tal["foerste_opfoelgning"].taeller, tal["foerste_opfoelgning"].naevner) == (1, 4)
    assert tal["overskredne"].taeller == 1


@pytest.mark.parametrize("antal", [1, 13])
def test_statements_do_not_grow_with_months(antal, django_assert_num_queries):
    # One for each population: forløb, their days, two kinds of deadline, those overdue, and lines.
    with django_assert_num_queries(6):
        beregn(udviklingsmaaneder(OKTOBER)[-antal:])
