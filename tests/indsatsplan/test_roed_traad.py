"""Den røde tråd: the goal from document to document, and the reason where it becomes another."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from borgere.models import Fase
from indsatsplan import billede, roed_traad
from indsatsplan.roed_traad import Art, Dokument, Planmaal, kaede
from rehabilitering import maalforskel
from ressource.kalender import i_dag
from tests.factories import (
    ForberedendeDelFactory,
    IndsatsplanFactory,
    MaalFactory,
    OpfoelgningsmoedeFactory,
    RessourceforloebFactory,
    TildelingFactory,
    klokken,
)

EGNE_ORD = "Jeg kan godt lide at køre. Så har jeg min egen tid."


def dok(maal, begrundelse="", *, art=Art.INDSTILLING, dato=date(2026, 6, 1)):
    return Dokument(art, "Indstilling", "indstillingen", dato, maal, begrundelse)


@pytest.mark.parametrize(
    ("maal", "foer", "afviger"),
    [
        ("Chauffør", "Chauffør", False),
        (" chauffør  i BYGGEMARKED. ", "Chauffør i byggemarked", False),
        ("Chauffør i\u00a0byggemarked", "Chauffør i byggemarked", False),
        ("Chauffør i byggemarked", "Chauffør", True),
        ("Chauffør, butik", "Chauffør  butik", False),
        ("Chauffør", "", False),
        ("", "Chauffør", False),
        ("Smørrebrød", "Smorrebrod", True),
        ("Få blå bog", "Fa\u030a bla\u030a bog", False),
    ],
)
def test_a_goal_is_another_when_its_words_are(maal, foer, afviger):
    assert maalforskel.afviger(maal, foer) is afviger


def test_words_that_were_not_before_are_marked_and_documents_without_goal_are_passed_over():
    led = kaede([dok("Chauffør eller lager"), dok(" "), dok("Chauffør i byggemarked", "Prøvet af")])

    assert [(s.tekst, s.kun_her) for s in led[1].stykker] == [
        ("Chauffør ", False),
        ("i byggemarked", True),
    ]
    assert [et.mangler_grund for et in led] == [False, False]
    assert not any(et.mangler_grund for et in led)


def test_a_goal_that_only_lost_words_says_which():
    led = kaede([dok("Chauffør, eller lager"), dok("Chauffør.", "Ryggen")])

    assert led[1].afviger
    assert led[1].udgaaet == "eller lager"


def test_a_thread_breaks_where_nobody_wrote_why():
    brudt = kaede([dok("Chauffør"), dok("Snedker", " ")])
    samme = kaede([dok("Chauffør"), dok("chauffør.")])

    assert any(et.mangler_grund for et in brudt)
    assert not any(et.mangler_grund for et in samme)
    assert not any(stykke.kun_her for stykke in samme[1].stykker)


@pytest.mark.parametrize(("dage", "afviger"), [(-1, False), (0, True), (1, True)])
def test_a_talk_before_the_plan_answers_for_no_goal_that_came_after_it(dage, afviger):
    plan = dok("Chauffør", art=Art.PLAN, dato=date(2026, 6, 10))
    samtale = dok("Snedker", art=Art.OPFOELGNING, dato=date(2026, 6, 10) + timedelta(days=dage))

    led = kaede([plan, samtale])[1]

    assert (led.afviger, led.er_foer) == (afviger, not afviger)


@pytest.mark.parametrize(
    ("maal", "afviger"),
    [("Chauffør", False), ("chauffør i butik", False), ("Snedker", True), ("", False)],
)
def test_a_talk_agrees_with_the_approved_plan_or_the_draft(maal, afviger):
    assert Planmaal(nu="Chauffør i butik", godkendt="Chauffør").afviger(maal) is afviger
    assert not Planmaal().afviger(maal)


@pytest.fixture
def forloeb(db):
    """Ole's: every document has a goal of its own, and each says why."""
    dag = i_dag() - timedelta(days=60)
    forloeb = RessourceforloebFactory(
        sag__fase=Fase.OPFOELGNING,
        afgoerelse__indstilling__punkt__moede__dato=dag,
        afgoerelse__indstilling__punkt__behandlet_den=klokken(dag),
        afgoerelse__indstilling__maal="Chauffør eller lagermedarbejder",
        afgoerelse__indstilling__maal_begrundelse="Værksted valgt fra på grund af ryggen",
    )
    del_ = ForberedendeDelFactory(
        sag=forloeb.sag,
        status="forelagt",
        maal="Noget med at køre, eller i et snedkerværksted",
        gennemgaaet_dato=dag - timedelta(days=30),
    )
    del_.afsnit.create(kode="oensker_job_uddannelse", egne_ord=EGNE_ORD)
    MaalFactory(
        forloeb=forloeb,
        rang=1,
        tekst="Chauffør i byggemarked",
        begrundelse="Efter praktik i byggecentret",
    )
    godkend(forloeb, nr=3)
    tal(forloeb, "Chauffør, vareudbringning fra butik", "En butik søger en chauffør")
    return forloeb


def godkend(forloeb, *, nr):
    return IndsatsplanFactory(
        forloeb=forloeb,
        nr=nr,
        godkendt=True,
        godkendt_dato=i_dag() - timedelta(days=20),
        indhold=billede.til_json(billede.af_forloeb(forloeb)),
    )


