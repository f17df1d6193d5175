"""The database guard catches a GET that writes, however it goes about it."""

import types

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from borgere.models import Sag
from ressource import login, opslag
from ressource.models import Opslag, Team
from tests.factories import SagFactory

pytestmark = pytest.mark.django_db


def _opret(request):
    Team.objects.create(navn="Skrevet af et GET")


def _raa_sql(request):
    with connection.cursor() as markoer:
        markoer.execute("INSERT INTO ressource_team (navn, aktiv) VALUES ('Raa', true)")


def _fortryd(request):
    with transaction.atomic():
        Team.objects.create(navn="Fortrudt")
        transaction.set_rollback(True)


def _ret(request):
    Team.objects.update(aktiv=False)


def _slet(request):
    Team.objects.filter(navn="Overflødigt").delete()


def _husk(request):
    request.session["sidst_set"] = "sagen"


def _kast(request):
    Team.objects.create(navn="Skrevet før fejlen")
    raise ValueError


def _se(request):
    Team.objects.count()
    opslag.log(request, "sag")


def _side(goer):
    def view(request):
        goer(request)
        return HttpResponse("vist")

    return view


def _ruter(goer):
    """A URLconf with the one page."""
    ruter = types.ModuleType("ruter")
    ruter.urlpatterns = [
        path("proeve/", _side(goer)),
        path("log-ind/", login.log_ind, name="account_login"),
    ]
    return override_settings(ROOT_URLCONF=ruter)


@pytest.fixture
def klient(som):
    """Asks, signed in, for a page that does one of the things above."""
    Team.objects.create(navn="Overflødigt")
    klient = som("sagsbehandler")
    klient.raise_request_exception = False

    def vis(goer, metode="get"):
        with _ruter(goer):
            return getattr(klient, metode)("/proeve/")

    return vis


@pytest.mark.parametrize("goer", [_opret, _raa_sql, _fortryd, _ret, _slet, _kast, _husk])
@pytest.mark.parametrize("metode", ["get", "head"])
def test_a_get_that_writes_is_caught(klient, goer, metode):
    with pytest.raises(AssertionError, match="skrev i databasen"):
        klient(goer, metode)


def test_the_look_up_log_is_what_a_get_may_write(klient):
    assert klient(_se).status_code == 200
    assert Opslag.objects.count() == 1


def test_a_post_may_write(klient):
    assert klient(_opret, "post").status_code == 200


def test_what_a_trigger_writes_is_counted_as_well(klient):
    sag = SagFactory()

    def bevar(request):
        Sag.objects.filter(pk=sag.pk).update(bevares=True, bevares_grund="Klage")

    with pytest.raises(AssertionError, match="borgere_sagevent"):
        klient(bevar)
