"""The merge fields of each letter: what they say, and which a letter cannot do without."""

from collections.abc import Mapping
from dataclasses import dataclass

from rehabilitering.brev.tekst import Vaerdi
from rehabilitering.models import Brevskabelon

Kode = Brevskabelon.Kode


@dataclass(frozen=True)
class Felt:
    """One merge field: what it says, in words, and what it says of a made-up citizen.

    `kraevet`: the letter's text must hold it, and it must be filled in when a letter is made.
    """

    hvad: str
    eksempel: Vaerdi
    kraevet: bool = False


# The engine fills these in by itself.
FAELLES: dict[str, Felt] = {
    "borger": Felt("borgerens navn", "Anne Eksempel"),
    "kommune": Felt("kommunens navn", "Egelund Kommune"),
    "myndighed": Felt("det, sagens regelsæt kalder myndigheden", "jobcentret"),
    "team": Felt("det, sagens regelsæt kalder teamet", "rehabiliteringsteamet"),
    "sagsnummer": Felt("sagens nummer", "2026-00000"),
    "sagsbehandler": Felt("den sagsbehandler, der svarer for sagen", "Karin Holm"),
    "telefon": Felt(
        "sagsbehandlerens telefon", "12\N{NO-BREAK SPACE}34\N{NO-BREAK SPACE}56\N{NO-BREAK SPACE}78"
    ),
    "email": Felt("sagsbehandlerens e-mail", "karin.holm@example.com"),
    "klageinstans": Felt(
        "den, der behandler klager efter kommunen", "Ankestyrelsen, Beskæftigelsesudvalget"
    ),
}
_BEGRUNDELSE = (
    "Du har ondt i ryggen og har svært ved at sidde længe. Du har været i praktik tre gange.\n"
    "Teamet vurderer, at din arbejdsevne kan blive bedre med korte dage og fast støtte."
)
_KLAGEVEJLEDNING = (
    "Du kan klage over afgørelsen. Du skal klage til jobcentret senest fire uger efter, at du har "
    "fået afgørelsen. Du kan klage skriftligt eller mundtligt."
)
_MOEDE = {
    "moede_dato": Felt("mødets dag", "tirsdag 24. november 2026", kraevet=True),
    "moede_tid": Felt("klokken", "9.30", kraevet=True),
    "sted": Felt("hvor mødet er", "Rådhuset, mødelokale 2", kraevet=True),
    "varighed": Felt("hvor længe mødet varer", "en halv time"),
    "erstatter": Felt(
        "dag og tid i en tidligere indkaldelse, som denne afløser; tomt, når der ingen er", ""
    ),
}
_AFGOERELSE = {
    "udfald": Felt("afgørelsen i få ord", "ressourceforløb"),
    "virkning_fra": Felt("den dag, afgørelsen gælder fra", "1. december 2026", kraevet=True),
    "slut_dato": Felt("sidste dag", "30. november 2028"),
    "moede_dato": Felt("teammødets dag; tomt uden møde", "20. november 2026"),
    "foelger": Felt("«den følger vi» eller «den følger vi ikke»; tomt uden møde", "den følger vi"),
    "afvigelse": Felt("hvorfor indstillingen ikke følges; ellers tomt", ""),
    "uden_moede_grund": Felt(
        "hvorfor sagen er afgjort uden møde; tomt efter et møde",
        "",
    ),
    "erstatter_dato": Felt("dagen for den afgørelse, som denne ændrer; ellers tomt", ""),
    "fakta": Felt(
        "de faktiske oplysninger, afgørelsen bygger på",
        "Du er 43 år og har arbejdet i butik. Din læge har skrevet en attest i oktober 2026.",
    ),
    "begrundelse": Felt("afgørelsens begrundelse", _BEGRUNDELSE, kraevet=True),
    "partshoering": Felt(
        "hvad borgeren har svaret i partshøringen, og hvad kommunen mener om det; tomt uden",
        "Vi spurgte dig 9. november 2026, hvad du mener om nye oplysninger. Du svarede: Jeg er enig.",
    ),
    "hjemmel": Felt(
        "lovgrundlaget, efter «truffet efter»",
        "§§ 112-115 i lov om en aktiv beskæftigelsesindsats",
        kraevet=True,
    ),
    "klagevejledning": Felt("klagevejledningen", _KLAGEVEJLEDNING, kraevet=True),
    "klagefrist": Felt("den sidste dag, der kan klages", "tirsdag 22. december 2026"),
}
_FORLOEB = {
    "maal": Felt("borgerens mål", "Medhjælper på et bibliotek"),
    "indsatser": Felt(
        "indsatserne, en linje for hver",
        (
            "Virksomhedspraktik på bibliotek fra 07.12.2026: Prøve, om opgaverne passer",
            "Smertehåndtering: Lære at leve med smerterne",
        ),
    ),
    "koordinerende": Felt(
        "den koordinerende sagsbehandler; tomt, når der ingen er", "Maja Kirkegaard"
    ),
}
_KLAGE = {
    "afgoerelse_dato": Felt("dagen for den afgørelse, der klages over", "24. november 2026"),
    "modtaget_dato": Felt("den dag, klagen kom", "8. december 2026", kraevet=True),
}

