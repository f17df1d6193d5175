"""The package as a PDF, in one of its editions."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings

from rehabilitering import samlefil
from rehabilitering.forberedelsesudskrift import emner
from rehabilitering.models import Dagsordenspunkt
from rehabilitering.sagspakke.grundlag import Grundlag, laes_grundlag, mangler
from rehabilitering.sagspakke.udgaver import Udgave, har_afsnit
from rehabilitering.samlefil import Del, Forside
from rehabilitering.services import forberedelsesversion as versioner
from ressource import dansk

TITEL = "Sagspakke"
STIL = "pdf/sagspakke.css"
FORBEREDENDE_DEL = "rehabilitering/pdf/sagspakke_forberedende_del.html"
SVAR = "rehabilitering/pdf/sagspakke_svar.html"
SAMTYKKER = "rehabilitering/pdf/sagspakke_samtykker.html"
_NOTER: dict[str, str] = {
    Udgave.UDEN_HELBRED: (
        "Denne udgave er uden helbredsoplysninger, lægeattest og dokumenter. Hvad der skal tages "
        "hensyn til på en arbejdsplads, er med."
    ),
    Udgave.UDDANNELSE: "Denne udgave har det, der handler om uddannelse, arbejde og mål.",
}


def dan(punkt: Dagsordenspunkt, dokumenter: list[int], udgave: str, tidspunkt: datetime) -> bytes:
    """The edition `udgave` with the documents of those ids, dated `tidspunkt` (aware).

    `punkt` brings meeting, case, citizen and rule set. Raises `ressource.pdf.PdfUtilgaengelig` when
    this machine cannot make PDFs.
    """
    grundlag = laes_grundlag(punkt, dokumenter if udgave == Udgave.FULD else [])
    return samlefil.saml(
        _dele(grundlag, udgave, tidspunkt),
        TITEL,
        tidspunkt,
        forside=_forside(grundlag, udgave),
    )


def _forside(grundlag: Grundlag, udgave: str) -> Forside:
    sag, moede = grundlag.sag, grundlag.punkt.moede
    forside = Forside(
        undertitel=f"{sag.borger.navn}, sag {sag.sagsnummer}",
        fakta=(
            ("Alder", f"{sag.borger.alder(moede.dato)} år på mødedagen"),
            (
                "Møde",
                f"{sag.regelsaet.betegnelse_team.capitalize()}, {dansk.dato_lang(moede.dato)}",
            ),
            ("Sagsbehandler", grundlag.sagsbehandler),
            *((("Tolk", sag.borger.tolkesprog),) if sag.borger.tolkesprog else ()),
        ),
        note=_NOTER.get(udgave, ""),
    )
    return replace(forside, mangler=mangler(grundlag)) if udgave == Udgave.FULD else forside


def _dele(grundlag: Grundlag, udgave: str, tidspunkt: datetime) -> list[Del]:
    """The parts in the order the team reads them."""
    skriv = partial(_skriv, grundlag, tidspunkt=tidspunkt)
    dele = []
    if grundlag.forberedende_del:
        dele.append(skriv(FORBEREDENDE_DEL, "Forberedende del", **_forberedt(grundlag, udgave)))
    if udgave != Udgave.FULD:
        return dele
    if grundlag.attest and grundlag.attest.modtaget_dato:
        modtaget = dansk.dato(grundlag.attest.modtaget_dato)
        titel = f"Lægeattest LÆ 265, modtaget {modtaget}"
        dele.append(Del(titel, dokument=grundlag.attest.dokument))
    if grundlag.svar:
        dele.append(skriv(SVAR, "Svar fra sundhedskoordinatoren", svar=grundlag.svar))
    dele += [
        Del(f"{dokument.titel}, {dansk.dato(dokument.dato)}", dokument=dokument)
        for dokument in grundlag.dokumenter
    ]
    dele.append(skriv(SAMTYKKER, "Borgerens samtykker", samtykker=grundlag.samtykker))
    return dele


def _forberedt(grundlag: Grundlag, udgave: str) -> dict[str, Any]:
    """The sections of the edition; `del_` is the part they are of."""
    del_ = grundlag.forberedende_del
    if del_ is None:
        raise ValueError("Sagen har ingen forberedende del.")
    indhold = versioner.indhold(grundlag.sag, del_)
    return {
        "del_": del_,
        "emner": [emne for emne in emner(grundlag.sag, indhold) if har_afsnit(udgave, emne.kode)],
    }


def _skriv(
    grundlag: Grundlag, skabelon: str, titel: str, *, tidspunkt: datetime, **kontekst: Any
) -> Del:
    """One of our own parts."""
    from ressource import pdf  # noqa: PLC0415 -- langsom

    sag = grundlag.sag
    faelles = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "navn": sag.borger.navn,
        "sag": sag.sagsnummer,
        "dannet": dansk.dato(tidspunkt),
    }
    indhold = pdf.skabelon_til_pdf(
        skabelon,
        faelles | kontekst,
        titel=titel,
        tidspunkt=tidspunkt,
        css=(pdf.A4, samlefil.I_SAMLEFIL, STIL),
    )
    return Del(titel, pdf=indhold)
