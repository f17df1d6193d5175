"""How efforts go: pauses, corrections and ends, extension, and the lines planned at once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from indsatsplan import forslag, services
from indsatsplan.models import Indsats, Indsatspause, Linjeforklaring
from indsatsplan.services.gennemfoerelse import Gang
from rehabilitering.models import Indsatstype
from ressource.kalender import i_dag
from ressource.models import Haendelse
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import (
    BrugerFactory,
    IndsatsFactory,
    IndsatsfravaerFactory,
    IndsatspauseFactory,
    IndsatsplanFactory,
    IndstillingslinjeFactory,
    MaalFactory,
    PraktikFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tina(db):
    return BrugerFactory(navn="Tina Vestergaard", roller=["koordinerende"])


@pytest.fixture
def indsats(db):
    """Running since 30 days ago in a forløb that began 60 days ago."""
    return IndsatsFactory(i_gang=True, maal__rang=1)


def dag(n):
    """The day `n` days ago."""
    return i_dag() - timedelta(days=n)


def afvist(kald, *args, **kwargs):
    """The fields and the messages of a refused call, whose rows are as they were."""
    with pytest.raises(ValidationError) as fejl, transaction.atomic():
        kald(*args, **kwargs)
    if hasattr(fejl.value, "message_dict"):
        return fejl.value.message_dict
    return {"": fejl.value.messages}


def status(indsats):
    indsats.refresh_from_db()
    return indsats.status


# Pauses -------------------------------------------------------------------------------------------


def test_effort_stands_still_and_goes_on(indsats, tina):
    pause = services.hold_pause(indsats, fra=dag(10), begrundelse="Syg", af=tina)
    assert status(indsats) == "pause"

    services.genoptag_indsats(indsats, dato=dag(3), af=tina)

    pause.refresh_from_db()
    assert (status(indsats), pause.til_dato) == ("i_gang", dag(4))
    assert list(Haendelse.objects.order_by("id").values_list("kode", flat=True)) == [
        "plan.indsats_pause",
        "plan.indsats_genoptaget",
    ]


def test_pause_written_afterwards_leaves_the_effort_running(indsats, tina):
    services.hold_pause(indsats, fra=dag(20), til=dag(15), begrundelse="Ferie", af=tina)

    assert status(indsats) == "i_gang"


@pytest.mark.parametrize(
    ("fra", "til", "felt", "besked"),
    [
        (31, None, "fra", "Pausen kan ikke ligge før"),
        (90, None, "fra", "uden for forløbet"),
        (-1, None, "fra", "ligger i fremtiden"),
        (5, -1, "til", "ligger i fremtiden"),
        (5, 6, "til", "ligger før den første"),
        (11, 9, "__all__", "allerede en pause i de dage"),
        (12, None, "__all__", "allerede en pause i de dage"),
    ],
)
def test_impossible_pause_is_refused_and_nothing_stored(indsats, tina, fra, til, felt, besked):
    IndsatspauseFactory(indsats=indsats, fra_dato=dag(10), til_dato=dag(8))
    til = None if til is None else dag(til)

    fejl = afvist(services.hold_pause, indsats, fra=dag(fra), til=til, begrundelse="x", af=tina)

    assert besked in fejl[felt][0]
    assert (status(indsats), Indsatspause.objects.count()) == ("i_gang", 1)


def test_pause_needs_a_reason_and_a_begun_effort(indsats, tina):
    fejl = afvist(services.hold_pause, indsats, fra=dag(1), begrundelse="", af=tina)
    assert set(fejl) == {"begrundelse"}

    planlagt = IndsatsFactory(forloeb=indsats.forloeb, maal=indsats.maal)
    fejl = afvist(services.hold_pause, planlagt, fra=dag(1), begrundelse="Syg", af=tina)
    assert "Skriv først, hvornår den begyndte" in fejl[""][0]


def test_pause_of_an_ended_effort_must_end_with_it(indsats, tina):
    services.afslut_indsats(indsats, dato=dag(5), afbrudt=False, af=tina)

    for til in (None, dag(4)):
        fejl = afvist(services.hold_pause, indsats, fra=dag(8), til=til, begrundelse="Syg", af=tina)
        assert "senest der" in fejl["til"][0]
    services.hold_pause(indsats, fra=dag(8), til=dag(5), begrundelse="Syg", af=tina)
    assert status(indsats) == "afsluttet"


def test_effort_goes_on_only_after_the_pause_began(indsats, tina):
    assert (
        "ikke på pause" in afvist(services.genoptag_indsats, indsats, dato=dag(0), af=tina)[""][0]
    )
    services.hold_pause(indsats, fra=dag(10), begrundelse="Syg", af=tina)

    fejl = afvist(services.genoptag_indsats, indsats, dato=dag(10), af=tina)

    assert "tag pausen ud" in fejl["dato"][0]
    assert status(indsats) == "pause"


def test_pause_is_corrected_and_taken_out(indsats, tina):
    pause = services.hold_pause(indsats, fra=dag(10), begrundelse="Syg", af=tina)

    services.ret_pause(pause, fra=dag(12), til=dag(9), begrundelse="Ferie", af=tina)
    assert status(indsats) == "i_gang"
    services.ret_pause(pause, fra=dag(12), til=None, begrundelse="Ferie", af=tina)
    assert status(indsats) == "pause"
    services.fjern_pause(pause, af=tina)

    assert status(indsats) == "i_gang"
    assert Indsatspause.objects.get().fjernet_den is not None
    assert "taget ud" in afvist(services.fjern_pause, pause, af=tina)[""][0]


def test_pause_corrected_by_two_is_stored_once(indsats, tina):
    pause = services.hold_pause(indsats, fra=dag(10), begrundelse="Syg", af=tina)
    services.ret_pause(pause, fra=dag(9), til=None, begrundelse="Syg", laas=0, af=tina)

    with pytest.raises(ForaeldetVersionError):
        services.ret_pause(pause, fra=dag(8), til=None, begrundelse="Syg", laas=0, af=tina)

    pause.refresh_from_db()
    assert pause.fra_dato == dag(9)


@pytest.mark.parametrize(
    ("felter", "navn"),
    [
        ({"til_dato": dag(11)}, "indsatspause_slut_efter_start"),
        ({"begrundelse": ""}, "indsatspause_begrundet"),
        ({}, "indsatspause_ingen_overlap"),
    ],
)
def test_database_refuses_an_impossible_pause(indsats, felter, navn):
    IndsatspauseFactory(indsats=indsats, fra_dato=dag(6), til_dato=dag(4))

    with pytest.raises(IntegrityError, match=navn):
        Indsatspause.objects.create(
            **{"indsats": indsats, "fra_dato": dag(10), "til_dato": dag(5), "begrundelse": "x"}
            | felter
        )


# The end ------------------------------------------------------------------------------------------


def test_what_goes_on_ends_with_the_effort(indsats, tina):
    pause = services.hold_pause(indsats, fra=dag(10), begrundelse="Syg", af=tina)
    vaek = IndsatsfravaerFactory(indsats=indsats, fra_dato=dag(3), til_dato=None)

    services.afslut_indsats(indsats, dato=dag(5), afbrudt=True, begrundelse="For hårdt", af=tina)

    pause.refresh_from_db()
    vaek.refresh_from_db()
    assert (status(indsats), indsats.slut_begrundelse) == ("afbrudt", "For hårdt")
    assert (pause.til_dato, pause.fjernet_den) == (dag(5), None)
    assert vaek.fjernet_den is not None


def test_effort_does_not_end_before_a_pause_that_is_over(indsats, tina):
    services.hold_pause(indsats, fra=dag(10), til=dag(8), begrundelse="Syg", af=tina)

    fejl = afvist(services.afslut_indsats, indsats, dato=dag(9), afbrudt=False, af=tina)

    assert "Pausen fra" in fejl["dato"][0]
    assert status(indsats) == "i_gang"


def test_breaking_off_and_giving_up_are_explained(indsats, tina):
    planlagt = IndsatsFactory(forloeb=indsats.forloeb, maal=indsats.maal)

    fejl = afvist(services.afslut_indsats, indsats, dato=dag(1), afbrudt=True, af=tina)
    assert set(fejl) == {"begrundelse"}
    fejl = afvist(services.lad_indsats_bortfalde, planlagt, begrundelse=" ", af=tina)
    assert set(fejl) == {"begrundelse"}


# Corrections --------------------------------------------------------------------------------------


def ret(indsats, tina, start, slut=None, **andet):
    gang = Gang(
        start=None if start is None else dag(start),
        slut=None if slut is None else dag(slut),
        afbrudt=andet.pop("afbrudt", False),
        slut_begrundelse=andet.pop("slut_begrundelse", ""),
    )
    return services.ret_gang(indsats, gang, **{"begrundelse": "Tastet forkert", "af": tina} | andet)


def test_dates_typed_wrong_are_corrected_with_a_reason(indsats, tina):
    ret(indsats, tina, 40)
    assert (status(indsats), indsats.faktisk_start) == ("i_gang", dag(40))
    ret(indsats, tina, 40, 10)
    assert (status(indsats), indsats.faktisk_slut) == ("afsluttet", dag(10))
    ret(indsats, tina, 40, 12, afbrudt=True, slut_begrundelse="Syg")
    assert (status(indsats), indsats.slut_begrundelse) == ("afbrudt", "Syg")
    ret(indsats, tina, 40)
    assert (status(indsats), indsats.slut_begrundelse) == ("i_gang", "")
    ret(indsats, tina, None)

    assert (status(indsats), indsats.faktisk_start) == ("planlagt", None)
    assert (indsats.aendret_begrundelse, indsats.laas) == ("Tastet forkert", 5)
    assert Haendelse.objects.filter(kode="plan.indsats_rettet").count() == 5


def test_lapsed_effort_is_taken_up_again(tina):
    indsats = IndsatsFactory(status="bortfaldet")

    ret(indsats, tina, None)

    assert status(indsats) == "planlagt"


@pytest.mark.parametrize(
    ("start", "slut", "felter", "felt", "besked"),
    [
        (10, 11, {}, "slut", "Slutdatoen kan ikke ligge før"),
        (-1, None, {}, "start", "ligger i fremtiden"),
        (90, None, {}, "start", "uden for forløbet"),
        (None, 1, {}, "start", "hvornår indsatsen begyndte"),
        (30, None, {}, "", "ikke rettet noget"),
        (20, None, {"begrundelse": ""}, "begrundelse", "hvorfor det rettes"),
        (30, 1, {"afbrudt": True}, "slut_begrundelse", "hvorfor indsatsen blev afbrudt"),
    ],
)
def test_impossible_correction_is_refused(indsats, tina, start, slut, felter, felt, besked):
    assert besked in afvist(ret, indsats, tina, start, slut, **felter)[felt][0]
    assert (status(indsats), indsats.faktisk_start) == ("i_gang", dag(30))


def test_correction_does_not_leave_a_pause_outside(indsats, tina):
    services.hold_pause(indsats, fra=dag(20), til=dag(15), begrundelse="Syg", af=tina)

    assert "Pausen fra" in afvist(ret, indsats, tina, 18)["start"][0]
    assert "Pausen fra" in afvist(ret, indsats, tina, 30, 17)["slut"][0]
    assert "Pausen fra" in afvist(ret, indsats, tina, None)["start"][0]


def test_correction_by_two_is_stored_once(indsats, tina):
    ret(indsats, tina, 29, laas=0)

    with pytest.raises(ForaeldetVersionError):
        ret(indsats, tina, 28, laas=0)


# The plan -----------------------------------------------------------------------------------------


def test_extension_opens_the_draft_and_keeps_the_rest(indsats, tina):
    IndsatsplanFactory(forloeb=indsats.forloeb, godkendt=True)
    til = indsats.planlagt_slut + timedelta(days=30)

    services.forlaeng_indsats(indsats, til=til, begrundelse="Går godt", laas=0, af=tina)

    indsats.refresh_from_db()
    assert (indsats.planlagt_slut, indsats.formaal) == (til, "Prøve om opgaverne passer")
    assert indsats.aendret_begrundelse == "Går godt"
    assert indsats.forloeb.planer.kladder().get().nr == 2


@pytest.mark.parametrize(
    ("dage", "begrundelse", "felt", "besked"),
    [
        (0, "Går godt", "til", "Vælg en senere dag"),
        (999, "Går godt", "til", "uden for forløbet"),
        (9, " ", "begrundelse", "hvorfor indsatsen forlænges"),
    ],
)
def test_impossible_extension_opens_no_draft(indsats, tina, dage, begrundelse, felt, besked):
    IndsatsplanFactory(forloeb=indsats.forloeb, godkendt=True)
    til = indsats.planlagt_slut + timedelta(days=dage)

    fejl = afvist(services.forlaeng_indsats, indsats, til=til, begrundelse=begrundelse, af=tina)

    assert besked in fejl[felt][0]
    assert not indsats.forloeb.planer.kladder().exists()


def test_ended_effort_is_not_extended(indsats, tina):
    services.afslut_indsats(indsats, dato=dag(1), afbrudt=False, af=tina)

    fejl = afvist(services.forlaeng_indsats, indsats, til=dag(0), begrundelse="x", af=tina)

    assert "Lav igen" in fejl[""][0]


def test_mentor_has_tasks_and_hours(indsats, tina):
    mentor = Indsatstype.objects.get(kode="mentor")

    fejl = afvist(
        services.gem_indsats, indsats.forloeb, indsats=indsats, indsatstype=mentor, af=tina
    )

    assert set(fejl) == {"opgaver", "timer_pr_uge"}
    services.gem_indsats(
        indsats.forloeb,
        indsats=indsats,
        indsatstype=mentor,
        opgaver="Følge med til lægen",
        timer_pr_uge=Decimal(2),
        af=tina,
    )


def test_goal_taken_out_takes_no_efforts(indsats, tina):
    vaek = MaalFactory(forloeb=indsats.forloeb, rang=2, fjernet_den="2026-01-01T10:00Z")

    fejl = afvist(services.gem_indsats, indsats.forloeb, indsats=indsats, maal=vaek, af=tina)

    assert "taget ud af planen" in fejl["maal"][0]


def test_agreed_praktik_stays_a_praktik(tina):
    indsats = PraktikFactory().indsats
    kursus = Indsatstype.objects.get(kode="kursus")

    fejl = afvist(
        services.gem_indsats, indsats.forloeb, indsats=indsats, indsatstype=kursus, af=tina
    )

    assert "aftalt praktik" in fejl["indsatstype"][0]


def test_proposal_is_planned_when_it_is_saved(indsats, tina):
    foreslaaet = IndsatsFactory(forloeb=indsats.forloeb, maal=indsats.maal, status="foreslaaet")

    services.gem_indsats(
        indsats.forloeb, indsats=foreslaaet, foreslaaet=True, ansvarlig="Ali", af=tina
    )
    assert status(foreslaaet) == "foreslaaet"
    services.gem_indsats(indsats.forloeb, indsats=foreslaaet, ansvarlig="Ali", af=tina)
    assert status(foreslaaet) == "planlagt"


# The lines of the indstilling ---------------------------------------------------------------------


@pytest.fixture
def linjer(indsats):
    """Five: carried out, explained, one whole, one without a purpose, and the mentor."""
    forloeb = indsats.forloeb
    indstilling = forloeb.afgoerelse.indstilling
    koder = ["virksomhedspraktik", "psykolog", "kursus", "koerekort", "mentor"]
    linjer = [
        IndstillingslinjeFactory(
            indstilling=indstilling,
            nr=nr,
            indsatstype=Indsatstype.objects.get(kode=kode),
            formaal="" if kode in {"koerekort", "mentor"} else "Komme videre",
        )
        for nr, kode in enumerate(koder, start=1)
    ]
    Indsats.objects.filter(pk=indsats.pk).update(linje=linjer[0])
    Linjeforklaring.objects.create(
        forloeb=forloeb, linje=linjer[1], begrundelse="Ønsker ikke", noteret_af=BrugerFactory()
    )
    type(indstilling).objects.filter(pk=indstilling.pk).update(
        mentor_formaal="Komme af sted", mentor_opgaver="Følge til praktikken"
    )
    Indsatstype.objects.filter(kode="koerekort").update(formaal_forslag="")
    Indsatstype.objects.filter(kode="mentor").update(
        timer_pr_uge=Decimal(2), uger=26, formaal_forslag=""
    )
    return linjer


def test_all_lines_are_planned_at_once(indsats, linjer, tina):
    svar = services.planlaeg_linjer(indsats.forloeb, af=tina)

    assert [i.linje for i in svar.indsatser] == [linjer[2], linjer[4]]
    mentor = svar.indsatser[1]
    assert (mentor.formaal, mentor.opgaver) == ("Komme af sted", "Følge til praktikken")
    assert (mentor.planlagt_slut - mentor.planlagt_start).days == 26 * 7 - 1
    [(linje, grund)] = svar.mangler
    assert linje == linjer[3]
    assert "hvad indsatsen skal føre til" in grund.lower() or "felt" in grund.lower()


def test_nothing_is_planned_twice(indsats, linjer, tina):
    Indsatstype.objects.filter(kode="koerekort").update(formaal_forslag="Kunne køre selv")
    services.planlaeg_linjer(indsats.forloeb, af=tina)

    assert (
        "Alle indstillingens linjer"
        in afvist(services.planlaeg_linjer, indsats.forloeb, af=tina)[""][0]
    )
    assert indsats.forloeb.indsatser.count() == 4


def test_lines_need_a_goal_to_belong_to(tina):
    plan = IndsatsplanFactory()

    fejl = afvist(services.planlaeg_linjer, plan.forloeb, af=tina)

    assert "Skriv først målet" in fejl[""][0]


def test_suggestions_stay_within_the_forloeb(indsats, linjer):
    forloeb = indsats.forloeb
    linje = linjer[2]
    linje.start_dato = forloeb.start_dato - timedelta(days=9)
    linje.indsatstype.uger = 500

    felter = forslag.fra_linje(linje, forloeb)

    assert felter["planlagt_start"] == forloeb.start_dato
    assert felter["planlagt_slut"] == forloeb.slut_dato
    assert forslag.mentor(forloeb)["linje"] == linjer[4]


def test_effort_again_is_as_long_as_the_first(indsats):
    felter = forslag.igen(indsats, indsats.forloeb)

    assert (felter["planlagt_slut"] - felter["planlagt_start"]).days == 90
    assert (felter["formaal"], felter["planlagt_start"]) == ("Prøve om opgaverne passer", i_dag())
