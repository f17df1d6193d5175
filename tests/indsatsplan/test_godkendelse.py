"""The plan approved with the citizen: the mentor rule, what must be there, versions and differences."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from borgere.models import Tildeling
from indsatsplan import aftaler, billede, mentor, planforskel, services
from indsatsplan.billede import Delmaalbillede, Indsatsbillede, Maalbillede, Trinbillede
from indsatsplan.models import Indsats, Indsatsplan
from indsatsplan.planforskel import Hvad
from rehabilitering.models import Indstilling
from ressource.kalender import i_dag
from tests.factories import (
    IndsatsFactory,
    IndsatsplanFactory,
    MaalFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db

UDEN_MENTOR = "Ole har sin søster og vil prøve selv"


@pytest.fixture(autouse=True)
def ingen_aftaler(monkeypatch):
    """The floor above is left out: its follow-ups are its own tests' business."""
    monkeypatch.setattr(aftaler, "_kilder", [])


@pytest.fixture
def kladde():
    """A draft with a goal and a praktik, and no mentor."""
    kladde = IndsatsplanFactory(forloeb=MaalFactory(rang=1).forloeb)
    IndsatsFactory(forloeb=kladde.forloeb, maal=kladde.forloeb.maal.get())
    return kladde


@pytest.fixture
def klient(som, kladde):
    klient = som("koordinerende")
    TildelingFactory(sag=kladde.forloeb.sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)
    return klient


def url(navn, pk):
    return reverse(f"indsatsplan:{navn}", args=[pk])


def godkend(kladde, **felter):
    felter = {"borger_enig": "enig", "uden_mentor_begrundelse": UDEN_MENTOR} | felter
    return services.godkend_plan(kladde, af=kladde.oprettet_af, **felter)


def sendt(kladde, **felter):
    aftryk = billede.aftryk(billede.af_forloeb(kladde.forloeb))
    return {"plan": kladde.pk, "aftryk": aftryk, "borger_enig": "enig"} | felter


# Approval -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [None, "bortfaldet", "afsluttet"])
def test_a_plan_without_a_mentor_needs_a_reason(kladde, status):
    if status:
        dage = {"faktisk_start": i_dag(), "faktisk_slut": i_dag()} if status == "afsluttet" else {}
        maal = kladde.forloeb.maal.get()
        IndsatsFactory(forloeb=kladde.forloeb, maal=maal, mentor=True, status=status, **dage)

    with pytest.raises(ValidationError, match="ingen mentor"):
        godkend(kladde, uden_mentor_begrundelse="  ")

    assert godkend(kladde).uden_mentor_begrundelse == UDEN_MENTOR


def test_a_reason_is_not_kept_beside_a_mentor(kladde):
    IndsatsFactory(forloeb=kladde.forloeb, maal=kladde.forloeb.maal.get(), mentor=True)

    assert godkend(kladde).uden_mentor_begrundelse == ""


def test_the_page_asks_why_and_remembers_the_answer(klient, kladde):
    indstilling = kladde.forloeb.afgoerelse.indstilling
    indstilling.uden_mentor_begrundelse = "Søsteren støtter"
    type(indstilling).objects.filter(pk=indstilling.pk).update(
        uden_mentor_begrundelse="Søsteren støtter"
    )
    adresse = url("plan_godkend", kladde.forloeb.sag_id)

    foerst = klient.get(adresse)
    afvist = klient.post(adresse, sendt(kladde, borger_enig="delvist", uenig_tekst="Timerne"))

    assert foerst.context["form"]["uden_mentor_begrundelse"].value() == "Søsteren støtter"
    assert afvist.status_code == 422
    assert "skriv, hvorfor ikke" in afvist.text
    assert "Timerne" in afvist.text
    klient.post(adresse, sendt(kladde, uden_mentor_begrundelse=UDEN_MENTOR))
    assert UDEN_MENTOR in klient.get(url("version", kladde.pk)).text
    assert mentor.seneste_fravalg(kladde.forloeb) == UDEN_MENTOR


def test_with_a_mentor_the_page_asks_nothing(klient, kladde):
    IndsatsFactory(forloeb=kladde.forloeb, maal=kladde.forloeb.maal.get(), mentor=True)

    svar = klient.get(url("plan_godkend", kladde.forloeb.sag_id))

    assert "uden_mentor_begrundelse" not in svar.text


def test_a_goal_taken_out_is_no_goal(kladde):
    Indsats.objects.update(status="bortfaldet")
    kladde.forloeb.maal.update(fjernet_den="2026-01-01T12:00+01:00")

    with pytest.raises(ValidationError, match="mangler et mål og en indsats"):
        godkend(kladde)


def test_a_first_goal_that_came_to_deviate_says_why_before_approval(kladde):
    Indstilling.objects.filter(sag=kladde.forloeb.sag).update(maal="Pedel")

    with pytest.raises(ValidationError, match=r"i indstillingen [(]«Pedel»[)]"):
        godkend(kladde)

    kladde.forloeb.maal.update(begrundelse="Ryggen holder ikke")
    assert godkend(kladde).er_godkendt


def test_an_effort_without_purpose_is_named(kladde):
    Indsats.objects.update(formaal="  ")

    with pytest.raises(ValidationError, match="føre til: Virksomhedspraktik, bibliotek"):
        godkend(kladde)
    with pytest.raises(IntegrityError, match="indsats_har_formaal"):
        Indsats.objects.update(formaal="")


# Differences --------------------------------------------------------------------------------------

