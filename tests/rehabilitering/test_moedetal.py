"""Put off and sent back, why, month by month, and how long cases had waited."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from rehabilitering import moedetal
from rehabilitering.models import Kvalitetssikring
from ressource.kalender import i_dag
from tests.factories import IndstillingFactory

pytestmark = pytest.mark.django_db


def behandlet(dato, udfald="ressourceforloeb", aarsag="", ventet=10):
    """A case dealt with on `dato`, `ventet` days after it was quality assured."""
    indstilling = IndstillingFactory(
        punkt__moede__dato=dato,
        punkt__sag__oprettet_dato=dato - timedelta(days=60),
        afsluttet=True,
        udfald=udfald,
        aarsag=aarsag,
    )
    godkendt = timezone.make_aware(
        datetime.combine(dato - timedelta(days=ventet), datetime.min.time())
    )
    Kvalitetssikring.objects.filter(sag=indstilling.sag).update(afgjort_den=godkendt)
    indstilling.punkt.behandlet_den = timezone.now()
    indstilling.punkt.save()


def test_share_reasons_months_and_waiting(django_assert_num_queries, time_machine):
    time_machine.move_to("2026-11-24 10:00:00+01:00", tick=False)
    behandlet(date(2026, 11, 3))
    behandlet(date(2026, 11, 3), "udsat", "helbred", ventet=20)
    behandlet(date(2026, 10, 6), "tilbagesendt", "helbred", ventet=30)
    behandlet(date(2026, 10, 6), "udsat", "tid", ventet=20)
    behandlet(date(2026, 5, 31), "udsat", "tid")

    with django_assert_num_queries(2):
        tal = moedetal.tal(moedetal.siden())

    assert tal.fra == date(2026, 6, 1)
    assert (tal.antal, tal.udsat, tal.tilbagesendt, tal.andel) == (4, 2, 1, 75)
    assert tal.aarsager == [("helbredet er ikke belyst", 2), ("tiden slog ikke til", 1)]
    assert [(m.foerste, m.antal, m.udsat, m.tilbagesendt) for m in tal.maaneder] == [
        (date(2026, 11, 1), 2, 1, 0),
        (date(2026, 10, 1), 2, 1, 1),
    ]
    assert tal.ventedage == 20


def test_without_meetings_there_is_nothing_to_share():
    tal = moedetal.tal(moedetal.siden())

    assert (tal.antal, tal.andel, tal.ventedage) == (0, None, None)


@pytest.mark.parametrize("rolle", ["moedekoordinator", "faglig_konsulent", "teamleder"])
def test_the_figures_stand_on_the_overblik(som, rolle):
    behandlet(i_dag() - timedelta(days=1), "tilbagesendt", "forberedende_del")

    side = " ".join(som(rolle).get("/", follow=True).text.split())

    assert "<strong>1</strong> (100 pct.) blev udsat eller sendt tilbage" in side
    assert "Den forberedende del er ikke fyldt ud: 1" in side
