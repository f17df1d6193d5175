"""The red-thread share in SQL against the thread of each forløb by itself."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from indsatsplan import billede, roed_traad
from indsatsplan.models import Indsatsplan
from noegletal.roed_traad import sql
from opfoelgning.models import Opfoelgningsmoede
from rehabilitering.models import ForberedendeDel, Indstilling
from ressource.kalender import i_dag
from tests.factories import (
    ForberedendeDelFactory,
    IndsatsplanFactory,
    MaalFactory,
    OpfoelgningsmoedeFactory,
    RessourceforloebFactory,
    klokken,
)

MAAL = ("Chauffør", "CHAUFFØR i  butik. ", "chauffør i\u00a0butik", "Ærlig bagersvend!", "…", "")
GRUNDE = ("", " ", "Ryggen")
RUNDER = 60


@pytest.fixture
def forloebene(db):
    """Some with an approved plan, some with a draft; all with every document."""
    fundne = []
    for nr in range(4):
        dag = i_dag() - timedelta(days=60)
        forloeb = RessourceforloebFactory(
            afgoerelse__indstilling__punkt__moede__dato=dag,
            afgoerelse__indstilling__punkt__behandlet_den=klokken(dag),
        )
        ForberedendeDelFactory(sag=forloeb.sag)
        MaalFactory(forloeb=forloeb, rang=1)
        MaalFactory(forloeb=forloeb, rang=2, tekst="Have færre smerter", art="")
        IndsatsplanFactory(forloeb=forloeb, nr=1, godkendt=nr > 0)
        OpfoelgningsmoedeFactory(sag=forloeb.sag, nr=1, afholdt=True, tidspunkt=klokken(i_dag()))
        fundne.append(forloeb)
    return fundne


def bland(rng, forloeb):
    """Other words, reasons and days in every document."""

    def dag(mindst, hoejst):
        return i_dag() - timedelta(days=rng.randint(mindst, hoejst))

    def felter():
        return {"maal": rng.choice(MAAL), "maal_begrundelse": rng.choice(GRUNDE)}

    ForberedendeDel.objects.filter(sag=forloeb.sag_id).update(
        maal=rng.choice(MAAL), gennemgaaet_dato=rng.choice([None, dag(50, 90)])
    )
    Indstilling.objects.filter(sag=forloeb.sag_id).update(
        **felter() | {"maal": rng.choice([m for m in MAAL if m])}
    )
    forloeb.maal.filter(rang=1).update(tekst=rng.choice(MAAL), begrundelse=rng.choice(GRUNDE))
    Indsatsplan.objects.filter(forloeb=forloeb).godkendte().update(
        godkendt_dato=dag(0, 20), indhold=billede.til_json(billede.af_forloeb(forloeb))
    )
    forloeb.maal.filter(rang=1).update(tekst=rng.choice(MAAL))
    Opfoelgningsmoede.objects.filter(sag=forloeb.sag_id).update(afholdt_dato=dag(0, 20), **felter())


def hver_for_sig(forloeb):
    friskt = type(forloeb).objects.til_plan().get(pk=forloeb.pk)
    godkendt = friskt.planer.godkendte().first()
    traad = roed_traad.byg(friskt, godkendt, billede.af_forloeb(friskt), med_tekst=True)
    return sum(led.mangler_grund for led in traad.led)


def alle_paa_en_gang():
    with connection.cursor() as markoer:
        markoer.execute(sql("SELECT id AS forloeb_id FROM indsatsplan_ressourceforloeb"))
        return {forloeb: brud for forloeb, _, brud in markoer.fetchall()}


def test_one_statement_for_all_says_what_each_thread_says(forloebene):
    rng = random.Random(6)
    sete = set()
    for _ in range(RUNDER):
        for forloeb in forloebene:
            bland(rng, forloeb)
        fundet = alle_paa_en_gang()
        assert fundet == {forloeb.pk: hver_for_sig(forloeb) for forloeb in forloebene}
        sete |= set(fundet.values())
    assert sete >= {0, 1, 2, 3}
