"""What a rule set holds, in the order and words of its pages. One place for form, page and checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE, Udfald
from rehabilitering.models.moede import Fagomraade
from ressource import dansk
from ressource.models import Regelsaet

Valg = tuple[tuple[str, str], ...]


class Art(Enum):
    """How a value is written and read."""

    KORT = auto()
    LANG = auto()
    TAL = auto()
    DATO = auto()
    JA_NEJ = auto()
    VALG = auto()
    FLERVALG = auto()
    LINJER = auto()
    RAEKKER = auto()


@dataclass(frozen=True)
class Kolonne:
    """One value of a row in a list. `bredde` is its columns of twelve in the form."""

    navn: str
    etiket: str
    art: Art
    bredde: int = 3
    kraevet: bool = True
    valg: Valg = ()


@dataclass(frozen=True)
class Felt:
    """One field of the set."""

    navn: str
    art: Art
    hjaelp: str = ""
    kraevet: bool = True
    valg: Valg = ()
    kolonner: tuple[Kolonne, ...] = ()

    @property
    def etiket(self) -> str:
        """The words people read: the model's own."""
        navn = str(getattr(Regelsaet._meta.get_field(self.navn), "verbose_name", self.navn))
        return navn[:1].upper() + navn[1:]


@dataclass(frozen=True)
class Gruppe:
    """Fields that are read together."""

    kode: str
    titel: str
    felter: tuple[Felt, ...]


NAAR: Valg = (
    ("altid", "altid"),
    ("ung_uden_uddannelse", "en ung uden uddannelse"),
    ("boernesag", "der er en børnesag, eller børn hjemme har det svært"),
)
VIRKNING: Valg = (("advarsel", "advarsel"), ("spaerrer", "spærrer for indstillingen"))
_UDFALD: Valg = tuple((u.value, u.label) for u in Udfald)
_AFGOERELSER: Valg = tuple((u.value, u.label) for u in UDFALD_TIL_AFGOERELSE)

VARIGHEDER = Felt(
    "varigheder",
    Art.RAEKKER,
    "Alderen er den på forløbets første dag. Lad et felt være tomt, hvor der ingen grænse er.",
    kolonner=(
        Kolonne("fra_alder", "Fra alder", Art.TAL, 2, kraevet=False),
        Kolonne("til_alder", "Til og med alder", Art.TAL, 2, kraevet=False),
        Kolonne("pr_forloeb", "Måneder pr. forløb", Art.TAL, 2),
        Kolonne("antal", "Antal forløb", Art.TAL, 2, kraevet=False),
        Kolonne("i_alt", "Måneder i alt", Art.TAL, 2, kraevet=False),
        Kolonne("mere_efter_oenske", "Mere, når borgeren ønsker det", Art.JA_NEJ, 2),
    ),
)
FOLKEPENSION = Felt(
    "folkepensionsaldre",
    Art.RAEKKER,
    "Hver række gælder dem, der er født fra og med datoen, til den næste række.",
    kolonner=(
        Kolonne("foedt_fra", "Født fra og med", Art.DATO, 4),
        Kolonne("aar", "År", Art.TAL, 2),
        Kolonne("maaneder", "Måneder", Art.TAL, 2),
    ),
)
MAALGRUPPE = Felt(
    "maalgruppebetingelser",
    Art.RAEKKER,
    "Koden er et tal. Den står på screeninger og afgørelser, der allerede er skrevet.",
    kolonner=(
        Kolonne("kode", "Kode", Art.KORT, 2),
        Kolonne("tekst", "Betingelse", Art.KORT, 9),
    ),
)
DELTAGERKRAV = Felt(
    "deltagerkrav",
    Art.RAEKKER,
    kolonner=(
        Kolonne("fagomraade", "Hvem", Art.VALG, 3, valg=tuple(Fagomraade.choices)),
        Kolonne("naar", "Når", Art.VALG, 3, valg=NAAR),
        Kolonne("alder", "Under alder", Art.TAL, 2, kraevet=False),
        Kolonne("virkning", "Mangler de", Art.VALG, 3, valg=VIRKNING),
        Kolonne("hvorfor", "Hvorfor", Art.KORT, 8),
    ),
)
HJEMLER = Felt(
    "hjemler",
    Art.RAEKKER,
    "Står i afgørelsen og i brevet til borgeren.",
    kolonner=(
        Kolonne("udfald", "Afgørelse", Art.VALG, 4, valg=_AFGOERELSER),
        Kolonne("tekst", "Hjemmel", Art.KORT, 8),
    ),
)
AFSNIT = Felt(
    "afsnit",
    Art.RAEKKER,
    "Et afsnit, der er skrevet i flere dele, har én linje for hver del: «kode: titel».",
    kolonner=(
        Kolonne("kode", "Kode", Art.KORT, 4),
        Kolonne("titel", "Titel", Art.KORT, 8),
        Kolonne("vejledning", "Vejledning", Art.KORT, 6),
        Kolonne("spoergsmaal", "Spørgsmål i borgerens visning", Art.KORT, 6),
        Kolonne("hjaelp", "Hjælp, når det er svært at svare", Art.KORT, 8, kraevet=False),
        Kolonne("frivilligt", "Må udelades", Art.JA_NEJ, 3),
        Kolonne("dele", "Dele", Art.LINJER, 8, kraevet=False),
    ),
)
SAMTALEEMNER = Felt(
    "samtaleemner",
    Art.RAEKKER,
    kolonner=(
        Kolonne("kode", "Kode", Art.KORT, 3),
        Kolonne("titel", "Emne", Art.KORT, 9),
        Kolonne("vejledning", "Vejledning", Art.KORT, 9, kraevet=False),
    ),
)


