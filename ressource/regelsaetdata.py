"""The regimes of domain.md 1.1, as the data a new installation starts with.

R2022, the last full one, is in force in the demo and the examples (product.md 3), where R2026 lies
ready; a real installation starts with the set in force on its first day.
Section numbers marked [OK] in domain.md are not verified against the law; `er_efterproevet` says so
to the administrator.
"""

from datetime import date
from itertools import zip_longest
from typing import Any

from django.conf import settings

from ressource.datoer import EN_DAG
from ressource.kalender import i_dag
from ressource.models import Regelsaet

# Code, title, guidance; the heading in the citizen's view, and help when it is hard to answer.
AFSNIT = [
    (
        "erfaring_ressourcer",
        "Erfaring og ressourcer, CV",
        "Hvilke job og uddannelser har du haft?",
        "Hvilke job og uddannelser har du haft?",
        "Hvad gik godt? Hvad gik mindre godt? Små job og hjælp til andre tæller også.",
    ),
    (
        "personlige_ressourcer",
        "Personlige ressourcer og netværk",
        "Hvem er vigtige for dig?",
        "Hvad er du god til, og hvem kan hjælpe dig?",
        "Hvem ringer du til, når noget er svært? Hvad siger andre, at du er god til?",
    ),
    (
        "udfordringer",
        "Udfordringer",
        "Hvad gør det svært at arbejde, på jobbet og derhjemme?",
        "Hvad gør det svært at arbejde?",
        "Er der noget på arbejdet? Er der noget derhjemme, for eksempel bolig, gæld eller børn?",
    ),
    (
        "oensker_job_uddannelse",
        "Ønsker til job og uddannelse",
        "Hvad vil du gerne?",
        "Hvad kunne du tænke dig at arbejde med?",
        "Hvilke opgaver kan du godt lide?",
    ),
    (
        "helbred",
        "Helbred",
        "Hvordan er dit helbred lige nu? Er du i gang med behandling?",
        "Hvordan har du det?",
        "Er du i gang med undersøgelser eller behandling? Hvad hjælper?",
    ),
    (
        "helbred_betydning",
        "Helbredets betydning for job",
        "Hvad skal en arbejdsplads tage hensyn til?",
        "Hvad skal en arbejdsplads tage hensyn til?",
        "Hvordan er en god dag? Hvordan er en dårlig dag?",
    ),
    (
        "laegens_vurdering",
        "Lægens vurdering (LÆ 265)",
        "Hvad skriver din læge?",
        "Hvad siger din læge?",
        "Har lægen fortalt dig, hvad der står i attesten? Er du enig?",
    ),
    (
        "forsoergelseshistorik",
        "Forsørgelse indtil nu",
        "Hvad har du levet af?",
        "Hvad har du levet af indtil nu?",
        "Løn, sygedagpenge, kontanthjælp eller andet? Cirka hvornår?",
    ),
    (
        "hidtidig_indsats",
        "Hidtidig indsats",
        "Hvad er prøvet, og hvad hjalp?",
        "Hvad har du prøvet, og hvad hjalp?",
        "Praktik, kurser, behandling eller støtte? Hvad vil du gerne prøve igen?",
    ),
]
# Sections that are written in more than one part (domain.md 2.1, no. 3).
DELE = {
    "udfordringer": [
        ("udfordringer_beskaeftigelse", "På arbejdet"),
        ("udfordringer_social", "Derhjemme og socialt"),
    ],
}


def afsnit() -> list[dict[str, Any]]:
    """The sections as a rule set keeps them."""
    felter = ("kode", "titel", "vejledning", "spoergsmaal", "hjaelp")
    poster: list[dict[str, Any]] = [dict(zip(felter, raekke, strict=True)) for raekke in AFSNIT]
    for post in poster:
        if dele := DELE.get(post["kode"]):
            post["dele"] = [{"kode": kode, "titel": titel} for kode, titel in dele]
    return poster


