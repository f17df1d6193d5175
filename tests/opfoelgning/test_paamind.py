"""Who is reminded of what: the owner, the deputy who may see the case, and after a while the leader."""

import random
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from borgere.models import Sag, Tildeling
from borgere.services.stedfortraeder import saet_stedfortraeder
from opfoelgning.models import Frist, Fristregel, Paamindelse
from opfoelgning.paamind import paamind
from opfoelgning.visning import teamlederen_ser_den
from ressource.models import Bruger, Organisation, Rolle, Stedfortraeder
from tests.factories import (
    BorgerFactory,
    BrugerFactory,
    FristFactory,
    InhabilitetFactory,
    SagFactory,
    TeamFactory,
    TildelingFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
DAG = timedelta(days=1)
KODE = "FOERSTE_OPFOELGNING"


@pytest.fixture(autouse=True)
def en_tirsdag():
    Fristregel.objects.filter(kode=KODE).update(eskalering_dage=7)
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def maja():
    return BrugerFactory()


def en_frist(ejer, om_dage=-1, **felter) -> Frist:
    sag = felter.pop("sag", None) or SagFactory(ansvarlig=ejer)
    return FristFactory(sag=sag, ejer=ejer, forfald_dato=IDAG + DAG * om_dage, **felter)


def mindet(dato=IDAG) -> set[tuple[int, str]]:
    paamind(dato, None)
    return set(Paamindelse.objects.values_list("bruger", "art"))


@pytest.mark.parametrize(
    ("om_dage", "ventet"),
    [(3, None), (2, "varsel"), (0, "varsel"), (-1, "overskredet"), (-40, "overskredet")],
)
def test_the_owner_is_told_that_a_date_is_near_and_that_it_is_passed(maja, om_dage, ventet):
    en_frist(maja, om_dage)

    assert mindet() == ({(maja.pk, ventet)} if ventet else set())


def test_each_event_is_told_once_and_a_moved_date_is_a_new_one(maja):
    frist = en_frist(maja, 1)

    assert [paamind(IDAG, None), paamind(IDAG, None), paamind(IDAG, [frist.sag_id])] == [1, 0, 0]
    assert paamind(IDAG + DAG * 2, None) == 1
    Frist.objects.update(forfald_dato=IDAG + DAG * 9, varsel_dato=IDAG + DAG * 7)
    assert [paamind(IDAG + DAG * 6, None), paamind(IDAG + DAG * 7, None)] == [0, 1]
    arter = [p.art for p in Paamindelse.objects.order_by("pk")]
    assert arter == ["varsel", "overskredet", "varsel"]


def test_only_the_cases_asked_for_are_told(maja):
    foerste, anden = en_frist(maja), en_frist(maja)

    assert paamind(IDAG, [foerste.sag_id]) == 1
    assert not anden.paamindelser.exists()


def test_what_is_done_or_merely_ends_is_told_to_nobody(maja):
    en_frist(maja, opfyldt_dato=IDAG)
    en_frist(maja, bortfaldet_dato=IDAG, bortfaldet_begrundelse="Sagen er afsluttet")
    en_frist(maja, kode="KLAGEFRIST")

    assert mindet() == set()


def test_whoever_takes_over_is_told_as_the_first_owner_was(maja):
    frist = en_frist(maja)
    mindet()
    jonas = BrugerFactory()
    Frist.objects.filter(pk=frist.pk).update(ejer=jonas)

    assert mindet() == {(maja.pk, "overskredet"), (jonas.pk, "overskredet")}


def test_a_deputy_who_takes_over_is_told_as_the_owner(maja):
    vikar = BrugerFactory()
    Stedfortraeder.objects.create(for_bruger=maja, vikar=vikar)
    frist = en_frist(maja)
    mindet()
    Paamindelse.objects.update(laest_den=timezone.now(), mailet_den=timezone.now())
    Frist.objects.filter(pk=frist.pk).update(ejer=vikar)

    assert [paamind(IDAG, None), paamind(IDAG, None)] == [1, 0]

    deres = Paamindelse.objects.get(bruger=vikar)
    assert (deres.for_bruger, deres.laest_den, deres.mailet_den) == (None, None, None)
    assert Paamindelse.objects.count() == 2


def test_a_deputy_is_told_while_standing_in(maja):
    vikar, foer, efter, fratraadt = BrugerFactory.create_batch(4)
    for hvem, fra, til in (
        (vikar, 0, 0),
        (foer, -9, -1),
        (efter, 1, 9),
        (fratraadt, -9, 9),
    ):
        Stedfortraeder.objects.create(
            for_bruger=maja, vikar=hvem, fra_dato=IDAG + DAG * fra, til_dato=IDAG + DAG * til
        )
    Bruger.objects.filter(pk=fratraadt.pk).update(is_active=False)
    en_frist(maja)

    assert mindet() == {(maja.pk, "overskredet"), (vikar.pk, "overskredet")}
    assert Paamindelse.objects.get(bruger=vikar).for_bruger == maja
    assert Paamindelse.objects.get(bruger=maja).for_bruger is None


def test_a_deputy_from_today_is_told_today(maja):
    vikar, senere = BrugerFactory.create_batch(2, roller=maja.roller)
    en_frist(maja)
    mindet()

    for hvem, fra in ((vikar, IDAG), (senere, IDAG + DAG)):
        saet_stedfortraeder(maja, hvem, fra_dato=fra, til_dato=fra, af=maja)

    assert set(Paamindelse.objects.values_list("bruger", flat=True)) == {maja.pk, vikar.pk}


def test_a_deputy_is_not_told_of_a_case_that_is_shut_to_them(maja):
    vikar = BrugerFactory()
    Stedfortraeder.objects.create(for_bruger=maja, vikar=vikar)
    beskyttet = SagFactory(ansvarlig=maja, borger=BorgerFactory(er_adressebeskyttet=True))
    inhabil = SagFactory(ansvarlig=maja)
    InhabilitetFactory(borger=inhabil.borger, bruger=vikar)
    for sag in (beskyttet, inhabil):
        en_frist(maja, sag=sag)

    assert mindet() == {(maja.pk, "overskredet")}
    TildelingFactory(sag=beskyttet, bruger=vikar, art="medvirkende")
    assert mindet() == {(maja.pk, "overskredet"), (vikar.pk, "overskredet")}


PERSONER = [
    ([Rolle.SAGSBEHANDLER], Organisation.KOMMUNE),
    ([Rolle.KOORDINERENDE], Organisation.KOMMUNE),
    ([Rolle.VIRKSOMHEDSKONSULENT], Organisation.KOMMUNE),
    ([Rolle.MENTOR], Organisation.EKSTERN),
    ([Rolle.SUNDHEDSKOORDINATOR], Organisation.REGION),
]


def en_verden(tal, brugere, sag):
    def periode():
        fra = IDAG + DAG * tal.randint(-3, 2)
        return {"fra_dato": fra, "til_dato": tal.choice([None, fra + DAG * tal.randint(0, 4)])}

    borger = sag.borger
    borger.er_adressebeskyttet = tal.random() < 0.4
    dag = tal.choice([None, IDAG - DAG, IDAG])
    borger.adressebeskyttet_til = dag if borger.er_adressebeskyttet else None
    borger.save()
    arter = [Tildeling.Art.MEDVIRKENDE, Tildeling.Art.MENTOR]
    for _ in range(tal.randint(0, 4)):
        TildelingFactory(sag=sag, bruger=tal.choice(brugere), art=tal.choice(arter), **periode())
    for a in brugere:
        for b in brugere:
            if a != b and tal.random() < 0.3:
                Stedfortraeder.objects.create(for_bruger=a, vikar=b, **periode())
    for bruger in tal.sample(brugere, tal.randint(0, 2)):
        InhabilitetFactory(borger=borger, bruger=bruger, **periode())


@pytest.mark.parametrize("seed", range(40))
def test_the_deputies_told_are_those_the_access_rule_lets_in(seed):
    tal = random.Random(seed)
    brugere = [BrugerFactory(roller=roller, organisation=hus) for roller, hus in PERSONER]
    sag, ejer = SagFactory(), tal.choice(brugere)
    en_verden(tal, brugere, sag)
    en_frist(ejer, sag=sag)

    paamind(IDAG, None)

    vikarer = Bruger.objects.filter(
        pk__in=Stedfortraeder.objects.gaeldende(IDAG).filter(for_bruger=ejer).values("vikar"),
        organisation=Organisation.KOMMUNE,
    )
    if ejer.organisation != Organisation.KOMMUNE:
        vikarer = vikarer.none()
    # Let in by the owner or by themselves; not as a deputy of somebody else.
    Stedfortraeder.objects.exclude(for_bruger=ejer).delete()
    ventet = {v.pk for v in vikarer if Sag.objects.synlige_for(v, IDAG).filter(pk=sag.pk).exists()}
    faaet = Paamindelse.objects.exclude(for_bruger=None)
    assert set(faaet.values_list("bruger", flat=True)) == ventet
    assert Paamindelse.objects.filter(for_bruger=None).get().bruger == ejer


class TestEskalering:
    @pytest.fixture
    def team(self):
        return TeamFactory()

    @pytest.fixture
    def leder(self, team):
        return BrugerFactory(roller=[Rolle.TEAMLEDER], team=team)

    def frist_i(self, team, maja, om_dage=-8, **felter):
        return en_frist(maja, om_dage, sag=SagFactory(ansvarlig=maja, team=team, **felter))

    @pytest.mark.parametrize(
        ("efter", "om_dage", "fortalt"),
        [(7, -6, False), (7, -7, True), (1, -1, True), (0, 0, False), (0, -1, True)],
    )
    def test_the_teamleder_is_told_after_the_days_of_the_rule(
        self, team, leder, maja, efter, om_dage, fortalt
    ):
        Fristregel.objects.filter(kode=KODE).update(eskalering_dage=efter)
        BrugerFactory(roller=[Rolle.TEAMLEDER])
        frist = self.frist_i(team, maja, om_dage)

        assert ((leder.pk, "eskaleret") in mindet()) is fortalt
        assert len(mindet()) == 1 + fortalt
        # What the page promises is what happens.
        frist = Frist.objects.select_related("regel").get(pk=frist.pk)
        assert (teamlederen_ser_den(frist) <= IDAG) is fortalt

    def test_without_a_number_of_days_nobody_is_told(self, team, leder, maja):
        Fristregel.objects.filter(kode=KODE).update(eskalering_dage=None)
        self.frist_i(team, maja, -99)

        assert mindet() == {(maja.pk, "overskredet")}

    def test_a_leader_who_is_shut_out_or_owns_it_passes_it_to_the_others(self, team, leder, maja):
        anden = BrugerFactory(roller=[Rolle.TEAMLEDER])
        BrugerFactory(roller=[Rolle.TEAMLEDER], team=team, is_active=False)
        inhabil = self.frist_i(team, maja)
        InhabilitetFactory(borger=inhabil.sag.borger, bruger=leder)
        self.frist_i(team, leder)

        assert mindet() == {
            (maja.pk, "overskredet"),
            (leder.pk, "overskredet"),
            (anden.pk, "eskaleret"),
        }
        assert Paamindelse.objects.filter(bruger=anden).count() == 2

    def test_a_leader_who_is_away_has_a_deputy(self, team, leder, maja):
        vikar, kollega = BrugerFactory(roller=[Rolle.TEAMLEDER]), BrugerFactory()
        for hvem in (vikar, kollega):
            Stedfortraeder.objects.create(for_bruger=leder, vikar=hvem)
        self.frist_i(team, maja)

        assert mindet() == {
            (maja.pk, "overskredet"),
            (leder.pk, "eskaleret"),
            (vikar.pk, "eskaleret"),
        }
        assert Paamindelse.objects.get(bruger=vikar).for_bruger == leder