def _tal(*navne: str) -> tuple[Felt, ...]:
    return tuple(Felt(navn, Art.TAL) for navn in navne)


GRUPPER = (
    Gruppe(
        "kilder",
        "Navn og kilder",
        (
            Felt("navn", Art.KORT),
            Felt(
                "kilde", Art.LANG, "Lov, bekendtgørelse eller vejledning, og hvem der har læst den."
            ),
            Felt("er_efterproevet", Art.JA_NEJ),
            Felt("forbehold", Art.LINJER, "Én sætning på hver linje.", kraevet=False),
        ),
    ),
    Gruppe(
        "varighed",
        "Varighed",
        (
            *_tal("varighed_min_maaneder", "varighed_max_maaneder"),
            VARIGHEDER,
            Felt("pensionsgraense_aar", Art.TAL, "Tomt: ingen grænse.", kraevet=False),
            FOLKEPENSION,
        ),
    ),
    Gruppe(
        "nye",
        "Hvem kan få et forløb",
        (
            Felt("nye_forloeb_til", Art.DATO, "Tomt: der er ingen sidste dag.", kraevet=False),
            Felt("maa_forlaenges", Art.JA_NEJ),
            Felt("indsatsgaranti_maaneder", Art.TAL, "Tomt: ingen garanti.", kraevet=False),
            Felt("kraever_udviklingsperspektiv", Art.JA_NEJ),
            MAALGRUPPE,
        ),
    ),
    Gruppe(
        "moedet",
        "Mødet",
        (
            Felt("moede_er_lovpligtigt", Art.JA_NEJ),
            Felt("sparring_er_lovpligtig", Art.JA_NEJ),
            DELTAGERKRAV,
            *_tal(
                "laegeattest_gyldig_maaneder",
                "laegeattest_rykker_dage",
                "indkaldelse_varsel_dage",
                "sagspakke_varsel_dage",
                "sagspakke_adgang_dage",
            ),
        ),
    ),
    Gruppe(
        "afgoerelsen",
        "Indstilling, afgørelse og klage",
        (
            Felt("udfald", Art.FLERVALG, valg=_UDFALD),
            HJEMLER,
            *_tal("klagefrist_uger", "genvurdering_uger", "postgang_dage"),
            Felt("klageinstans", Art.KORT),
            Felt("klagevejledning", Art.LANG),
        ),
    ),
    Gruppe("forberedende", "Den forberedende del", (AFSNIT, SAMTALEEMNER)),
    Gruppe(
        "ord",
        "Ord i breve og på sider",
        (
            Felt("betegnelse_myndighed", Art.KORT, "For eksempel «jobcentret» eller «kommunen»."),
            Felt("betegnelse_team", Art.KORT, "For eksempel «rehabiliteringsteamet»."),
        ),
    ),
)
FELTER = {felt.navn: felt for gruppe in GRUPPER for felt in gruppe.felter}


def indhold(regelsaet: Regelsaet) -> dict[str, Any]:
    """Every field of `FELTER` as the set has it, in the shape a version keeps (JSON)."""
    return {navn: _json(getattr(regelsaet, navn)) for navn in FELTER}


def _json(vaerdi: Any) -> Any:
    return vaerdi.isoformat() if isinstance(vaerdi, date) else vaerdi


def anvend(regelsaet: Regelsaet, indhold: Mapping[str, Any]) -> None:
    """Set the fields `indhold` names on `regelsaet`; dates are read back."""
    for navn, vaerdi in indhold.items():
        er_dato = navn in {"gyldig_fra", "gyldig_til", "nye_forloeb_til"} and vaerdi
        setattr(regelsaet, navn, date.fromisoformat(vaerdi) if er_dato else vaerdi)


