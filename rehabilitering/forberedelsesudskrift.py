"""The forberedende del on paper, for the citizen: questions and plain words, also in large type."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from borgere import deling
from borgere.models import Informationstype, Sag
from rehabilitering import indsatte_svar
from rehabilitering.brev.ramme import svarer_for
from rehabilitering.models import Forberedelsesversion, ForberedendeDel
from rehabilitering.services import forberedelsesversion as versioner
from rehabilitering.services.forberedelse import AFSNIT_OENSKER
from ressource import dansk
from ressource.models import Bruger

SKABELON = "rehabilitering/pdf/forberedende_del.html"
STIL = "pdf/forberedende_del.css"
STOR_SKRIFT = "pdf/stor_skrift.css"
TITEL_KLADDE = "Det har vi skrevet sammen"
TITEL = "Din rehabiliteringsplan, den forberedende del"


@dataclass(frozen=True)
class Sted:
    """One place that is written in: a section, or a part of one with its title."""

    del_titel: str
    egne_ord: str
    beskrivelse: str
    uenig: str
    sammen: str

    @property
    def er_tomt(self) -> bool:
        """Whether nobody has written anything there."""
        return not (self.egne_ord or self.beskrivelse or self.uenig)


@dataclass(frozen=True)
class Emne:
    """One section under the question that the citizen was asked; `er_maal` holds the goal."""

    kode: str
    spoergsmaal: str
    titel: str
    steder: list[Sted]
    er_maal: bool


def kladde(
    sag: Sag, del_: ForberedendeDel, *, stor_skrift: bool, tidspunkt: datetime, af: Bruger
) -> bytes:
    """The text as it stands at `tidspunkt`, to read at home and to correct, as a PDF (PDF/UA).

    `af` is whom to call when nobody answers for the case. Raises `ressource.pdf.PdfUtilgaengelig`
    when this machine cannot make PDFs.
    """
    indhold = versioner.indhold(sag, del_)
    kontekst = _faelles(sag, indhold) | {
        "er_kladde": True,
        "svar": indsatte_svar.indsatte(del_, tidspunkt),
        "undertitel": f"Kladde {dansk.dato(tidspunkt)}",
        "kontakt": svarer_for(sag, af),
    }
    return _skriv(kontekst, TITEL_KLADDE, tidspunkt, stor_skrift=stor_skrift)


def version(kopi: Forberedelsesversion, *, stor_skrift: bool) -> bytes:
    """A kept version as a PDF (PDF/UA): the same bytes each time, for the same recipient.

    `kopi` brings its part with case, citizen and rule set. Raises
    `ressource.pdf.PdfUtilgaengelig` when this machine cannot make PDFs.
    """
    sag = kopi.forberedende_del.sag
    gemt = dansk.dato(kopi.oprettet_den)
    gennemgaaet = kopi.indhold["hoved"].get("gennemgaaet_dato")
    kontekst = _faelles(sag, kopi.indhold) | {
        "er_kladde": False,
        "svar": indsatte_svar.indsatte(kopi.forberedende_del, kopi.oprettet_den),
        "er_endelig": kopi.anledning == Forberedelsesversion.Anledning.GODKENDT,
        "undertitel": f"Version {versioner.betegnelse(kopi)}, {kopi.get_anledning_display()} {gemt}",
        "gennemgaaet": dansk.dato_lang(date.fromisoformat(gennemgaaet)) if gennemgaaet else "",
    }
    return _skriv(kontekst, TITEL, kopi.oprettet_den, stor_skrift=stor_skrift)


def _skriv(
    kontekst: dict[str, Any], titel: str, tidspunkt: datetime, *, stor_skrift: bool
) -> bytes:
    from ressource import pdf  # noqa: PLC0415 -- langsom

    css = (pdf.A4, STIL, STOR_SKRIFT) if stor_skrift else (pdf.A4, STIL)
    return pdf.skabelon_til_pdf(SKABELON, kontekst, titel=titel, tidspunkt=tidspunkt, css=css)


def _faelles(sag: Sag, indhold: dict[str, Any]) -> dict[str, Any]:
    hoved = indhold["hoved"]
    return {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "navn": sag.borger.navn,
        "sag": sag.sagsnummer,
        **deling.brevhoved(sag.borger, Informationstype.FORBEREDENDE_DEL),
        "team": sag.regelsaet.betegnelse_team,
        "emner": emner(sag, indhold),
        "maal": hoved.get("maal", ""),
        "naeste_skridt": hoved.get("naeste_skridt", ""),
    }


def emner(sag: Sag, indhold: dict[str, Any]) -> list[Emne]:
    """The kept sections under the rule set's questions; parts of one section stand together."""
    gemte = {afsnit["kode"]: afsnit for afsnit in indhold["afsnit"]}
    fundne = []
    for post in sag.regelsaet.afsnit:
        dele = post.get("dele") or [{"kode": post["kode"], "titel": ""}]
        # A version from before the section had parts keeps its one text.
        if post["kode"] in gemte:
            dele = [{"kode": post["kode"], "titel": ""}]
        steder = [_sted(gemte.get(plads["kode"], {}), plads["titel"]) for plads in dele]
        er_maal = post["kode"] == AFSNIT_OENSKER
        fundne.append(Emne(post["kode"], post["spoergsmaal"], post["titel"], steder, er_maal))
    return fundne


def _sted(afsnit: dict[str, Any], del_titel: str) -> Sted:
    dag = afsnit.get("sammen_dato")
    return Sted(
        del_titel,
        afsnit.get("egne_ord", ""),
        afsnit.get("beskrivelse", ""),
        afsnit.get("uenig", ""),
        dansk.dato(date.fromisoformat(dag)) if dag else "",
    )
