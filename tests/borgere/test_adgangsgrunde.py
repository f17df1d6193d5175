"""Why somebody sees a case: the same answer as the access rule, in any world."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from borgere.adgangsgrunde import BESKYTTET, INHABIL, KOLLEGA_INHABIL, UDEN_SLUT, adgangsgrunde
from borgere.models import Borger, Fase, Inhabilitet, Saerligadgang, Sag, Tildeling
from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation, Rolle, Stedfortraeder
from tests.factories import (
    BorgerFactory,
    BrugerFactory,
    InhabilitetFactory,
    SaerligadgangFactory,
    SagFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)
ANTAL_VERDENER = 100
FASER = (Fase.SCREENING, Fase.FORBEREDELSE, Fase.KVALITETSSIKRING, Fase.PLAN)
# The responsible excludes another on the same days; that rule is tested where it stands.
ARTER = [art for art in Tildeling.Art.values if art != Tildeling.Art.ANSVARLIG]


@pytest.fixture(scope="module")
def personer():
    """Roles and houses of the worlds' people; made anew in each."""
    kommune, region, ude = Organisation.KOMMUNE, Organisation.REGION, Organisation.EKSTERN
    return [
        ([Rolle.SAGSBEHANDLER], kommune),
        ([Rolle.KOORDINERENDE, Rolle.FAGLIG_KONSULENT], kommune),
        ([Rolle.FAGLIG_KONSULENT], kommune),
        ([Rolle.TEAMLEDER], kommune),
        ([Rolle.TEAMMEDLEM], kommune),
        ([Rolle.SUNDHEDSKOORDINATOR], region),
        ([Rolle.MENTOR], ude),
        ([], kommune),
    ]


def periode(tal):
    """First and last day round today; the last may be open."""
    fra = i_dag() + DAG * tal.randint(-3, 2)
    return {"fra_dato": fra, "til_dato": tal.choice([None, fra + DAG * tal.randint(0, 4)])}


def fyld(tal, sag, brugere):
    """Some of everything that lets in or shuts out."""
    dage = tal.choice([None, i_dag() + DAG * tal.randint(-1, 1)])
    er_beskyttet = tal.random() < 0.5
    Borger.objects.filter(pk=sag.borger_id).update(
        er_adressebeskyttet=er_beskyttet, adressebeskyttet_til=dage if er_beskyttet else None
    )
    Tildeling.objects.bulk_create(
        Tildeling(sag=sag, bruger=tal.choice(brugere), art=tal.choice(ARTER), **periode(tal))
        for _ in range(tal.randint(0, 5))
    )
    par = {(a, b) for a in brugere for b in brugere if a != b and tal.random() < 0.12}
    Stedfortraeder.objects.bulk_create(
        Stedfortraeder(for_bruger=a, vikar=b, **periode(tal))
        for a, b in sorted(par, key=lambda p: (p[0].pk, p[1].pk))
    )
    nu = timezone.now()
    Saerligadgang.objects.bulk_create(
        Saerligadgang(
            sag=sag,
            bruger=tal.choice(brugere),
            art=tal.choice(Saerligadgang.Art.values),
            begrundelse="Borgeren ringer nu",
            fra_tid=nu + timedelta(hours=(start := tal.randint(-10, 1)) - 0.5),
            til_tid=nu + timedelta(hours=start + tal.randint(1, 9)),
        )
        for _ in range(tal.randint(0, 2))
    )
    Inhabilitet.objects.bulk_create(
        Inhabilitet(
            borger_id=sag.borger_id,
            bruger=bruger,
            begrundelse="Nabo",
            registreret_af=bruger,
            **periode(tal),
        )
        for bruger in tal.sample(brugere, tal.randint(0, 2))
    )


def toem(sag, brugere):
    Tildeling.objects.filter(sag=sag).delete()
    Stedfortraeder.objects.filter(vikar__in=brugere).delete()
    Saerligadgang.objects.filter(sag=sag).delete()
    Inhabilitet.objects.filter(borger=sag.borger_id).delete()