TRIN = Trinbillede(1, date(2026, 6, 16), 2, Decimal(2), "", "Rydde op", "enkel", "taet", False)
PRAKTIK = Indsatsbillede(
    id=7,
    navn="Praktik i byggecenter",
    type="Virksomhedspraktik",
    omraade="beskaeftigelse",
    formaal="Træne kørsel og kundekontakt",
    linje=1,
    tilfoejet="",
    status="planlagt",
    planlagt_start=date(2026, 6, 16),
    planlagt_slut=date(2026, 12, 31),
    faktisk_start=None,
    faktisk_slut=None,
    timer_pr_uge=Decimal("7.5"),
    ansvarlig="Tina Vestergaard",
    er_skitse=False,
    trin=(TRIN,),
)
MENTOR = replace(PRAKTIK, id=8, navn="Mentor", er_mentor=True, trin=())
MAAL = Maalbillede(
    id=1,
    rang=1,
    tekst="Chauffør i byggemarked",
    art="job",
    indsatser=(PRAKTIK, MENTOR),
    delmaal=(Delmaalbillede(3, "10 timer om ugen", None, None),),
)


def aendret(ting, **felter):
    return replace(ting, **felter)


def fundne(fra, til):
    """Kind, what became of it, name, and the labels that differ."""
    return [
        (gruppe.titel, del_.hvad, del_.navn, [felt.label for felt in del_.felter])
        for gruppe in planforskel.forskelle(fra, til)
        for del_ in gruppe.dele
    ]


def test_the_same_plan_has_no_differences():
    assert fundne([MAAL], [MAAL]) == []
    assert planforskel.forskelle((), ()) == []


def test_every_kind_of_change_is_found_under_its_own_part():
    nyt_trin = aendret(TRIN, id=2, fra=date(2026, 9, 1))
    praktik = aendret(
        PRAKTIK,
        formaal="Træne kørsel",
        planlagt_slut=date(2027, 2, 28),
        trin=(aendret(TRIN, dage_pr_uge=5), nyt_trin),
        pauser=((date(2026, 8, 1), None),),
    )
    naaet = aendret(MAAL.delmaal[0], naaet=date(2026, 11, 10))
    ny = aendret(MAAL, tekst="Chauffør", indsatser=(praktik,), delmaal=(naaet,))

    assert fundne([MAAL], [ny]) == [
        ("Mål", Hvad.AENDRET, "Mål nr. 1: Chauffør", ["Mål"]),
        ("Delmål", Hvad.AENDRET, "10 timer om ugen", ["Nået"]),
        (
            "Indsatser",
            Hvad.AENDRET,
            "Praktik i byggecenter",
            ["Hører til målet", "Formål", "Planlagt slut", "Pauser"],
        ),
        ("Indsatser", Hvad.UDGAAET, "Mentor", planforskel_felter(MENTOR)),
        ("Trin", Hvad.AENDRET, "Praktik i byggecenter, fra 16.06.2026", ["Timer"]),
        (
            "Trin",
            Hvad.NY,
            "Praktik i byggecenter, fra 01.09.2026",
            ["Fra", "Timer", "Opgaver", "Hvor svært", "Støtte"],
        ),
    ]


def planforskel_felter(indsats):
    """The labels of everything an effort says."""
    alene = aendret(MAAL, indsatser=(indsats,), delmaal=())
    ((_, _, _, felter),) = [
        f for f in fundne([aendret(alene, indsatser=())], [alene]) if f[0] == "Indsatser"
    ]
    return felter


def test_differences_are_shown_word_by_word_between_any_two_versions(klient, kladde):
    forloeb = kladde.forloeb
    godkend(kladde)
    maal = forloeb.maal.get()
    type(maal).objects.filter(pk=maal.pk).update(
        tekst="Medhjælper på et lager", begrundelse="Et lager søger"
    )
    to = IndsatsplanFactory(forloeb=forloeb, nr=2)
    godkend(to)
    Indsats.objects.update(ansvarlig="Lene Krog")

    frem = klient.get(url("version", to.pk) + "?mod=1").text
    tilbage = klient.get(url("version", kladde.pk) + "?mod=2").text
    nu = klient.get(url("version", to.pk) + "?mod=nu").text

    for side in (frem, tilbage):
        assert "Forskelle: Version 1 og version 2" in side
        assert "<ins>et lager</ins>" in side
    assert "<del>Tina Vestergaard</del>" in nu
    assert "<ins>Lene Krog</ins>" in nu
    assert "<ins>" not in klient.get(url("version", to.pk) + "?mod=77").text


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_version_and_the_approval_cost_the_same_for_few_and_many(
    klient, kladde, antal, django_assert_num_queries
):
    forloeb = kladde.forloeb
    maal = forloeb.maal.get()
    godkend(kladde)
    IndsatsplanFactory(forloeb=forloeb, nr=2)
    for _ in range(antal):
        IndsatsFactory(forloeb=forloeb, maal=maal, mentor=True)

    # Session and user 2, the version 1, the frame 3, reminders 1, answers 1, the others 1, now 5.
    with django_assert_num_queries(14):
        assert klient.get(url("version", kladde.pk) + "?mod=nu").status_code == 200
    # Session and user 2, the case 1, forløb 1, frame 3, reminders 1, plan 5, versions 2, answers 1.
    with django_assert_num_queries(16):
        assert klient.get(url("plan_godkend", forloeb.sag_id)).status_code == 200


def test_the_approval_shows_what_has_changed_since_the_last(klient, kladde):
    godkend(kladde)
    IndsatsplanFactory(forloeb=kladde.forloeb, nr=2)
    Indsats.objects.update(planlagt_slut=i_dag() + timedelta(days=200))

    svar = klient.get(url("plan_godkend", kladde.forloeb.sag_id))

    assert "Ændret siden version 1" in svar.text
    assert "Planlagt slut" in svar.text
    assert not Indsatsplan.objects.get(nr=2).er_godkendt
