"""The walk's parts: who stands how to a case, one visit, and what a visit must leave behind."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from borgere.models import Borger, Inhabilitet, Personnummer, Saerligadgang, Sag, Tildeling
from ressource.kalender import i_dag
from ressource.models import Bruger, Opslag, Organisation, Rolle, Stedfortraeder
from tests.factories import BrugerFactory, PersonnummerFactory, SagFactory, TeamFactory

# What must never stand in a title, an address, a header or a log record. Day + 60: nobody's number.
PERSONDATA = {
    "fornavn": "Zenobia",
    "efternavn": "Kvistgaardsminde",
    "telefon": "20304050",
    "adresse": "Hemmelighedsvej 17",
}
NUMMER = "7403879876"
NAVN = f"{PERSONDATA['fornavn']} {PERSONDATA['efternavn']}"
_HEMMELIGT = re.compile(
    "|".join([*map(re.escape, PERSONDATA.values()), rf"{NUMMER[:6]}-?{NUMMER[6:]}"])
)
_TITEL = re.compile(r"<title>(.*?)</title>", re.DOTALL)

Opsaet = Callable[[Sag, Bruger], None]


@contextmanager
def fortrudt() -> Iterator[None]:
    """Undo in the end what the block did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sag_med_persondata(fase: str) -> Sag:
    """A case of a citizen whose every datum is easy to find again."""
    sag = SagFactory(fase=fase)
    Borger.objects.filter(pk=sag.borger_id).update(**PERSONDATA)
    PersonnummerFactory(borger=sag.borger, nummer=NUMMER, art=Personnummer.Art.ERSTATNING)
    sag.borger.refresh_from_db()
    return sag


@dataclass(frozen=True)
class Situation:
    """How somebody stands to a case. `rollen_aabner`: their role alone may let them in.

    `bag_gaten`: the case's own pages may send them to where a reason opens it.
    """

    navn: str
    opsaet: Opsaet
    er_inde: bool
    rollen_aabner: bool = False
    bag_gaten: bool = False


def tildel(sag: Sag, bruger: Bruger, **felter: Any) -> Tildeling:
    """A place in the case circle since some time ago."""
    felter = {"fra_dato": i_dag() - timedelta(days=200)} | felter
    return Tildeling.objects.create(sag=sag, bruger=bruger, art=Tildeling.Art.MEDVIRKENDE, **felter)


def _i_kredsen(sag: Sag, bruger: Bruger) -> None:
    tildel(sag, bruger)


def _fremmed(sag: Sag, bruger: Bruger) -> None:
    pass


def _udloebet(sag: Sag, bruger: Bruger) -> None:
    tildel(sag, bruger, til_dato=i_dag() - timedelta(days=1))


def _vikar(sag: Sag, bruger: Bruger) -> None:
    kollega = BrugerFactory(roller=bruger.roller)
    tildel(sag, kollega)
    Stedfortraeder.objects.create(for_bruger=kollega, vikar=bruger)


def _inhabil(sag: Sag, bruger: Bruger) -> None:
    Inhabilitet.objects.create(
        borger=sag.borger, bruger=bruger, begrundelse="Nabo", registreret_af=bruger
    )


def _aabnet(sag: Sag, bruger: Bruger, timer: int = 1, art: str = "noedadgang") -> None:
    til = timezone.now() + timedelta(hours=timer)
    Saerligadgang.objects.create(
        sag=sag,
        bruger=bruger,
        art=art,
        begrundelse="Borgeren ringer, og sagsbehandleren er syg",
        fra_tid=til - timedelta(hours=2),
        til_tid=til,
    )


def _lukket_igen(sag: Sag, bruger: Bruger) -> None:
    _aabnet(sag, bruger, timer=-1)


def _bag_beskyttelsen(sag: Sag, bruger: Bruger) -> None:
    _aabnet(sag, bruger, art="beskyttet")


def _til_en_dato(sag: Sag, bruger: Bruger) -> None:
    tildel(sag, bruger, til_dato=i_dag() + timedelta(days=30))


def beskyttet(*trin: Opsaet) -> Opsaet:
    """The citizen's address is protected, and then `trin`."""

    def opsaet(sag: Sag, bruger: Bruger) -> None:
        Borger.objects.filter(pk=sag.borger_id).update(er_adressebeskyttet=True)
        for et in trin:
            et(sag, bruger)

    return opsaet


def _begge(*trin: Opsaet) -> Opsaet:
    def opsaet(sag: Sag, bruger: Bruger) -> None:
        for et in trin:
            et(sag, bruger)

    return opsaet


