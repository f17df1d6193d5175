"""Deadlines reckoned a second time in plain Python, over hundreds of random cases.

The reckoning below reads the facts it drew itself, never the database, and shares nothing with the
SQL but the calendar.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from borgere.models import Sag
from indsatsplan.models import Fritagelse
from opfoelgning.models import Frist, Fristregel, Paamindelse
from opfoelgning.udledning import udled
from ressource.datoer import er_arbejdsdag, tilfoej
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    IndsatsplanFactory,
    IndstillingFactory,
    LaegeattestFactory,
    OpfoelgningsmoedeFactory,
    RessourceforloebFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

FORLOEB = "ressourceforloeb"
START = date(2026, 9, 1)
IDAG = date(2026, 11, 24)
SAGER = 60
GRUNDLAGET = "Grundlaget for fristen er ændret"


@dataclass
class Runde:
    """One time at the team: `udfald` None is a draft; the decision is (outcome, made, received)."""

    moede: date
    udfald: str | None
    afgoerelse: tuple[str, date, date | None] | None = None
    plan: date | None = None
    # Days in which the citizen of the forløb was exempted.
    fritaget: int = 0
    pk: int = 0
    afgoerelse_pk: int = 0
    forloeb_pk: int = 0


@dataclass
class Fakta:
    """What has happened in one case."""

    sag: Sag | None = None
    runder: list[Runde] = field(default_factory=list)
    holdt: list[date] = field(default_factory=list)
    attester: dict[int, tuple[date, date | None]] = field(default_factory=dict)
    lukket: date | None = None
    ansvarlig: int | None = None


def traek(r: random.Random) -> Fakta:
    """Draw the facts of one case; few days, so that dates often coincide."""
    fakta = Fakta()
    moede = START + timedelta(days=r.randrange(70))
    for _ in range(r.choice([1, 1, 1, 2])):
        runde = Runde(moede, r.choice([FORLOEB, FORLOEB, FORLOEB, "fleksjob", None]))
        if runde.udfald and r.random() < 0.6:
            truffet = moede + timedelta(days=r.randrange(12))
            udfald = runde.udfald if r.random() < 0.7 else r.choice([FORLOEB, "foertidspension"])
            modtaget = r.choice([None, truffet, truffet + timedelta(days=3)])
            runde.afgoerelse = (udfald, truffet, modtaget)
            if udfald == FORLOEB and r.random() < 0.6 and not any(n.plan for n in fakta.runder):
                runde.plan = truffet + timedelta(days=r.randrange(30))
                runde.fritaget = r.choice([0, 0, 1, 40])
        fakta.runder.append(runde)
        moede += timedelta(days=r.choice([0, 1, 7, 20]))
    fakta.holdt = [
        fakta.runder[0].moede + timedelta(days=r.randrange(-3, 30)) for _ in range(r.randrange(3))
    ]
    if r.random() < 0.3:
        fakta.lukket = moede + timedelta(days=r.randrange(25))
    return fakta


def gem(fakta: Fakta, bruger, r: random.Random) -> None:
    """Put the facts in the database."""
    fakta.sag = SagFactory(fase="afgoerelse", oprettet_dato=START - timedelta(days=90))
    for runde in fakta.runder:
        _gem_runde(fakta.sag, runde, bruger)
    for dag in fakta.holdt:
        OpfoelgningsmoedeFactory(
            sag=fakta.sag, afholdt=True, tidspunkt=klokken(dag), aftalt_af=bruger
        )
    for status in r.choices(["planlagt", "udeblevet", "aflyst"], k=r.randrange(2)):
        OpfoelgningsmoedeFactory(
            sag=fakta.sag,
            status=status,
            tidspunkt=klokken(fakta.runder[0].moede + timedelta(days=2)),
            aftalt_af=bruger,
        )
    for modtaget in r.sample([False, True], k=r.randrange(3)):
        anmodet = START + timedelta(days=r.randrange(80))
        svar = anmodet + timedelta(days=r.randrange(45)) if modtaget else None
        felter = {"modtaget": True, "modtaget_dato": svar} if svar else {}
        attest = LaegeattestFactory(
            sag=fakta.sag, anmodet_dato=anmodet, anmodet_af=bruger, **felter
        )
        fakta.attester[attest.pk] = (anmodet, svar)
    if r.random() < 0.8:
        TildelingFactory(sag=fakta.sag, bruger=bruger, fra_dato=fakta.sag.oprettet_dato)
        fakta.ansvarlig = bruger.pk
    if fakta.lukket:
        luk(fakta, bruger)


def luk(fakta: Fakta, bruger) -> None:
    Sag.objects.filter(pk=fakta.sag.pk).update(
        fase="afslutning",
        afsluttet_dato=fakta.lukket,
        afslutningsaarsag="andet",
        afsluttet_af=bruger,
    )


def _gem_runde(sag, runde: Runde, bruger) -> None:
    felter = {"afsluttet": True, "udfald": runde.udfald} if runde.udfald else {}
    indstilling = IndstillingFactory(
        punkt__sag=sag,
        punkt__moede__dato=runde.moede,
        punkt__behandlet_den=klokken(runde.moede),
        **felter,
    )
    runde.pk = indstilling.pk
    if not runde.afgoerelse:
        return
    udfald, truffet, modtaget = runde.afgoerelse
    afgoerelse = AfgoerelseFactory(
        indstilling=indstilling,
        truffet=True,
        udfald=udfald,
        afgoerelse_dato=truffet,
        modtaget_dato=modtaget,
        skrevet_af=bruger,
    )
    runde.afgoerelse_pk = afgoerelse.pk
    if runde.plan:
        forloeb = RessourceforloebFactory(sag=sag, afgoerelse=afgoerelse, start_dato=truffet)
        IndsatsplanFactory(
            forloeb=forloeb, godkendt=True, godkendt_dato=runde.plan, oprettet_af=bruger
        )
        runde.forloeb_pk = forloeb.pk
        if runde.fritaget:
            Fritagelse.objects.create(
                forloeb=forloeb,
                art="fritaget",
                fra_dato=truffet,
                til_dato=truffet + timedelta(days=runde.fritaget - 1),
                begrundelse="Indlagt",
            )


# The second reckoning


def regel(kode: str, lov: date) -> Fristregel:
    [gaeldende] = [
        en
        for en in Fristregel.objects.filter(kode=kode)
        if en.gyldig_fra <= lov and (en.gyldig_til is None or en.gyldig_til >= lov)
    ]
    return gaeldende


def rul(dag: date, skridt: int) -> date:
    while not er_arbejdsdag(dag):
        dag += timedelta(days=skridt)
    return dag


def en_frist(kode, anker, lov, start, opfyldt, bortfald, ejer, dato, pause=0) -> tuple:
    """One row: key, then everything that is derived. Whichever end came first is the one."""
    r = regel(kode, lov)
    forfald = tilfoej(start, r.laengde, r.enhed) + timedelta(days=pause)
    if r.rulning == "frem":
        forfald = rul(forfald, 1)
    bortfaldet, hvorfor = min(bortfald) if bortfald else (None, "")
    if opfyldt and (bortfaldet is None or opfyldt <= bortfaldet):
        bortfaldet, hvorfor = None, ""
    elif bortfaldet:
        opfyldt = None
    elif r.udloeber and forfald < dato:
        opfyldt = forfald
    varsel = max(forfald - timedelta(days=r.varsel_dage), start)
    return (
        (r.pk, *anker),
        (start, forfald, rul(forfald, -1), varsel, ejer, opfyldt, bortfaldet, hvorfor),
    )


def garanti(fakta: Fakta, runde: Runde, dato: date) -> tuple:
    """No effort ever begins here, so only the team's seeing the case again fulfils it."""
    truffet = runde.afgoerelse[1]
    igen = [n.moede for n in fakta.runder if n is not runde and n.udfald and n.moede > truffet]
    return en_frist(
        "INDSATSGARANTI",
        ("forloeb", runde.forloeb_pk),
        truffet,
        truffet,
        min(igen, default=None),
        [],
        fakta.ansvarlig,
        dato,
        runde.fritaget,
    )


