"""The regimes of domain.md 1.1, as the data a new installation starts with.

R2022, the last full one, is in force in the demo and the examples (product.md 3); R2026 lies ready.
Section numbers marked [OK] in domain.md are not verified against the law; `er_efterproevet` says so
to the administrator.
"""

from datetime import date
from typing import Any

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
UDFALD = [
    "ressourceforloeb",
    "fleksjob",
    "foertidspension",
    "hidtidig_indsats",
    "udsat",
    "tilbagesendt",
]


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
        "hjemmel_ressourceforloeb": "§§ 112-115 i lov om en aktiv beskæftigelsesindsats",
        "hjemmel_oevrige": "Lov om en aktiv beskæftigelsesindsats og lov om social pension",
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
        kraever_udviklingsperspektiv=False,
        hjemmel_ressourceforloeb="§ 68 a i lov om en aktiv beskæftigelsesindsats",
        kilde="domain.md 1.1: S001, S003, V8",
    ),
    _regler(
        "R2018",
        "Præcisering: udviklingsperspektiv",
        date(2018, 6, 1),
        date(2021, 12, 31),
        varighed_max_maaneder=60,
        kilde="domain.md 1.1: lov 553 af 29/5/2018; V8, S003, V9",
    ),
    _regler(
        "R2022",
        "Bedre ressourceforløb",
        date(2022, 1, 1),
        None,
        er_aktivt=True,
        er_efterproevet=True,
        kilde="domain.md 1.1: lov 1160 af 8/6/2021; V10, V11, V12",
    ),
    _regler(
        "R2025",
        "Fleksibel brug af teamet",
        date(2025, 1, 1),
        None,
        kilde="domain.md 1.1: lov 1657 af 30/12/2024; V13. Ikrafttrædelsen er ikke efterprøvet",
    ),
    _regler(
        "R2026",
        "Afskaffelse af ressourceforløb for nye borgere",
        date(2026, 2, 1),
        None,
        nye_forloeb_til=date(2026, 1, 31),
        moede_er_lovpligtigt=False,
        sparring_er_lovpligtig=True,
        betegnelse_myndighed="kommunen",
        betegnelse_team="det tværfaglige møde",
        kilde="domain.md 0: lov 1750 af 29/12/2025; V1-V7. Overgangen er ikke efterprøvet",
    ),
]


def indlaes() -> None:
    """Add the regimes that are missing; those in force are marked by `er_aktivt`."""
    for regler in REGELSAET:
        Regelsaet.objects.get_or_create(kode=regler["kode"], defaults=regler)
