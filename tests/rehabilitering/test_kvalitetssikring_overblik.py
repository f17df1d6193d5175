"""The faglig konsulent's Overblik."""

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from rehabilitering.models import Kvalitetssikring
from rehabilitering.views.overblik_konsulent import VIS_HOEJST, overblik
from ressource import haendelser
from ressource.models import Opslag
from tests.factories import (
    BrugerFactory,
    KvalitetssikringFactory,
    SagFactory,
    ScreeningsnotatFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def konsulent():
    return BrugerFactory(roller=["faglig_konsulent"])


def anmodning(bruger) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = bruger
    request.htmx = False
    return request


def vis(bruger):
    return overblik(anmodning(bruger)).content.decode()


def ventende_notat(dage, **felter):
    den = timezone.now() - timedelta(days=dage)
    return ScreeningsnotatFactory(indsendt_den=den, **felter)


def test_what_waits_stands_with_the_oldest_first(konsulent):
    nyt = ventende_notat(1)
    gammelt = ventende_notat(12)
    ScreeningsnotatFactory()
    ks = KvalitetssikringFactory(indsendt_den=timezone.now() - timedelta(days=3))

    side = vis(konsulent)

    assert side.index(gammelt.sag.sagsnummer) < side.index(nyt.sag.sagsnummer)
    assert "12 dage" in side
    assert f"/sager/{ks.sag_id}/kvalitetssikring/" in side
    assert side.count("/screening/") == 4


def test_a_closed_or_decided_case_does_not_wait(konsulent):
    sag = SagFactory(fase="moede")
    KvalitetssikringFactory(sag=sag, godkendt=True)

    assert "Ingen sager venter på kvalitetssikring." in vis(konsulent)


def test_ones_own_case_is_named_and_not_offered(konsulent):
    notat = ventende_notat(2, skrevet_af=konsulent)

    side = vis(konsulent)

    assert "Din egen, en anden afgør" in side
    assert notat.sag.sagsnummer in side


@pytest.mark.parametrize(
    ("kode", "ny"),
    [
        ("screening.gemt", lambda: ventende_notat(2)),
        ("forberedende_del.gemt", KvalitetssikringFactory),
    ],
)
def test_a_case_one_wrote_in_is_not_offered(konsulent, kode, ny):
    raekke = ny()
    haendelser.log(raekke, kode, af=konsulent, sag_id=raekke.sag_id)
    kollega = BrugerFactory(roller=["faglig_konsulent"])

    assert vis(konsulent).count("Din egen, en anden afgør") == 1
    assert "Din egen" not in vis(kollega)


def test_the_share_of_returned_cases(konsulent):
    for _ in range(18):
        KvalitetssikringFactory(godkendt=True)
    for _ in range(3):
        ks = KvalitetssikringFactory(godkendt=True, resultat="retur", begrundelse="Uddyb.")
        # Approved afterwards: the case still counts once, as returned.
        KvalitetssikringFactory(sag=ks.sag, forberedende_del=ks.forberedende_del, godkendt=True)
    KvalitetssikringFactory(godkendt=True, afgjort_den=timezone.now() - timedelta(days=91))

    assert "3 af 21, 14 pct." in vis(konsulent)


def test_the_waiting_time_is_from_hand_in_to_judgement(konsulent):
    nu = timezone.now()
    for dage in (1, 2, 4):
        KvalitetssikringFactory(
            godkendt=True, indsendt_den=nu - timedelta(days=dage), afgjort_den=nu
        )
    KvalitetssikringFactory(indsendt_den=nu - timedelta(days=50))

    assert "2,3 dage" in vis(konsulent)
    assert Kvalitetssikring.objects.tal(nu - timedelta(days=9), nu).ventetid_dage is None


def test_no_judged_case_gives_no_share(konsulent):
    assert Kvalitetssikring.objects.tal(timezone.now()).pct is None
    assert "Ingen sager er afgjort." in vis(konsulent)


def test_a_long_list_is_cut_and_says_so(konsulent):
    for nr in range(VIS_HOEJST + 1):
        ventende_notat(nr)

    side = vis(konsulent)

    assert side.count("<tr>") == VIS_HOEJST + 1
    assert f"Viser de første {VIS_HOEJST}." in side


def test_looking_is_logged(konsulent):
    vis(konsulent)

    assert Opslag.objects.get().objekt == "overblik_konsulent"


def test_other_roles_are_refused(som):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        overblik(anmodning(BrugerFactory()))


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_overblik_takes_the_same_statements(konsulent, antal, django_assert_num_queries):
    for nr in range(antal):
        ventende_notat(nr)
        KvalitetssikringFactory()

    with django_assert_num_queries(11):
        vis(konsulent)
