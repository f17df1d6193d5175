"""What an uploaded file really is, decided by its content and not by its name."""

from collections.abc import Collection
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models

from ressource.filindhold import billeder, fremmed, kontorfiler, pdf

MAKS_MB = 10


class Filtype(models.TextChoices):
    """The kinds of file a case may hold, by media type."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"
    ODT = "application/vnd.oasis.opendocument.text", "OpenDocument"


# What a browser shows by itself; the others are downloaded.
VISES = frozenset({Filtype.PDF, Filtype.PNG, Filtype.JPEG})
# Each must stand at the very first byte, so that a file cannot be two things at once.
_BEGYNDELSER = {
    b"%PDF-": Filtype.PDF,
    b"\x89PNG\r\n\x1a\n": Filtype.PNG,
    b"\xff\xd8\xff": Filtype.JPEG,
}
_ZIP = b"PK\x03\x04"
_KONTORFILER = {
    kontorfiler.DOCX: Filtype.DOCX,
    kontorfiler.XLSX: Filtype.XLSX,
    kontorfiler.ODT: Filtype.ODT,
}
# The first ending of each is the one a download gets.
ENDELSER = {
    ".pdf": Filtype.PDF,
    ".png": Filtype.PNG,
    ".jpg": Filtype.JPEG,
    ".jpeg": Filtype.JPEG,
    ".docx": Filtype.DOCX,
    ".xlsx": Filtype.XLSX,
    ".odt": Filtype.ODT,
}


def endelse(filtype: str) -> str:
    """The ending of a file of this media type, e.g. `pdf`. Raises `KeyError` for an unknown."""
    return {type_: navn[1:] for navn, type_ in reversed(ENDELSER.items())}[Filtype(filtype)]


def afgoer(indhold: bytes) -> Filtype | None:
    """The type that `indhold` begins as, or None for everything not allowed.

    Quick, and no proof that the rest is in order: `kontroller` is that.
    """
    for begyndelse, filtype in _BEGYNDELSER.items():
        if indhold.startswith(begyndelse):
            return filtype
    if indhold.startswith(_ZIP) and (art := kontorfiler.art(indhold)):
        return _KONTORFILER[art]
    return None


def kontroller(indhold: bytes, tilladte: Collection[Filtype] = tuple(Filtype)) -> Filtype:
    """The type of `indhold` when every byte of it is what that type may hold.

    Raises `ValidationError` with what is wrong and what to do: not one of `tilladte`, broken,
    locked, with programs or hidden data in it, or two formats at once.
    """
    filtype = afgoer(indhold)
    if filtype is None:
        raise fremmed.ukendt(indhold)
    if filtype not in tilladte:
        navne = " eller ".join(f.label for f in Filtype if f in tilladte)
        raise ValidationError(
            f"Filen er {filtype.label}, og her kan kun bruges {navne}. "
            "Gem den som PDF, og vælg den nye fil.",
            code="type",
        )
    if filtype == Filtype.PDF:
        pdf.kontroller(indhold)
    elif filtype in (Filtype.PNG, Filtype.JPEG):
        billeder.kontroller(indhold, formatnavn=filtype.label)
    else:
        kontorfiler.kontroller(indhold, art=kontorfiler.art(indhold) or "")
    return filtype


def kontroller_upload(
    fil: "File[bytes]", maks_mb: int = MAKS_MB, tilladte: Collection[Filtype] = tuple(Filtype)
) -> Filtype:
    """The type of `fil` when it may be stored; the file is left at its beginning.

    Raises `ValidationError` when it is empty, larger than `maks_mb` megabytes (of 1024² bytes),
    named as something it is not, or refused by `kontroller`. A file that was too large to be kept
    (`ressource.upload`) has its size but no content, and is refused for its size.
    """
    if not fil.size:
        raise ValidationError("Filen er tom. Vælg en anden fil.", code="tom")
    if fil.size > maks_mb * 1024 * 1024:
        raise ValidationError(
            f"Filen fylder mere end {maks_mb} MB. Gem den i en mindre udgave, og prøv igen.",
            code="for_stor",
        )
    fil.seek(0)
    indhold = fil.read()
    fil.seek(0)
    filtype = kontroller(indhold, tilladte)
    if ENDELSER.get(PurePath(fil.name or "").suffix.lower()) != filtype:
        raise ValidationError(
            f"Filens navn passer ikke til indholdet, som er {filtype.label}. "
            "Åbn filen, gem den igen, og vælg den nye fil.",
            code="navn",
        )
    return filtype
