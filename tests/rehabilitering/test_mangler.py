"""What stops the chair, what needs a reason, and what is only said. Asks no table."""

from dataclasses import replace

import pytest

from rehabilitering.deltagerkrav import Krav, Kravstatus
from rehabilitering.mangler import Alvor, Grundlag, advarsler, mangler
from rehabilitering.models import Indsatstype, Indstilling, Indstillingslinje
from ressource.models import Regelsaet

FULD = {
    "udfald": "ressourceforloeb",
    "aarsag": "",
    "begrundelse": "Arbejdsevnen kan udvikles med korte dage.",
    "muligheder": "Job på en mindre arbejdsplads",
    "sundhedskoordinators_vurdering": "Korte dage er forsvarligt",
    "maalgruppebetingelse": "1",
    "varighed_maaneder": 24,
    "maal": "Hjælper i plejehjem",
    "maal_art": "job",
    "maal_begrundelse": "",
    "mentor_formaal": "Komme ud ad døren",
    "mentor_opgaver": "Følge den første uge",
}
PRAKTIK = Indsatstype(navn="Praktik", er_praktik=True, er_virksomhedsrettet=True)
TILSKUD = Indsatstype(navn="Løntilskud", er_virksomhedsrettet=True)
MENTOR = Indsatstype(navn="Mentor", er_mentor=True)
REGION = Kravstatus(Krav("region", "Sundhedskoordinator", "helbred drøftes altid"))


@pytest.fixture
def regelsaet():
    return Regelsaet(
        kode="R2022",
        udfald=["ressourceforloeb", "fleksjob", "foertidspension", "udsat", "tilbagesendt"],
        varighed_min_maaneder=12,
        varighed_max_maaneder=36,
        maalgruppebetingelser=[{"kode": "1", "tekst": "Langvarig offentlig forsørgelse"}],
    )


def linjer(*typer, formaal="Prøve om det passer"):
    return [
        Indstillingslinje(nr=nr, indsatstype=type_, formaal=formaal)
        for nr, type_ in enumerate(typer, start=1)
    ]


def indstilling(**felter):
    return Indstilling(**FULD | felter)


def felter(fundne):
    return [mangel.felt for mangel in fundne]


def test_a_whole_indstilling_lacks_nothing_and_warns_of_nothing(regelsaet):
    hel = (indstilling(), linjer(PRAKTIK, MENTOR), regelsaet)

    assert mangler(*hel) == []
    assert advarsler(*hel) == []


@pytest.mark.parametrize(
    ("aendring", "felt", "tekst"),
    [
        ({"udfald": ""}, "udfald", "Vælg, hvad teamet indstiller til"),
        ({"udfald": "hidtidig_indsats"}, "udfald", "R2022 kender ikke udfaldet samme indsats"),
        ({"maal": "  "}, "maal", "Uden mål kan indstillingen ikke afsluttes"),
        ({"maal_art": ""}, "maal_art", "job eller uddannelse"),
        ({"maalgruppebetingelse": ""}, "maalgruppebetingelse", "hvorfor borgeren er i målgruppen"),
        ({"maalgruppebetingelse": "9"}, "maalgruppebetingelse", "hvorfor borgeren er i målgruppen"),
        ({"varighed_maaneder": None}, "varighed_maaneder", "mellem 12 og 36 måneder (R2022)"),
        ({"varighed_maaneder": 11}, "varighed_maaneder", "mellem 12 og 36 måneder"),
        ({"varighed_maaneder": 37}, "varighed_maaneder", "mellem 12 og 36 måneder"),
        ({"muligheder": " "}, "muligheder", "mulighederne for job eller uddannelse"),
        ({"begrundelse": ""}, "begrundelse", "Begrund indstillingen"),
        ({"udfald": "fleksjob", "begrundelse": ""}, "begrundelse", "den faglige begrundelse"),
        ({"udfald": "foertidspension", "begrundelse": ""}, "begrundelse", "faglige begrundelse"),
        ({"udfald": "fleksjob", "muligheder": ""}, "muligheder", "teamets vurdering"),
        ({"enighed": "dissens"}, "dissens", "Beskriv uenigheden"),
        ({"mentor_formaal": ""}, "mentor_formaal", "hvad mentor skal føre til"),
        ({"mentor_opgaver": ""}, "mentor_opgaver", "hvad mentor skal gøre"),
        ({"udfald": "udsat"}, "aarsag", "hvorfor sagen udsættes"),
        ({"udfald": "tilbagesendt"}, "aarsag", "hvorfor sagen sendes tilbage"),
        (
            {"udfald": "udsat", "aarsag": "helbred", "begrundelse": ""},
            "begrundelse",
            "hvorfor sagen udsættes",
        ),
    ],
)
def test_a_lack_stops_on_its_own_field(regelsaet, aendring, felt, tekst):
    fundne = mangler(indstilling(**aendring), linjer(PRAKTIK, MENTOR), regelsaet)

    assert felter(fundne) == [felt]
    assert tekst in fundne[0].tekst


