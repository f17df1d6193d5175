"""Follow-ups: agreed, written, closed; what is refused, and what nobody may change."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from borgere.models import Fase
from borgere.services import afslut_sag
from opfoelgning import services
from opfoelgning.models import Frist, Fristregel, Opfoelgningsmoede, Opfoelgningspunkt, Paamindelse
from opfoelgning.skema import Punkt, Skema, moedets_indsatser
from ressource.kalender import i_dag
from ressource.models import Haendelse, Lukkedag
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import (
    BrugerFactory,
    IndsatsFactory,
    OpfoelgningsmoedeFactory,
    RessourceforloebFactory,
    SagFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def bruger():
    return BrugerFactory()


@pytest.fixture
def moede():
    """An agreed meeting today in a case whose plan has one running effort."""
    forloeb = RessourceforloebFactory(
        sag__fase=Fase.OPFOELGNING,
        afgoerelse__indstilling__punkt__moede__dato=IDAG - timedelta(days=30),
    )
    IndsatsFactory(forloeb=forloeb, i_gang=True)
    return OpfoelgningsmoedeFactory(sag=forloeb.sag, nr=1, tidspunkt=klokken(IDAG, 8))


def udfyldt(moede, **felter) -> Skema:
    """A form with all that closing takes."""
    naeste = felter.pop("naeste_tidspunkt", klokken(date(2027, 1, 5), 13))
    indsatser = moedets_indsatser(moede)
    return Skema(
        **{
            "sted": moede.sted,
            "referat": "Det går fremad.",
            "mentor_var_med": True,
            "skitse": "12 timer om ugen",
            "naeste_tidspunkt": naeste,
            "naeste_sted": "Kantinen" if naeste else "",
            "punkter": {i.pk: Punkt("Tre dage om ugen", "3 × 2 timer") for i in indsatser},
        }
        | felter
    )


def flyt(moede, tidspunkt, af, **felter):
    felter = {"sted": moede.sted, "aarsag": "Borgeren er syg"} | felter
    return services.flyt_moede(moede, tidspunkt=tidspunkt, **felter, af=af)


def fejl_fra(kald) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as fanget:
        kald()
    return (
        fanget.value.message_dict
        if hasattr(fanget.value, "error_dict")
        else {"": fanget.value.messages}
    )


@pytest.mark.parametrize("fase", [Fase.AFGOERELSE, Fase.PLAN, Fase.OPFOELGNING])
def test_meeting_is_agreed_from_the_decision_on(bruger, fase):
    sag = SagFactory(fase=fase)

    moede = services.aftal_moede(
        sag, tidspunkt=klokken(date(2026, 12, 1)), sted="Rådhuset", af=bruger
    )

    assert (moede.nr, moede.status, moede.aftalt_af) == (1, "planlagt", bruger)
    haendelse = Haendelse.objects.get()
    assert (haendelse.kode, haendelse.sag_id, haendelse.af) == (
        "opfoelgning.aftalt",
        sag.pk,
        bruger,
    )


def test_meetings_are_numbered_in_the_order_they_are_agreed(bruger):
    sag = SagFactory(fase=Fase.PLAN)

    numre = [
        services.aftal_moede(
            sag, tidspunkt=klokken(date(2026, 12, dag)), sted="Rådhuset", af=bruger
        ).nr
        for dag in (15, 1)
    ]

    assert numre == [1, 2]


@pytest.mark.parametrize(
    "fase",
    [
        Fase.SCREENING,
        Fase.FORBEREDELSE,
        Fase.KVALITETSSIKRING,
        Fase.MOEDE,
        Fase.INDSTILLING,
    ],
)
def test_meeting_waits_for_the_recommendation(bruger, fase):
    sag = SagFactory(fase=fase)

    fejl = fejl_fra(
        lambda: services.aftal_moede(
            sag, tidspunkt=klokken(date(2026, 12, 1)), sted="Rådhuset", af=bruger
        )
    )

    assert "Det her kan kun gøres i" in fejl[""][0]
    assert not Opfoelgningsmoede.objects.exists()


@pytest.mark.parametrize(
    ("dato", "del_af_fejl"),
    [
        (date(2026, 12, 25), "Der er lukket 25.12.2026"),
        (date(2026, 12, 24), "Der er lukket 24.12.2026"),
        (date(2026, 12, 27), None),
        (date(2062, 12, 1), "Kontrollér årstallet"),
        (date(2020, 1, 2), "før sagen blev oprettet"),
        (date(2026, 11, 2), None),
    ],
    ids=["juledag", "juleaften", "soendag", "tastefejl", "foer_sagen", "holdt_allerede"],
)
def test_days_one_can_meet(bruger, dato, del_af_fejl):
    sag = SagFactory(fase=Fase.PLAN)

    def aftal():
        return services.aftal_moede(sag, tidspunkt=klokken(dato), sted="Rådhuset", af=bruger)

    if del_af_fejl is None:
        assert aftal().tidspunkt == klokken(dato)
    else:
        assert del_af_fejl in fejl_fra(aftal)["tidspunkt"][0]


def test_municipalitys_own_closing_day_is_refused(bruger):
    Lukkedag.objects.create(dato=date(2026, 12, 2), aarsag="personaledag")
    sag = SagFactory(fase=Fase.PLAN)

    fejl = fejl_fra(
        lambda: services.aftal_moede(
            sag, tidspunkt=klokken(date(2026, 12, 2)), sted="Rådhuset", af=bruger
        )
    )

    assert "personaledag" in fejl["tidspunkt"][0]


def test_draft_keeps_everything_and_demands_nothing(bruger, moede):
    indsats = moedets_indsatser(moede).get()
    skema = Skema(
        sted="Hos borgeren",
        referat="Halvt skrevet",
        naeste_sted="Kantinen",
        punkter={indsats.pk: Punkt(hvad_skete="En sygedag")},
    )

    gemt = services.gem_moede(moede, skema, laas=0, af=bruger)

    gemt.refresh_from_db()
    assert (gemt.sted, gemt.referat, gemt.naeste_sted, gemt.laas, gemt.status) == (
        "Hos borgeren",
        "Halvt skrevet",
        "Kantinen",
        1,
        "planlagt",
    )
    assert gemt.punkter.get().hvad_skete == "En sygedag"
    assert Haendelse.objects.get().kode == "opfoelgning.gemt"


def test_nothing_is_followed_up_before_the_team_has_met(bruger, moede):
    teammoede = moede.sag.indstillinger.get().moede_dato
    foer = klokken(teammoede - timedelta(days=1))

    aftalt = fejl_fra(
        lambda: services.aftal_moede(moede.sag, tidspunkt=foer, sted="Rådhuset", af=bruger)
    )
    flyttet = fejl_fra(lambda: flyt(moede, foer, bruger))
    Opfoelgningsmoede.objects.filter(pk=moede.pk).update(tidspunkt=foer)
    lukket = fejl_fra(lambda: services.luk_moede(moede, udfyldt(moede), laas=0, af=bruger))

    assert "før teammødet" in aftalt["tidspunkt"][0]
    assert "før teammødet" in flyttet["tidspunkt"][0]
    assert "før teammødet" in lukket[""][0]


def test_text_taken_out_of_a_draft_is_gone(bruger, moede):
    services.gem_moede(moede, udfyldt(moede), laas=0, af=bruger)
    indsats = moedets_indsatser(moede).get()

    services.gem_moede(moede, udfyldt(moede, punkter={indsats.pk: Punkt()}), laas=1, af=bruger)

    assert moede.punkter.get().hvad_skete == ""


def test_stale_draft_is_refused_and_nothing_stored(bruger, moede):
    services.gem_moede(moede, udfyldt(moede, referat="Den første"), laas=0, af=bruger)

    with pytest.raises(ForaeldetVersionError):
        services.gem_moede(moede, udfyldt(moede, referat="Den anden"), laas=0, af=bruger)

    moede.refresh_from_db()
    assert moede.referat == "Den første"


def test_closing_holds_the_meeting_and_agrees_the_next(bruger, moede):
    lukket = services.luk_moede(moede, udfyldt(moede), laas=0, af=bruger)

    lukket.refresh_from_db()
    assert (lukket.status, lukket.afholdt_dato, lukket.lukket_af) == ("afholdt", IDAG, bruger)
    naeste = lukket.naeste
    assert (naeste.nr, naeste.sted, naeste.status) == (2, "Kantinen", "planlagt")
    assert naeste.tidspunkt == klokken(date(2027, 1, 5), 13)
    assert [h.kode for h in Haendelse.objects.all()] == ["opfoelgning.holdt"]


def test_next_meeting_already_in_the_calendar_is_not_made_twice(bruger, moede):
    aftalt = OpfoelgningsmoedeFactory(sag=moede.sag, nr=2, tidspunkt=klokken(date(2027, 1, 5), 13))

    lukket = services.luk_moede(moede, udfyldt(moede), laas=0, af=bruger)

    assert lukket.naeste == aftalt
    assert Opfoelgningsmoede.objects.count() == 2


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"mentor_var_med": None}, "uden_mentor_begrundelse"),
        ({"mentor_var_med": False}, "uden_mentor_begrundelse"),
        ({"skitse": ""}, "skitse"),
        ({"naeste_tidspunkt": None}, "naeste_dato"),
        ({"uden_naeste_begrundelse": "Sagen slutter"}, "uden_naeste_begrundelse"),
        ({"naeste_tidspunkt": klokken(date(2026, 11, 1))}, "naeste_dato"),
        ({"naeste_tidspunkt": klokken(date(2026, 12, 25))}, "naeste_dato"),
    ],
)
def test_closing_names_what_is_missing_and_changes_nothing(bruger, moede, felter, felt):
    fejl = fejl_fra(lambda: services.luk_moede(moede, udfyldt(moede, **felter), laas=0, af=bruger))

    assert list(fejl) == [felt]
    moede.refresh_from_db()
    assert (moede.status, moede.laas) == ("planlagt", 0)
    assert Opfoelgningsmoede.objects.count() == 1
    assert not Haendelse.objects.exists()


def test_every_running_effort_must_be_touched(bruger, moede):
    indsats = moedets_indsatser(moede).get()

    fejl = fejl_fra(
        lambda: services.luk_moede(moede, udfyldt(moede, punkter={}), laas=0, af=bruger)
    )

    assert set(fejl) == {f"hvad_skete_{indsats.pk}", f"naeste_tre_maaneder_{indsats.pk}"}


def test_planned_effort_may_wait(bruger, moede):
    IndsatsFactory(forloeb=moede.sag.forloeb.get())
    i_gang = moedets_indsatser(moede).get(status="i_gang")

    lukket = services.luk_moede(
        moede, udfyldt(moede, punkter={i_gang.pk: Punkt("Fint", "Videre")}), laas=0, af=bruger
    )

    assert lukket.er_lukket


def test_first_follow_up_before_the_plan_needs_no_sketch(bruger):
    moede = OpfoelgningsmoedeFactory(sag__fase=Fase.AFGOERELSE, nr=1, tidspunkt=klokken(IDAG, 8))

    lukket = services.luk_moede(moede, udfyldt(moede, skitse=""), laas=0, af=bruger)

    assert lukket.er_lukket


def test_reason_stands_in_for_mentor_and_next_meeting(bruger, moede):
    skema = udfyldt(
        moede,
        mentor_var_med=False,
        uden_mentor_begrundelse="Mentor er ikke tilknyttet endnu",
        naeste_tidspunkt=None,
        uden_naeste_begrundelse="Borgeren ringer",
    )

    lukket = services.luk_moede(moede, skema, laas=0, af=bruger)

    assert lukket.naeste is None


def test_closing_twice_is_refused(bruger, moede):
    services.luk_moede(moede, udfyldt(moede), laas=0, af=bruger)

    fejl = fejl_fra(lambda: services.luk_moede(moede, udfyldt(moede), laas=1, af=bruger))

    assert "allerede lukket" in fejl[""][0]
    assert Opfoelgningsmoede.objects.count() == 2


def test_effort_of_another_case_is_refused(bruger, moede):
    fremmed = IndsatsFactory(i_gang=True)

    fejl = fejl_fra(
        lambda: services.gem_moede(
            moede, udfyldt(moede, punkter={fremmed.pk: Punkt("x", "y")}), laas=0, af=bruger
        )
    )

    assert "hører ikke til sagen" in fejl[""][0]


def test_promise_of_last_time_is_shown_beside_the_effort(bruger, moede):
    services.luk_moede(moede, udfyldt(moede), laas=0, af=bruger)
    naeste = Opfoelgningsmoede.objects.get(nr=2)

    indsats = moedets_indsatser(naeste).get()

    assert indsats.sidst == {"dato": "2026-11-24", "tekst": "3 × 2 timer"}


def test_effort_that_ended_since_last_time_is_still_talked_about(bruger, moede):
    services.luk_moede(moede, udfyldt(moede), laas=0, af=bruger)
    naeste = Opfoelgningsmoede.objects.get(nr=2)
    forloeb = moede.sag.forloeb.get()
    forloeb.indsatser.update(status="afsluttet", faktisk_slut=IDAG)
    IndsatsFactory(
        forloeb=forloeb,
        status="afsluttet",
        faktisk_start=IDAG - timedelta(days=50),
        faktisk_slut=IDAG - timedelta(days=20),
        planlagt_start=IDAG - timedelta(days=50),
    )

    assert [i.faktisk_slut for i in moedets_indsatser(naeste)] == [IDAG]


def test_calling_off_says_who_and_why_and_keeps_what_was_written(bruger, moede):
    services.gem_moede(moede, udfyldt(moede, referat="Talt i telefon"), laas=0, af=bruger)

    def aflys(**felter):
        felter = {"afbud": "borger", "aarsag": "Indlagt"} | felter
        return services.aflys_moede(moede, **felter, af=bruger)

    assert list(fejl_fra(lambda: aflys(afbud=""))) == ["afbud"]
    assert list(fejl_fra(lambda: aflys(aarsag=" "))) == ["aarsag"]
    aflyst = aflys()

    aflyst.refresh_from_db()
    assert (aflyst.status, aflyst.referat) == ("aflyst", "Talt i telefon")
    assert (aflyst.afbud, aflyst.aarsag, aflyst.afgjort_dato) == ("borger", "Indlagt", IDAG)
    assert Haendelse.objects.last().kode == "opfoelgning.aflyst"
    with pytest.raises(ValidationError):
        aflys()


def test_no_show_is_registered_from_the_day_on(bruger, moede):
    kommende = OpfoelgningsmoedeFactory(
        sag=moede.sag, nr=2, tidspunkt=klokken(IDAG + timedelta(days=1))
    )

    services.udeblev(moede, aarsag="Tog ikke telefonen", af=bruger)

    moede.refresh_from_db()
    assert (moede.status, moede.afbud) == ("udeblevet", "borger")
    assert Haendelse.objects.last().kode == "opfoelgning.udeblevet"
    with pytest.raises(ValidationError, match="ikke begyndt"):
        services.udeblev(kommende, af=bruger)


def test_closing_the_case_calls_off_what_was_agreed(bruger, moede):
    afslut_sag(moede.sag, aarsag="ordinaert_job", dato=IDAG, bemaerkning="", af=bruger)

    moede.refresh_from_db()
    assert moede.status == "aflyst"


def test_reminder_is_read_once():
    paamindelse = en_paamindelse()

    services.laes_paamindelse(paamindelse)
    paamindelse.refresh_from_db()
    foerste = paamindelse.laest_den
    services.laes_paamindelse(paamindelse)

    paamindelse.refresh_from_db()
    assert paamindelse.laest_den == foerste


def en_frist(sag=None, **felter) -> Frist:
    regel = Fristregel.objects.get(kode="FOERSTE_OPFOELGNING")
    return Frist.objects.create(
        **{
            "sag": sag or SagFactory(),
            "regel": regel,
            "anker_type": "indstilling",
            "anker_id": 1,
            "start_dato": i_dag(),
            "forfald_dato": i_dag() + timedelta(days=7),
            "maal_dato": i_dag() + timedelta(days=7),
            "varsel_dato": i_dag() + timedelta(days=5),
        }
        | felter
    )


def en_paamindelse(**felter) -> Paamindelse:
    frist = felter.pop("frist", None) or en_frist()
    bruger = felter.pop("bruger", None) or BrugerFactory()
    return Paamindelse.objects.create(
        frist=frist, bruger=bruger, art="varsel", forfald_dato=frist.forfald_dato, **felter
    )


def to_punkter():
    moede, indsats = OpfoelgningsmoedeFactory(), IndsatsFactory()
    for _ in range(2):
        Opfoelgningspunkt.objects.create(moede=moede, indsats=indsats)


@pytest.mark.parametrize(
    ("begraensning", "bryd"),
    [
        (
            "frist_en_pr_anker",
            lambda: [en_frist(sag) for sag in [SagFactory()] * 2],
        ),
        (
            "frist_opfyldt_eller_bortfaldet",
            lambda: en_frist(
                opfyldt_dato=i_dag(), bortfaldet_dato=i_dag(), bortfaldet_begrundelse="x"
            ),
        ),
        ("frist_bortfald_har_grund", lambda: en_frist(bortfaldet_dato=i_dag())),
        (
            "paamindelse_en_gang",
            lambda: [
                en_paamindelse(frist=f, bruger=b) for f, b in [(en_frist(), BrugerFactory())] * 2
            ],
        ),
        (
            "fristregel_slut_efter_start",
            lambda: Fristregel.objects.filter(kode="KLAGEFRIST").update(
                gyldig_til=date(2000, 1, 1)
            ),
        ),
        ("fristregel_en_ad_gangen", lambda: kopi_af_regel("KLAGEFRIST")),
        (
            "opfoelgningsmoede_nr",
            lambda: [OpfoelgningsmoedeFactory(sag=s, nr=1) for s in [SagFactory()] * 2],
        ),
        (
            "opfoelgningsmoede_afholdt_hel",
            lambda: OpfoelgningsmoedeFactory(afholdt=True, lukket_af=None),
        ),
        (
            "opfoelgningsmoede_naeste_aftale_har_sted",
            lambda: OpfoelgningsmoedeFactory(naeste_tidspunkt=klokken(IDAG)),
        ),
        (
            "opfoelgningsmoede_naeste_eller_grund",
            lambda: OpfoelgningsmoedeFactory(afholdt=True, uden_naeste_begrundelse=""),
        ),
        (
            "opfoelgningsmoede_mentor_eller_grund",
            lambda: OpfoelgningsmoedeFactory(afholdt=True, mentor_var_med=False),
        ),
        ("opfoelgningspunkt_et_pr_indsats", to_punkter),
    ],
)
def test_database_refuses(begraensning, bryd):
    with pytest.raises(IntegrityError, match=begraensning), transaction.atomic():
        bryd()


def kopi_af_regel(kode):
    regel = Fristregel.objects.get(kode=kode)
    regel.pk = None
    regel.save(force_insert=True)
