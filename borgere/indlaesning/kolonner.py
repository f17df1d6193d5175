"""The columns a file may have, and what people call them."""

from dataclasses import dataclass

from borgere.models import Indlaesning

# The categories of Danmarks Statistik, word for word (domain.md 4.1).
HERKOMSTER = (
    "Personer med dansk oprindelse",
    "Indvandrere fra vestlige lande",
    "Efterkommere fra vestlige lande",
    "Indvandrere fra ikke-vestlige lande",
    "Efterkommere fra ikke-vestlige lande",
    "uoplyst",
)


@dataclass(frozen=True, slots=True)
class Kolonne:
    """One column: its key, its heading, whether a row needs it, and what to write in it."""

    navn: str
    overskrift: str
    hjaelp: str
    eksempel: str = ""
    er_kraevet: bool = False
    maks_laengde: int = 0
    andre_navne: tuple[str, ...] = ()


_PERSONNUMMER = Kolonne(
    "personnummer",
    "personnummer",
    "ddmmåå-xxxx, med eller uden bindestreg.",
    "ddmmåå-xxxx",
    er_kraevet=True,
    maks_laengde=30,
    andre_navne=("cpr", "cprnr", "cprnummer"),
)

KOLONNER: dict[str, tuple[Kolonne, ...]] = {
    Indlaesning.Art.BORGERE: (
        _PERSONNUMMER,
        Kolonne("fornavn", "fornavn", "Alle fornavne.", "Bo", er_kraevet=True, maks_laengde=100),
        Kolonne("efternavn", "efternavn", "", "Skovsen", er_kraevet=True, maks_laengde=100),
        Kolonne(
            "foedselsdato",
            "fødselsdato",
            "Kun ved et udenlandsk id; ellers læses den af personnummeret. dd.mm.åååå.",
        ),
        Kolonne("telefon", "telefon", "", "10 20 30 40", maks_laengde=20, andre_navne=("tlf",)),
        Kolonne("email", "e-mail", "", maks_laengde=254, andre_navne=("mail", "epost")),
        Kolonne("adresse", "adresse", "Vej, nummer og etage.", "Bøgevej 4", maks_laengde=200),
        Kolonne("postnummer", "postnummer", "Fire cifre.", "9999", andre_navne=("postnr",)),
        Kolonne("by", "by", "", "Egelund", maks_laengde=60),
        Kolonne(
            "adressebeskyttet",
            "adressebeskyttet",
            "ja eller nej. Tomt felt betyder nej for en ny borger og uændret for en kendt.",
            "nej",
            andre_navne=("adressebeskyttelse", "navneogadressebeskyttelse", "beskyttet"),
        ),
        Kolonne("tolkesprog", "tolkesprog", "Kun når der skal bestilles tolk.", maks_laengde=60),
        Kolonne(
            "sagsbehandler",
            "sagsbehandler",
            "Brugernavnet på den, der bliver ansvarlig for sagen.",
            "fornavn.efternavn",
            er_kraevet=True,
            maks_laengde=60,
        ),
    ),
    Indlaesning.Art.HERKOMST: (
        _PERSONNUMMER,
        Kolonne(
            "herkomst",
            "herkomst",
            f"En af Danmarks Statistiks kategorier: {'; '.join(HERKOMSTER)}.",
            HERKOMSTER[0],
            er_kraevet=True,
            maks_laengde=60,
        ),
    ),
}
# What our own list of bad rows adds; read back, they are passed over.
LINJE, FEJL = "linje", "fejl"


def noegle(overskrift: str) -> str:
    """A heading reduced to letters and digits, so that «E-mail» and «e mail» are the same."""
    return "".join(tegn for tegn in overskrift.casefold() if tegn.isalnum())


def navne(art: str) -> dict[str, str]:
    """The key of each heading that is understood, by `noegle`."""
    return {
        noegle(navn): kolonne.navn
        for kolonne in KOLONNER[art]
        for navn in (kolonne.navn, kolonne.overskrift, *kolonne.andre_navne)
    }