EGEN = Situation("egen sag", _i_kredsen, er_inde=True)
FREMMED = Situation("fremmed sag", _fremmed, er_inde=False, rollen_aabner=True)
NOEDADGANG = Situation("nødadgang", _aabnet, er_inde=True)
# Somebody of the municipality.
SITUATIONER = (
    EGEN,
    FREMMED,
    Situation("tildelingen er udløbet", _udloebet, er_inde=False, rollen_aabner=True),
    Situation("vikar", _vikar, er_inde=True),
    NOEDADGANG,
    Situation("nødadgangen er lukket igen", _lukket_igen, er_inde=False, rollen_aabner=True),
    Situation("inhabil i kredsen", _begge(_i_kredsen, _inhabil), er_inde=False),
    Situation("inhabil med nødadgang", _begge(_aabnet, _inhabil), er_inde=False),
    Situation("beskyttet, i kredsen", beskyttet(_i_kredsen), er_inde=True),
    Situation("beskyttet, vikar", beskyttet(_vikar), er_inde=False, bag_gaten=True),
    Situation("beskyttet, kun rollen", beskyttet(_fremmed), er_inde=False, bag_gaten=True),
    Situation("beskyttet, åbnet", beskyttet(_bag_beskyttelsen), er_inde=True),
)
# Somebody of the region or of a supplier: their own task with an end, and nothing else.
UDEFRA = (
    Situation("udefra til en dato", _til_en_dato, er_inde=True),
    Situation("udefra uden slutdato", _i_kredsen, er_inde=False),
    Situation("udefra, udløbet", _udloebet, er_inde=False),
    Situation("udefra, vikar", _vikar, er_inde=False),
    Situation("udefra, nødadgang", _aabnet, er_inde=False),
    Situation("udefra, inhabil", _begge(_til_en_dato, _inhabil), er_inde=False),
    Situation("udefra, beskyttet", beskyttet(_til_en_dato), er_inde=True),
)
_HUSE = {
    Rolle.SUNDHEDSKOORDINATOR: Organisation.REGION,
    Rolle.MENTOR: Organisation.EKSTERN,
}
# Roles for which the access rule itself makes a difference.
SAERLIGE = frozenset({Rolle.FAGLIG_KONSULENT, *_HUSE})


@dataclass(frozen=True)
class Gaest:
    """Somebody signed in, and the ways they can stand to a case."""

    bruger: Bruger
    klient: Client
    situationer: tuple[Situation, ...]

    @property
    def rolle(self) -> str:
        """The one role."""
        return self.bruger.roller[0]


def gaester() -> list[Gaest]:
    """One of each role, and one more of each role that comes from outside; three statements."""
    indefra = [(rolle, Organisation.KOMMUNE, SITUATIONER) for rolle in Rolle]
    udefra = [(rolle, hus, UDEFRA) for rolle, hus in _HUSE.items()]
    team = TeamFactory()
    brugere = Bruger.objects.bulk_create(
        BrugerFactory.build(roller=[rolle], organisation=hus, team=team)
        for rolle, hus, _ in indefra + udefra
    )
    sessioner = Session.objects.bulk_create(
        Session(
            session_key=f"adgangsgang{bruger.pk}",
            session_data=SessionStore().encode(
                {
                    SESSION_KEY: str(bruger.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: bruger.get_session_auth_hash(),
                }
            ),
            expire_date=timezone.now() + timedelta(hours=8),
        )
        for bruger in brugere
    )
    klienter = [Client(raise_request_exception=False) for _ in brugere]
    for klient, session in zip(klienter, sessioner, strict=True):
        klient.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return [
        Gaest(bruger, klient, situationer)
        for bruger, klient, (_, _, situationer) in zip(
            brugere, klienter, indefra + udefra, strict=True
        )
    ]


@dataclass(frozen=True)
class Besoeg:
    """One answer and the look-up log rows of that very request."""

    status: int
    side: str
    til: str
    raekker: list[dict[str, Any]]
    gemmes: bool
    log_ind: bool
    laek: str

    @property
    def naaede_frem(self) -> bool:
        """Whether the user got through: not refused, nothing broke, and no sign-in asked for."""
        return self.status < 500 and self.status not in (403, 404) and not self.log_ind


def besoeg(
    klient: Client, metode: str, url: str, data: dict[str, Any] | None = None, **hoved: str
) -> Besoeg:
    """Ask once, as a browser without memory of the visit before."""
    klient.cookies.pop("messages", None)
    svar = getattr(klient, metode)(url, data or {}, headers=hoved or None)
    felter = ("handling", "objekt", "sag_id", "borger_noegle")
    er_tekst = not svar.streaming and svar.get("Content-Type", "").startswith("text/html")
    side = svar.content.decode() if er_tekst else ""
    titel = _TITEL.search(side)
    hoveder = "\n".join(f"{navn}: {vaerdi}" for navn, vaerdi in svar.items())
    fundet = _HEMMELIGT.search(f"{url}\n{titel[1] if titel else ''}\n{hoveder}")
    return Besoeg(
        status=svar.status_code,
        side=side,
        til=svar.get("Location", ""),
        raekker=list(Opslag.objects.filter(anmodningsid=svar["X-Request-ID"]).values(*felter)),
        log_ind=reverse("account_login") in hoveder,
        gemmes="no-store" not in svar.get("Cache-Control", ""),
        laek=fundet[0] if fundet else "",
    )


def hemmeligt_i(tekst: str) -> str:
    """The first of the citizen's data found in `tekst`, or nothing."""
    fundet = _HEMMELIGT.search(tekst)
    return fundet[0] if fundet else ""
