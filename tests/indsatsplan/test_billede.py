"""The picture of a plan: what is frozen at approval can be read forever, and what counts as change."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from indsatsplan import billede
from indsatsplan.models import Indsats
from rehabilitering.models import Indsatstype
from ressource.kalender import i_dag
from tests.factories import (
    DelmaalFactory,
    IndsatsFactory,
    IndsatspauseFactory,
    IndsatstrinFactory,
    MaalFactory,
    PraktikFactory,
)

# As version 1 wrote it, before there were milestones, pauses and steps.
VERSION_1 = {
    "version": 1,
    "maal": [
        {
            "id": 7,
            "rang": 1,
            "tekst": "Medhjælper på bibliotek",
            "art": "job",
            "indsatser": [
                {
                    "id": 12,
                    "navn": "Praktik på biblioteket",
                    "type": "Virksomhedspraktik",
                    "omraade": "beskaeftigelse",
                    "formaal": "Prøve om opgaverne passer",
                    "linje": 1,
                    "tilfoejet": "",
                    "status": "i_gang",
                    "planlagt_start": "2026-02-02",
                    "planlagt_slut": None,
                    "faktisk_start": "2026-02-03",
                    "faktisk_slut": None,
                    "timer_pr_uge": "7.5",
                    "ansvarlig": "Tina Vestergaard",
                    "er_skitse": False,
                }
            ],
        }
    ],
}


@pytest.fixture
def forloeb(db):
    """A forløb with everything a plan can have."""
    maal = MaalFactory(rang=1)
    DelmaalFactory(maal=maal)
    DelmaalFactory(maal=maal, fjernet_den="2026-01-01T12:00Z")
    indsats = IndsatsFactory(forloeb=maal.forloeb, maal=maal, i_gang=True, skaanehensyn="Ikke løft")
    IndsatspauseFactory(indsats=indsats)
    IndsatstrinFactory(indsats=indsats)
    PraktikFactory(indsats=indsats)
    return maal.forloeb


def test_version_1_can_still_be_read():
    (maal,) = billede.fra_json(VERSION_1)
    (indsats,) = maal.indsatser

    assert (maal.tekst, maal.delmaal, maal.naaet, maal.er_fjernet) == (
        "Medhjælper på bibliotek",
        (),
        None,
        False,
    )
    assert indsats.faktisk_start == date(2026, 2, 3)
    assert indsats.timer_pr_uge == Decimal("7.5")
    assert (indsats.pauser, indsats.trin, indsats.skaanehensyn) == ((), (), "")


def test_draft_has_nothing_frozen():
    assert billede.fra_json({}) == ()


def test_what_is_written_reads_back_the_same(forloeb):
    nu = billede.af_forloeb(forloeb)
    (indsats,) = billede.indsatser(nu)

    assert billede.fra_json(billede.til_json(nu)) == nu
    assert len(nu[0].delmaal) == len(indsats.pauser) == len(indsats.trin) == 1
    assert indsats.leverandoer == Indsats.objects.get().praktik.virksomhed.navn


def test_only_what_is_planned_counts_as_change(forloeb):
    foer = billede.af_forloeb(forloeb)
    IndsatspauseFactory(
        indsats=Indsats.objects.get(),
        fra_dato=i_dag() + timedelta(days=40),
        til_dato=i_dag() + timedelta(days=41),
    )
    forloeb.maal.update(naaet_dato=i_dag())
    assert billede.antal_aendringer(foer, billede.af_forloeb(forloeb)) == 0

    Indsats.objects.update(skaanehensyn="Ikke stå længe")
    Indsats.objects.get().trin.update(opgaver="Egen reol")
    forloeb.maal.get().delmaal.update(tekst="15 timer")
    assert billede.antal_aendringer(foer, billede.af_forloeb(forloeb)) == 3


def test_what_is_taken_out_counts_as_change(forloeb):
    foer = billede.af_forloeb(forloeb)

    assert billede.antal_aendringer(foer, ()) == 4
    assert billede.antal_aendringer((), foer) == 4


def test_a_version_1_plan_nobody_touched_has_no_changes(db):
    maal = MaalFactory(rang=1, tekst="Medhjælper på bibliotek")
    IndsatsFactory(forloeb=maal.forloeb, maal=maal, i_gang=True)
    nu = billede.af_forloeb(maal.forloeb)
    raa = billede.til_json(nu)
    kendt_1 = VERSION_1["maal"][0]
    gammel = {felt: v for felt, v in raa["maal"][0].items() if felt in kendt_1}
    gammel["indsatser"] = [
        {felt: v for felt, v in i.items() if felt in kendt_1["indsatser"][0]}
        for i in gammel["indsatser"]
    ]

    assert billede.antal_aendringer(billede.fra_json({"maal": [gammel]}), nu) == 0


def test_without_health_there_are_no_words_about_it(forloeb):
    Indsats.objects.update(
        indsatstype=Indsatstype.objects.get(kode="psykolog"), slut_begrundelse="Angst"
    )
    forloeb.maal.update(art="", tekst="Mindre angst", begrundelse="Angst fylder")
    (maal,) = billede.uden_helbred(billede.af_forloeb(forloeb))
    (indsats,) = maal.indsatser

    assert (maal.tekst, maal.begrundelse, maal.delmaal) == (billede.SKJULT_MAAL, "", ())
    assert replace(indsats, status="", planlagt_start=None) == replace(
        indsats,
        navn=billede.SKJULT_INDSATS,
        type="",
        formaal="",
        tilfoejet="",
        ansvarlig="",
        leverandoer="",
        virksomhedsmentor="",
        skaanehensyn="",
        opgaver="",
        slut_begrundelse="",
        trin=(),
        status="",
        planlagt_start=None,
    )
