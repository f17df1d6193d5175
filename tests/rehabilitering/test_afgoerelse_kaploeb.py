"""Decisions made at the same moment, on real connections: no day belongs to two forløb."""

from datetime import date
from itertools import pairwise

import pytest
from django.utils import timezone

from borgere.models import Fase
from indsatsplan.models import Ressourceforloeb
from rehabilitering import dokumenter
from rehabilitering.models import Afgoerelse
from rehabilitering.services import afgoerelse as services
from ressource.models import Rolle
from tests.factories import (
    BrugerFactory,
    IndstillingFactory,
    KlageFactory,
    RessourceforloebFactory,
    SagFactory,
)
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db(transaction=True)


FELTER = {
    "virkning_fra": date(2026, 12, 1),
    "maalgruppebetingelse": "1",
    "faktum": "Du er i målgruppen.",
    "begrundelse": "Du kan udvikle din arbejdsevne.",
    "uden_partshoering_grund": "Alt blev drøftet på mødet.",
}


def kladde(sag, af):
    indstilling = IndstillingFactory(
        afsluttet=True,
        punkt__sag=sag,
        punkt__behandlet_den=timezone.now(),
        moede_dato=date(2026, 11, 20),
    )
    afgoerelse = services.begynd(indstilling, af=af)
    return services.gem(afgoerelse, FELTER, laas=0, af=af)


def test_extension_and_change_of_what_it_extends_never_overlap(time_machine, monkeypatch):
    """A citizen has one open case, so the two can only meet in it; a third presses twice."""
    time_machine.move_to("2026-11-24 09:00:00+01:00", tick=True)
    monkeypatch.setattr(dokumenter, "afgoerelsesbrev", lambda _: b"%PDF-1.7\n%%EOF\n")
    maja = BrugerFactory(roller=[Rolle.KOORDINERENDE])
    sag = SagFactory(fase=Fase.AFGOERELSE, ansvarlig=maja, oprettet_dato=date(2024, 6, 1))
    loebende = RessourceforloebFactory(
        sag=sag,
        start_dato=date(2025, 1, 1),
        slut_dato=date(2026, 11, 30),
        afgoerelse__virkning_fra=date(2025, 1, 1),
        afgoerelse__slut_dato=date(2026, 11, 30),
        afgoerelse__indstilling__punkt__behandlet_den=timezone.now(),
    )
    klage = KlageFactory(
        afgoerelse=loebende.afgoerelse,
        genvurdering="medhold",
        genvurdering_begrundelse="Forløbet skal være længere.",
        genvurdering_dato=date(2026, 11, 24),
        genvurdering_af=maja,
        modtaget_dato=date(2026, 11, 20),
    )
    forlaengelse = kladde(sag, maja)
    aendring = services.begynd_aendring(klage, af=maja)
    aendring = services.gem(
        aendring,
        FELTER | {"virkning_fra": date(2025, 1, 1), "slut_dato": date(2027, 3, 31)},
        laas=0,
        af=maja,
    )

    svar = paa_een_gang(
        [proev(services.afslut, k, af=maja) for k in (forlaengelse, forlaengelse, aendring)]
    )

    perioder = sorted(
        (f.start_dato, f.gaelder_til) for f in Ressourceforloeb.objects.filter(sag=sag)
    )
    assert all(til < fra for (_, til), (fra, _) in pairwise(perioder))
    truffet = Afgoerelse.objects.filter(afsluttet_den__isnull=False).exclude(
        pk=loebende.afgoerelse_id
    )
    assert truffet.count() == svar.count("ok") >= 1
