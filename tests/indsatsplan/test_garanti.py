"""The clock of the guarantee: by hand, against a walk through the days, and in SQL."""

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from indsatsplan.garanti import URET, Begyndt, Garanti, Tilstand, status
from indsatsplan.models import Fritagelse, Genforelaeggelse, Indsats, Ressourceforloeb
from rehabilitering.models import Indsatstype
from ressource.datoer import Enhed, tilfoej
from ressource.models import Regelsaet
from tests.factories import BrugerFactory, MaalFactory, RessourceforloebFactory, klokken

START = date(2026, 1, 15)
DAG = timedelta(days=1)


def dag(nr: int) -> date:
    """The day so many days after the first of the forløb."""
    return START + timedelta(days=nr)


def ur(**felter) -> Garanti | None:
    """The clock of a forløb begun 15 January 2026, seen on its fifth day unless said otherwise."""
    faste = {
        "start": START,
        "maaneder": 6,
        "fritagelser": [],
        "indsatser": [],
        "forelagt_dato": None,
        "sluttet": None,
        "dato": dag(4),
    }
    return status(**faste | felter)


def indsats(fra: date, garanti: str = "taeller", til: date | None = None) -> Begyndt:
    return Begyndt("Træning", garanti, fra, til)


# What counts, and what does not


def test_six_months_from_the_first_day():
    fundet = ur()

    assert fundet.sidste_dag == date(2026, 7, 15)
    assert fundet.tilstand == Tilstand.LOEBER
    assert not fundet.skal_forelaegges