def tal(forloeb, maal, begrundelse="", *, nr=3, dage=20):
    return OpfoelgningsmoedeFactory(
        sag=forloeb.sag,
        nr=nr,
        afholdt=True,
        tidspunkt=klokken(i_dag() - timedelta(days=dage)),
        maal=maal,
        maal_begrundelse=begrundelse,
    )


def traaden(forloeb, *, med_tekst=True):
    godkendt = forloeb.planer.godkendte().first()
    return roed_traad.byg(forloeb, godkendt, billede.af_forloeb(forloeb), med_tekst=med_tekst)


def test_the_thread_of_a_forloeb_has_every_document_with_its_reason(forloeb):
    traad = traaden(forloeb)

    assert [(et.dokument.navn, et.dokument.maal, et.afviger) for et in traad.led] == [
        ("Forberedende del", "Noget med at køre, eller i et snedkerværksted", False),
        ("Indstilling", "Chauffør eller lagermedarbejder", True),
        ("Indsatsplan v3", "Chauffør i byggemarked", True),
        ("Opfølgning nr. 3", "Chauffør, vareudbringning fra butik", True),
    ]
    assert traad.led[0].dokument.citat == EGNE_ORD
    assert not any(et.mangler_grund for et in traad.led)
    assert traad.afviger_fra_planen
    assert traad.kladde is None


def test_the_draft_is_shown_beside_the_approved_plan_and_can_take_up_the_talks_goal(forloeb):
    IndsatsplanFactory(forloeb=forloeb, nr=4)
    forloeb.maal.update(tekst="Chauffør, vareudbringning fra butik", begrundelse="Aftalt i dag")

    traad = traaden(forloeb)

    assert traad.led[2].dokument.maal == "Chauffør i byggemarked"
    assert traad.kladde.dokument.begrundelse == "Aftalt i dag"
    assert traad.rettet_i_kladden


def test_who_may_not_read_of_health_sees_the_goals_alone(forloeb):
    traad = traaden(forloeb, med_tekst=False)

    assert [et.dokument.maal for et in traad.led] == [
        et.dokument.maal for et in traaden(forloeb).led
    ]
    assert not any(et.dokument.begrundelse or et.dokument.citat for et in traad.led)


def test_the_latest_talk_that_wrote_of_the_goal_is_the_one(forloeb):
    tal(forloeb, "Chauffør i byggemarked", nr=4, dage=10)
    tal(forloeb, "", nr=5, dage=5)

    assert not traaden(forloeb).afviger_fra_planen


@pytest.mark.parametrize(
    ("tekst", "begrundelse", "afvist"),
    [
        ("chauffør i byggemarked.", "", False),
        ("Buschauffør", "", True),
        ("Buschauffør", "Efter praktik i byggecentret", True),
        ("Buschauffør", "Byen søger chauffører", False),
    ],
)
def test_another_first_goal_than_the_approved_one_asks_why_anew(
    forloeb, tekst, begrundelse, afvist
):
    if not afvist:
        return roed_traad.kraev_grund(forloeb, tekst=tekst, begrundelse=begrundelse)
    with pytest.raises(ValidationError) as fejl:
        roed_traad.kraev_grund(forloeb, tekst=tekst, begrundelse=begrundelse)
    (besked,) = fejl.value.message_dict["begrundelse"]
    assert besked.startswith(
        "Målet er et andet end i version 3 af planen («Chauffør i byggemarked»). Skriv hvorfor."
    )
    assert ("en tidligere ændring" in besked) is bool(begrundelse)
    return None


def test_before_the_first_approval_the_goal_is_held_against_the_indstilling(forloeb):
    forloeb.planer.all().delete()

    with pytest.raises(ValidationError, match="end i indstillingen"):
        roed_traad.kraev_grund(forloeb, tekst="Buschauffør", begrundelse="")
    roed_traad.kraev_grund(forloeb, tekst="Chauffør eller lagermedarbejder", begrundelse="")


def test_the_plan_page_shows_the_thread_and_where_to_mend_it(som, forloeb):
    klient = som("koordinerende")
    TildelingFactory(sag=forloeb.sag, bruger=klient.bruger)

    planen = reverse("indsatsplan:plan", args=[forloeb.sag_id])
    side = klient.get(planen).content.decode()

    maal = forloeb.maal.get()
    assert '<mark><span class="skjult">Ændret: </span>i byggemarked</mark>' in side
    assert "Værksted valgt fra på grund af ryggen" in side
    assert "Afviger fra planen" in side
    assert f'href="{planen}?aaben=maal-{maal.pk}#maal-{maal.pk}"' in side
    assert "Ingen har skrevet hvorfor" not in side


def test_a_break_in_the_plan_can_be_explained_from_the_thread(som, forloeb):
    klient = som("koordinerende")
    TildelingFactory(sag=forloeb.sag, bruger=klient.bruger)
    forloeb.planer.all().delete()
    forloeb.maal.update(begrundelse="")
    IndsatsplanFactory(forloeb=forloeb)

    side = klient.get(reverse("indsatsplan:plan", args=[forloeb.sag_id])).content.decode()

    assert "Ingen har skrevet hvorfor" in side
    assert "Skriv hvorfor</a>" in side
