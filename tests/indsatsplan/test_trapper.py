"""The staircases: the guide's hours entered as steps and drawn, and what the services refuse."""

import re
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from indsatsplan import billede, services, trapper
from indsatsplan.models import FaktiskTimetal, Indsatsfravaer, Indsatstrin
from ressource.datoer import EN_DAG
from ressource.models import Haendelse
from ressource.samtidighed import ForaeldetVersionError
from ressource.svg.akser import Datoakse
from tests.factories import (
    BrugerFactory,
    FaktiskTimetalFactory,
    IndsatsFactory,
    IndsatsfravaerFactory,
    IndsatspauseFactory,
    IndsatsplanFactory,
    IndsatstrinFactory,
    MaalFactory,
    RessourceforloebFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

I_DAG = date(2025, 11, 25)
START = date(2025, 6, 16)
NS = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _dagen():
    with time_machine.travel(klokken(I_DAG, 9)):
        yield


@pytest.fixture
def tina(db):
    return BrugerFactory(navn="Tina Vestergaard", roller=["virksomhedskonsulent"])


@pytest.fixture
def indsats(db):
    """A praktik from 16 June to 28 February, begun, in an approved plan."""
    forloeb = RessourceforloebFactory(start_dato=date(2025, 6, 1), slut_dato=date(2027, 5, 31))
    IndsatsplanFactory(forloeb=forloeb, godkendt=True)
    return IndsatsFactory(
        i_gang=True,
        forloeb=forloeb,
        maal=MaalFactory(forloeb=forloeb, rang=1),
        planlagt_start=START,
        planlagt_slut=date(2026, 2, 28),
        beskrivelse="Praktik, byggecenter",
    )


def trin(indsats, af, fra, dage, timer, **andet):
    """A step entered the way the page does it."""
    return services.gem_trin(
        indsats,
        af=af,
        fra_dato=fra,
        dage_pr_uge=dage,
        timer_pr_dag=Decimal(str(timer)),
        opgaver=andet.pop("opgaver", "Rydde op i lagergangen"),
        **andet,
    )


def timetal(indsats, af, fra, timer):
    return services.gem_timetal(indsats, af=af, fra_dato=fra, timer_pr_uge=Decimal(str(timer)))


def bygget(indsats):
    """The page's staircases of the effort's forløb."""
    forloeb = indsats.forloeb
    alle = billede.indsatser(billede.af_forloeb(forloeb))
    return trapper.byg(alle, forloeb, i_dag=I_DAG, ser_helbred=True)


# The guide's citizens ------------------------------------------------------------------------------

# Days a week × hours a day, as the guide tells it; Tove's fourth is the setback after three days.
SERIER = {
    "Eva": [(1, "1.5"), (2, "1.5"), (3, "1.5")],
    "Ibrahim": [(2, "4"), (2, "6")],
    "Ole": [(2, "2"), (5, "2")],
    "Tove": [(1, "5"), (2, "5"), (3, "5"), (2, "5")],
    "Esben": [(1, "1.5"), (5, "6")],
    "Rie": [(1, "5"), (2, "5")],
}
SKIFT = [START, date(2025, 8, 4), date(2025, 9, 22), date(2025, 11, 3)]


def tegnet(svg):
    """The corners of the planned and the actual curve: (x, hours a week), read back off the axis."""
    rod = ET.fromstring(svg)
    akse = {
        float(t.text.replace(",", ".")): float(t.get("y")) - 4
        for t in rod.iter(f"{NS}text")
        if t.get("x") == "36" and t.get("text-anchor") == "end"
    }
    bund, hoejest = akse[0.0], max(akse)
    pr_time = (bund - akse[hoejest]) / hoejest
    kurver = {"faktisk": [], "planlagt": []}
    for kurve in (p for p in rod.iter(f"{NS}path") if p.get("fill") == "none"):
        navn, loeft = ("planlagt", 3) if kurve.get("stroke-dasharray") else ("faktisk", 0)
        punkter = re.findall(r"[ML]([\d.]+) ([\d.]+)", kurve.get("d"))
        kurver[navn] = [
            (float(x), round((bund - loeft - float(y)) / pr_time, 1)) for x, y in punkter
        ]
    return kurver


@pytest.mark.parametrize("navn", SERIER)
def test_hours_of_the_guide_are_entered_as_steps_and_drawn(indsats, tina, navn):
    serie = list(zip(SKIFT, SERIER[navn], strict=False))
    for fra, (dage, timer) in serie:
        trin(indsats, tina, fra, dage, timer)
        timetal(indsats, tina, fra, dage * Decimal(timer))

    (trappe,) = bygget(indsats).aktuelle

    timer = [float(dage * Decimal(t)) for _, (dage, t) in serie]
    kurver = tegnet(trappe.tegning)
    akse = Datoakse(START - timedelta(days=7), indsats.planlagt_slut, 44, 806)
    slut = [fra - EN_DAG for fra, _ in serie[1:]]
    for kurve, sidste in (("planlagt", indsats.planlagt_slut), ("faktisk", I_DAG)):
        assert [t for _, t in kurver[kurve]] == [t for t in timer for _ in range(2)]
        x = [
            plads
            for (fra, _), til in zip(serie, [*slut, sidste], strict=True)
            for plads in (akse.begyndelse(fra), akse.slutning(til))
        ]
        assert [x_ for x_, _ in kurver[kurve]] == pytest.approx(x, abs=0.06)
    assert [linje.timer for linje in trappe.trin] == [
        f"{dage} × {t.replace('.', ',')}" for _, (dage, t) in serie
    ]
    assert not any(linje.blev_til for linje in trappe.trin)


def test_setback_is_told_neutrally(indsats, tina):
    for fra, (dage, timer) in zip(SKIFT, SERIER["Tove"], strict=True):
        trin(indsats, tina, fra, dage, timer)
        timetal(indsats, tina, fra, dage * Decimal(timer))

    svg = bygget(indsats).aktuelle[0].tegning

    assert "10 timer fra 03.11.2025 (mindre nu)" in svg
    assert "a3121f" not in svg  # no red


def test_course_as_in_the_mock_up(indsats, tina):
    for fra, (dage, timer) in zip(
        [START, date(2025, 9, 1), date(2025, 11, 10)], [(2, 2), (2, 4), (5, 2)], strict=True
    ):
        trin(indsats, tina, fra, dage, timer)
    trin(indsats, tina, date(2026, 3, 1), 5, 3, er_skitse=True)
    for fra, timer in (
        (START, 4),
        (date(2025, 9, 1), 6),
        (date(2025, 9, 29), 4),
        (date(2025, 10, 20), 6),
        (date(2025, 11, 10), 10),
    ):
        timetal(indsats, tina, fra, timer)
    services.gem_fravaer(
        indsats, af=tina, art="syg", fra_dato=date(2025, 8, 4), til_dato=date(2025, 8, 17)
    )
    IndsatspauseFactory(indsats=indsats, fra_dato=date(2025, 7, 7), til_dato=date(2025, 7, 20))

    (trappe,) = bygget(indsats).aktuelle
    rod = ET.fromstring(trappe.tegning)

    assert [linje.blev_til for linje in trappe.trin] == [
        "", "Blev til 6 timer, 3 uger med 4.", "", ""
    ]  # fmt: skip
    assert "Trin 4: 15 timer (skitse) fra 01.03.2026" in rod.find(f"{NS}desc").text
    assert "4 timer fra 29.09.2025 (mindre i 3 uger)" in rod.find(f"{NS}desc").text
    assert (
        "pause 07.07.2025 – 20.07.2025; syg 04.08.2025 – 17.08.2025" in rod.find(f"{NS}desc").text
    )
    assert rod.find(f"{NS}title").text == "Praktik, byggecenter, timer om ugen: nu 10, planlagt 10"


def test_one_praktik_after_the_other_is_one_course(indsats, tina):
    trin(indsats, tina, START, 2, 2)
    timetal(indsats, tina, START, 4)
    services.afslut_indsats(indsats, dato=date(2025, 10, 31), afbrudt=False, af=tina)
    butik = IndsatsFactory(
        i_gang=True,
        forloeb=indsats.forloeb,
        maal=indsats.maal,
        beskrivelse="Praktik, butik",
        planlagt_start=date(2025, 11, 3),
    )
    trin(butik, tina, date(2025, 11, 3), 5, 2)
    timetal(butik, tina, date(2025, 11, 3), 10)

    alle = bygget(indsats)

    assert [t.navn for t in alle.aktuelle] == ["Praktik, butik"]
    assert [t.navn for t in alle.ophoerte] == ["Praktik, byggecenter"]
    assert [(s.fra, s.timer_pr_uge) for s in alle.samlede_timer] == [
        (START, 4),
        (date(2025, 11, 3), 10),
    ]
    assert [t for _, t in tegnet(alle.samlet)["faktisk"]] == [4, 4, 10, 10]


# What is refused -----------------------------------------------------------------------------------


def afvist(kald, *args, **kwargs):
    """The refusal's sentences by field."""
    with pytest.raises(ValidationError) as fejl, transaction.atomic():
        kald(*args, **kwargs)
    return fejl.value.message_dict if hasattr(fejl.value, "error_dict") else fejl.value.messages


@pytest.mark.parametrize(
    ("fra", "saetning"),
    [
        (date(2025, 6, 15), "Indsatsen begynder 16.06.2025."),
        (date(2025, 5, 31), "uden for forløbet"),
        (date(2026, 3, 1), "Forlæng den først, eller gør trinnet til en skitse."),
        (START, "Der begynder allerede et trin 16.06.2025."),
    ],
)
def test_step_on_a_day_that_cannot_be_is_refused_on_the_field(indsats, tina, fra, saetning):
    trin(indsats, tina, START, 2, 2)

    fejl = afvist(trin, indsats, tina, fra, 2, 4)

    assert saetning in " ".join(fejl["fra_dato"])
    assert Indsatstrin.objects.count() == 1


@pytest.mark.parametrize(
    ("felt", "dag", "saetning"),
    [
        ("planlagt_start", date(2025, 7, 1), "Trin 1 begynder 16.06.2025, før indsatsen."),
        ("planlagt_slut", date(2025, 8, 31), "Trin 2 begynder 01.09.2025, efter indsatsens"),
    ],
)
def test_effort_is_not_moved_away_from_its_steps(indsats, tina, felt, dag, saetning):
    indsats = IndsatsFactory(
        forloeb=indsats.forloeb,
        maal=indsats.maal,
        planlagt_start=START,
        planlagt_slut=date(2025, 12, 31),
    )
    trin(indsats, tina, START, 2, 2)
    trin(indsats, tina, date(2025, 9, 1), 2, 4)
    trin(indsats, tina, date(2026, 1, 5), 2, 4, er_skitse=True)

    fejl = afvist(services.gem_indsats, indsats.forloeb, indsats=indsats, af=tina, **{felt: dag})

    assert saetning in fejl[felt][0]
    indsats.refresh_from_db()
    assert getattr(indsats, felt) != dag


def test_step_after_the_effort_ended_or_lapsed_is_refused(indsats, tina):
    services.afslut_indsats(indsats, dato=date(2025, 10, 31), afbrudt=False, af=tina)

    fejl = afvist(trin, indsats, tina, date(2025, 11, 3), 2, 2)

    assert "Indsatsens sidste dag var 31.10.2025" in fejl["fra_dato"][0]
    bortfaldet = IndsatsFactory(forloeb=indsats.forloeb, maal=indsats.maal, status="bortfaldet")
    assert "blev ikke til noget" in afvist(trin, bortfaldet, tina, I_DAG, 2, 2)[0]


def test_impossible_hours_are_refused(indsats, tina):
    assert "1-7 dage" in str(afvist(trin, indsats, tina, START, 8, 2))
    assert "0 og 84" in str(afvist(timetal, indsats, tina, START, 90))


def test_planned_step_opens_the_draft_and_what_happened_does_not(indsats, tina):
    timetal(indsats, tina, START, 4)
    services.gem_fravaer(indsats, af=tina, art="syg", fra_dato=START, til_dato=START)
    assert not indsats.forloeb.planer.kladder().exists()

    trin(indsats, tina, START, 2, 2)

    assert indsats.forloeb.planer.kladder().get().nr == 2
    koder = set(Haendelse.objects.values_list("kode", flat=True))
    assert {"plan.timer_gemt", "plan.fravaer_gemt", "plan.trin_gemt", "plan.ny_version"} <= koder


def test_step_changed_by_two_is_refused_for_the_last(indsats, tina):
    et_trin = trin(indsats, tina, START, 2, 2)
    services.gem_trin(indsats, raekke=et_trin, laas=1, dage_pr_uge=3, af=tina)

    with pytest.raises(ForaeldetVersionError):
        services.gem_trin(indsats, raekke=et_trin, laas=1, dage_pr_uge=4, af=tina)

    assert Indsatstrin.objects.get().dage_pr_uge == 3


def test_step_taken_out_is_kept_and_its_day_is_free(indsats, tina):
    et_trin = trin(indsats, tina, START, 2, 2)
    services.fjern_trin(et_trin, af=tina)

    trin(indsats, tina, START, 2, 4)

    assert Indsatstrin.objects.count() == 2
    assert "taget ud imens" in afvist(services.fjern_trin, et_trin, af=tina)[0]


def test_hours_before_the_beginning_or_to_come_are_refused(indsats, tina):
    assert "begyndte 16.06.2025" in afvist(timetal, indsats, tina, START - EN_DAG, 4)["fra_dato"][0]
    assert "fremtiden" in afvist(timetal, indsats, tina, I_DAG + EN_DAG, 4)["fra_dato"][0]
    timetal(indsats, tina, START, 4)
    assert "allerede skrevet timer" in afvist(timetal, indsats, tina, START, 6)["fra_dato"][0]
    planlagt = IndsatsFactory(forloeb=indsats.forloeb, maal=indsats.maal)
    assert "Skriv først, hvornår den begyndte" in afvist(timetal, planlagt, tina, I_DAG, 4)[0]


def test_hours_as_planned_are_those_of_the_step_from_its_day(indsats, tina):
    et_trin = trin(indsats, tina, date(2025, 9, 1), 3, "1.25")

    services.som_planlagt(et_trin, af=tina)

    skrevet = FaktiskTimetal.objects.get()
    assert (skrevet.fra_dato, skrevet.timer_pr_uge) == (date(2025, 9, 1), Decimal("3.8"))
    assert not bygget(indsats).aktuelle[0].trin[0].kan_blive
    services.fjern_timetal(skrevet, af=tina)
    assert bygget(indsats).aktuelle[0].trin[0].kan_blive


@pytest.mark.parametrize(
    ("fra", "til", "felt", "saetning"),
    [
        (date(2025, 8, 17), date(2025, 8, 4), "til_dato", "ligger før den første"),
        (date(2025, 6, 15), date(2025, 6, 20), "fra_dato", "Indsatsen begyndte 16.06.2025"),
        (date(2025, 12, 1), None, "til_dato", "Skriv også den sidste dag"),
        (date(2027, 5, 30), date(2027, 6, 1), "til_dato", "uden for forløbet"),
        (date(2025, 9, 2), date(2025, 9, 4), "__all__", "allerede skrevet fravær"),
    ],
)
def test_absence_that_cannot_be_is_refused(indsats, tina, fra, til, felt, saetning):
    skrevet = {"art": "syg", "fra_dato": date(2025, 9, 1), "til_dato": date(2025, 9, 2)}
    services.gem_fravaer(indsats, af=tina, **skrevet)

    fejl = afvist(services.gem_fravaer, indsats, af=tina, art="syg", fra_dato=fra, til_dato=til)

    assert saetning in " ".join(fejl[felt])
    assert Indsatsfravaer.objects.count() == 1


def test_open_absence_gets_its_last_day(indsats, tina):
    syg = services.gem_fravaer(indsats, af=tina, art="syg", fra_dato=date(2025, 11, 20))
    assert "endnu ikke tilbage" in bygget(indsats).aktuelle[0].fravaer[0].tekst

    services.gem_fravaer(indsats, raekke=syg, til_dato=date(2025, 11, 23), af=tina)

    assert bygget(indsats).aktuelle[0].fravaer[0].tekst == "Syg fra 20.11.2025 til 23.11.2025"


@pytest.mark.parametrize(
    ("fabrik", "felter", "navn"),
    [
        (IndsatstrinFactory, {"dage_pr_uge": 8}, "indsatstrin_timer_mulige"),
        (IndsatstrinFactory, {"stoette": "x"}, "indsatstrin_valg_kendte"),
        (FaktiskTimetalFactory, {"timer_pr_uge": 85}, "faktisktimetal_muligt"),
        (IndsatsfravaerFactory, {"art": "x"}, "indsatsfravaer_art_kendt"),
        (
            IndsatsfravaerFactory,
            {"til_dato": START - EN_DAG, "fra_dato": START},
            "indsatsfravaer_slut_efter_start",
        ),
    ],
)
def test_constraint_holds_in_the_database(indsats, fabrik, felter, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        fabrik(indsats=indsats, **felter)


@pytest.mark.parametrize(
    ("fabrik", "navn"),
    [
        (IndsatstrinFactory, "indsatstrin_et_pr_dag"),
        (FaktiskTimetalFactory, "faktisktimetal_et_pr_dag"),
        (IndsatsfravaerFactory, "indsatsfravaer_ingen_overlap"),
    ],
)
def test_two_of_the_same_day_cannot_be(indsats, fabrik, navn):
    fabrik(indsats=indsats)

    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        fabrik(indsats=indsats)
