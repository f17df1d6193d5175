"""HTML to a PDF that can be archived (PDF/A-2a) and read aloud (PDF/UA-1), both in one file.

Documents fetch nothing but our own static files, named relative to the static root as in
`<img src="ressource/maerke.svg" alt="…">`. The same HTML, title and moment give the same bytes.
"""

import contextlib
import io
import logging
import mimetypes
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string

# A host that cannot exist: relative addresses get it, and nothing else is served.
STATISK_ROD = "http://statisk.invalid/"
A4 = "pdf/a4.css"

SKRIFT_MAPPE = "dkfds/fonts/IBMPlexSans/complete/woff2"
# The weights that the A4 stylesheet uses; unpacking each costs 60 ms, once (`_udpakket`).
SKRIFTER = (
    ("Regular", 400, "normal"),
    ("Italic", 400, "italic"),
    ("SemiBold", 600, "normal"),
)

MANGLER_PANGO = (
    "PDF kan ikke laves, fordi serveren mangler Pango. Installér det med: "
    "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)

# PDF/A describes every XMP schema it does not know, so the mark of PDF/UA comes with its schema.
_RDF = b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""'
PDFUA_MAERKE = (
    b"<rdf:Description " + _RDF + b' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b"<rdf:Description " + _RDF + b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA part</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


class PdfUtilgaengelig(RuntimeError):  # noqa: N818 -- Danish names its own errors
    """This machine lacks what PDFs need. The message is Danish and names the packages."""


class PdfHenterUdefra(RuntimeError):  # noqa: N818 -- Danish names its own errors
    """A document asked for something that is not one of our static files: a mistake in it."""


def skabelon_til_pdf(
    skabelon: str,
    kontekst: Mapping[str, Any],
    *,
    titel: str,
    tidspunkt: datetime,
    css: Sequence[str] = (A4,),
) -> bytes:
    """The template `skabelon`, rendered without a request, as a PDF. See `skriv_pdf`."""
    html = render_to_string(skabelon, {**kontekst, "titel": titel})
    return skriv_pdf(html, titel=titel, tidspunkt=tidspunkt, css=css)


def skriv_pdf(html: str, *, titel: str, tidspunkt: datetime, css: Sequence[str] = (A4,)) -> bytes:
    """`html` as a tagged Danish PDF with `titel`, dated `tidspunkt` (aware).

    `css` names stylesheets below the static root. Raises PdfUtilgaengelig when Pango is missing and
    PdfHenterUdefra when the document wants anything but a static file that exists.
    """
    weasyprint = _weasyprint()
    hent = _statisk_henter()
    skrifter = weasyprint.text.fonts.FontConfiguration()
    try:
        stilark = [
            weasyprint.CSS(
                string=_skrifterklaering(),
                base_url=STATISK_ROD,
                url_fetcher=hent,
                font_config=skrifter,
            ),
            *(
                weasyprint.CSS(STATISK_ROD + navn, url_fetcher=hent, font_config=skrifter)
                for navn in css
            ),
        ]
        dokument = weasyprint.HTML(string=html, base_url=STATISK_ROD, url_fetcher=hent).render(
            stylesheets=stilark, font_config=skrifter
        )
        _dater(dokument.metadata, titel, tidspunkt)
        return bytes(
            dokument.write_pdf(pdf_variant="pdf/a-2a", uncompressed_pdf=True, finisher=_komprimer)
        )
    except weasyprint.urls.FatalURLFetchingError as fejl:
        raise PdfHenterUdefra(str(fejl)) from fejl


def _weasyprint() -> Any:
    # Both tell each step at INFO, some twenty lines a document.
    for navn in ("weasyprint.progress", "fontTools"):
        logging.getLogger(navn).setLevel(logging.WARNING)
    try:
        # What is missing is told by the exception; WeasyPrint prints a page about it besides.
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint  # noqa: PLC0415 -- langsom: 1.3 s, and it needs Pango on the machine
    except OSError as fejl:
        raise PdfUtilgaengelig(MANGLER_PANGO) from fejl
    return weasyprint


@cache
def _statisk_henter() -> Any:
    """A fetcher that answers with static files only; everything else stops the document."""
    from weasyprint import urls  # noqa: PLC0415 -- langsom

    class StatiskHenter(urls.URLFetcher):
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            fil = _statisk_fil(url)
            if fil is None:
                raise urls.FatalURLFetchingError(f"Dokumentet må ikke hente {url}.")
            indholdstype = mimetypes.guess_type(fil.name)[0] or "application/octet-stream"
            indhold = _udpakket(fil) if fil.suffix == ".woff2" else fil.read_bytes()
            return urls.URLFetcherResponse(url, indhold, {"Content-Type": indholdstype})

    return StatiskHenter()


@cache
def _udpakket(skrift: Path) -> bytes:
    """The font without its compression: WeasyPrint would undo it anew for every document."""
    from fontTools.ttLib import woff2  # noqa: PLC0415 -- langsom

    ud = io.BytesIO()
    woff2.decompress(io.BytesIO(skrift.read_bytes()), ud)
    return ud.getvalue()


def _statisk_fil(url: str) -> Path | None:
    """The static file that `url` names, or None when it names anything else."""
    if not url.startswith(STATISK_ROD):
        return None
    try:
        fundet = finders.find(unquote(urlsplit(url).path).lstrip("/"))
    except SuspiciousFileOperation:
        return None
    return Path(fundet) if isinstance(fundet, str) and Path(fundet).is_file() else None


def _skrifterklaering() -> str:
    """IBM Plex Sans where the design system is installed; elsewhere the stylesheet's next font."""
    return "".join(
        f'@font-face{{font-family:"IBM Plex Sans";font-weight:{vaegt};font-style:{stil};'
        f'src:url({SKRIFT_MAPPE}/IBMPlexSans-{navn}.woff2) format("woff2")}}'
        for navn, vaegt, stil in SKRIFTER
        if _statisk_fil(f"{STATISK_ROD}{SKRIFT_MAPPE}/IBMPlexSans-{navn}.woff2")
    )


def _dater(metadata: Any, titel: str, tidspunkt: datetime) -> None:
    metadata.title, metadata.lang = titel, "da"
    metadata.created = metadata.modified = tidspunkt.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    skriv_rdf = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda *valg: skriv_rdf(*valg).replace(
        b"</rdf:RDF>", PDFUA_MAERKE + b"</rdf:RDF>"
    )


def _komprimer(_dokument: Any, pdf: Any) -> None:
    """Compress the streams that PDF/A accepts compressed, which is done here one by one.

    The metadata must be readable without a filter. And a stream whose last byte is a line break
    cannot be told from the line break that ends it, so that its length looks wrong; for the same
    reason there are no object streams, whose last byte is beyond reach.
    """
    for objekt in pdf.objects:
        extra = getattr(objekt, "extra", None)
        if extra is None or "Filter" in extra or str(extra.get("Type")) == "/Metadata":
            continue
        objekt.compress = True
        objekt.compress = not objekt.data.endswith((b"\r\nendstream", b"\n\nendstream"))
