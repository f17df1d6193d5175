"""What every test may use: ground data, a signed-in client per role, a frozen day."""

from collections.abc import Callable

import pytest
from django.test import Client, TransactionTestCase

from tests import toemning, vagt
from tests.factories import BrugerFactory


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Browser tests first: the longest of them must not be what one core alone ends with."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The calendar, rule sets and catalogues are there, as in every installation.

    Also after a test on real transactions, which cannot be rolled back.
    """
    from ressource.grunddata import indlaes

    with django_db_blocker.unblock():
        toemning.ryd_op()
        indlaes()
        toemning.husk()
    with pytest.MonkeyPatch.context() as lap:
        lap.setattr(TransactionTestCase, "_fixture_teardown", lambda _: toemning.genskab())
        yield


@pytest.fixture(autouse=True)
def get_skriver_kun_i_loggen(monkeypatch):
    """Whatever a test is about: a GET that writes anything but the look-up log fails it."""
    monkeypatch.setattr(Client, "request", vagt.request)


@pytest.fixture
def som(db) -> Callable[..., Client]:
    """`som("sagsbehandler")` or `som(bruger)`: a client signed in as that role or user."""

    def log_ind(rolle_eller_bruger, **felter) -> Client:
        bruger = rolle_eller_bruger
        if isinstance(bruger, str):
            bruger = BrugerFactory(roller=[bruger], **felter)
        klient = Client()
        klient.force_login(bruger)
        klient.bruger = bruger
        return klient

    return log_ind
