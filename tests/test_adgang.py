"""Every address × every role, and × every way of standing to a case (`_situationer`); × signed out.

What each app expects stands in `tests/<app>/adgang.py`, by view name:

    "roller"  the roles that get through: neither 403 nor 404, and no server error
    "metode"  "get" (default) or "post"
    "objekt"  None, "sag" (the address takes the case's pk), or (sag, bruger) → its arguments
    "fase"    the case's step; default `FORBEREDELSE`
    "udenfor" status for a permitted role outside the circle; default 404 when there is an object;
              None when it is not checked
    "noedadgang" status for a permitted role that break-glass alone lets in; default through
    "inhabil" status for a permitted role that is inhabil, where "udenfor" is another
    "data"    what is sent along
    "opslag"  rows in the look-up log when somebody gets through: a number, or the roles for whom
              it is one. Default one for a page about a case, none else; never one for a redirect
    "sag"     False when the object is of no one case, so that the log names none; "afvist" when
              only the refusal is about one case, and the page about several

An address nobody listed fails, so that nothing opens by being forgotten. Every refusal must leave
exactly one row that names the case, and no answer may be kept by a browser or show the citizen's
data in its title, its address, its headers or in the server's own log.
"""

import logging
from importlib import import_module
from zlib import crc32

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from borgere.models import Fase
from borgere.models.sag import FASER_FOR_FAGLIG_KONSULENT
from rehabilitering import samlefil
from ressource import pdf, rammen
from ressource.models import Rolle
from tests import adgangsgang as gang
from tests.antal import ER_CI
from tests.factories import BrugerFactory, SagFactory

APPS = ("ressource", "borgere", "rehabilitering", "indsatsplan", "opfoelgning", "noegletal")
# Open to anybody: signing in and out, what surveillance asks, and whoever knows the address.
AABNE = {"account_login", "account_logout", "sundhed_live", "sundhed_klar", "kalender_feed"}

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


def _argumenter(forventet, sag, bruger):
    objekt = forventet.get("objekt")
    if objekt is None:
        return {}
    return {"pk": sag.pk} if objekt == "sag" else objekt(sag, bruger)


def _adresse(navn, forventet, sag, bruger):
    """The address, made by somebody in the circle, who has left it again."""
    plads = gang.tildel(sag, bruger)
    url = reverse(navn, kwargs=_argumenter(forventet, sag, bruger))
    plads.delete()
    return url


def _status(forventet, gaest, situation):
    """What must be answered: "ind", a status, or None for anything."""
    if gaest.rolle not in forventet["roller"]:
        return 403
    konsulentens = forventet.get("fase") in FASER_FOR_FAGLIG_KONSULENT
    ad_rollen = situation.rollen_aabner and gaest.rolle == Rolle.FAGLIG_KONSULENT and konsulentens
    if situation is gang.NOEDADGANG and not ad_rollen and "noedadgang" in forventet:
        return forventet["noedadgang"]
    if situation.er_inde or ad_rollen or not forventet.get("objekt"):
        return "ind"
    if situation.navn.startswith("inhabil") and "inhabil" in forventet:
        return forventet["inhabil"]
    return forventet.get("udenfor", 404)


def _gaten(sag):
    """Where the pages of a protected citizen's case send those who may open it with a reason."""
    return reverse("borgere:beskyttet", args=[sag.pk])


def _opslag(forventet, gaest, besoeg):
    """How many rows the answer must have left."""
    if not besoeg.naaede_frem:
        return 1
    if besoeg.status == 302:
        return 0
    antal = forventet.get("opslag", 1 if forventet.get("objekt") else 0)
    return antal if isinstance(antal, int) else int(gaest.rolle in antal)


def _fejl(forventet, sag, gaest, situation, besoeg):
    """Everything that is wrong with one visit, in words."""
    ventet = _status(forventet, gaest, situation)
    if ventet == 404 and situation.bag_gaten and besoeg.til == _gaten(sag):
        ventet = 302
    svarede = "ind" if besoeg.naaede_frem and ventet == "ind" else besoeg.status
    if ventet is not None and svarede != ventet:
        yield f"svarede {besoeg.status}, ventet {ventet}"
    if len(besoeg.raekker) != (antal := _opslag(forventet, gaest, besoeg)):
        yield f"{besoeg.status} skrev {len(besoeg.raekker)} opslag, ventet {antal}: {besoeg.raekker}"
    elif gang.NAVN in besoeg.side and not besoeg.raekker:
        yield "borgerens navn blev vist uden et opslag"
    for raekke in besoeg.raekker:
        if besoeg.naaede_frem == (raekke["handling"] == "afvist"):
            yield f"{besoeg.status} blev logget som {raekke['handling']}"
        navngivet = (raekke["sag_id"], raekke["borger_noegle"])
        om_sagen = forventet.get("objekt") and forventet.get("sag", True) in (
            True,
            raekke["handling"],
        )
        if om_sagen and navngivet != (sag.pk, sag.borger.noegle):
            yield f"opslaget navngiver ikke sagen: {raekke}"
    if besoeg.gemmes:
        yield f"{besoeg.status} må gemmes af browseren"
    if besoeg.laek:
        yield f"«{besoeg.laek}» står i titel, adresse eller hoveder"