def forventet(fakta: Fakta, dato: date) -> dict:
    raekker = []
    lukket = [(fakta.lukket, "Sagen er afsluttet")] if fakta.lukket else []
    for nr, runde in enumerate(fakta.runder):
        anker = ("indstilling", runde.pk)
        if runde.afgoerelse and runde.afgoerelse[2]:
            anker_a, modtaget = ("afgoerelse", runde.afgoerelse_pk), runde.afgoerelse[2]
            raekker.append(
                en_frist("KLAGEFRIST", anker_a, modtaget, modtaget, None, [], fakta.ansvarlig, dato)
            )
        if runde.forloeb_pk:
            raekker.append(garanti(fakta, runde, dato))
        if runde.udfald != FORLOEB:
            continue
        bortfald = list(lukket)
        if runde.afgoerelse and runde.afgoerelse[0] != FORLOEB:
            bortfald.append((runde.afgoerelse[1], "Afgørelsen blev en anden"))
        igen = [n.moede for n in fakta.runder[nr + 1 :] if n.udfald]
        bortfald += [(dag, "Teamet har behandlet sagen igen") for dag in igen]
        # On one day the decision speaks before the team, and the team before the closing.
        bortfald.sort(key=lambda b: (b[0], "ATS".index(b[1][0])))
        bortfald = bortfald[:1]
        holdt = min((dag for dag in fakta.holdt if dag >= runde.moede), default=None)
        foerste = en_frist(
            "FOERSTE_OPFOELGNING",
            anker,
            runde.moede,
            runde.moede,
            holdt,
            bortfald,
            fakta.ansvarlig,
            dato,
        )
        raekker.append(foerste)
        raekker += [
            en_frist(
                kode,
                anker,
                runde.moede,
                holdt or foerste[1][1],
                runde.plan,
                bortfald,
                fakta.ansvarlig,
                dato,
            )
            for kode in ("INDSATSPLAN_VARSEL", "INDSATSPLAN_FRIST")
        ]
    for pk, (anmodet, svar) in fakta.attester.items():
        raekker.append(
            en_frist(
                "LAE265_SVAR",
                ("laegeattest", pk),
                anmodet,
                anmodet,
                svar,
                lukket,
                fakta.ansvarlig,
                dato,
            )
        )
    return dict(raekker)