SAMTALEEMNER = [
    ("jobonsker", "Dine ønsker om job", ""),
    ("interesser", "Hvad interesserer du dig for?", ""),
    ("jobhistorie", "Job du har haft, gode og dårlige erfaringer", ""),
    ("skolegang", "Skolegang og uddannelse, gode og dårlige erfaringer", ""),
    ("hjaelpere", "Hvem kan hjælpe dig?", ""),
    ("helbred_nu", "Dit helbred lige nu, og om du er i behandling", ""),
    ("hvad_skal_der_til", "Hvad skal der til for at komme i gang på en arbejdsplads?", ""),
]
KLAGEVEJLEDNING = (
    "Du kan klage over afgørelsen. Du skal klage til {myndighed} senest fire uger efter, at du har "
    "fået afgørelsen. Du kan klage skriftligt eller mundtligt. {Myndighed} vurderer først sagen "
    "igen. Holder {myndighed} fast i afgørelsen, sender vi klagen til Ankestyrelsen, "
    "Beskæftigelsesudvalget."
)
# domain.md 1.1, duration. The age is that on the first day; months.
FRA_1_TIL_5_AAR = [
    {
        "fra_alder": None,
        "til_alder": None,
        "pr_forloeb": 60,
        "antal": None,
        "i_alt": None,
        "mere_efter_oenske": False,
    }
]
HOEJST_3_AAR = [
    {
        "fra_alder": None,
        "til_alder": 39,
        "pr_forloeb": 36,
        "antal": None,
        "i_alt": None,
        "mere_efter_oenske": False,
    },
    {
        "fra_alder": 40,
        "til_alder": 49,
        "pr_forloeb": 36,
        "antal": None,
        "i_alt": 60,
        "mere_efter_oenske": True,
    },
    {
        "fra_alder": 50,
        "til_alder": None,
        "pr_forloeb": 36,
        "antal": 1,
        "i_alt": None,
        "mere_efter_oenske": True,
    },
]
# Lov om social pension § 1 a, by day of birth: each row until the next.
FOLKEPENSIONSALDRE = [
    {"foedt_fra": foedt_fra, "aar": aar, "maaneder": maaneder}
    for foedt_fra, aar, maaneder in (
        ("1900-01-01", 65, 0),
        ("1954-01-01", 65, 6),
        ("1954-07-01", 66, 0),
        ("1955-01-01", 66, 6),
        ("1955-07-01", 67, 0),
        ("1963-01-01", 68, 0),
        ("1967-01-01", 69, 0),
        ("1971-01-01", 70, 0),
    )
]
# LAB § 112 stk. 1: complex problems, a combination of efforts, and one of these.
MAALGRUPPE = [
    {"kode": "1", "tekst": "Langvarig offentlig forsørgelse"},
    {
        "kode": "2",
        "tekst": "Deltaget i tilbud eller revalidering uden øget tilknytning til arbejdsmarkedet",
    },
    {
        "kode": "3",
        "tekst": "Behov for en længere indsats, før der kan sættes et konkret jobmål",
    },
]


def _krav(
    fagomraade: str, hvorfor: str, *, naar: str = "altid", alder: int | None = None, **andet: str
) -> dict[str, Any]:
    return {
        "fagomraade": fagomraade,
        "naar": naar,
        "alder": alder,
        "virkning": andet.get("virkning", "advarsel"),
        "hvorfor": hvorfor,
    }


# Good practice under every set: «bør altid» (domain.md 1.3), so a warning with a reason.
_GOD_PRAKSIS = [
    _krav("virksomhed", "job drøftes altid"),
    _krav("familie", "børnesag, eller børn hjemme har det svært", naar="boernesag"),
]
_UNG = _krav("undervisning", "under 30 uden uddannelse", naar="ung_uden_uddannelse", alder=30)
# Who the law wants in the team before it became flexible (LOB §§ 9-10; domain.md 1.2 row 11).
FAST_TEAM = [
    _krav("beskaeftigelse", "loven kræver det", virkning="spaerrer"),
    _krav("social", "loven kræver det", virkning="spaerrer"),
    _krav("sundhed", "loven kræver det", virkning="spaerrer"),
    _krav("region", "regionen deltager altid", virkning="spaerrer"),
    _UNG,
    *_GOD_PRAKSIS,
]
FLEKSIBELT_TEAM = [_krav("region", "helbred drøftes altid"), _UNG, *_GOD_PRAKSIS]
LAB = "lov om en aktiv beskæftigelsesindsats"
IKKE_SLAAET_OP = (
    "Paragrafferne i retssikkerhedsloven, forvaltningsloven og sundhedsloven er ikke slået op."
)
UDFALD = [
    "ressourceforloeb",
    "fleksjob",
    "foertidspension",
    "hidtidig_indsats",
    "udsat",
    "tilbagesendt",
]


def _hjemler(ressourceforloeb: str) -> dict[str, str]:
    return {
        "ressourceforloeb": ressourceforloeb,
        "fleksjob": LAB[:1].upper() + LAB[1:],
        "foertidspension": "§§ 16 og 18 i lov om social pension",
        "hidtidig_indsats": LAB[:1].upper() + LAB[1:],
    }


def _regler(kode: str, navn: str, fra: date, til: date | None, **afvigelser: Any) -> dict[str, Any]:
    myndighed = afvigelser.get("betegnelse_myndighed", "kommunen")
    return {
        "kode": kode,
        "navn": navn,
        "gyldig_fra": fra,
        "gyldig_til": til,
        "varighed_min_maaneder": 12,
        "varighed_max_maaneder": 36,
        "sparring_er_lovpligtig": False,
        "laegeattest_gyldig_maaneder": 6,
        "klagefrist_uger": 4,
        "udfald": UDFALD,
        "afsnit": afsnit(),
        "samtaleemner": [{"kode": k, "titel": t, "vejledning": v} for k, t, v in SAMTALEEMNER],
        "hjemler": _hjemler(f"§§ 112-115 i {LAB}"),
        "varigheder": HOEJST_3_AAR,
        "folkepensionsaldre": FOLKEPENSIONSALDRE,
        "pensionsgraense_aar": 6,
        "indsatsgaranti_maaneder": 6,
        "maalgruppebetingelser": MAALGRUPPE,
        "deltagerkrav": FAST_TEAM,
        "forbehold": [IKKE_SLAAET_OP],
        "klagevejledning": KLAGEVEJLEDNING.format(
            myndighed=myndighed, Myndighed=myndighed.capitalize()
        ),
        "betegnelse_myndighed": "jobcentret",
        "betegnelse_team": "rehabiliteringsteamet",
    } | afvigelser


