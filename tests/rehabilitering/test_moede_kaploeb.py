"""Two at once on the last place of an agenda, and on its order: real connections."""

import pytest

from borgere.models import Fase
from rehabilitering.models import Dagsordenspunkt
from rehabilitering.services import moede as services
from ressource.models import Rolle
from tests.factories import BrugerFactory, DagsordenspunktFactory, TeammoedeFactory
from tests.rehabilitering.klargoering import klar_til_moede
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def koordinator():
    return BrugerFactory(roller=[Rolle.MOEDEKOORDINATOR])


def test_the_last_place_goes_to_one_of_four(koordinator):
    moede = TeammoedeFactory(kapacitet=2)
    DagsordenspunktFactory(moede=moede)
    sager = [klar_til_moede() for _ in range(4)]

    udfald = paa_een_gang(
        [proev(services.saet_paa_dagsorden, moede, sag, af=koordinator) for sag in sager]
    )

    assert sorted(udfald) == ["ValidationError"] * 3 + ["ok"]
    assert Dagsordenspunkt.objects.aktive().filter(moede=moede).count() == 2


def test_one_case_is_put_on_one_of_two_agendas(koordinator):
    sag = klar_til_moede()
    assert sag.fase == Fase.MOEDE
    moeder = [TeammoedeFactory() for _ in range(2)]

    udfald = paa_een_gang(
        [proev(services.saet_paa_dagsorden, moede, sag, af=koordinator) for moede in moeder]
    )

    assert sorted(udfald) == ["ValidationError", "ok"]


def test_cases_moved_and_taken_off_at_once_keep_their_own_places(koordinator):
    moede = TeammoedeFactory(kapacitet=5)
    punkter = [DagsordenspunktFactory(moede=moede, raekkefoelge=nr) for nr in range(1, 6)]

    paa_een_gang(
        [
            proev(services.flyt_til, punkter[0], 5, af=koordinator),
            proev(services.flyt, punkter[4], "op", af=koordinator),
            proev(services.tag_af, punkter[2], af=koordinator),
            proev(services.flyt, punkter[1], "ned", af=koordinator),
        ]
    )

    pladser = list(moede.punkter.aktive().values_list("raekkefoelge", flat=True))
    assert len(set(pladser)) == len(pladser) == 4
