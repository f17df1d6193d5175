"""Two who decide the same thing at the same moment, on real connections: one word counts."""

import pytest
from django.utils import timezone

from borgere.models import Sag
from rehabilitering.models import Kvalitetssikring
from rehabilitering.services import kvalitetssikring, screening, screeningsfravigelse
from ressource.models import Haendelse
from tests.factories import (
    BrugerFactory,
    ScreeningsfravigelseFactory,
    ScreeningsnotatFactory,
)
from tests.rehabilitering.klargoering import klar_sag
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_each_two_decisions_counts():
    maja = BrugerFactory()
    konsulenter = [BrugerFactory(roller=["faglig_konsulent"]) for _ in range(2)]
    leder = BrugerFactory(roller=["teamleder"])
    notat = ScreeningsnotatFactory(indsendt_den=timezone.now())
    fravigelse = ScreeningsfravigelseFactory(sag=notat.sag)
    ks = kvalitetssikring.indsend(klar_sag(af=maja), af=maja)

    om_sagen = paa_een_gang(
        [
            proev(kvalitetssikring.godkend, ks, af=konsulenter[0]),
            proev(kvalitetssikring.retur, ks, begrundelse="Uddyb.", af=konsulenter[1]),
        ]
    )
    om_screening = paa_een_gang(
        [
            proev(screening.afgoer_notat, notat, resultat="fortsaet", af=konsulenter[0]),
            proev(
                screeningsfravigelse.afgoer, fravigelse, resultat="godkendt", svar="Ja", af=leder
            ),
        ]
    )

    assert sorted(om_sagen) == sorted(om_screening) == ["ValidationError", "ok"]
    ks = Kvalitetssikring.objects.get()
    fase = "moede" if ks.resultat == "godkendt" else "forberedelse"
    assert Sag.objects.get(pk=ks.sag_id).fase == fase
    skift = Haendelse.objects.filter(kode="sag.fase", sag_id=notat.sag_id)
    assert [haendelse.data["til"] for haendelse in skift] == ["forberedelse"]
