"""The guide's ten citizens: each indstilling entered as the guide tells it, with what is said of it."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from borgere.models import Fase
from rehabilitering import indstillingsgrundlag
from rehabilitering.models import Indsatstype
from rehabilitering.services import indstilling as services
from rehabilitering.services import indstilling_kladde as kladder
from ressource.kalender import i_dag
from ressource.models import Regelsaet
from tests.factories import DagsordenspunktFactory, MoededeltagerFactory, TeammoedeFactory
from tests.rehabilitering.indstillingsdata import skriv

pytestmark = pytest.mark.django_db

UNG = "uddannelsesvejleder deltog ikke"
UDEN_MENTOR = {"uden_mentor_begrundelse": "Borgeren vil selv prøve først"}
MENTOR = {"mentor_formaal": "Struktur i hverdagen", "mentor_opgaver": "Følge med de første gange"}


@dataclass(frozen=True)
class Borger:
    """What the guide says of one; `linjer` are kind, words and purpose; `ventet` the warnings."""

    navn: str
    alder: int
    maaneder: int
    maal: str
    linjer: tuple[tuple[str, str, str], ...]
    ventet: frozenset[str] = frozenset()
    begrundelse: str = "Teamet vurderer, at arbejdsevnen kan udvikles."
    andet: dict[str, str] = field(default_factory=lambda: MENTOR)
    regelsaet: str = "R2022"
    har_uddannelse: bool = True


GUIDEN = (
    Borger(
        "Eva",
        52,
        24,
        "Et job med overskuelige og praktiske opgaver",
        (
            ("virksomhedspraktik", "I et køkken eller en kantine, 1-2 timer om ugen", "Tillid"),
            ("mentor", "Mentorstøtte", "Hjælp til at strukturere hverdagen"),
            ("angst_stress", "Mindfulness", "Afhjælpe angst og skabe ro"),
        ),
    ),
    Borger(
        "Per",
        21,
        12,
        "Arbejde i en butik",
        (
            ("virksomhedspraktik", "Virksomhedscenter i en detailbutik", "Stille oplæring"),
            ("mentor", "Virksomhedsmentor i butikken", "Støtte i hverdagen"),
            ("bostoette", "Egen lejlighed med bostøtte", "Klare sig selv"),
        ),
        ventet=frozenset({UNG}),
        har_uddannelse=False,
    ),
    Borger(
        "Bo",
        39,
        36,
        "Fleksjob på lager eller i butik",
        (
            ("virksomhedspraktik", "Inden for det gamle jobområde, få timer", "Se, hvad Bo kan"),
            ("traening", "Træning hos fysioterapeut fortsætter", "Give energi"),
            ("samtaler", "Coach", "Tillid til egen funktionsevne"),
            ("frivilligt_arbejde", "Et par timer om ugen", "Selvtillid"),
        ),
        ventet=frozenset({"hvorfor ingen mentor"}),
        andet=UDEN_MENTOR,
    ),
    Borger(
        "Ibrahim",
        38,
        36,
        "Job i bilbranchen",
        (
            ("virksomhedspraktik", "Inden for bilbranchen", "Komme i gang igen"),
            ("jobsoegning", "Eget netværk i bilbranchen", "Støtte og et job"),
            ("smertehaandtering", "Træning og smertehåndtering nær bopælen", "Færre smerter"),
        ),
        ventet=frozenset({"hvorfor ingen mentor"}),
        andet=UDEN_MENTOR,
    ),
    Borger(
        "Ole",
        54,
        12,
        "Job i byggebranchen",
        (
            ("virksomhedspraktik", "Virksomhedscenter i byggebranchen", "Arbejdsevne og lyst"),
            ("mentor", "Forstående virksomhedsmentor", "Støtte op om processen"),
            ("samtaler", "Ugentlige samtaler med koordinerende sagsbehandler", "Holde fast"),
        ),
    ),
    Borger(
        "Rie",
        25,
        36,
        "Et job, der passer til helbredet",
        (
            ("virksomhedspraktik", "Når Rie har fået det bedre", "Finde vej til et job"),
            ("mentor", "Mentor", "Holde fokus på arbejdsmarkedet"),
            ("bostoette", "Bostøtte", "Få hverdagen til at hænge sammen"),
            ("behandling", "Psykiatrisk behandling", "Få det bedre"),
        ),
    ),
    Borger(
        "Esben",
        39,
        36,
        "Arbejde med teknik",
        (
            ("virksomhedspraktik", "Skånsom, på en rummelig arbejdsplads", "Bruge interessen"),
            ("mentor", "Virksomhedsmentor", "Sørge for, at Esben ikke presses"),
            ("behandling", "Løbende samarbejde med egen læge", "Stabilt helbred"),
        ),
    ),
    Borger(
        "Tove",
        30,
        36,
        "Arbejde med heste",
        (
            ("virksomhedspraktik", "Klare aftaler og lavt timetal", "Finde sin niche"),
            ("mentor", "Daglig støtte og sparring", "Ikke overanstrenge sig"),
            ("bostoette", "Hjælp til egen bolig", "Ro i hjemmet"),
            ("behandling", "Medicinsk behandling og samtaler med læge", "Bedre koncentration"),
        ),
    ),
    Borger(
        "Anne",
        23,
        60,
        "En uddannelse med mennesker",
        (
            ("mentor", "Massiv mentorstøtte", "Stabilisering i hverdagen"),
            ("behandling", "Fortsat medicinsk behandling", "Mindre angst"),
            ("stoette_kontaktperson", "Længerevarende håndholdt indsats", "Blive klar"),
            ("uddannelsesvejledning", "Afklaring af STU", "Finde den rette uddannelse"),
        ),
        ventet=frozenset({UNG, "hvorfor ingen virksomhedsrettet indsats"}),
        andet=MENTOR
        | {"uden_praktik_begrundelse": "Hverdagen skal være stabil, før det kan blive aktuelt"},
        regelsaet="R2013",
        har_uddannelse=False,
    ),
    Borger(
        "Kim",
        36,
        60,
        "Elektriker eller pedel",
        (
            ("virksomhedspraktik", "Håndværk, med virksomhedsmentor", "Ro på samme sted"),
            ("mentor", "Social mentor", "Komme op om morgenen"),
            ("psykolog", "Samtaler hos socialpsykiatrisk konsulent", "Mindre angst"),
            ("bostoette", "Bostøtte", "Overskud"),
        ),
        ventet=frozenset({"ordet «tilkender»"}),
        begrundelse="Rehabiliteringsteamet tilkender Kim et ressourceforløb i op til 5 år.",
        regelsaet="R2013",
    ),
)


def kladde(borger, **aendringer):
    """The draft at a meeting with the whole team except the education adviser."""
    moede = TeammoedeFactory(dato=i_dag())
    MoededeltagerFactory(moede=moede, bruger=moede.moedeleder, fagomraade="beskaeftigelse")
    for fagomraade in ("social", "sundhed", "region", "virksomhed"):
        MoededeltagerFactory(moede=moede, fagomraade=fagomraade)
    punkt = DagsordenspunktFactory(
        moede=moede,
        sag__borger__fornavn=borger.navn,
        sag__borger__foedselsdato=date(i_dag().year - borger.alder, 1, 15),
        sag__borger__har_uddannelse=borger.har_uddannelse,
        sag__regelsaet=Regelsaet.objects.get(kode=aendringer.pop("regelsaet", borger.regelsaet)),
    )
    data = {
        "udfald": "ressourceforloeb",
        "varighed_maaneder": borger.maaneder,
        "maal": borger.maal,
        "maal_art": "job",
        "maalgruppebetingelse": "1",
        "begrundelse": borger.begrundelse,
        "muligheder": "Job eller uddannelse er mulig på sigt",
        "sundhedskoordinators_vurdering": "Forsvarligt",
    }
    raekker = [
        {
            "indsatstype": Indsatstype.objects.get(kode=kode),
            "beskrivelse": beskrivelse,
            "formaal": formaal,
        }
        for kode, beskrivelse, formaal in borger.linjer
    ]
    indstilling = kladder.begynd(punkt, af=moede.moedeleder)
    return skriv(indstilling, data | borger.andet | aendringer, raekker, af=moede.moedeleder)


@pytest.mark.parametrize("borger", GUIDEN, ids=lambda borger: borger.navn)
def test_the_indstilling_is_finalised_with_the_right_warnings(borger):
    indstilling = kladde(borger)
    linjer = list(indstilling.linjer.gaeldende().select_related("indsatstype"))

    fund = indstillingsgrundlag.fund(indstilling, linjer)

    assert {mangel.kort for mangel in fund} == borger.ventet
    afsluttet = services.afslut(indstilling, af=indstilling.punkt.moede.moedeleder)
    afsluttet.sag.refresh_from_db()
    assert afsluttet.sag.fase == Fase.AFGOERELSE
    assert [linje["beskrivelse"] for linje in afsluttet.versioner.get().indhold["linjer"]] == [
        beskrivelse for _, beskrivelse, _ in borger.linjer
    ]


@pytest.mark.parametrize("borger", GUIDEN[-2:], ids=lambda borger: borger.navn)
def test_five_years_were_lawful_then_and_are_refused_from_2022(borger):
    indstilling = kladde(borger, regelsaet="R2022")

    with pytest.raises(ValidationError) as fejl:
        services.afslut(indstilling, af=indstilling.punkt.moede.moedeleder)

    assert list(fejl.value.message_dict) == ["varighed_maaneder"]
    assert "36 måneder" in fejl.value.messages[0]


def test_anne_needs_a_reason_for_no_effort_at_a_company():
    anne = GUIDEN[-2]
    indstilling = kladde(anne, uden_praktik_begrundelse="")

    with pytest.raises(ValidationError, match="rettet mod en virksomhed") as fejl:
        services.afslut(indstilling, af=indstilling.punkt.moede.moedeleder)

    assert list(fejl.value.message_dict) == ["uden_praktik_begrundelse"]
