"""A teamleder and a caseworker of the same team."""

import pytest

from tests.factories import BrugerFactory


@pytest.fixture
def leder(db):
    return BrugerFactory(roller=["teamleder"], navn="Lone Skov")


@pytest.fixture
def maja(leder):
    return BrugerFactory(brugernavn="maja", navn="Maja Kirkegaard", team=leder.team)
