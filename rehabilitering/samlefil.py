"""Several documents as one PDF: a front page with index, bookmarks, and a page number on each page.

The case package and the appeal pack are made here. What the parts hold is their callers' to answer
for: nothing is hidden or left out here but files that cannot be pages.
"""

import io
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings

from borgere.models import Dokument
from ressource import dansk
from ressource.filtype import Filtype

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter, Transformation

logger = logging.getLogger(__name__)

FORSIDE = "pdf/samlefil.html"
FORSIDE_STIL = "pdf/samlefil.css"
# For the parts made for such a file: without their own page numbers, which would confuse.
I_SAMLEFIL = "pdf/i_samlefil.css"
SIDETAL = "pdf/sidetal.html"
SIDETAL_STIL = "pdf/sidetal.css"

PUNKT_PR_MM = 72 / 25.4
A4 = (210 * PUNKT_PR_MM, 297 * PUNKT_PR_MM)
# The strip with the page number, `sidetal.css` has the same. A file from outside may be written to
# its very edge, so its pages grow by it; our own have the room in their margin.
STRIMMEL = 8 * PUNKT_PR_MM
BILLEDMARGEN = 15 * PUNKT_PR_MM
# 300 dots per inch across the paper: more cannot be seen in print.
BILLEDPUNKTER = 3508

KAN_IKKE_SES = "Filen er {type} og kan ikke vises som side. Den ligger blandt sagens dokumenter."
KAN_IKKE_LAESES = "Filen kan ikke læses. Den ligger blandt sagens dokumenter."


@dataclass(frozen=True)
class Del:
    """One part of the file under its title: a PDF of ours, or a document of the case."""

    titel: str
    pdf: bytes | None = None
    dokument: Dokument | None = None


@dataclass(frozen=True)
class Forside:
    """What the front page says above the index: facts by name, and what is missing."""

    undertitel: str = ""
    fakta: Sequence[tuple[str, str]] = ()
    mangler: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Post:
    """One line of the index: where the part begins, and how many pages it has."""

    titel: str
    side: int
    antal: int


@dataclass(frozen=True)
class Bilag:
    """A file that is not among the pages, and why."""

    titel: str
    grund: str


def saml(
    dele: Sequence[Del], titel: str, tidspunkt: datetime, *, forside: Forside | None = None
) -> bytes:
    """`dele` in order as one PDF, dated `tidspunkt` (aware): the same parts give the same bytes.

    PDFs and pictures become pages. Other files, and those that cannot be read, are named on the
    front page with the reason. Raises `ressource.pdf.PdfUtilgaengelig` when this machine cannot
    make PDFs.
    """
    from pypdf import PdfWriter  # noqa: PLC0415 -- langsom

    sider: list[tuple[Del, bytes, int]] = []
    bilag: list[Bilag] = []
    for del_ in dele:
        faerdig = _som_sider(del_)
        if isinstance(faerdig, Bilag):
            bilag.append(faerdig)
        else:
            sider.append((del_, faerdig, antal_sider(faerdig)))
    dan_forside = partial(_forside, sider, bilag, titel, tidspunkt, forside or Forside())
    # The index takes up room itself: once to see how many pages, once with the right numbers.
    forreste = antal_sider(dan_forside(1))
    samlet = PdfWriter()
    _laeg_til(samlet, dan_forside(forreste), "Forside og indhold", med_overskrifter=False)
    for del_, indhold, _antal in sider:
        _laeg_til(samlet, indhold, del_.titel, med_overskrifter=del_.pdf is not None)
    _nummerer(samlet, titel, tidspunkt)
    return _skriv(samlet, titel, tidspunkt)


def antal_sider(indhold: bytes) -> int:
    """How many pages the PDF has."""
    from pypdf import PdfReader  # noqa: PLC0415 -- langsom

    return len(PdfReader(io.BytesIO(indhold)).pages)


def _som_sider(del_: Del) -> bytes | Bilag:
    """The part as a PDF, or why it cannot be one."""
    if del_.pdf is not None:
        return del_.pdf
    dokument = del_.dokument
    if dokument is None:
        raise ValueError("En del er en PDF eller et dokument.")
    if not dokument.vises:
        return Bilag(del_.titel, KAN_IKKE_SES.format(type=dokument.format))
    dan: Callable[[bytes], bytes] = (
        _fremmed_pdf if dokument.indholdstype == Filtype.PDF else _billede
    )
    try:
        return dan(bytes(dokument.indhold))
    except Exception as fejl:  # noqa: BLE001 -- a file from outside fails in any way; the others must come
        # Only the kind: what a reader says may quote the file.
        logger.warning("Dokument %s kan ikke læses: %s", dokument.pk, type(fejl).__name__)
        return Bilag(del_.titel, KAN_IKKE_LAESES)


