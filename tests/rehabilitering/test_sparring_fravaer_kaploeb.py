"""An absence, a closing day and a booking at the same moment: nobody is left without a word."""

from collections import Counter
from datetime import timedelta

import pytest

from borgere.models import Fase
from rehabilitering.models import Sparringsbooking
from rehabilitering.services import sparring
from rehabilitering.services.sparring import fravaer
from ressource.kalender import i_dag
from ressource.models import Besked, Kalenderdag
from tests.factories import BrugerFactory, SagFactory, SparringstidFactory, klokken
from tests.rehabilitering.sparringsdata import giv_samtykke
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("slags", ["fravaer", "lukkedag"])
def test_a_booking_is_refused_or_told_of_the_absence(slags):
    nanna = BrugerFactory(roller=["moedekoordinator"])
    sager = SagFactory.create_batch(5, fase=Fase.FORBEREDELSE)
    for sag in sager:
        giv_samtykke(sag)
    aabne = Kalenderdag.objects.filter(
        dato__gt=i_dag() + timedelta(days=6), er_arbejdsdag=True
    ).order_by("dato")
    for dag in aabne[:3]:
        tider = [SparringstidFactory(start=klokken(dag.dato, 9 + nr)) for nr in range(5)]
        if slags == "fravaer":
            koordinator = tider[0].sundhedskoordinator
            for tid in tider:
                tid.sundhedskoordinator = koordinator
                tid.save(update_fields=["sundhedskoordinator"])
            goer = proev(
                fravaer.meld_fravaer,
                koordinator,
                klokken(dag.dato, 8),
                klokken(dag.dato, 16),
                aarsag="ferie",
                af=nanna,
            )
        else:
            goer = proev(fravaer.luk_dage, dag.dato, dag.dato, aarsag="flytning", af=nanna)
        bookinger = [
            proev(sparring.book, tid, sag, eget_spoergsmaal="Larm?", af=sag.oprettet_af)
            for tid, sag in zip(tider, sager, strict=True)
        ]

        udfald = paa_een_gang([*bookinger, goer])

        assert udfald[-1] == "ok"
        staar = Sparringsbooking.objects.filter(tid__in=tider)
        assert Counter(udfald[:-1])["ok"] == staar.count()
        fortalt = Besked.objects.filter(noegle__contains=f":ramt:{slags}")
        assert fortalt.count() == (fravaer.ramte_bookinger().count())
        assert set(staar.values_list("pk", flat=True)) <= set(
            fravaer.ramte_bookinger().values_list("pk", flat=True)
        )
