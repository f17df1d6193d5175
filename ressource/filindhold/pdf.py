"""A PDF that can be read by everybody, does nothing by itself and carries nothing hidden."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from ressource.filindhold import fremmed

MAKS_OBJEKTER = 100_000
# Actions that run, open, send or fetch something. Links and jumps inside the file are left alone.
_HANDLINGER = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
    "/Movie",
    "/Sound",
}
_NOEGLER = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
_VEDHAEFTET = {"/EmbeddedFiles", "/EF"}
# What happens by itself, when the file, a page or a field is opened: there an address is fetched
# without anybody having pressed a link.
_AF_SIG_SELV = ("/OpenAction", "/AA")
_KAEDE_HOEJST = 200
_RAA_HANDLING = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles|RichMedia)\b")

_SKADET = (
    "Filen kan ikke læses som PDF. Åbn den, gem den igen som PDF (Udskriv til PDF), og vælg den "
    "nye fil."
)


def kontroller(indhold: bytes) -> None:
    """Refuse a PDF that is broken, locked, active or two things at once.

    Raises `ValidationError`: `skadet`, `laast`, `aktiv`, `hale` (data after the end),
    or `flere_formater`.
    """
    fremmed.kontroller(indhold, er_pdf=True)
    uden_stroemme = _uden_stroemme(indhold)
    if fremmed.indeholder_webside(uden_stroemme):
        raise ValidationError(
            "Filen er to ting på én gang: bag PDF'en ligger der også en webside. "
            "Åbn den, gem den som en ny PDF (Udskriv til PDF), og vælg den nye fil.",
            code="flere_formater",
        )
    if not indhold.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"):
        raise ValidationError(
            "Efter PDF'ens slutning ligger der andre data i filen, eller den er ikke helt. "
            "Åbn den, gem den som en ny PDF (Udskriv til PDF), og vælg den nye fil.",
            code="hale",
        )
    if _RAA_HANDLING.search(_uden_omskrivning(uden_stroemme)):
        raise _aktiv()
    _gennemgaa(indhold)


def _uden_stroemme(indhold: bytes) -> bytes:
    """What stands between the streams, found in one pass however the file is made."""
    dele, sted = [], 0
    while (fra := indhold.find(b"stream", sted)) >= 0:
        dele.append(indhold[sted:fra])
        til = indhold.find(b"endstream", fra)
        if til < 0:
            sted = fra
            break
        sted = til + len(b"endstream")
    dele.append(indhold[sted:])
    return b" ".join(dele)


def _uden_omskrivning(indhold: bytes) -> bytes:
    """Names as they are read: `/J#53` is `/JS`."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), indhold)


def _aktiv() -> ValidationError:
    return ValidationError(
        "PDF'en indeholder programmer, handlinger eller vedhæftede filer. Åbn den, gem den som en "
        "ny PDF (Udskriv til PDF), så kun det synlige er med, og vælg den nye fil.",
        code="aktiv",
    )


def _gennemgaa(indhold: bytes) -> None:
    """Read every object as a PDF reader does, also those packed together."""
    from pypdf import PdfReader  # noqa: PLC0415 -- langsom

    # What it tells of a broken file may quote the file.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        laeser = PdfReader(io.BytesIO(indhold), strict=False)
        if laeser.is_encrypted:
            raise ValidationError(
                "PDF'en er låst med en adgangskode eller et forbud mod at ændre den, så den ikke "
                "kan vises og gives videre. Gem den uden lås, eller udskriv den til PDF, og vælg "
                "den nye fil.",
                code="laast",
            )
        if not len(laeser.pages):
            raise ValidationError(_SKADET, code="skadet")
        for objekt in _objekter(laeser):
            _kontroller_objekt(objekt)
    except ValidationError:
        raise
    # A reader that meets a file made to break it may raise anything, and each means the same.
    except Exception as fejl:
        raise ValidationError(_SKADET, code="skadet") from fejl


def _objekter(laeser: Any) -> Iterator[Any]:
    """Each numbered object of the file, and its trailer."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415 -- langsom

    numre = {
        (nr, generation) for generation, steder in laeser.xref.items() for nr in steder if nr > 0
    } | {(nr, 0) for nr in laeser.xref_objStm}
    if len(numre) > MAKS_OBJEKTER:
        raise ValidationError(_SKADET, code="skadet")
    yield laeser.trailer
    for nr, generation in sorted(numre):
        yield laeser.get_object(IndirectObject(nr, generation, laeser))


def _kontroller_objekt(rod: Any) -> None:
    """Look through an object without following references: each is looked at by itself."""
    rest = [rod]
    while rest:
        objekt = rest.pop()
        if isinstance(objekt, dict):
            navne = {str(navn) for navn in objekt}
            if navne & _NOEGLER or _slags(objekt) in _HANDLINGER or navne & _VEDHAEFTET:
                raise _aktiv()
            if any(_henter(objekt[navn]) for navn in _AF_SIG_SELV if navn in objekt):
                raise _aktiv()
            rest.extend(dict.values(objekt))
        elif isinstance(objekt, list):
            rest.extend(list.__iter__(objekt))


def _slags(handling: dict[str, Any]) -> str:
    """The kind of an action, also where it stands as a reference to somewhere else in the file."""
    return str(handling["/S"]) if "/S" in handling else ""


def _henter(rod: Any) -> bool:
    """Whether what runs by itself, or what follows it, opens an address."""
    rest = [rod]
    for _ in range(_KAEDE_HOEJST):
        if not rest:
            return False
        handling = rest.pop()
        if isinstance(handling, list):
            rest.extend(handling[nr] for nr in range(len(handling)))
        elif isinstance(handling, dict) and handling.get("/Type") != "/Page":
            if _slags(handling) == "/URI":
                return True
            # Of a page or field: one action per thing that happens. Of an action: the next.
            rest.extend(handling[navn] for navn in handling if navn == "/Next" or len(navn) <= 3)
    return True