def test_grounds_are_those_of_the_access_rule_in_every_world(personer):
    brugere = [BrugerFactory(roller=roller, organisation=hus) for roller, hus in personer]
    sager = {fase: SagFactory(fase=fase, borger=BorgerFactory()) for fase in FASER}
    set_med_grund = 0
    for seed in range(ANTAL_VERDENER):
        tal = random.Random(seed)
        sag = sager[tal.choice(FASER)]
        fyld(tal, sag, brugere)
        sag = Sag.objects.select_related("borger").get(pk=sag.pk)
        dato = i_dag() + DAG * tal.choice([0, 0, -1, 1])

        ser = {b for b in brugere if Sag.objects.synlige_for(b, dato).filter(pk=sag.pk).exists()}
        grunde = adgangsgrunde(sag, dato)

        assert {a.bruger for a in grunde if a.ser_sagen} == ser, f"verden {seed}"
        bag = {b for b in brugere if Sag.objects.bag_beskyttelse(b, dato).filter(pk=sag.pk)}
        ved_gaten = {
            a.bruger
            for a in grunde
            if not a.ser_sagen and any(g.spaerring == BESKYTTET for g in a.grunde)
        }
        assert ved_gaten == bag, f"verden {seed}"
        set_med_grund += len(ser)
        toem(sag, brugere)
    # The worlds are worth something only when many see and many do not.
    assert ANTAL_VERDENER < set_med_grund < ANTAL_VERDENER * len(brugere) / 2


def grund_for(bruger, sag):
    [adgang] = [a for a in adgangsgrunde(sag) if a.bruger == bruger]
    return adgang


def test_every_ground_is_said_in_words():
    maja, jonas = BrugerFactory(navn="Maja Kirkegaard"), BrugerFactory()
    kamilla = BrugerFactory(roller=[Rolle.FAGLIG_KONSULENT])
    sag = SagFactory(fase=Fase.SCREENING, ansvarlig=maja)
    slut = i_dag() + 3 * DAG
    Stedfortraeder.objects.create(for_bruger=maja, vikar=jonas, til_dato=slut)
    noed = SaerligadgangFactory(sag=sag)

    [egen] = grund_for(maja, sag).grunde
    assert (egen.tekst, egen.fra, egen.til) == ("ansvarlig sagsbehandler", sag.oprettet_dato, None)
    [vikar] = grund_for(jonas, sag).grunde
    assert vikar.tekst == "vikar for Maja Kirkegaard, ansvarlig sagsbehandler"
    assert (vikar.fra, vikar.til) == (i_dag(), slut)
    [rolle] = grund_for(kamilla, sag).grunde
    assert rolle.tekst == "faglig konsulent, mens sagen er i screening"
    [aabnet] = grund_for(noed.bruger, sag).grunde
    assert (aabnet.tekst, aabnet.udloeber) == ("nødadgang", noed.til_tid)


def test_what_shuts_out_is_said_too():
    maja, jonas, pia = BrugerFactory(), BrugerFactory(), BrugerFactory()
    sag = SagFactory(ansvarlig=maja, fase=Fase.PLAN, borger__er_adressebeskyttet=True)
    Stedfortraeder.objects.create(for_bruger=maja, vikar=jonas)
    lars = BrugerFactory(roller=[Rolle.MENTOR], organisation=Organisation.EKSTERN)
    TildelingFactory(sag=sag, bruger=lars, art=Tildeling.Art.MENTOR)
    InhabilitetFactory(borger=sag.borger, bruger=pia)

    assert grund_for(jonas, sag).grunde[0].spaerring == BESKYTTET
    assert grund_for(lars, sag).grunde[0].spaerring == UDEN_SLUT
    assert (grund_for(pia, sag).grunde, grund_for(pia, sag).inhabil_fra) == ([], i_dag())

    InhabilitetFactory(borger=sag.borger, bruger=maja)

    assert grund_for(maja, sag).grunde[0].spaerring == INHABIL
    assert grund_for(jonas, sag).grunde[0].spaerring == KOLLEGA_INHABIL
    assert [a.bruger for a in adgangsgrunde(sag) if a.ser_sagen] == []


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_answer_costs_the_same_for_any_circle(antal, django_assert_num_queries):
    sag = SagFactory(fase=Fase.SCREENING)
    for _ in range(antal):
        bruger = TildelingFactory(sag=sag, art=Tildeling.Art.MEDVIRKENDE).bruger
        Stedfortraeder.objects.create(for_bruger=bruger, vikar=BrugerFactory())
        SaerligadgangFactory(sag=sag)
        InhabilitetFactory(borger=sag.borger)

    with django_assert_num_queries(5):
        adgange = adgangsgrunde(sag)

    assert len(adgange) == 4 * antal
    assert Bruger.objects.count() >= 4 * antal