KATALOG: dict[str, dict[str, Felt]] = {
    Kode.INDKALDELSE_BORGER: _MOEDE
    | {
        "venter_hvor": Felt("hvor borgeren venter", "I forhallen"),
        "ventetid": Felt("hvor lang ventetid der kan være", "op til et kvarter"),
        "hentes_af": Felt("hvem der henter borgeren", "Karin Holm"),
        "deltagere": Felt(
            "dem, der er med, en linje for hver",
            (
                "Gitte Lund, leder mødet",
                "Henrik Dam, sundhedskoordinator",
                "Karin Holm, din sagsbehandler",
            ),
            kraevet=True,
        ),
        "tolk": Felt("sprog og tolk; tomt, når der ikke er brug for tolk", ""),
        "saerlige_behov": Felt("særlige behov, der er aftalt", "Du kan rejse dig undervejs."),
        "dokumenter": Felt(
            "de papirer, teamet får, en linje for hver",
            ("Rehabiliteringsplanens forberedende del", "Lægeattest LÆ 265"),
        ),
        "svar_senest": Felt("den dag, borgeren bedes svare senest", "tirsdag 17. november 2026"),
        "kontakt": Felt("hvem man ringer til", "Karin Holm på 12 34 56 78", kraevet=True),
    },
    Kode.INDKALDELSE_NETVAERK: _MOEDE
    | {
        "modtagernavn": Felt("modtagerens navn", "Bo Eksempel"),
        "venter_hvor": Felt("hvor man venter", "I forhallen"),
        "svar_senest": Felt("den dag, man bedes svare senest", "tirsdag 17. november 2026"),
        "kontakt": Felt("hvem man ringer til", "Karin Holm på 12 34 56 78", kraevet=True),
    },
    Kode.INDSTILLING: {
        "moede_dato": Felt("mødets dag", "20. november 2026", kraevet=True),
        "rettet": Felt("hvornår indstillingen er rettet, og hvorfor; ellers tomt", ""),
        "indstiller_til": Felt(
            "det, teamet indstiller til", "Ressourceforløb, 24 måneder", kraevet=True
        ),
        "maal": Felt("borgerens mål", "Medhjælper på et bibliotek"),
        "maal_begrundelse": Felt(
            "hvorfor målet er et andet end i den forberedende del; tomt, når det er det samme", ""
        ),
        "begrundelse": Felt("teamets begrundelse", _BEGRUNDELSE, kraevet=True),
        "muligheder": Felt(
            "vurderingen af mulighederne for job og uddannelse",
            "Du kan prøve opgaver på et bibliotek.",
        ),
        "sundhedskoordinator": Felt(
            "sundhedskoordinatorens vurdering", "Korte dage er forsvarlige."
        ),
        "svar": Felt("sundhedskoordinatorens svar på spørgsmål, med kilde", ""),
        "dissens": Felt("hvem der var uenig, og hvorfor; tomt, når alle var enige", ""),
        "indsatser": _FORLOEB["indsatser"],
        "mentor_formaal": Felt("hvad mentoren skal hjælpe med", "Hjælp til at komme af sted."),
        "mentor_opgaver": Felt("mentorens opgaver", "Følges med dig de første uger."),
    },
    Kode.PARTSHOERING: {
        "oplysninger": Felt(
            "de oplysninger, borgeren skal udtale sig om",
            "Din læge har skrevet, at smerterne er taget til.",
            kraevet=True,
        ),
        "frist_dato": Felt("svarfristen", "tirsdag 8. december 2026", kraevet=True),
    },
    Kode.AFGOERELSE_RESSOURCEFORLOEB: _AFGOERELSE
    | _FORLOEB
    | {"slut_dato": Felt("forløbets sidste dag", "30. november 2028", kraevet=True)},
    Kode.AFGOERELSE_FLEKSJOB: _AFGOERELSE,
    Kode.AFGOERELSE_FOERTIDSPENSION: _AFGOERELSE,
    Kode.AFGOERELSE_HIDTIDIG_INDSATS: _AFGOERELSE,
    Kode.KLAGE_MODTAGET: _KLAGE
    | {
        "genvurdering_frist": Felt(
            "den dag, kommunen senest har set på sagen igen", "tirsdag 5. januar 2027", kraevet=True
        ),
        "overskredet_frist": Felt("klagefristen, når klagen er kommet for sent; ellers tomt", ""),
    },
    Kode.GENVURDERING: _KLAGE
    | {
        "resultat": Felt(
            "hvad kommunen er kommet frem til", "vi fastholder afgørelsen", kraevet=True
        ),
        "begrundelse": Felt(
            "kommunens begrundelse", "Der er ikke kommet nye oplysninger.", kraevet=True
        ),
        "sendes_til": Felt(
            "klageinstansen, når afgørelsen fastholdes; ellers tomt",
            "Ankestyrelsen, Beskæftigelsesudvalget",
        ),
        "medhold": Felt("«ny afgørelse», når borgeren får medhold; ellers tomt", ""),
        "opretholdes_inden": Felt(
            "hvor længe borgeren har til at sige, at klagen opretholdes; kun ved delvist medhold",
            "",
        ),
    },
    Kode.KLAGE_VIDERE: _KLAGE
    | {"sendt_dato": Felt("den dag, klagen er sendt videre", "21. december 2026", kraevet=True)},
    Kode.BEVILLING_PRAKTIK: {
        "virksomhed": Felt("virksomhedens navn", "Eksempel Byggecenter", kraevet=True),
        "cvr": Felt("virksomhedens CVR-nummer", "12345678"),
        "periode": Felt("fra hvornår til hvornår", "1. december 2026 til 28. februar 2027", True),
        "formaal": Felt(
            "hvad praktikken skal føre til",
            "job i virksomheden eller branchen: chauffør i varebil",
            True,
        ),
        "trin": Felt(
            "trinene, en linje for hvert: dage, timer, opgaver og støtte",
            (
                "Trin 1, fra 1. december 2026: 2 dage om ugen, 2 timer om dagen. Opgaver: fylde op.",
                "Trin 2, fra 4. januar 2027: 2 dage om ugen, 4 timer om dagen. Opgaver: egen reol.",
            ),
            kraevet=True,
        ),
        "skaanehensyn": Felt(
            "skånehensyn; tomt, når borgeren ikke har givet samtykke til, at virksomheden får dem",
            "Ingen tunge løft. En pause hver time.",
        ),
        "kontakt": Felt("virksomhedens kontakt", "Bo Eksempel på 12 34 56 78"),
        "virksomhedsmentor": Felt("mentor på stedet", "Lis Eksempel"),
        "ansvarlig": Felt("den i kommunen, der følger praktikken", "Tina Eksempel"),
    },
}
# The letter's first paragraph is what it is about, in bold.
FREMHAEVES = frozenset(kode for kode in Kode.values if kode.startswith("afg_"))
# Goes to somebody else than the citizen's side: says neither personnummer nor where the citizen lives.
TIL_ANDRE = frozenset({Kode.INDKALDELSE_NETVAERK.value, Kode.BEVILLING_PRAKTIK.value})


def felter(kode: str) -> dict[str, Felt]:
    """Every field the letter `kode` knows, its own first."""
    return KATALOG[kode] | FAELLES


def kraevede(kode: str) -> list[str]:
    """The names of the fields the letter `kode` cannot do without."""
    return [navn for navn, felt in KATALOG[kode].items() if felt.kraevet]


def eksempler(kode: str) -> Mapping[str, Vaerdi]:
    """The fields of `kode` filled in for a made-up citizen."""
    return {navn: felt.eksempel for navn, felt in felter(kode).items()}
