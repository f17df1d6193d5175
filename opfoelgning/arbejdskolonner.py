"""The worklist's columns and filters, and what each column holds in a spreadsheet."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from borgere.models import Fase
from opfoelgning import visning
from opfoelgning.arbejdsliste import DAGE_STILLE, VALG_STILLE, VISNINGER, Raekke
from opfoelgning.naeste_skridt import naeste_skridt
from opfoelgning.sagsfakta import Sagsfakta
from ressource.listevalg import Kolonne, Liste, Listevalg, en_af
from ressource.regneark import Celle

HVIS = {"": "Alle", "egne": "Mine egne", "daekket": "Dem, jeg dækker"}

# Ordered by columns of `mine`. The next step follows from the facts of a case one by one, and the
# goal is a sentence: neither has an order.
LISTE = Liste(
    navn="arbejdsliste",
    titel="Mine sager",
    adresse="overblik",
    handling="opfoelgning.skriv",
    kolonner=(
        Kolonne("borger", "Borger", ("fornavn", "efternavn", "id"), fast=True),
        Kolonne("sagsnummer", "Sagsnr.", ("sagsnummer",), valgt=False),
        Kolonne("fase", "Fase", ("fase_nr", "forfald_dato", "id")),
        Kolonne("status", "Status", ("status_nr", "forfald_dato", "id")),
        Kolonne("frist", "Næste frist", ("forfald_dato", "moede", "id")),
        Kolonne("sidst", "Sidst og næste", ("moede", "forfald_dato", "id")),
        Kolonne("sket", "Sidst sket noget", ("sket", "id"), valgt=False),
        Kolonne("holdt", "Samtaler holdt", ("antal_holdt", "id"), valgt=False),
        Kolonne("maal", "Mål", valgt=False),
        Kolonne("slut", "Forløbet slutter", ("forloeb_slut", "id"), valgt=False),
        Kolonne("ansvarlig", "Sagsbehandler", ("ansvarlig", "id"), valgt=False),
        Kolonne("oprettet", "Oprettet", ("oprettet_dato", "id"), valgt=False),
        Kolonne("skridt", "Næste skridt"),
    ),
    sortering="frist",
    foerst="nærmeste frist først",
    filtre={
        "vis": en_af(*(vis for vis in VISNINGER if vis != "alle")),
        "fase": en_af(*(fase for fase in Fase.values if fase != Fase.AFSLUTNING)),
        "dage": en_af(*(str(dage) for dage in VALG_STILLE if dage != DAGE_STILLE)),
        "hvis": en_af("egne", "daekket"),
    },
)

_Celler = Callable[[Raekke, Sagsfakta, date], list[Celle]]
# More than one heading where the page puts two things in a column.
CELLER: dict[str, tuple[tuple[str, ...], _Celler]] = {
    "borger": (
        ("Borger", "Alder"),
        lambda r, f, dato: [r.navn, alder(r.foedselsdato, dato)],
    ),
    "sagsnummer": (("Sagsnr.",), lambda r, f, dato: [r.sagsnummer]),
    "fase": (("Fase",), lambda r, f, dato: [Fase(f.fase).label]),
    "status": (("Status",), lambda r, f, dato: [visning.i_ord(r.forfald_dato, dato)]),
    "frist": (
        ("Næste frist", "Senest"),
        lambda r, f, dato: [r.frist_navn or "", r.forfald_dato],
    ),
    "sidst": (("Sidst", "Næste aftale"), lambda r, f, dato: [visning.sidst(f, dato), r.moede]),
    "sket": (("Sidst sket noget",), lambda r, f, dato: [timezone.localdate(r.sket)]),
    "holdt": (("Samtaler holdt",), lambda r, f, dato: [f.antal_holdt]),
    "maal": (("Mål",), lambda r, f, dato: [f.maal or ""]),
    "slut": (("Forløbet slutter",), lambda r, f, dato: [f.forloeb_slut]),
    "ansvarlig": (("Sagsbehandler",), lambda r, f, dato: [r.ansvarlig]),
    "oprettet": (("Oprettet",), lambda r, f, dato: [f.oprettet_dato]),
    "skridt": (("Næste skridt",), lambda r, f, dato: [_skridt(f, dato)]),
}


def overskrifter(valg: Listevalg) -> list[str]:
    """The headings of the columns shown; the case number is always there, and first."""
    return ["Sagsnr.", *(navn for kode in _koder(valg) for navn in CELLER[kode][0])]


def celler(raekke: Raekke, fakta: Sagsfakta, valg: Listevalg, dato: date) -> list[Celle]:
    """One row under `overskrifter`."""
    vaerdier = (v for kode in _koder(valg) for v in CELLER[kode][1](raekke, fakta, dato))
    return [raekke.sagsnummer, *vaerdier]


def _koder(valg: Listevalg) -> list[str]:
    return [kode for kode in valg.kolonner if kode != "sagsnummer"]


def _skridt(fakta: Sagsfakta, dato: date) -> str:
    skridt = naeste_skridt(fakta, dato)
    return skridt.label if skridt else ""


def alder(foedselsdato: date, dato: date) -> int:
    """Whole years on `dato`."""
    ikke_endnu = (dato.month, dato.day) < (foedselsdato.month, foedselsdato.day)
    return dato.year - foedselsdato.year - ikke_endnu
