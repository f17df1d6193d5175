"""The citizen's own plan on paper: what it says, how hard it is to read, how long it gets."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from math import hypot

import page
import pypdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from borgere.models import Tildeling
from indsatsplan import aftaler, billede, borgerplan, dokumenter
from indsatsplan.aftaler import Aftale
from indsatsplan.borgerplan import Raekke
from indsatsplan.models import FaktiskTimetal
from ressource import pdf
from ressource.kalender import i_dag
from ressource.laesbarhed import maal as laesbarhed
from ressource.models import Opslag
from tests.factories import (
    FaktiskTimetalFactory,
    IndsatsFactory,
    IndsatsplanFactory,
    IndsatstrinFactory,
    MaalFactory,
    RessourceforloebFactory,
    TildelingFactory,
    klokken,
)
from tests.indsatsplan.test_godkendelse import MAAL, MENTOR, PRAKTIK, TRIN

pytestmark = pytest.mark.django_db

DAG = date(2026, 11, 22)
# What the issue promises of the fixed texts.
HOEJESTE_LIX = 40


@pytest.fixture(autouse=True)
def ingen_aftaler(monkeypatch):
    monkeypatch.setattr(aftaler, "_kilder", [])


@pytest.fixture
def forloeb():
    return RessourceforloebFactory(
        start_dato=i_dag() - timedelta(days=1200),
        sag__borger__er_adressebeskyttet=True,
        sag__borger__adresse="Hemmelig Vej 7",
    )


def godkendt(forloeb):
    indhold = billede.til_json(billede.af_forloeb(forloeb))
    return IndsatsplanFactory(forloeb=forloeb, nr=3, godkendt=True, indhold=indhold)


def skriv(plan, **felter):
    return dokumenter.borgerens_plan(plan, tidspunkt=timezone.now(), **felter)


def sider(bytes_):
    return [" ".join(s.extract_text().split()) for s in pypdf.PdfReader(BytesIO(bytes_)).pages]


def timetal(fra, timer):
    return FaktiskTimetal(fra_dato=fra, timer_pr_uge=Decimal(timer))


def med(*indsatser, **felter):
    return [replace(MAAL, indsatser=indsatser, **felter)]


I_GANG = replace(PRAKTIK, status="i_gang", faktisk_start=date(2026, 6, 16))
OTTE = replace(TRIN, id=2, fra=date(2026, 9, 1), timer_pr_dag=Decimal(4))
MAASKE = replace(TRIN, id=3, fra=date(2027, 3, 1), dage_pr_uge=5, timer_pr_dag=Decimal(3))


# What it says -------------------------------------------------------------------------------------


def test_hours_are_as_worked_else_as_planned():
    planlagt = [replace(MAAL, indsatser=(replace(I_GANG, trin=(TRIN, OTTE, MAASKE)),))]
    aabent = [
        replace(m, indsatser=(replace(m.indsatser[0], planlagt_slut=None),)) for m in planlagt
    ]

    som_planlagt = borgerplan.byg(aabent, DAG, {})
    faktisk = {7: [timetal(date(2026, 6, 20), 3), timetal(date(2026, 10, 1), "6.5")]}
    som_det_gik = borgerplan.byg(aabent, DAG, faktisk)

    assert [s.vist for s in som_planlagt.soejler] == ["4 timer", "8 timer", "15 timer?"]
    assert [s.etiket for s in som_planlagt.soejler] == ["juni", "nu", "fra marts"]
    assert som_det_gik.timer == (
        "Du er nu i gang 6,5 timer om ugen. Da du begyndte i juni 2026, var det 3 timer."
    )
    assert som_det_gik.timer_senere == "Fra marts regner vi med 15 timer om ugen."
    assert som_det_gik.begyndt == ()


def test_next_step_counts_what_else_is_planned_then():
    andet = replace(
        I_GANG,
        id=9,
        faktisk_start=date(2026, 8, 3),
        planlagt_slut=None,
        trin=(replace(TRIN, id=9),),
    )
    foerste = replace(I_GANG, planlagt_slut=None, trin=(TRIN, MAASKE))

    plan = borgerplan.byg(med(foerste, andet), DAG, {})

    assert [s.vist for s in plan.soejler] == ["4 timer", "8 timer", "19 timer?"]


def test_next_step_may_be_a_sketch_past_the_planned_end():
    indsats = replace(I_GANG, planlagt_slut=MAASKE.fra - timedelta(days=1), trin=(TRIN, MAASKE))

    plan = borgerplan.byg(med(indsats), DAG, {})

    assert [s.vist for s in plan.soejler] == ["4 timer", "15 timer?"]
    assert plan.timer_senere == "Fra marts regner vi med 15 timer om ugen."


def test_talks_with_a_mentor_are_no_working_hours():
    mentor = replace(I_GANG, id=9, er_mentor=True, trin=(replace(TRIN, id=9),))

    assert borgerplan.byg(med(mentor), DAG, {}).timer == ""
    assert "4 timer" in borgerplan.byg(med(mentor, replace(I_GANG, trin=(TRIN,))), DAG, {}).timer


@pytest.mark.parametrize(
    "indsats",
    [
        replace(I_GANG, trin=()),
        replace(I_GANG, pauser=((date(2026, 11, 1), None),)),
        replace(PRAKTIK, trin=(MAASKE,)),
    ],
)
def test_without_hours_now_there_are_no_bars(indsats):
    plan = borgerplan.byg(med(indsats), DAG, {})

    assert (plan.timer, plan.soejler) == ("", ())


def test_rows_say_where_when_and_who():
    praktik = replace(I_GANG, leverandoer="Bygma", virksomhedsmentor="Bjarne Holm")
    mentor = replace(MENTOR, planlagt_start=date(2026, 12, 8), timer_pr_uge=Decimal(2))
    pause = replace(I_GANG, id=5, pauser=((date(2026, 11, 1), None),), ansvarlig="")

    plan = borgerplan.byg(med(mentor, praktik, pause), DAG, {})

    nbsp = "\N{NO-BREAK SPACE}"
    assert [(r.hvad, r.hvornaar.replace(nbsp, " "), r.hvem) for r in plan.konkret] == [
        ("Praktik i byggecenter", "På pause lige nu", ""),
        (
            "Praktik i byggecenter hos Bygma",
            "4 timer om ugen til 31. december 2026",
            "Tina Vestergaard og Bjarne Holm på stedet",
        ),
        (
            "Mentor",
            "2 timer om ugen fra 8. december 2026 til 31. december 2026",
            "Tina Vestergaard",
        ),
    ]


def test_later_and_sketched_efforts_are_only_named():
    senere = replace(PRAKTIK, id=3, navn="Løntilskud", planlagt_start=date(2027, 2, 22))
    skitse = replace(PRAKTIK, id=4, navn="Fleksjob", planlagt_start=DAG, er_skitse=True)
    stoppet = replace(I_GANG, id=5, status="afbrudt", faktisk_slut=DAG)

    plan = borgerplan.byg(med(senere, skitse, stoppet), DAG, {})

    assert (plan.konkret, plan.senere) == ((), ("Fleksjob", "Løntilskud"))
    assert [linje.split(",")[1] for linje in plan.begyndt] == [
        " sluttede 22.\N{NO-BREAK SPACE}november\N{NO-BREAK SPACE}2026"
    ]


def test_goals_taken_out_are_not_there_and_reached_ones_are_praised():
    naaet = replace(MAAL, id=2, tekst="Sove igennem", naaet=DAG, indsatser=(), delmaal=())
    ude = replace(MAAL, id=3, tekst="Kok", er_fjernet=True)

    plan = borgerplan.byg([MAAL, naaet, ude], DAG, {})

    assert (plan.maal, plan.andre_maal) == ("Chauffør i byggemarked", ())
    assert plan.begyndt[0].startswith("Du har nået: Sove igennem, 22.")
    assert plan.delmaal == ("10 timer om ugen",)


def test_what_has_begun_is_five_lines_at_most_and_the_rest_is_counted():
    naaede = tuple(replace(MAAL.delmaal[0], id=nr, naaet=DAG) for nr in range(5))
    begyndt = [replace(I_GANG, id=nr, navn=f"Hold {nr}", trin=()) for nr in range(5)]

    plan = borgerplan.byg(med(*begyndt, delmaal=naaede), DAG, {})

    assert [linje.split(",")[0] for linje in plan.begyndt] == [
        *["Du har nået: 10 timer om ugen"] * 2,
        *("Hold 2", "Hold 3", "Hold 4"),
    ]
    assert plan.begyndt_mere == 5


# The paper ----------------------------------------------------------------------------------------


def test_a_full_plan_is_one_page_and_two_in_large_type(forloeb, monkeypatch):
    dage = lambda n: i_dag() + timedelta(days=n)  # noqa: E731 -- kort
    maal = MaalFactory(forloeb=forloeb, rang=1, tekst="Blive chauffør i et byggemarked")
    faelles = {"forloeb": forloeb, "maal": maal}
    praktik = IndsatsFactory(
        **faelles, i_gang=True, planlagt_start=dage(-150), planlagt_slut=dage(150)
    )
    for fra, uge in ((-150, 2), (-20, 5), (100, 7)):
        IndsatstrinFactory(indsats=praktik, fra_dato=dage(fra), dage_pr_uge=uge)
    FaktiskTimetalFactory(indsats=praktik, fra_dato=dage(-150), timer_pr_uge=3)
    IndsatsFactory(**faelles, mentor=True, i_gang=True)
    IndsatsFactory(**faelles, beskrivelse="Træne din ryg", planlagt_start=dage(16))
    TildelingFactory(sag=forloeb.sag, art=Tildeling.Art.MENTOR, bruger__navn="Lars Bach")
    moeder = [
        Aftale(3, klokken(dage(-9), 9), "Her", er_holdt=True, skitse="Måske kører du selv."),
        Aftale(4, klokken(dage(9), 13), "Biblioteket", er_holdt=False),
    ]
    monkeypatch.setattr(aftaler, "_kilder", [lambda sag: moeder])
    plan = godkendt(forloeb)

    (side,) = sider(skriv(plan))
    stor = skriv(plan, stor_skrift=True)

    for ventet in (
        "Du er nu i gang 3 timer om ugen.",
        "De næste 3 måneder",
        "Måske kører du selv.",
        "kl. 13.00. Sted: Biblioteket. Lars Bach, din mentor, kommer også.",
    ):
        assert ventet in side
    assert "Hemmelig" not in side
    assert len(sider(stor)) == 2
    svar = page.validate_pdf_bytes(stor, profile=page.ValidationProfile("ua1"))
    assert svar.is_compliant, svar
    # The chart's letters are scaled with it: 12 of its units are 17 points there.
    soejler = dokumenter.indhold(plan, timezone.now())["borgerens"].soejler
    assert mindste_skrift(stor, uden={t for s in soejler for t in (s.vist, s.etiket)}) >= 16


def mindste_skrift(bytes_, uden):
    """The smallest letters in points, but for the texts `uden`."""
    fundet = []

    def se(tekst, _cm, tm, _font, stoerrelse):
        if tekst.strip() and tekst.strip() not in uden:
            fundet.append(round(stoerrelse * hypot(*tm[2:4]), 1))

    for side in pypdf.PdfReader(BytesIO(bytes_)).pages:
        side.extract_text(visitor_text=se)
    return min(fundet)


def test_sixty_efforts_are_two_pages_at_most_and_all_that_comes_is_named(forloeb):
    maal = MaalFactory(forloeb=forloeb, rang=1)
    for nr in range(60):
        fra = i_dag() + timedelta(days=-1100 + 25 * nr)
        felter = {"i_gang": nr > 30} if fra < i_dag() else {}
        if felter and nr <= 30:
            felter = {"status": "afsluttet", "faktisk_start": fra, "faktisk_slut": fra}
        IndsatsFactory(
            forloeb=forloeb, maal=maal, planlagt_start=fra, beskrivelse=f"Hold nr. {nr}", **felter
        )

    fundet = sider(skriv(godkendt(forloeb)))

    assert len(fundet) <= 2
    for nr in range(31, 60):
        assert f"Hold nr. {nr}" in " ".join(fundet)


def test_an_empty_draft_says_what_is_missing_and_that_it_is_a_draft(forloeb):
    (side,) = sider(skriv(IndsatsplanFactory(forloeb=forloeb)))

    for ventet in (
        "Kladde.",
        "Vi har ikke skrevet dit mål endnu.",
        "Vi har ikke aftalt noget endnu.",
    ):
        assert ventet in side
    assert "Du har selv været med" not in side


def test_the_fixed_texts_are_easy_to_read(forloeb, monkeypatch):
    fanget = []
    monkeypatch.setattr(pdf, "skabelon_til_pdf", lambda _s, k, **_f: fanget.append(k) or b"")
    skriv(IndsatsplanFactory(forloeb=forloeb))
    ord_ = dict.fromkeys(("andre_maal", "begyndt", "konkret_mere", "delmaal", "senere"), ("Bo",))
    fuld = replace(
        fanget[0]["borgerens"],
        **ord_,
        maal="Kok",
        timer="Du er nu i gang 8 timer om ugen. Da du begyndte i juni 2026, var det 4 timer.",
        timer_senere="Fra marts regner vi med 15 timer om ugen.",
        begyndt_mere=2,
        konkret=(Raekke("Bo", "Bo", "Nu", "Bo"),),
    )
    moede = Aftale(1, timezone.now(), "Her", er_holdt=False)
    alt = {
        "borgerens": fuld,
        "citat": "Ja.",
        "skitse": "Ja.",
        "aftale": moede,
        "mentor": forloeb.sag.borger,
    }

    for andet in ({}, alt):
        html = render_to_string(dokumenter.SKABELON, fanget[0] | andet | {"titel": "Din plan"})
        krop = re.sub(r"<[^>]+>", "\n", html.split("<h1>")[1])
        assert laesbarhed(krop).lix <= HOEJESTE_LIX
        for afsnit in re.findall(r"<p[^>]*>(.*?)</p>", html, re.DOTALL):
            fundet = laesbarhed(re.sub(r"<[^>]+>", "", afsnit))
            assert not fundet.kan_maales or fundet.lix <= HOEJESTE_LIX, afsnit


def test_draft_and_version_are_printed_in_both_sizes_and_logged(som, forloeb, monkeypatch):
    monkeypatch.setattr(
        pdf, "skriv_pdf", lambda html, **felter: f"%PDF {len(felter['css'])}".encode()
    )
    klient = som("koordinerende")
    TildelingFactory(sag=forloeb.sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)
    kladde = IndsatsplanFactory(forloeb=forloeb, nr=4)
    version = godkendt(forloeb)

    for plan, navn in ((kladde, "plan-version-4-kladde.pdf"), (version, "plan-version-3.pdf")):
        adresse = reverse("indsatsplan:udskrift", args=[plan.pk])
        lille, stor = klient.get(adresse), klient.get(adresse + "?skrift=stor")
        assert navn in lille["Content-Disposition"]
        assert (lille.content, stor.content) == (b"%PDF 2", b"%PDF 4")

    assert Opslag.objects.filter(handling="udskriv", objekt="plan").count() == 4
