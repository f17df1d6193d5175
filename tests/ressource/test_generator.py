"""The generator of synthetic cases: the same from the same seed, and shaped like a real town."""

import hashlib
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from borgere.models import Borger, Fase, Sag
from borgere.personnummer import Personnummer as Nummer
from indsatsplan.models import Indsats, Ressourceforloeb
from noegletal.beregning import beregn, udviklingsmaaneder
from noegletal.definitioner import NOEGLETAL
from opfoelgning.models import Frist, Opfoelgningsmoede
from opfoelgning.udledning import udled
from rehabilitering import deltagerkrav
from rehabilitering.models import Dagsordenspunkt
from ressource.generator import generer
from ressource.kalender import i_dag
from ressource.models import Bruger
from tests.factories import BorgerFactory, BrugerFactory, SagFactory

pytestmark = pytest.mark.django_db

# Everything but running numbers, which depend on what the database has given out before.
_INDHOLD = """
    SELECT string_agg(r::text, '|' ORDER BY r::text) FROM (
        SELECT s.sagsnummer, s.fase, s.oprettet_dato, s.afsluttet_dato, s.afslutningsaarsag,
               b.fornavn, b.efternavn, b.foedselsdato, b.noegle, p.nummer, f.start_dato,
               f.afsluttet_dato AS slut, i.beskrivelse, i.status, i.faktisk_start, i.faktisk_slut,
               m.tidspunkt, m.status AS moedestatus, h.kode, h.tidspunkt AS skete
          FROM borgere_sag s
          JOIN borgere_borger b ON b.id = s.borger_id
          JOIN borgere_personnummer p ON p.borger_id = b.id
          LEFT JOIN indsatsplan_ressourceforloeb f ON f.sag_id = s.id
          LEFT JOIN indsatsplan_indsats i ON i.forloeb_id = f.id
          LEFT JOIN opfoelgning_opfoelgningsmoede m ON m.sag_id = s.id AND m.nr <= 2
          LEFT JOIN ressource_haendelse h ON h.sag_id = s.id AND h.kode LIKE 'afgoerelse%%'
    ) AS r"""


def _indhold() -> str:
    with connection.cursor() as markoer:
        markoer.execute(_INDHOLD)
        return hashlib.sha256(markoer.fetchone()[0].encode()).hexdigest()


def _indhold_af_koersel(seed: int) -> str:
    """What one run makes; rolled back, so that the next begins on the same ground."""
    with transaction.atomic():
        generer(40, seed=seed)
        aftryk = _indhold()
        transaction.set_rollback(True)
    return aftryk


def test_gives_the_same_rows_for_the_same_seed_and_others_for_another():
    foerste = _indhold_af_koersel(7)

    assert _indhold_af_koersel(7) == foerste
    assert _indhold_af_koersel(8) != foerste


@pytest.fixture
def by():
    """A town of 200 cases."""
    return generer(200, seed=3)


def test_makes_the_number_of_cases_asked_for_with_realistic_fan_out(by):
    forloeb = by.raekker["indsatsplan_ressourceforloeb"]
    moeder = Opfoelgningsmoede.objects.filter(sag__forloeb__isnull=False).count()

    assert by.sager == Sag.objects.count() == 200
    assert 130 <= forloeb <= 165
    assert 5 <= Indsats.objects.count() / forloeb <= 7.5
    assert 8 <= moeder / forloeb <= 12
    assert Frist.objects.count() / forloeb >= 5


def test_reaches_every_step_of_the_course_and_leaves_the_caseload_at_the_norm():
    generer(600, seed=2)
    faser = set(Sag.objects.values_list("fase", flat=True))
    ansvarlige = Bruger.objects.filter(roller__contains=["koordinerende"]).count()

    assert faser >= set(Fase.values) - {Fase.INDSTILLING, Fase.KVALITETSSIKRING}
    assert 18 <= Sag.objects.aabne().count() / ansvarlige <= 28