REGELSAET = [
    _regler(
        "R2013",
        "Reformen af førtidspension og fleksjob",
        date(2013, 1, 1),
        date(2018, 5, 31),
        varighed_max_maaneder=60,
        varigheder=FRA_1_TIL_5_AAR,
        pensionsgraense_aar=None,
        indsatsgaranti_maaneder=None,
        kraever_udviklingsperspektiv=False,
        hjemler=_hjemler(f"§ 68 a i {LAB}"),
        forbehold=[IKKE_SLAAET_OP, "Særlige regler for personer over 40 år er ikke slået op."],
        kilde="§ 68 a i lov om en aktiv beskæftigelsesindsats. Læst i STAR's vejledning til borgere og i lovforslag L 193 (2017-18).",
    ),
    _regler(
        "R2018",
        "Præcisering: udviklingsperspektiv",
        date(2018, 6, 1),
        date(2021, 12, 31),
        varighed_max_maaneder=60,
        varigheder=FRA_1_TIL_5_AAR,
        pensionsgraense_aar=None,
        indsatsgaranti_maaneder=None,
        forbehold=[IKKE_SLAAET_OP, "Særlige regler for personer over 40 år er ikke slået op."],
        kilde="Lov 553 af 29. maj 2018. Læst i lovforslag L 193 (2017-18) og i § 112 i lov om en aktiv beskæftigelsesindsats.",
    ),
    _regler(
        "R2022",
        "Bedre ressourceforløb",
        date(2022, 1, 1),
        None,
        er_aktivt=True,
        er_efterproevet=True,
        forbehold=[
            IKKE_SLAAET_OP,
            "Om grænsen ved 50 år regnes fra fødselsdagen, er ikke slået op.",
            "Folkepensionsalderen er efter § 1 a i lov om social pension og er ikke slået op.",
        ],
        kilde="Lov 1160 af 8. juni 2021. Læst i en gengivelse af loven og på STAR's side om ressourceforløb.",
    ),
    _regler(
        "R2025",
        "Fleksibel brug af teamet",
        date(2025, 1, 1),
        None,
        deltagerkrav=FLEKSIBELT_TEAM,
        forbehold=[
            IKKE_SLAAET_OP,
            "Ikrafttrædelsen er 1. januar eller 1. juli 2025. Datoen er ikke slået op.",
        ],
        kilde="Lov 1657 af 30. december 2024. Læst i en gengivelse af § 2.",
    ),
    _regler(
        "R2026",
        "Afskaffelse af ressourceforløb for nye borgere",
        date(2026, 2, 1),
        None,
        nye_forloeb_til=date(2026, 1, 31),
        maa_forlaenges=False,
        deltagerkrav=FLEKSIBELT_TEAM,
        hjemler=_hjemler(f"Det tidligere gældende kapitel 19, jf. § 6, nr. 8, i {LAB}"),
        forbehold=[
            IKKE_SLAAET_OP,
            "Datoen er 1. februar eller 1. juli 2026. Ikrafttrædelsesbestemmelsen er ikke slået op.",
            "Om et løbende forløb kan forlænges, er ikke afklaret.",
            "Hvad der sker med sager, der er forelagt, men ikke afgjort, er ikke afklaret.",
        ],
        moede_er_lovpligtigt=False,
        sparring_er_lovpligtig=True,
        betegnelse_myndighed="kommunen",
        betegnelse_team="det tværfaglige møde",
        kilde="Lov 1750 af 29. december 2025. Læst som lovforslag L 66 (2025-26) og i omtale fra STAR og Cabi. Kun § 4 er læst som vedtaget.",
    ),
]


def indlaes() -> None:
    """Add the regimes that are missing; those in force are marked by `er_aktivt`.

    An installation that has none yet starts with those that have come into force by today, each
    until the next. The demo starts with R2022 alone (product.md 3).
    """
    nye = REGELSAET
    if not settings.RESSOURCE_DEMO and not Regelsaet.objects.exists():
        nye = _i_kraft(i_dag())
    for regler in nye:
        Regelsaet.objects.get_or_create(kode=regler["kode"], defaults=regler)


def _i_kraft(dag: date) -> list[dict[str, Any]]:
    """The shipped sets as they are in force one after the other; those to come lie ready."""
    begyndte = [r for r in REGELSAET if r["gyldig_fra"] <= dag]
    kommende = [r | {"er_aktivt": False} for r in REGELSAET if r["gyldig_fra"] > dag]
    i_kraft = [
        r | {"er_aktivt": True, "gyldig_til": efter["gyldig_fra"] - EN_DAG if efter else None}
        for r, efter in zip_longest(begyndte, begyndte[1:])
    ]
    return [*i_kraft, *kommende]