def _fremmed_pdf(indhold: bytes) -> bytes:
    """The file's pages as they are, each with an empty strip below for the page number."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 -- langsom

    fil = PdfWriter()
    fil.append(PdfReader(io.BytesIO(indhold)), import_outline=False)
    for side in fil.pages:
        _giv_strimmel(side)
    return _bytes(fil)


def _giv_strimmel(side: "PageObject") -> None:
    """Let the page grow at what the reader sees as its bottom."""
    from pypdf.generic import RectangleObject  # noqa: PLC0415 -- langsom

    boks = side.cropbox
    venstre, nederst, hoejre, oeverst = (
        float(tal) for tal in (boks.left, boks.bottom, boks.right, boks.top)
    )
    match side.rotation % 360:
        case 90:
            hoejre += STRIMMEL
        case 180:
            oeverst += STRIMMEL
        case 270:
            venstre -= STRIMMEL
        case _:
            nederst -= STRIMMEL
    ny = RectangleObject((venstre, nederst, hoejre, oeverst))
    side.mediabox = side.cropbox = side.trimbox = side.bleedbox = side.artbox = ny


def _billede(indhold: bytes) -> bytes:
    """The picture on a page of A4, turned as it was taken."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- langsom
    from pypdf import PdfReader, PdfWriter, Transformation  # noqa: PLC0415 -- langsom

    with Image.open(io.BytesIO(indhold)) as fil:
        billede = ImageOps.exif_transpose(fil).convert("RGBA")
    billede.thumbnail((BILLEDPUNKTER, BILLEDPUNKTER))
    # What is see-through is paper.
    papir = Image.new("RGB", billede.size, "white")
    papir.paste(billede, mask=billede.getchannel("A"))
    som_pdf = io.BytesIO()
    papir.save(som_pdf, "PDF", resolution=72)
    kilde = PdfReader(som_pdf).pages[0]
    bredde, hoejde = A4 if papir.width <= papir.height else reversed(A4)
    skala = min(
        (bredde - 2 * BILLEDMARGEN) / papir.width, (hoejde - 2 * BILLEDMARGEN) / papir.height
    )
    flyt = ((bredde - papir.width * skala) / 2, (hoejde - papir.height * skala) / 2)
    ud = PdfWriter()
    side = ud.add_blank_page(bredde, hoejde)
    side.merge_transformed_page(kilde, Transformation().scale(skala).translate(*flyt))
    return _bytes(ud)


def _forside(
    sider: Sequence[tuple[Del, bytes, int]],
    bilag: Sequence[Bilag],
    titel: str,
    tidspunkt: datetime,
    forside: Forside,
    forreste: int,
) -> bytes:
    """The front page when it takes up `forreste` pages itself."""
    from ressource import pdf  # noqa: PLC0415 -- langsom

    poster, side = [], forreste + 1
    for del_, _indhold, antal in sider:
        poster.append(Post(del_.titel, side, antal))
        side += antal
    kontekst = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "forside": forside,
        "poster": poster,
        "bilag": bilag,
        "dannet": dansk.dato(tidspunkt),
        "sider_i_alt": side - 1,
    }
    return pdf.skabelon_til_pdf(
        FORSIDE,
        kontekst,
        titel=titel,
        tidspunkt=tidspunkt,
        css=(pdf.A4, I_SAMLEFIL, FORSIDE_STIL),
    )


def _laeg_til(samlet: "PdfWriter", indhold: bytes, titel: str, *, med_overskrifter: bool) -> None:
    """The part's pages last, under a bookmark; a PDF of ours brings its headings along."""
    from pypdf import PdfReader  # noqa: PLC0415 -- langsom

    samlet.append(
        PdfReader(io.BytesIO(indhold)), outline_item=titel, import_outline=med_overskrifter
    )


def _nummerer(samlet: "PdfWriter", titel: str, tidspunkt: datetime) -> None:
    """Write «titel, side x af y» at what the reader sees as the bottom of each page."""
    from pypdf import PdfReader  # noqa: PLC0415 -- langsom

    from ressource import pdf  # noqa: PLC0415 -- langsom

    antal = len(samlet.pages)
    tal = pdf.skabelon_til_pdf(
        SIDETAL,
        {"tekster": [f"{titel}, side {nr} af {antal}" for nr in range(1, antal + 1)]},
        titel=titel,
        tidspunkt=tidspunkt,
        css=(SIDETAL_STIL,),
    )
    strimler = PdfReader(io.BytesIO(tal)).pages
    for side, strimmel in zip(samlet.pages, strimler, strict=True):
        side.merge_transformed_page(
            strimmel, _paa_plads(side, float(strimmel.mediabox.width)), expand=False
        )


def _paa_plads(side: "PageObject", bredde: float) -> "Transformation":
    """Where a strip of `bredde` goes on the page, turned as the page is."""
    from pypdf import Transformation  # noqa: PLC0415 -- langsom

    boks = side.cropbox
    venstre, nederst, hoejre, oeverst = (
        float(tal) for tal in (boks.left, boks.bottom, boks.right, boks.top)
    )
    drejning = side.rotation % 360
    # A strip wider than the page is made smaller.
    skala = min(1.0, ((oeverst - nederst) if drejning % 180 else (hoejre - venstre)) / bredde)
    lille = Transformation().scale(skala).rotate(drejning)
    # Flush with what the reader sees as the right edge.
    match drejning:
        case 90:
            return lille.translate(hoejre, oeverst - bredde * skala)
        case 180:
            return lille.translate(venstre + bredde * skala, oeverst)
        case 270:
            return lille.translate(venstre, nederst + bredde * skala)
        case _:
            return lille.translate(hoejre - bredde * skala, nederst)


def _skriv(samlet: "PdfWriter", titel: str, tidspunkt: datetime) -> bytes:
    from pypdf.generic import (  # noqa: PLC0415 -- langsom
        NameObject,
        TextStringObject,
    )

    tid = tidspunkt.strftime("D:%Y%m%d%H%M%S") + tidspunkt.strftime("%z").replace("+0000", "Z")
    samlet.metadata = {
        "/Title": titel,
        "/Creator": "Ressource",
        "/Producer": "Ressource",
        "/CreationDate": tid,
        "/ModDate": tid,
    }
    rod: Any = samlet.root_object
    rod[NameObject("/Lang")] = TextStringObject("da")
    samlet.page_mode = "/UseOutlines"
    visning: Any = samlet.create_viewer_preferences()
    visning.display_doctitle = True
    samlet.compress_identical_objects(remove_unreferenced=True)
    return _bytes(samlet)


def _bytes(fil: "PdfWriter") -> bytes:
    ud = io.BytesIO()
    fil.write(ud)
    return ud.getvalue()
