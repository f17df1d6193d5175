"""The plan's pages: what is shown to whom, what is refused, and what it costs."""

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from borgere.models import Tildeling
from indsatsplan import aftaler, billede, services
from indsatsplan.aftaler import Aftale
from indsatsplan.models import Indsats, Indsatsplan
from rehabilitering.models import Indsatstype
from ressource.kalender import i_dag
from ressource.models import Opslag
from tests.factories import (
    DelmaalFactory,
    IndsatsFactory,
    IndsatsplanFactory,
    IndsatstrinFactory,
    IndstillingslinjeFactory,
    MaalFactory,
    RessourceforloebFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

# The page of the plan in statements, however many efforts. The frame 8: session and user 2, the case
# 1, the frame 3, reminders 1, the forløb 1. The plan 15: versions, goals with milestones and history
# 3, efforts with pauses and steps 3, hours and absence 2, exemptions, the guarantee, lines, the
# thread 2, answers.
PLANSIDEN = 8 + 15


@pytest.fixture
def ingen_aftaler(monkeypatch):
    """The floor above is left out: its follow-ups are its own tests' business."""
    monkeypatch.setattr(aftaler, "_kilder", [])


@pytest.fixture
def kladde(db):
    """A draft with one goal."""
    return IndsatsplanFactory(forloeb=MaalFactory(rang=1).forloeb)


@pytest.fixture
def klient(som, kladde):
    """The coordinating caseworker of the draft's case, signed in."""
    return _i_kredsen(som, kladde.forloeb.sag, "koordinerende")


def _i_kredsen(som, sag, rolle):
    klient = som(rolle)
    TildelingFactory(sag=sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)
    return klient


def url(navn, pk):
    return reverse(f"indsatsplan:{navn}", args=[pk])


def vist(svar):
    return svar.content.decode()


# The plan page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("antal", [1, 3, 60])
def test_plan_page_costs_the_same_for_few_and_many(
    klient, kladde, ingen_aftaler, antal, django_assert_num_queries
):
    maal = kladde.forloeb.maal.get()
    for nr in range(antal):
        indsats = IndsatsFactory(forloeb=kladde.forloeb, maal=maal, i_gang=nr % 2 == 0)
        IndsatstrinFactory(indsats=indsats)
        DelmaalFactory(maal=maal)

    with django_assert_num_queries(PLANSIDEN):
        svar = klient.get(url("plan", kladde.forloeb.sag_id))

    assert svar.status_code == 200


def test_plan_page_shows_timeline_efforts_and_missing_lines(klient, kladde):
    forloeb = kladde.forloeb
    indstilling = forloeb.afgoerelse.indstilling
    udfoert = IndstillingslinjeFactory(indstilling=indstilling, nr=1)
    IndstillingslinjeFactory(indstilling=indstilling, nr=2, beskrivelse="Mentor i hverdagen")
    IndsatsFactory(forloeb=forloeb, maal=forloeb.maal.get(), linje=udfoert)

    side = vist(klient.get(url("plan", forloeb.sag_id)))

    assert "<svg" in side
    assert "Vis som tabel" in side
    assert "Virksomhedspraktik, bibliotek" in side
    assert "Mentor i hverdagen" in side
    assert "?linje=" in side
    assert "Passiv tid i alt: 61 dage" in side
    assert "Intet i gang lige nu: 61 dage" in side


def test_plan_page_without_forloeb_says_what_must_happen(som):
    sag = SagFactory()
    klient = _i_kredsen(som, sag, "sagsbehandler")

    svar = klient.get(url("plan", sag.pk))

    assert svar.status_code == 200
    assert "Indsatsplanen er ikke begyndt endnu" in vist(svar)


def test_plan_page_writes_one_look_up(klient, kladde):
    klient.get(url("plan", kladde.forloeb.sag_id))

    opslag = Opslag.objects.get()
    assert (opslag.objekt, opslag.handling) == ("plan", "se")
    assert opslag.sag_id == kladde.forloeb.sag_id


@pytest.mark.parametrize(
    ("rolle", "faar_link"), [("sagsbehandler", True), ("virksomhedskonsulent", False)]
)
def test_follow_ups_stand_on_the_timeline(som, kladde, monkeypatch, rolle, faar_link):
    tid = klokken(i_dag() + timedelta(days=9), 13)
    aftale = Aftale(4, tid, "Biblioteket", er_holdt=False, url="/opfoelgninger/77/")
    monkeypatch.setattr(aftaler, "_kilder", [lambda sag: [aftale]])
    klient = _i_kredsen(som, kladde.forloeb.sag, rolle)

    side = vist(klient.get(url("plan", kladde.forloeb.sag_id)))

    assert "Opfølgning nr. 4, kl. 13.00" in side
    assert ("/opfoelgninger/77/" in side) == faar_link


def test_virksomhedskonsulent_reads_nothing_of_health(som, kladde):
    forloeb = kladde.forloeb
    sundt_maal = MaalFactory(forloeb=forloeb, rang=2, tekst="Færre angstanfald", art="")
    IndsatsFactory(
        forloeb=forloeb,
        maal=sundt_maal,
        indsatstype=Indsatstype.objects.get(kode="psykolog"),
        beskrivelse="Samtaler hos psykolog",
        formaal="Mestre angst",
        ansvarlig="Psykolog Ali Demir",
    )
    IndsatsFactory(forloeb=forloeb, maal=forloeb.maal.get(rang=1))
    IndstillingslinjeFactory(
        indstilling=forloeb.afgoerelse.indstilling, beskrivelse="Kursus i angst"
    )

    side = vist(
        _i_kredsen(som, forloeb.sag, "virksomhedskonsulent").get(url("plan", forloeb.sag_id))
    )

    for hemmeligt in ("angst", "sykolog", "Ali Demir"):
        assert hemmeligt not in side
    assert "Indsats i sundhed" in side
    assert "Mål om sundhed" in side
    assert "Virksomhedspraktik, bibliotek" in side
    assert "Medhjælper på bibliotek" in side
    assert "Ny indsats" not in side


# Goals and efforts --------------------------------------------------------------------------------


INDSATS = {
    "beskrivelse": "Praktik i byggecentret",
    "formaal": "Prøve lager og kunder",
    "tilfoejet_begrundelse": "Borgerens ønske",
    "planlagt_slut": "",
    "timer_pr_uge": "7,5",
    "ansvarlig": "Tina Vestergaard",
}


def indsatsdata(forloeb, **andre):
    return {
        **INDSATS,
        "maal": forloeb.maal.first().pk,
        "indsatstype": Indsatstype.objects.get(kode="virksomhedspraktik").pk,
        "planlagt_start": f"{i_dag():%d.%m.%Y}",
        "laas": "0",
        **andre,
    }


def test_effort_is_put_in_the_plan(klient, kladde):
    svar = klient.post(url("indsats_ny", kladde.forloeb.sag_id), indsatsdata(kladde.forloeb))

    assert svar.status_code == 302
    assert Indsats.objects.get().planlagt_start == i_dag()


@pytest.mark.parametrize(
    ("felt", "vaerdi", "besked"),
    [
        ("formaal", "", "Skriv, hvad indsatsen skal føre til."),
        ("tilfoejet_begrundelse", "", "eller skriv, hvorfor den er tilføjet"),
        ("planlagt_slut", "01.01.2020", "Den planlagte slutdato ligger før startdatoen"),
        ("planlagt_start", "01.01.2020", "Datoen ligger uden for forløbet"),
        ("planlagt_start", "i morgen", "Skriv datoen som dag.måned.år"),
    ],
)
def test_refused_effort_keeps_the_input(klient, kladde, felt, vaerdi, besked):
    data = indsatsdata(kladde.forloeb, **{felt: vaerdi})

    svar = klient.post(url("indsats_ny", kladde.forloeb.sag_id), data)

    assert svar.status_code == 422
    assert besked in vist(svar)
    assert "Praktik i byggecentret" in vist(svar)
    assert not Indsats.objects.exists()


def test_planning_fills_the_form_from_the_line(klient, kladde):
    linje = IndstillingslinjeFactory(
        indstilling=kladde.forloeb.afgoerelse.indstilling,
        beskrivelse="Praktik i butik",
        ansvarlig="Jobcenter",
        # Before the forløb: the form proposes its first day instead.
        start_dato=kladde.forloeb.start_dato - timedelta(days=30),
    )

    svar = klient.get(url("indsats_ny", kladde.forloeb.sag_id), {"linje": linje.pk}, follow=True)

    form = svar.context["form"]
    assert form.initial["linje"] == linje
    assert form.initial["planlagt_start"] == kladde.forloeb.start_dato
    assert "Praktik i butik" in vist(svar)


def test_refused_goal_keeps_the_input(klient, kladde):
    svar = klient.post(
        url("maal_ny", kladde.forloeb.sag_id),
        {"tekst": "Sove bedre", "art": "", "plads": "1", "laas": "0"},
    )

    assert svar.status_code == 422
    assert "job- eller uddannelsesmål" in vist(svar)
    assert "Sove bedre" in vist(svar)


# Two at once --------------------------------------------------------------------------------------


def test_second_of_two_corrections_of_a_goal_sees_both(klient, kladde):
    maal = kladde.forloeb.maal.get()
    data = {"art": "job", "plads": "1", "laas": maal.laas, "begrundelse": "Hun har prøvet det"}
    klient.post(url("maal", maal.pk), data | {"tekst": "Job i et væksthus"})

    svar = klient.post(url("maal", maal.pk), data | {"tekst": "Job på et lager"})

    assert svar.status_code == 409
    assert "Job i et væksthus" in vist(svar)
    assert "Job på et lager" in vist(svar)
    maal.refresh_from_db()
    assert (maal.tekst, maal.laas) == ("Job i et væksthus", 1)


def test_second_of_two_corrections_of_an_effort_sees_both(klient, kladde):
    forloeb = kladde.forloeb
    indsats = IndsatsFactory(forloeb=forloeb, maal=forloeb.maal.get())
    mentor = Indsatstype.objects.get(kode="mentor")
    foerste = indsatsdata(forloeb, timer_pr_uge="7,5", indsatstype=mentor.pk, er_skitse="on")
    foerste["opgaver"] = "Følge til praktikken"
    klient.post(url("indsats_gem", indsats.pk), foerste)

    svar = klient.post(url("indsats_gem", indsats.pk), indsatsdata(forloeb, timer_pr_uge="10"))

    assert svar.status_code == 409
    for ventet in ("7,5", "10", mentor.navn, "Virksomhedspraktik", "Ja (gemt)", "Nej (din)"):
        assert ventet in vist(svar)
    assert "Formål" not in vist(svar)
    indsats.refresh_from_db()
    assert (indsats.indsatstype, indsats.er_skitse) == (mentor, True)

    igen = klient.post(url("indsats_gem", indsats.pk), foerste | {"timer_pr_uge": " 7,5"})
    assert igen.status_code == 302


def test_plan_corrected_meanwhile_is_not_approved_unread(klient, faerdig):
    adresse = url("plan_godkend", faerdig.forloeb.sag_id)
    data = {**godkenddata(faerdig), "borger_enig": "delvist", "uenig_tekst": "Timerne"}
    maal = faerdig.forloeb.maal.get()
    nyt = {"tekst": "Et andet mål", "art": "job", "plads": "1", "begrundelse": "Ny viden"}
    klient.post(url("maal", maal.pk), nyt | {"laas": maal.laas})

    svar = klient.post(adresse, data)

    assert svar.status_code == 422
    for ventet in ("Planen er ændret, efter at I åbnede siden", "Et andet mål", "Timerne"):
        assert ventet in vist(svar)
    assert not Indsatsplan.objects.godkendte().exists()

    assert svar.context["form"]["uenig_tekst"].value() == "Timerne"
    nyt_aftryk = svar.context["form"]["aftryk"].value()
    assert klient.post(adresse, data | {"aftryk": nyt_aftryk}).status_code == 302


# Approval, versions, print ------------------------------------------------------------------------


@pytest.fixture
def faerdig(kladde):
    """A draft with a goal, an effort in progress and a mentor."""
    maal = kladde.forloeb.maal.get()
    IndsatsFactory(forloeb=kladde.forloeb, maal=maal, i_gang=True)
    IndsatsFactory(forloeb=kladde.forloeb, maal=maal, mentor=True)
    return kladde


def godkenddata(plan):
    """The hidden fields of the approval page as it is shown now."""
    return {"plan": plan.pk, "aftryk": billede.aftryk(billede.af_forloeb(plan.forloeb))}


def test_approval_in_two_tabs_is_refused_in_the_second(klient, faerdig):
    data = {**godkenddata(faerdig), "borger_enig": "delvist", "uenig_tekst": "For mange timer"}
    adresse = url("plan_godkend", faerdig.forloeb.sag_id)

    foerste = klient.post(adresse, data)
    anden = klient.post(adresse, data | {"uenig_tekst": "Min egen tekst"})

    assert foerste.status_code == 302
    assert anden.status_code == 422
    assert "Version 1 er allerede godkendt" in vist(anden)
    assert "Min egen tekst" in vist(anden)
    faerdig.refresh_from_db()
    assert faerdig.uenig_tekst == "For mange timer"


def test_approval_without_the_disagreement_written_is_refused(klient, faerdig):
    svar = klient.post(
        url("plan_godkend", faerdig.forloeb.sag_id),
        {**godkenddata(faerdig), "borger_enig": "uenig", "uenig_tekst": ""},
    )

    assert svar.status_code == 422
    assert "Skriv, hvad borgeren er uenig i" in vist(svar)


def test_old_tab_does_not_approve_a_newer_draft(klient, faerdig):
    adresse = url("plan_godkend", faerdig.forloeb.sag_id)
    data = {**godkenddata(faerdig), "borger_enig": "enig"}
    klient.post(adresse, data)
    services.gem_maal(faerdig.forloeb, tekst="Sove bedre", art="", af=klient.bruger)

    svar = klient.post(adresse, data)

    assert svar.status_code == 422
    assert Indsatsplan.objects.godkendte().get() == faerdig


def test_plan_of_another_cannot_be_approved_through_ones_own_case(klient, faerdig):
    fremmed = IndsatsplanFactory()

    svar = klient.post(
        url("plan_godkend", faerdig.forloeb.sag_id),
        {**godkenddata(fremmed), "borger_enig": "enig"},
    )

    assert svar.status_code == 404


def test_writing_opens_the_next_version_and_the_old_can_be_read(klient, faerdig):
    sag_id = faerdig.forloeb.sag_id
    services.godkend_plan(faerdig, borger_enig="uenig", uenig_tekst="Timerne", af=klient.bruger)

    maal = {"tekst": "Sove bedre", "art": "", "plads": "2", "laas": "0"}
    side = vist(klient.post(url("maal_ny", sag_id), maal, follow=True))
    gammel = vist(klient.get(url("version", faerdig.pk)))

    assert "Indsatsplan, version 1" in side
    assert "1 ændring siden da" in side
    assert "Godkend version 2" in side
    assert "Timerne" in gammel
    assert "Virksomhedspraktik, bibliotek" in gammel


def test_citizens_print_is_in_danish_and_logged(klient, faerdig, monkeypatch):
    tid = klokken(i_dag() + timedelta(days=9), 13)
    aftale = Aftale(2, tid, "Biblioteket", er_holdt=False)
    monkeypatch.setattr(aftaler, "_kilder", [lambda sag: [aftale]])
    services.godkend_plan(faerdig, borger_enig="delvist", uenig_tekst="Timer", af=klient.bruger)

    svar = klient.get(url("udskrift", faerdig.pk))

    assert svar["Content-Type"] == "application/pdf"
    laeser = pypdf.PdfReader(BytesIO(svar.content))
    tekst = " ".join(side.extract_text() for side in laeser.pages)
    assert len(laeser.pages) == 1
    for ventet in ("Din plan", "Medhjælper på bibliotek", "De næste 3 måneder", "kl. 13.00"):
        assert ventet in tekst
    assert "Biblioteket" in tekst
    assert Opslag.objects.filter(handling="udskriv", objekt="plan").count() == 1


def test_closed_forloeb_can_only_be_read(som):
    forloeb = RessourceforloebFactory(afsluttet_dato=i_dag())
    MaalFactory(forloeb=forloeb, rang=1)
    IndsatsplanFactory(forloeb=forloeb)
    klient = _i_kredsen(som, forloeb.sag, "koordinerende")

    side = vist(klient.get(url("plan", forloeb.sag_id)))

    assert "Ny indsats" not in side
    assert "Godkend version" not in side
