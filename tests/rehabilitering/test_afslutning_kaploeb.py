"""Closing a case while others work on its agenda, on real connections: nobody waits in a ring."""

from collections import Counter

import pytest

from borgere.models import Fase
from borgere.services import afslut_sag
from rehabilitering.models import Dagsordenspunkt
from rehabilitering.services import moede as moeder
from ressource.kalender import i_dag
from tests.factories import BrugerFactory, DagsordenspunktFactory
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db(transaction=True)

OMGANGE = 8


def test_closing_and_changing_the_agenda_at_once_both_come_through():
    koordinator = BrugerFactory(roller=["moedekoordinator"])
    for _ in range(OMGANGE):
        foerste = DagsordenspunktFactory(sag__fase=Fase.MOEDE)
        andet = DagsordenspunktFactory(moede=foerste.moede, sag__fase=Fase.MOEDE)
        slut = {"aarsag": "fraflyttet", "dato": i_dag(), "af": koordinator}

        udfald = paa_een_gang(
            [
                proev(afslut_sag, foerste.sag, **slut),
                proev(afslut_sag, andet.sag, **slut),
                proev(moeder.tag_af, foerste, af=koordinator),
                proev(moeder.flyt, andet, "op", af=koordinator),
            ]
        )

        assert udfald[:2] == ["ok", "ok"], Counter(udfald)
        assert not Dagsordenspunkt.objects.aktive().exists()