@pytest.mark.parametrize(
    ("maal_foer", "stopper"),
    [
        ("Pedel på en skole", True),
        ("Hjælper i et plejehjem", True),
        ("  hjælper i  PLEJEHJEM. ", False),
        ("", False),
    ],
)
def test_another_goal_than_the_forberedende_dels_needs_a_reason(regelsaet, maal_foer, stopper):
    foer = Grundlag(maal_foer=maal_foer)
    hel = linjer(PRAKTIK, MENTOR)

    fundne = felter(mangler(indstilling(), hel, regelsaet, foer))
    med_grund = indstilling(maal_begrundelse="Ryggen kan ikke holde til det")

    assert fundne == (["maal_begrundelse"] if stopper else [])
    assert mangler(med_grund, hel, regelsaet, foer) == []
    assert mangler(indstilling(udfald="fleksjob"), hel, regelsaet, foer) == []


def test_a_line_without_purpose_stops_a_recommendation_and_not_a_postponement(regelsaet):
    raekker = [*linjer(PRAKTIK, MENTOR), Indstillingslinje(nr=3, indsatstype=TILSKUD, formaal=" ")]

    assert felter(mangler(indstilling(), raekker, regelsaet)) == ["linje-3-formaal"]
    assert mangler(indstilling(udfald="udsat", aarsag="tid"), raekker, regelsaet) == []


@pytest.mark.parametrize(
    ("typer", "felt", "tekst"),
    [
        ([PRAKTIK], "uden_mentor_begrundelse", "Ingen af indsatserne er mentor"),
        ([MENTOR, TILSKUD], "uden_praktik_begrundelse", "er praktik"),
        ([MENTOR], "uden_praktik_begrundelse", "er rettet mod en virksomhed"),
    ],
)
def test_what_is_usual_may_be_left_out_with_a_reason_that_is_then_shown(
    regelsaet, typer, felt, tekst
):
    (stopper,) = mangler(indstilling(), linjer(*typer), regelsaet)
    assert stopper.felt == felt
    assert tekst in stopper.tekst

    med_grund = (indstilling(**{felt: "Hverdagen skal være rolig"}), linjer(*typer), regelsaet)
    assert mangler(*med_grund) == []
    (advarsel,) = advarsler(*med_grund)
    assert (advarsel.alvor, advarsel.begrundelse) == (Alvor.BEGRUNDES, "Hverdagen skal være rolig")


@pytest.mark.parametrize(
    ("grundlag", "saet", "stopper"),
    [
        (Grundlag(region_deltog=True), {}, True),
        (Grundlag(), {}, False),
        (Grundlag(), {"sparring_er_lovpligtig": True}, True),
    ],
)
def test_the_health_assessment_is_needed_of_who_was_there_and_when_the_law_wants_advice(
    regelsaet, grundlag, saet, stopper
):
    for navn, vaerdi in saet.items():
        setattr(regelsaet, navn, vaerdi)
    uden = (
        indstilling(udfald="fleksjob", sundhedskoordinators_vurdering=""),
        linjer(PRAKTIK),
        regelsaet,
    )

    fundne = (mangler if stopper else advarsler)(*uden, grundlag)
    assert felter(fundne) == ["sundhedskoordinators_vurdering"]
    assert mangler(*uden, replace(grundlag, har_indsat_svar=True)) == []


def test_participants_warn_or_stop_as_the_rule_set_says(regelsaet):
    hel = (indstilling(), linjer(PRAKTIK, MENTOR), regelsaet)
    bag_video = replace(REGION, begrundelse="Har svaret skriftligt")
    spaerrer = replace(REGION, krav=replace(REGION.krav, spaerrer=True))

    assert [a.begrundelse for a in advarsler(*hel, Grundlag(uopfyldte_krav=[bag_video]))] == [
        "Har svaret skriftligt"
    ]
    (mangel,) = mangler(*hel, Grundlag(uopfyldte_krav=[spaerrer]))
    assert "så teamet kan ikke indstille" in mangel.tekst


@pytest.mark.parametrize(
    ("felt", "tekst", "fundet"),
    [
        ("begrundelse", "Teamet tilkender et forløb i op til 5 år", "tilkender"),
        ("muligheder", "Forløbet bevilges fra mandag", "bevilges"),
        ("begrundelse", "Teamet giver Kim et ressourceforløb", "Teamet giver"),
    ],
)
def test_words_of_a_decision_are_pointed_out(regelsaet, felt, tekst, fundet):
    """domain.md 1.3: the team recommends, the municipality decides."""
    (advarsel,) = advarsler(indstilling(**{felt: tekst}), linjer(PRAKTIK, MENTOR), regelsaet)

    assert f"«{fundet}»" in advarsel.tekst
    assert "Teamet indstiller, og kommunen afgør" in advarsel.tekst
    assert not advarsel.stopper


@pytest.mark.parametrize("tekst", ["Praktikken giver ro", "Han kender stedet", "Det giver mening"])
def test_ordinary_words_are_left_alone(regelsaet, tekst):
    hel = indstilling(begrundelse=tekst)

    assert advarsler(hel, linjer(PRAKTIK, MENTOR), regelsaet) == []


def test_a_wish_beyond_the_limit_is_said_and_a_breach_stops(regelsaet):
    hel = (indstilling(), linjer(PRAKTIK, MENTOR), regelsaet)

    assert [m.tekst for m in mangler(*hel, Grundlag(varighedsbrud=["For langt"]))] == ["For langt"]
    oensker = Grundlag(kun_efter_oenske=["Kræver ønske"], skaering="Efter datoen")
    assert mangler(*hel, oensker) == []
    assert [a.tekst for a in advarsler(*hel, oensker)] == ["Kræver ønske", "Efter datoen"]
