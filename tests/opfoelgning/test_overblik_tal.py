"""Every count of the worklist is as long as its list, and no page repeats or forgets a case."""

from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.http import QueryDict

from borgere.models import Fase
from opfoelgning import arbejdsliste
from opfoelgning.arbejdskolonner import LISTE
from opfoelgning.arbejdsliste import VISNINGER, Udsnit
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.listevalg import Listevalg
from ressource.models import Stedfortraeder
from tests.factories import BrugerFactory, SagFactory, TildelingFactory, klokken
from tests.opfoelgning.sager import efter_teammoede, frist, i_forloeb

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def maja():
    """Cases of every kind: one's own and a colleague's, alike and unlike, one of them protected."""
    maja, ida = BrugerFactory(), BrugerFactory()
    Stedfortraeder.objects.create(for_bruger=ida, vikar=maja, fra_dato=i_dag())
    for bruger in (maja, ida):
        for om_dage in (-4, -4, 0, 1, 9, 9):
            frist(SagFactory(ansvarlig=bruger, borger__fornavn="Eva"), om_dage)
        frist(SagFactory(ansvarlig=bruger), 10, kode="SAMTYKKE_UDLOEBER", varsel_dato=i_dag())
        efter_teammoede(bruger, 11)
        i_forloeb(bruger, moede=IDAG, indsatser=0)
        TildelingFactory(sag=i_forloeb(bruger), art="mentor")
        gammel = SagFactory(ansvarlig=bruger, oprettet_dato=IDAG - timedelta(days=100))
        with time_machine.travel(klokken(IDAG - timedelta(days=20), 9)):
            haendelser.log(gammel, "sag.oprettet", af=bruger, sag_id=gammel.pk)
    SagFactory(ansvarlig=ida, borger__er_adressebeskyttet=True)
    return maja


def test_each_count_is_as_long_as_its_list_whatever_else_is_chosen(maja):
    faser = ["", Fase.SCREENING, Fase.AFGOERELSE, Fase.OPFOELGNING]
    saa = set()
    for fase, hvis, dage, soeg in product(faser, ["", "egne", "daekket"], [14, 60], ["", "eva"]):
        udsnit = {"fase": fase, "hvis": hvis, "dage": dage, "soeg": soeg}
        antal = arbejdsliste.tael(maja, Udsnit(**udsnit), IDAG).visninger
        for vis in VISNINGER:
            raekker = arbejdsliste.hent_side(maja, Udsnit(vis, **udsnit), 1, IDAG, antal=999)
            sager = {raekke.sag_id for raekke, _ in raekker}
            assert antal[vis] == len(raekker) == len(sager), (vis, udsnit)
            saa |= {vis} if sager else set()
    assert saa == set(VISNINGER)


@pytest.mark.parametrize("kode", [k.kode for k in LISTE.kolonner if k.orden])
def test_pages_hold_every_case_once_in_any_order(maja, kode):
    for sorter in (kode, f"-{kode}"):
        orden = Listevalg.laes(LISTE, QueryDict(f"sorter={sorter}")).orden_sql("m")
        hele = arbejdsliste.hent_side(maja, Udsnit(), 1, IDAG, orden=orden, antal=999)
        sider = [
            raekke.sag_id
            for side in range(1, 6)
            for raekke, _ in arbejdsliste.hent_side(
                maja, Udsnit(), side, IDAG, orden=orden, antal=5
            )
        ]

        assert sider == [raekke.sag_id for raekke, _ in hele]
        assert len(sider) == len(set(sider)) == 22


def test_status_is_ordered_as_it_reads_and_a_job_is_no_sign_of_life(maja):
    orden = Listevalg.laes(LISTE, QueryDict("sorter=status")).orden_sql("m")
    raekker = [r for r, _ in arbejdsliste.hent_side(maja, Udsnit(), 1, IDAG, orden=orden)]
    grupper = [
        3 if r.forfald_dato is None else 0 if r.forfald_dato < IDAG else 1 + (r.varsel_dato > IDAG)
        for r in raekker
    ]
    assert grupper == sorted(grupper)

    stille = Udsnit("stille", dage=14)
    foer = {r.sag_id for r, _ in arbejdsliste.hent_side(maja, stille, 1, IDAG)}
    for pk in foer:
        haendelser.log(maja, "sag.oprettet", af=None, sag_id=pk)
    assert foer
    assert {r.sag_id for r, _ in arbejdsliste.hent_side(maja, stille, 1, IDAG)} == foer