def raekker(felt: Felt, vaerdi: Any) -> list[dict[str, Any]]:
    """A list field's rows as its form and page show them, every column filled."""
    if felt is HJEMLER:
        vaerdi = [{"udfald": kode, "tekst": tekst} for kode, tekst in (vaerdi or {}).items()]
    return [{k.navn: _i_raekke(k, raekke.get(k.navn)) for k in felt.kolonner} for raekke in vaerdi]


def _i_raekke(kolonne: Kolonne, vaerdi: Any) -> Any:
    if kolonne.art is Art.LINJER:
        return "\n".join(f"{d['kode']}: {d['titel']}" for d in vaerdi or ())
    if kolonne.art is Art.JA_NEJ:
        return bool(vaerdi)
    if kolonne.art is Art.DATO:
        return date.fromisoformat(vaerdi) if vaerdi else None
    return "" if vaerdi is None and kolonne.art is not Art.TAL else vaerdi


def af_raekker(felt: Felt, raekker: list[dict[str, Any]]) -> Any:
    """The other way: what the set keeps of the rows."""
    if felt is HJEMLER:
        return {raekke["udfald"]: raekke["tekst"] for raekke in raekker}
    return [
        {k.navn: v for k in felt.kolonner if (v := _gemt(k, raekke[k.navn])) is not _UDELADT}
        for raekke in raekker
    ]


_UDELADT = object()


def _gemt(kolonne: Kolonne, vaerdi: Any) -> Any:
    """One value as the set keeps it; what a section seldom has is left out."""
    if kolonne.art is Art.LINJER:
        par = [linje.partition(":") for linje in vaerdi.splitlines() if linje.strip()]
        return [{"kode": k.strip(), "titel": t.strip()} for k, _, t in par] or _UDELADT
    if kolonne.navn == "frivilligt" and not vaerdi:
        return _UDELADT
    return _json(vaerdi)


def kan_laeses(indhold: Any) -> bool:
    """Whether `indhold` is a part of what `indhold()` gives, field by field in the same shape."""
    if not isinstance(indhold, dict) or set(indhold) - set(FELTER):
        return False
    try:
        return all(_har_form(FELTER[navn], vaerdi) for navn, vaerdi in indhold.items())
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _har_form(felt: Felt | Kolonne, vaerdi: Any) -> bool:
    match felt.art:
        case Art.RAEKKER if isinstance(felt, Felt):
            fundne = raekker(felt, vaerdi)
            hele = all(_har_form(k, _json(r[k.navn])) for r in fundne for k in felt.kolonner)
            return hele and bool(af_raekker(felt, fundne) == vaerdi)
        case Art.LINJER if isinstance(felt, Kolonne):
            return isinstance(vaerdi, str)
        case Art.FLERVALG | Art.LINJER:
            return isinstance(vaerdi, list) and all(isinstance(v, str) for v in vaerdi)
        case Art.JA_NEJ:
            return isinstance(vaerdi, bool)
        case Art.TAL if vaerdi is not None:
            return type(vaerdi) is int and 0 <= vaerdi <= 999
        case Art.DATO if vaerdi is not None:
            return bool(date.fromisoformat(vaerdi))
        case Art.TAL | Art.DATO:
            return not felt.kraevet
    return isinstance(vaerdi, str) and bool(vaerdi.strip() or not felt.kraevet)


def i_ord(felt: Felt | Kolonne, vaerdi: Any) -> str:
    """One value as people read it."""
    if vaerdi is None or vaerdi in ("", []):
        return "ikke sat"
    match felt.art:
        case Art.JA_NEJ:
            return "ja" if vaerdi else "nej"
        case Art.DATO:
            dag = vaerdi if isinstance(vaerdi, date) else date.fromisoformat(vaerdi)
            return dansk.dato(dag)
        case Art.VALG:
            return dict(felt.valg).get(vaerdi, str(vaerdi))
        case Art.FLERVALG:
            navne = dict(felt.valg)
            return ", ".join(navne.get(kode, kode) for kode in vaerdi)
        case Art.LINJER if isinstance(vaerdi, list):
            return " ".join(vaerdi)
    return str(vaerdi)


def raekke_i_ord(felt: Felt, raekke: Mapping[str, Any]) -> str:
    """One row of a list as a line: what is filled in, column by column."""
    return ", ".join(
        f"{kolonne.etiket.lower()}: {i_ord(kolonne, vaerdi)}"
        for kolonne in felt.kolonner
        if (vaerdi := raekke[kolonne.navn]) not in (None, "", False)
    )