@pytest.mark.parametrize(
    ("start", "sidste_dag"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 30), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 8, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_month_without_the_day_ends_on_its_last(start, sidste_dag):
    assert ur(start=start, dato=start).sidste_dag == sidste_dag


def test_rule_set_without_a_guarantee_has_no_clock():
    assert ur(maaneder=None) is None


def test_the_last_day_is_in_time_and_the_next_is_not():
    assert ur(dato=date(2026, 7, 15)).tilstand == Tilstand.LOEBER
    for_sent = ur(dato=date(2026, 7, 16))
    assert for_sent.tilstand == Tilstand.FORELAEG
    assert for_sent.skal_forelaegges


@pytest.mark.parametrize(
    ("fra", "garanti", "tilstand"),
    [
        (START, "taeller", Tilstand.BEGYNDT),
        (START - DAG, "taeller", Tilstand.LOEBER),
        (dag(3), "taeller_ikke", Tilstand.LOEBER),
        (dag(3), "ordinaere_timer", Tilstand.ORDINAERE_TIMER),
        (date(2026, 7, 16), "taeller", Tilstand.BEGYNDT_FOR_SENT),
        (date(2026, 7, 16), "ordinaere_timer", Tilstand.FORELAEG),
    ],
)
def test_only_what_the_law_counts_stops_the_clock(fra, garanti, tilstand):
    fundet = ur(indsatser=[indsats(fra, garanti)], dato=max(dag(4), fra))

    assert fundet.tilstand == tilstand


def test_what_does_not_count_is_named():
    mentor = indsats(dag(1), "taeller_ikke")
    foer = indsats(START - DAG)
    traening = indsats(dag(2))

    fundet = ur(indsatser=[mentor, foer, traening])

    assert fundet.begyndt == traening
    assert fundet.taeller_ikke == (mentor, foer)


def test_ordinary_hours_from_before_that_go_on_remove_the_duty():
    loeber_videre = indsats(START - 30 * DAG, "ordinaere_timer")
    holdt_op = indsats(START - 30 * DAG, "ordinaere_timer", START - DAG)

    assert ur(indsatser=[loeber_videre]).tilstand == Tilstand.ORDINAERE_TIMER
    assert ur(indsatser=[holdt_op]).tilstand == Tilstand.LOEBER


def test_late_beginning_leaves_the_duty_until_it_is_answered():
    sent = {"indsatser": [indsats(date(2026, 8, 1))], "dato": date(2026, 9, 1)}

    assert ur(**sent).skal_forelaegges
    forelagt = ur(forelagt_dato=date(2026, 8, 10), **sent)
    assert forelagt.tilstand == Tilstand.BEGYNDT_FOR_SENT
    assert not forelagt.skal_forelaegges


# Pauses


@pytest.mark.parametrize(
    ("fritagelser", "dage"),
    [
        ([(dag(10), dag(19))], 10),
        ([(START - 5 * DAG, dag(4))], 5),
        ([(START - 5 * DAG, START - DAG)], 0),
        # The moved end reaches the second only because of the first.
        ([(dag(170), dag(179)), (dag(190), dag(199))], 20),
        ([(dag(190), dag(199))], 0),
        ([(date(2026, 7, 15), date(2026, 7, 15))], 1),
        ([(date(2026, 7, 16), date(2026, 7, 20))], 0),
    ],
)
def test_pause_that_begins_in_time_moves_the_last_day(fritagelser, dage):
    fundet = ur(fritagelser=fritagelser)

    assert fundet.pause_dage == dage
    assert fundet.sidste_dag == date(2026, 7, 15) + timedelta(days=dage)
    assert fundet.uden_pauser == date(2026, 7, 15)


def test_pause_that_goes_on_keeps_the_last_day_ahead():
    for nr in (0, 30, 400):
        fundet = ur(fritagelser=[(dag(20), None)], dato=dag(20 + nr))
        assert fundet.pause_dage == nr + 1
        assert fundet.tilstand == Tilstand.STAAR_STILLE
        assert fundet.sidste_dag > dag(20 + nr)


def test_pause_that_goes_on_ends_with_the_forloeb():
    fundet = ur(fritagelser=[(dag(20), None)], sluttet=dag(29), dato=dag(400))

    assert fundet.pause_dage == 10
    assert fundet.tilstand == Tilstand.SLUT


# The second reckoning: one day at a time


def naivt(*, start, maaneder, fritagelser, indsatser, forelagt_dato, sluttet, dato):
    """(last day in time, state), walked day by day."""

    def stille(d):
        return any(fra <= d <= (til or min(dato, sluttet or dato)) for fra, til in fritagelser)

    rest, sidste_dag = (tilfoej(start, maaneder, Enhed.MAANEDER) - start).days, start
    while (staar_stille := stille(sidste_dag)) or rest:
        rest -= not staar_stille
        sidste_dag += DAG
    d = min([start, *(x for x in (forelagt_dato, sluttet) if x)])
    hoejst = max([dato, sidste_dag, *(i.fra for i in indsatser), sluttet or dato])
    while d <= hoejst:
        if any(i.garanti == "taeller" and i.fra == d >= start for i in indsatser):
            return sidste_dag, Tilstand.BEGYNDT if d <= sidste_dag else Tilstand.BEGYNDT_FOR_SENT
        if forelagt_dato == d:
            return sidste_dag, Tilstand.FORELAGT
        if start <= d <= sidste_dag and any(
            i.garanti == "ordinaere_timer" and i.fra <= d <= (i.til or d) for i in indsatser
        ):
            return sidste_dag, Tilstand.ORDINAERE_TIMER
        if sluttet == d:
            return sidste_dag, Tilstand.SLUT
        d += DAG
    if dato > sidste_dag:
        return sidste_dag, Tilstand.FORELAEG
    aaben = any(fra <= dato and (til is None or dato <= til) for fra, til in fritagelser)
    return sidste_dag, Tilstand.STAAR_STILLE if aaben else Tilstand.LOEBER


def traek(r: random.Random, *, dato: date) -> dict:
    """A random history of one forløb, as `status` takes it."""
    start = dato - timedelta(days=r.randrange(1, 420))
    fritagelser, naeste = [], start + timedelta(days=r.randrange(-20, 60))
    for _ in range(r.choice([0, 0, 1, 2, 3])):
        til = naeste + timedelta(days=r.randrange(50))
        fritagelser.append((naeste, til))
        naeste = til + timedelta(days=r.randrange(1, 90))
    if fritagelser and r.random() < 0.3:
        fritagelser[-1] = (fritagelser[-1][0], None)
    indsatser = []
    for _ in range(r.choice([0, 1, 1, 2, 4])):
        fra = start + timedelta(days=r.randrange(-30, (dato - start).days + 1))
        til = r.choice([None, fra + timedelta(days=r.randrange(60))])
        indsatser.append(Begyndt("", r.choice(Indsatstype.Garanti.values), fra, til))
    return {
        "start": start,
        "maaneder": r.choice([2, 6, 6, 6]),
        "fritagelser": fritagelser,
        "indsatser": indsatser,
        "forelagt_dato": r.choice([None, None, None, dato - timedelta(days=r.randrange(30))]),
        "sluttet": r.choice([None, None, start + timedelta(days=r.randrange(400))]),
        "dato": dato,
    }


def test_histories_come_out_as_the_walk_through_the_days():
    r = random.Random(113)
    for _ in range(2_500):
        historie = traek(r, dato=date(2026, 11, 20))
        fundet = status(**historie)
        assert (fundet.sidste_dag, fundet.tilstand) == naivt(**historie), historie


# The same in SQL


def _gem(forloeb: Ressourceforloeb, maal, typer, bruger, historie) -> None:
    """Let the forløb have had that history."""
    Fritagelse.objects.filter(forloeb=forloeb).delete()
    Genforelaeggelse.objects.filter(forloeb=forloeb).delete()
    forloeb.indsatser.all().delete()
    start, sluttet = historie["start"], historie["sluttet"]
    type(forloeb).objects.filter(pk=forloeb.pk).update(
        start_dato=start, slut_dato=sluttet or date(2030, 1, 1), afsluttet_dato=sluttet
    )
    Fritagelse.objects.bulk_create(
        Fritagelse(forloeb=forloeb, art="fritaget", fra_dato=fra, til_dato=til, begrundelse="Syg")
        for fra, til in historie["fritagelser"]
    )
    Indsats.objects.bulk_create(
        Indsats(
            forloeb=forloeb,
            maal=maal,
            indsatstype=typer[i.garanti],
            beskrivelse="Indsats",
            formaal="Prøve",
            tilfoejet_begrundelse="Ønske",
            status="afsluttet" if i.til else "i_gang",
            planlagt_start=i.fra,
            faktisk_start=i.fra,
            faktisk_slut=i.til,
            ansvarlig="Tina",
        )
        for i in historie["indsatser"]
    )
    if historie["forelagt_dato"]:
        Genforelaeggelse.objects.create(
            forloeb=forloeb,
            tekst="Til teamet",
            oprettet_af=bruger,
            saerlige_grunde="Indlagt",
            afgjort_den=klokken(historie["forelagt_dato"], 23),
            afgjort_af=bruger,
        )


@pytest.mark.django_db
def test_sql_gives_the_same_clock_for_random_histories():
    r, dato = random.Random(17), date(2026, 11, 20)
    bruger = BrugerFactory()
    maal = [MaalFactory(rang=1) for _ in range(12)]
    typer = {t.garanti: t for t in Indsatstype.objects.order_by("-pk")}
    regelsaet = Regelsaet.objects.filter(pk__in=[m.forloeb.afgoerelse.regelsaet_id for m in maal])
    for _ in range(20):
        maaneder = r.choice([2, 6, 6])
        regelsaet.update(indsatsgaranti_maaneder=maaneder)
        historier = {m.forloeb_id: traek(r, dato=dato) | {"maaneder": maaneder} for m in maal}
        for m in maal:
            _gem(m.forloeb, m, typer, bruger, historier[m.forloeb_id])

        with connection.cursor() as markoer:
            markoer.execute(URET.replace("{hvilke}", "TRUE"), {"dato": dato})
            raekker = {raekke[0]: raekke[2:] for raekke in markoer}

        for pk, historie in historier.items():
            garanti = status(**historie)
            assert raekker[pk] == (
                historie["start"],
                maaneder,
                garanti.pause_dage,
                garanti.sidste_dag,
                garanti.begyndt and garanti.begyndt.fra,
                garanti.ordinaer and max(garanti.ordinaer.fra, historie["start"]),
                historie["forelagt_dato"],
                historie["sluttet"],
            ), historie


@pytest.mark.django_db
def test_no_row_without_a_guarantee_in_the_set_of_the_decision():
    forloeb = RessourceforloebFactory()
    Regelsaet.objects.filter(pk=forloeb.afgoerelse.regelsaet_id).update(
        indsatsgaranti_maaneder=None
    )

    with connection.cursor() as markoer:
        markoer.execute(URET.replace("{hvilke}", "TRUE"), {"dato": date(2026, 11, 20)})
        assert markoer.fetchall() == []


# What the database refuses


FRITAGELSER = [
    ({"til_dato": START - DAG}, "fritagelse_slut_efter_start"),
    ({"art": "ferie"}, "fritagelse_art_kendt"),
    ({"begrundelse": ""}, "fritagelse_begrundet"),
]


def fritagelse(forloeb, **felter) -> Fritagelse:
    faste = {"art": "fritaget", "fra_dato": START, "begrundelse": "Indlagt"}
    return Fritagelse.objects.create(forloeb=forloeb, **faste | felter)


@pytest.mark.django_db
@pytest.mark.parametrize(("felter", "navn"), FRITAGELSER)
def test_exemption_that_makes_no_sense_is_refused(felter, navn):
    forloeb = RessourceforloebFactory()

    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        fritagelse(forloeb, **felter)


@pytest.mark.django_db
def test_two_exemptions_never_share_a_day_unless_one_was_taken_out():
    forloeb = RessourceforloebFactory()
    foerste = fritagelse(forloeb)

    with pytest.raises(IntegrityError, match="fritagelse_ingen_overlap"), transaction.atomic():
        fritagelse(forloeb, fra_dato=dag(100))

    foerste.fjernet_den = timezone.now()
    foerste.save()
    fritagelse(forloeb, fra_dato=dag(100))


def udkast(forloeb, **felter) -> Genforelaeggelse:
    faste = {"tekst": "Til teamet", "oprettet_af": BrugerFactory()}
    return Genforelaeggelse.objects.create(forloeb=forloeb, **faste | felter)


@pytest.mark.django_db
def test_one_open_draft_and_none_that_is_settled_by_halves():
    forloeb = RessourceforloebFactory()
    udkast(forloeb)

    with pytest.raises(IntegrityError, match="genforelaeggelse_en_aaben"), transaction.atomic():
        udkast(forloeb)
    with pytest.raises(IntegrityError, match="genforelaeggelse_afgjort_helt"), transaction.atomic():
        udkast(forloeb, afgjort_den=timezone.now(), afgjort_af=BrugerFactory())