def test_gives_fictitious_numbers_that_can_be_read_and_agree_with_the_citizen(by):
    for borger in Borger.objects.prefetch_related("personnumre"):
        (person,) = borger.personnumre.all()
        nummer = Nummer.laes(person.nummer, i_dag=i_dag())
        assert nummer.er_erstatning
        assert nummer.foedselsdato == borger.foedselsdato
        assert nummer.koen == borger.koen


def test_dates_and_statuses_satisfy_the_models_too(by):
    for model in (Sag, Ressourceforloeb, Indsats, Opfoelgningsmoede):
        for raekke in model.objects.all()[:60]:
            raekke.full_clean(validate_unique=False, validate_constraints=False)


def test_nobody_that_the_rule_set_demands_is_missing_at_a_meeting(by):
    punkter = list(Dagsordenspunkt.objects.select_related("moede", "sag__borger", "sag__regelsaet"))
    statusser = deltagerkrav.statusser(punkter).values()
    assert [en for alle in statusser for en in alle if en.spaerrer] == []


def test_leaves_no_fact_in_the_future(by):
    assert not Opfoelgningsmoede.objects.filter(afholdt_dato__gte=i_dag()).exists()
    assert not Indsats.objects.filter(faktisk_start__gte=i_dag()).exists()
    assert not Ressourceforloeb.objects.filter(afsluttet_dato__gte=i_dag()).exists()


def test_derives_the_deadlines_so_that_deriving_again_changes_nothing(by):
    assert by.frister.aendrede == Frist.objects.count()
    assert not udled()


@time_machine.travel("2026-11-21 12:00+01:00", tick=False)
def test_gives_a_trend_that_rises_over_thirteen_months():
    generer(600, seed=2)
    maaneder = udviklingsmaaneder(date(2026, 10, 1))
    tal = beregn(maaneder)

    for kode, stigning in (("virksomhedsrettet", 5), ("mentor", 9)):
        vaerdier = [tal[m][kode].vaerdi(NOEGLETAL[kode]) for m in maaneder]
        assert vaerdier[-1] - vaerdier[0] > stigning


def test_may_run_again_with_another_seed():
    ud = StringIO()
    call_command("generer", "--sager", "30", "--seed", "1", stdout=ud)
    call_command("generer", "--sager", "30", "--seed", "2", stdout=ud)

    assert Sag.objects.filter(sagsnummer__startswith="GEN-1-").count() == 30
    assert Sag.objects.filter(sagsnummer__startswith="GEN-2-").count() == 30
    assert "30 sager" in ud.getvalue()


def test_refuses_a_seed_that_has_been_used():
    call_command("generer", "--sager", "5", "--seed", "4", verbosity=0, stdout=StringIO())

    with pytest.raises(CommandError, match="allerede lavet"):
        call_command("generer", "--sager", "5", "--seed", "4")


def test_refuses_a_database_with_real_citizens_unless_told_to():
    SagFactory(oprettet_af=BrugerFactory(er_demo=False))

    with pytest.raises(CommandError, match="Intet er lavet"):
        call_command("generer", "--sager", "5")
    assert Sag.objects.count() == 1

    call_command("generer", "--sager", "5", "--ja", verbosity=0, stdout=StringIO())
    assert Sag.objects.count() == 6


def test_a_citizen_without_a_case_counts_as_real():
    BorgerFactory()

    with pytest.raises(CommandError, match="--ja"):
        call_command("generer", "--sager", "5")


@pytest.mark.parametrize("argumenter", [["--sager", "0"], ["--sager", "5", "--seed", "-1"]])
def test_refuses_numbers_outside_the_series(argumenter):
    with pytest.raises(CommandError, match="helt tal"):
        call_command("generer", *argumenter)


def test_uses_the_same_number_of_statements_for_few_and_many(django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as faa:
        generer(5, seed=1)
    with django_assert_max_num_queries(40) as mange:
        generer(100, seed=2)

    assert len(faa) == len(mange)