def fundet(fakta: Fakta) -> dict:
    return {
        (f.regel_id, f.anker_type, f.anker_id): (
            f.start_dato,
            f.forfald_dato,
            f.maal_dato,
            f.varsel_dato,
            f.ejer_id,
            f.opfyldt_dato,
            f.bortfaldet_dato,
            f.bortfaldet_begrundelse,
        )
        for f in Frist.objects.filter(sag=fakta.sag).exclude(bortfaldet_begrundelse=GRUNDLAGET)
    }


@pytest.fixture
def regler(db):
    """Two versions of the first follow-up's rule, one of them rolled, and odd lengths elsewhere."""
    gammel = Fristregel.objects.get(kode="FOERSTE_OPFOELGNING")
    Fristregel.objects.filter(pk=gammel.pk).update(gyldig_til=date(2026, 9, 30))
    gammel.pk, gammel.gyldig_fra = None, date(2026, 10, 1)
    gammel.laengde, gammel.enhed, gammel.rulning = 1, "MAANEDER", "frem"
    gammel.save()
    Fristregel.objects.filter(kode="INDSATSPLAN_VARSEL").update(varsel_dage=30)


@pytest.mark.parametrize("froe", range(4))
def test_second_reckoning_gives_the_same_rows(regler, froe):
    r = random.Random(froe)
    bruger = BrugerFactory()
    alle = [traek(r) for _ in range(SAGER)]
    for fakta in alle:
        gem(fakta, bruger, r)

    udled(IDAG, sager=[fakta.sag.pk for fakta in alle[::2]])
    udled(IDAG)

    for nr, fakta in enumerate(alle):
        assert fundet(fakta) == forventet(fakta, IDAG), (nr, fakta)
    assert not udled(IDAG)

    # More happens: another follow-up, an end, another length, another owner.
    Fristregel.objects.filter(kode="INDSATSPLAN_FRIST").update(laengde=r.randrange(1, 6))
    for fakta in alle:
        if r.random() < 0.3 and not fakta.lukket:
            dag = fakta.runder[-1].moede + timedelta(days=r.randrange(25))
            OpfoelgningsmoedeFactory(sag=fakta.sag, afholdt=True, tidspunkt=klokken(dag))
            fakta.holdt.append(dag)
        if r.random() < 0.2 and not fakta.lukket:
            fakta.lukket = IDAG
            luk(fakta, bruger)
        if r.random() < 0.2 and fakta.ansvarlig is None:
            ny = BrugerFactory()
            TildelingFactory(sag=fakta.sag, bruger=ny, fra_dato=IDAG)
            fakta.ansvarlig = ny.pk
    senere = IDAG + timedelta(days=r.randrange(20))
    for fakta in alle[1::2]:
        udled(senere, sager=[fakta.sag.pk])
    udled(senere)

    for nr, fakta in enumerate(alle):
        assert fundet(fakta) == forventet(fakta, senere), (nr, fakta)
    assert not udled(senere)
    aabne = Frist.objects.filter(opfyldt_dato=None, bortfaldet_dato=None)
    over = aabne.filter(forfald_dato__lt=senere)
    assert not over.filter(flaget_den=None).exists()
    assert not aabne.filter(forfald_dato__gte=senere).exclude(flaget_den=None).exists()
    mindet = Paamindelse.objects.filter(art="overskredet").values_list("frist", "bruger")
    assert set(over.exclude(ejer=None).values_list("pk", "ejer")) <= set(mindet)
