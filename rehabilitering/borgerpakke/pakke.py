"""The packet put together: sections in the municipality's order, what stops it, and the PDF."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from borgere.models import Informationstype, Sag
from rehabilitering.borgerpakke.fakta import Fakta, fakta
from rehabilitering.borgerpakke.grundlag import Grundlag, laes_grundlag
from rehabilitering.borgerpakke.tekst import Blok, blokke, udfyld
from rehabilitering.brev.ramme import brevramme
from rehabilitering.models import Pakketekst
from rehabilitering.moedeskabeloner import KRAEVEDE, PAKKE, UDFALD_FORAN
from ressource.dansk import dato, dato_lang, klokkeslaet
from ressource.kalender import i_dag
from ressource.models import Bruger

SKABELON = "rehabilitering/pdf/borgerpakke.html"
STILARK = ("pdf/a4.css", "pdf/borgerpakke.css")
TITEL = "Din pakke om mødet"
INDLEDNING = "indledning"
UDFALD = "udfald"
UDEN_KONTAKT = (
    "Sagen har ingen sagsbehandler, og der er ingen kontaktperson. Skriv en under «Aftalen om "
    "mødet»."
)
UDEN_SPOERGSMAAL = (
    "Der er ingen spørgsmål, teamet plejer at stille. Bed en faglig konsulent om at skrive dem "
    "under Skabeloner."
)


@dataclass(frozen=True)
class Afsnit:
    """One section as it is printed: the facts, then the municipality's words, then its parts.

    `ukendt` names, to the caseworker, the facts that are not known yet.
    """

    kode: str
    overskrift: str
    fakta: list[Blok]
    tekst: list[Blok]
    ukendt: tuple[str, ...] = ()
    dele: list["Afsnit"] = field(default_factory=list)


@dataclass(frozen=True)
class Pakke:
    """The whole packet. `mangler`: the required slots that would be empty, which stop it.

    `indhold` is what a recipient must be allowed to know to get it.
    """

    overskrift: str
    indledning: list[Blok]
    afsnit: list[Afsnit]
    vigtigt: list[tuple[str, str]]
    mangler: list[str]
    indhold: Informationstype

    @property
    def ukendt(self) -> list[str]:
        """What the packet says is not known yet."""
        return [navn for afsnit in self.afsnit for navn in afsnit.ukendt]


def byg_pakke(sag: Sag) -> Pakke:
    """The packet of `sag` as of today. A fixed number of statements."""
    grundlag = laes_grundlag(sag, i_dag())
    tekster = {t.kode: t for t in Pakketekst.objects.gaeldende(i_dag())}
    udfald = {f"{UDFALD_FORAN}{kode}" for kode in sag.regelsaet.udfald}
    indledning = tekster.get(INDLEDNING)
    afsnit = []
    for kode, tekst in tekster.items():
        if kode == INDLEDNING or kode.startswith(UDFALD_FORAN):
            continue
        dele = [t for k, t in tekster.items() if kode == UDFALD and k in udfald]
        afsnit.append(_afsnit(sag, tekst, fakta(kode, grundlag), dele))
    return Pakke(
        overskrift=udfyld(indledning.overskrift, sag) if indledning else TITEL,
        indledning=blokke(udfyld(indledning.tekst, sag)) if indledning else [],
        afsnit=afsnit,
        vigtigt=_vigtigt(grundlag),
        mangler=_mangler(grundlag, tekster),
        indhold=grundlag.indhold,
    )


def _afsnit(sag: Sag, tekst: Pakketekst, fundet: Fakta, dele: Sequence[Pakketekst]) -> Afsnit:
    fra_sagen = [blok for saetning in fundet.saetninger for blok in blokke(saetning)]
    if fundet.punkter:
        fra_sagen.append(Blok(punkter=fundet.punkter))
    return Afsnit(
        kode=tekst.kode,
        overskrift=udfyld(tekst.overskrift, sag),
        fakta=fra_sagen,
        tekst=blokke(udfyld(tekst.tekst, sag)),
        ukendt=fundet.ukendt,
        dele=[_afsnit(sag, del_, Fakta(), ()) for del_ in dele],
    )


def _vigtigt(g: Grundlag) -> list[tuple[str, str]]:
    """The box on top: what one looks for on the morning of the meeting."""
    ikke_endnu = "Det ved vi ikke endnu"
    hvornaar = hvor = ikke_endnu
    if g.punkt and g.tid:
        hvornaar = f"{dato_lang(g.punkt.moede.dato)} kl. {klokkeslaet(g.tid.start)}"
        hvor = g.punkt.moede.sted
    telefon = g.sagsbehandler.telefon if g.sagsbehandler else ""
    ring = g.aftale.kontaktperson or (
        f"{g.sagsbehandler.navn}{f' på {telefon}' if telefon else ''}" if g.sagsbehandler else ""
    )
    linjer = [
        ("Hvornår", hvornaar[:1].upper() + hvornaar[1:]),
        ("Hvor", hvor),
        ("Her venter du", g.aftale.venter_hvor or ikke_endnu),
        ("Du bliver hentet af", g.aftale.hentes_af or ikke_endnu),
    ]
    return [*linjer, ("Ring til", ring)] if ring else linjer


def _mangler(g: Grundlag, tekster: dict[str, Pakketekst]) -> list[str]:
    """Every required slot that would stand empty, as a sentence that says how it is mended."""
    standard = {kode: overskrift for kode, overskrift, _ in PAKKE}
    tomme = [
        kode
        for kode in standard
        if kode in KRAEVEDE
        and not (
            kode in tekster and tekster[kode].overskrift.strip() and tekster[kode].tekst.strip()
        )
    ]
    fundne = [
        f"Afsnittet «{standard[kode]}» er tomt. Bed en faglig konsulent om at skrive det under "
        "Skabeloner."
        for kode in tomme
    ]
    if not g.spoergsmaal:
        fundne.append(UDEN_SPOERGSMAAL)
    if g.sagsbehandler is None and not g.aftale.kontaktperson:
        fundne.append(UDEN_KONTAKT)
    return fundne


def aftryk(pakke: Pakke) -> str:
    """SHA-256 of all the packet says: the same as long as it says the same to the citizen."""
    return hashlib.sha256(json.dumps(asdict(pakke), sort_keys=True).encode()).hexdigest()


def pakke_pdf(sag: Sag, pakke: Pakke, *, af: Bruger, tidspunkt: datetime) -> bytes:
    """The packet as a PDF (PDF/A, PDF/UA), addressed as `deling.postmodtagere` says.

    `af` signs when nobody answers for the case. Raises `PdfUtilgaengelig` when this machine cannot
    make PDFs.
    """
    from ressource import pdf  # noqa: PLC0415 -- langsom

    return pdf.skabelon_til_pdf(
        SKABELON,
        brevramme(sag, Informationstype.MOEDER, af)
        | {"pakke": pakke, "overskrift": pakke.overskrift, "dato": dato(tidspunkt)},
        titel=TITEL,
        tidspunkt=tidspunkt,
        css=STILARK,
    )
