"""The consent sheet: what each may be told, printed from the network map for the citizen to sign."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from borgere.forms.samtykke import FASTE_MODTAGERE
from borgere.models import Informationstype, Netvaerksperson, Sag, Samtykke
from borgere.services.samtykke import senest_til
from ressource.dansk import dato
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import A4, skabelon_til_pdf

# Empty lines for those nobody has thought of yet.
TOMME_MODTAGERE = 1
# The fixed recipients as the citizen knows them.
_NAVNE: dict[str, str] = {
    Samtykke.Modtager.EGEN_LAEGE: "Din egen læge",
    Samtykke.Modtager.REGION: "Regionens sundhedskoordinator",
    Samtykke.Modtager.MENTOR: "Din mentor",
}


@dataclass(frozen=True, slots=True)
class Modtagerfelt:
    """One recipient on the sheet: the name, and each kind of information with a cross or without.

    `spoerger_om` is what we ask for; only the citizen's own words make a cross.
    """

    navn: str
    valg: list[tuple[str, bool]]
    spoerger_om: str = ""


def _felt(
    navn: str, *, oensket: Collection[str] = (), spoerger_om: Collection[Informationstype] = ()
) -> Modtagerfelt:
    return Modtagerfelt(
        navn,
        [(str(t.label), t in oensket) for t in Informationstype],
        " og ".join(str(t.label) for t in spoerger_om),
    )


def samtykkeark(sag: Sag, *, udfyldt_af: Bruger, tidspunkt: datetime) -> bytes:
    """The sheet as a PDF in plain Danish and large type; crosses are what the citizen has said.

    What the municipality would like to share has no cross: a consent is not given beforehand.

    It holds neither address nor personnummer: it may lie on a relative's table. One statement.
    Raises `PdfUtilgaengelig` when this machine cannot make PDFs.
    """
    personer: list[Netvaerksperson] = list(sag.borger.netvaerk.nuvaerende())
    felter = [_felt(str(person), oensket=person.oensket_deling) for person in personer]
    felter += [
        _felt(_NAVNE[modtager], spoerger_om=typer) for modtager, typer in FASTE_MODTAGERE.items()
    ]
    felter += [_felt("") for _ in range(TOMME_MODTAGERE)]
    kontekst = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "navn": sag.borger.navn,
        "sagsnummer": sag.sagsnummer,
        "dato": dato(i_dag()),
        "senest": dato(senest_til(i_dag())),
        "felter": felter,
        "kontakt": udfyldt_af,
    }
    return skabelon_til_pdf(
        "borgere/pdf/samtykkeark.html",
        kontekst,
        titel="Dit samtykke",
        tidspunkt=tidspunkt,
        css=(A4, "pdf/samtykkeark.css"),
    )
