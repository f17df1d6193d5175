"""Every address × every role × inside and outside the case circle × signed out.

What each app expects stands in `tests/<app>/adgang.py`, by view name:

    "roller"  the roles that get through: neither 403 nor 404, and no server error
    "metode"  "get" (default) or "post"
    "objekt"  None, "sag" (the address takes the case's pk), or (sag, bruger) → its arguments
    "fase"    the case's step; default `FORBEREDELSE`
    "udenfor" status for a permitted role outside the circle; default 404 when there is an object;
              None when it is not checked
    "data"    what is sent along

An address nobody listed fails, so that nothing opens by being forgotten.
"""

from importlib import import_module

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from borgere.models import Fase, Tildeling
from borgere.models.sag import FASER_FOR_FAGLIG_KONSULENT
from ressource.models import Haendelse, Rolle
from tests.factories import BrugerFactory, SagFactory, TildelingFactory

APPS = ("ressource", "borgere", "rehabilitering", "indsatsplan", "opfoelgning", "noegletal")
# Open to anybody: signing in and out, and what surveillance asks.
AABNE = {"account_login", "account_logout", "sundhed_live", "sundhed_klar"}

ADGANG = {
    navn: forventet
    for app in APPS
    for navn, forventet in import_module(f"tests.{app}.adgang").ADGANG.items()
}


def _adresser(resolver, praefiks=""):
    """Every view name of the URLconf; an address without a name fails here."""
    for moenster in resolver.url_patterns:
        if isinstance(moenster, URLPattern):
            assert moenster.name, f"Adressen {moenster.pattern} har intet navn."
            yield f"{praefiks}{moenster.name}"
        else:
            rum = f"{moenster.namespace}:" if moenster.namespace else ""
            yield from _adresser(moenster, praefiks + rum)


def test_every_address_is_listed():
    adresser = set(_adresser(get_resolver()))

    assert sorted(adresser - AABNE - set(ADGANG)) == []
    assert sorted(set(ADGANG) - adresser) == []


def _svar(bruger, metode, url, data):
    klient = Client(raise_request_exception=False)
    klient.force_login(bruger)
    return getattr(klient, metode)(url, data or {})


def _argumenter(forventet, sag, bruger):
    objekt = forventet.get("objekt")
    if objekt is None:
        return {}
    return {"pk": sag.pk} if objekt == "sag" else objekt(sag, bruger)


def _naaede(status):
    return status < 500 and status not in (403, 404)


def _proev(navn, forventet, rolle, *, i_kredsen):
    """The status for a new user of one role. What the request wrote is undone."""
    with transaction.atomic():
        sag = SagFactory(fase=forventet.get("fase", Fase.FORBEREDELSE))
        bruger = BrugerFactory(roller=[rolle])
        kendt = TildelingFactory(sag=sag, bruger=bruger, art=Tildeling.Art.MEDVIRKENDE)
        url = reverse(navn, kwargs=_argumenter(forventet, sag, bruger))
        if not i_kredsen:
            kendt.delete()
        foer = Haendelse.objects.count()
        metode = forventet.get("metode", "get")
        svar = _svar(bruger, metode, url, forventet.get("data"))
        if metode == "get":
            assert Haendelse.objects.count() == foer, f"GET {navn} skrev en hændelse."
        transaction.set_rollback(True)
    return svar.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("navn", sorted(ADGANG))
def test_each_role_gets_exactly_where_it_may(navn):
    forventet = ADGANG[navn]

    statusser = {rolle: _proev(navn, forventet, rolle, i_kredsen=True) for rolle in Rolle.values}

    naaede = {rolle for rolle, status in statusser.items() if _naaede(status)}
    assert naaede == forventet["roller"], statusser
    assert {statusser[rolle] for rolle in set(Rolle.values) - naaede} <= {403}


@pytest.mark.django_db
@pytest.mark.parametrize("navn", sorted(ADGANG))
def test_outside_the_case_circle_the_page_does_not_exist(navn):
    forventet = ADGANG[navn]
    if forventet.get("udenfor", 404 if forventet.get("objekt") else None) is None:
        return
    roller = set(forventet["roller"])
    if forventet.get("fase") in FASER_FOR_FAGLIG_KONSULENT:
        roller -= {Rolle.FAGLIG_KONSULENT.value}

    statusser = {rolle: _proev(navn, forventet, rolle, i_kredsen=False) for rolle in roller}

    assert statusser == dict.fromkeys(roller, forventet.get("udenfor", 404))


@pytest.mark.django_db
@pytest.mark.parametrize("navn", sorted(ADGANG))
def test_signed_out_everything_leads_to_the_login_page(navn):
    forventet = ADGANG[navn]
    url = reverse(navn, kwargs=_argumenter(forventet, SagFactory(), BrugerFactory()))

    svar = getattr(Client(), forventet.get("metode", "get"))(url)

    assert svar.status_code == 302
    assert svar["Location"].startswith(reverse("account_login"))
