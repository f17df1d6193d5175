"""What a file is besides, or instead of, what it says: other formats, and two formats in one."""

import re
from struct import unpack_from

from django.core.exceptions import ValidationError

# Browsers that guess look no further for a page; PDF readers look as far for their header.
_SNUSER = 1024
_WEBSIDE = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|img|object|embed|style)[\s>/]",
    re.IGNORECASE,
)
_SVG = re.compile(rb"<\s*(?:!doctype\s+svg|svg)[\s>]", re.IGNORECASE)
# A zip's last record, and how far from the end it may lie: its comment holds at most 65,535 bytes.
_ZIPSLUT = b"PK\x05\x06"
_ZIPSLUT_BYTE = 22
_ZIPREGISTER = b"PK\x01\x02"

# The start of what people try to put on a case, with what it is and what to do instead.
_KENDTE: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (
        re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "aeldre_kontorfil",
        (
            "Filen er et ældre Word- eller Excel-dokument, eller den er låst med en adgangskode. "
            "Åbn den, gem den som .docx, .xlsx eller PDF uden adgangskode, og vælg den nye fil."
        ),
    ),
    (
        re.compile(rb"....ftyp(?:heic|heix|hevc|mif1|msf1|avif)", re.DOTALL),
        "heic",
        "Billedet er i formatet HEIC. Gem det som JPEG på telefonen, og vælg den nye fil.",
    ),
    (
        re.compile(rb"GIF8[79]a|II\*\0|MM\0\*|BM|RIFF....WEBP", re.DOTALL),
        "andet_billede",
        (
            "Billedet er i et format, der ikke kan lægges på en sag. "
            "Gem det som PNG, JPEG eller PDF, og vælg den nye fil."
        ),
    ),
    (
        re.compile(rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe"),
        "program",
        "Filen er et program og kan ikke lægges på en sag. Vælg det dokument, du ville vise.",
    ),
    (
        re.compile(rb"PK|Rar!|7z\xbc\xaf|\x1f\x8b"),
        "pakket",
        "Filen er en pakket mappe. Pak den ud, og læg dokumenterne på sagen et ad gangen.",
    ),
)


def kontroller(indhold: bytes, *, er_pdf: bool = False, er_zip: bool = False) -> None:
    """Refuse a file that another program would read as something else than it says it is.

    Raises `ValidationError` (`flere_formater`) when a web page or PDF begins in its first kilobyte,
    or when it ends as a zip. `er_pdf` and `er_zip` name what it may be.
    """
    begyndelse = indhold[:_SNUSER]
    andet = (
        "en webside"
        if _WEBSIDE.search(begyndelse)
        else "en PDF"
        if not er_pdf and b"%PDF-" in begyndelse
        else "en pakket mappe"
        if not er_zip and er_ogsaa_zip(indhold)
        else ""
    )
    if andet:
        raise ValidationError(
            f"Filen er to ting på én gang: bag det, den viser, ligger der også {andet}. "
            "Åbn den, gem den som en ny PDF, og vælg den nye fil.",
            code="flere_formater",
        )


def er_ogsaa_zip(indhold: bytes) -> bool:
    """Whether the end of `indhold` holds a zip's last record with a register in front of it."""
    hale_fra = max(0, len(indhold) - 0xFFFF - _ZIPSLUT_BYTE)
    sted = indhold.find(_ZIPSLUT, hale_fra)
    while sted >= 0:
        if len(indhold) - sted >= _ZIPSLUT_BYTE:
            (register_byte,) = unpack_from("<I", indhold, sted + 12)
            fra = sted - register_byte
            if fra >= 0 and indhold[fra : fra + 4] in (_ZIPREGISTER, _ZIPSLUT):
                return True
        sted = indhold.find(_ZIPSLUT, sted + 1)
    return False


def indeholder_webside(indhold: bytes) -> bool:
    """Whether a tag that begins or runs a web page stands anywhere in `indhold`."""
    return _WEBSIDE.search(indhold) is not None


def ukendt(indhold: bytes) -> ValidationError:
    """The refusal of a file that is none of the allowed, as precise as its content lets it be."""
    begyndelse = indhold[:_SNUSER]
    if _SVG.search(begyndelse):
        return ValidationError(
            "Filen er en SVG-tegning, og den kan indeholde programmer. "
            "Gem den som PNG eller PDF, og vælg den nye fil.",
            code="svg",
        )
    if b"%PDF-" in begyndelse:
        return ValidationError(
            "Filen er en PDF med noget andet foran. "
            "Åbn den, gem den som en ny PDF, og vælg den nye fil.",
            code="flere_formater",
        )
    if _WEBSIDE.search(begyndelse):
        return ValidationError(
            "Filen er en webside. Åbn den, gem den som PDF, og vælg den nye fil.", code="webside"
        )
    for start, kode, besked in _KENDTE:
        if start.match(begyndelse):
            return ValidationError(besked, code=kode)
    return ValidationError(
        "Filen er hverken PDF, PNG, JPEG, Word, Excel eller OpenDocument. "
        "Gem den som PDF, og prøv igen.",
        code="type",
    )