HTMX = {"HX-Request": "true"}


def _hoveder(situation):
    """The ways to ask in one situation.

    A page of one's own is asked for as a whole and by htmx, one of a strange case as a whole. The
    rest is about who gets in, which htmx is told in fewer words.
    """
    if situation in (gang.EGEN, gang.FREMMED):
        yield {}
    if situation is not gang.FREMMED:
        yield HTMX


def _situationer(navn, gaest, roller):
    """The ways to stand to the case that `gaest`, whose role may, tries at the address `navn`.

    The role decides *that*, and how one stands to the case decides *which*: the two meet in the
    faglig konsulent, who is let in by the step, and in those from outside, who always try
    everything. Of the others one role does so at each address, another at the next; the rest show
    their own case and a strange one. Outside CI everything is a quarter of it, another quarter at
    the next address.
    """
    almindelige = sorted(set(roller) - gang.SAERLIGE)
    proever_alt = almindelige[crc32(navn.encode()) % len(almindelige)] if almindelige else None
    egen_og_fremmed, oevrige = gaest.situationer[:2], gaest.situationer[2:]
    if gaest.rolle not in gang.SAERLIGE and gaest.rolle != proever_alt:
        return egen_og_fremmed
    if ER_CI:
        return gaest.situationer
    return egen_og_fremmed + oevrige[crc32(f"{navn} {gaest.rolle}".encode()) % 4 :: 4]


@pytest.fixture
def hurtigt(monkeypatch):
    """What takes long and has tests of its own: making a PDF, counting the user's reminders."""
    monkeypatch.setattr(pdf, "skriv_pdf", lambda *args, **kwargs: b"%PDF-1.7")
    monkeypatch.setattr(samlefil, "saml", lambda *args, **kwargs: b"%PDF-1.7")
    monkeypatch.setattr(rammen, "_paamindelsestaellere", [])


@pytest.mark.django_db
@pytest.mark.parametrize("navn", sorted(ADGANG))
def test_everybody_gets_exactly_where_they_may_and_is_logged(navn, caplog, hurtigt):
    caplog.set_level(logging.INFO)
    forventet = ADGANG[navn]
    metode = forventet.get("metode", "get")
    sag = gang.sag_med_persondata(forventet.get("fase", Fase.FORBEREDELSE))
    roller = forventet["roller"]
    fejl = []

    def proev(gaest, url, situation, hoved):
        with gang.fortrudt():
            situation.opsaet(sag, gaest.bruger)
            svar = gang.besoeg(gaest.klient, metode, url, forventet.get("data"), **hoved)
        fejl.extend(
            f"{gaest.rolle}, {situation.navn}, {[*hoved]}: {tekst}"
            for tekst in _fejl(forventet, sag, gaest, situation, svar)
        )

    gaester = gang.gaester()
    # What a role may not is decided before anything is looked for: one address does for all of
    # them, and the case circle, where everything else would let them in.
    naegtede = [gaest for gaest in gaester if gaest.rolle not in roller]
    if naegtede:
        with gang.fortrudt():
            url = _adresse(navn, forventet, sag, naegtede[0].bruger)
            for gaest in naegtede:
                proev(gaest, url, gaest.situationer[0], HTMX)
    for gaest in (gaest for gaest in gaester if gaest.rolle in roller):
        with gang.fortrudt():
            url = _adresse(navn, forventet, sag, gaest.bruger)
            for situation in _situationer(navn, gaest, roller):
                for hoved in _hoveder(situation):
                    proev(gaest, url, situation, hoved)
    assert not fejl, "\n".join(fejl)
    assert not gang.hemmeligt_i(caplog.text), caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("navn", sorted(ADGANG))
def test_signed_out_everything_leads_to_the_login_page(navn):
    forventet = ADGANG[navn]
    url = reverse(navn, kwargs=_argumenter(forventet, SagFactory(), BrugerFactory()))

    svar = getattr(Client(), forventet.get("metode", "get"))(url)

    assert svar.status_code == 302
    assert svar["Location"].startswith(reverse("account_login"))
