"""`indeks.pdf`: the archive's readable part, with contents and page numbers (PDF/A, PDF/UA)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from borgere.models import Bevaringsregel, Sag, Uddrag
from borgere.opslagsudskrift import Linje, grupperet, linjer, samlet
from borgere.uddrag import beskrivelser, indsigt
from borgere.uddrag.originaler import passer_ikke
from borgere.uddrag.raekker import Indhold
from borgere.uddrag.tekst import Fortaeller, Post
from ressource import dansk, haendelser
from ressource.kalender import i_dag


@dataclass(frozen=True)
class Sagsdel:
    """One case's part of the document."""

    sag: Sag
    om: Post
    poster: list[Post]
    haendelser: list[tuple[str, str, str]]


def dan(indhold: Indhold, udeladt: int) -> bytes:
    """The document. Raises `ressource.pdf.PdfUtilgaengelig` when this machine cannot make PDFs."""
    from ressource import pdf  # noqa: PLC0415 -- langsom

    return pdf.skabelon_til_pdf(
        "borgere/pdf/uddrag.html",
        kontekst(indhold, udeladt),
        titel=titel(indhold.uddrag, indhold.sager[0]),
        tidspunkt=indhold.uddrag.bestilt_den,
        css=(pdf.A4, "pdf/uddrag.css"),
    )


def titel(uddrag: Uddrag, sag: Sag) -> str:
    """What the document is called: the case number, never a name."""
    er_indsigt = uddrag.art == Uddrag.Art.INDSIGT
    return f"{'Indsigt' if er_indsigt else 'Sagsmappe'} {sag.sagsnummer}"


def kontekst(indhold: Indhold, udeladt: int) -> dict[str, Any]:
    """What the template shows."""
    fortaeller = Fortaeller(indhold)
    er_indsigt = indhold.uddrag.art == Uddrag.Art.INDSIGT
    return {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "overtitel": "Indsigt efter GDPR artikel 15" if er_indsigt else "Sagsmappe",
        "overskrift": "Alt, vi har om dig" if er_indsigt else "Hele sagen",
        "undertitel": indhold.sager[0].sagsnummer,
        "version": f"Dannet {dansk.tidspunkt(timezone.now())}",
        "er_indsigt": er_indsigt,
        "borger": indhold.borger,
        "bestilt_af": indhold.navne.get(("ressource.Bruger", indhold.uddrag.bestilt_af_id), ""),
        "sagsdele": [_sagsdel(indhold, fortaeller, sag) for sag in indhold.sager],
        "borgerens": fortaeller.borgeren(),
        "rettelser": fortaeller.rettelser(),
        "originaler": fortaeller.originaler,
        "mangler": [] if er_indsigt else mangler(indhold.sager[0], fortaeller),
        "modtagere": indsigt.modtagere(indhold),
        "udeladt": udeladt,
        "bevaring": bevaring(),
        "opslag": opslag(indhold) if er_indsigt else [],
    }


def mangler(sag: Sag, fortaeller: Fortaeller) -> list[str]:
    """What the file lacks against its course, and documents whose bytes have changed."""
    return beskrivelser.mangler(sag) + passer_ikke(fortaeller.originaler)


def bevaring() -> str:
    """How long cases are kept, as a sentence's end; empty while no rule is in force."""
    regel = Bevaringsregel.objects.gaeldende(i_dag()).filter(gaelder="sag").first()
    return f"{regel.antal} {regel.get_enhed_display()}" if regel else ""


def opslag(indhold: Indhold) -> list[Linje]:
    """«Opslag i din sag», every day the log still holds: never by whom."""
    return samlet(linjer(grupperet(indhold.borger, fra=date(2013, 1, 1), til=i_dag())))


def _sagsdel(indhold: Indhold, fortaeller: Fortaeller, sag: Sag) -> Sagsdel:
    return Sagsdel(sag, fortaeller.sagen(sag), fortaeller.forloebet(sag), _haendelser(indhold, sag))


def _haendelser(indhold: Indhold, sag: Sag) -> list[tuple[str, str, str]]:
    """When, what and by whom, oldest first; jobs have no name."""
    return [
        (
            dansk.tidspunkt(r["tidspunkt"]),
            haendelser.tekst(r["kode"]),
            indhold.navne.get(("ressource.Bruger", r["af_id"]), "Systemet"),
        )
        for r in indhold.data("ressource.Haendelse")
        if r["sag_id"] == sag.pk
    ]
