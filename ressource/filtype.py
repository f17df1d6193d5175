"""What an uploaded file really is, decided by its content and not by its name."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models

MAKS_MB = 10


class Filtype(models.TextChoices):
    """The kinds of file a case may hold, by media type."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"
    ODT = "application/vnd.oasis.opendocument.text", "OpenDocument"


# All three must stand at the very first byte, so that a file cannot be two things at once.
BEGYNDELSER = {
    b"%PDF-": Filtype.PDF,
    b"\x89PNG\r\n\x1a\n": Filtype.PNG,
    b"\xff\xd8\xff": Filtype.JPEG,
}
ENDELSER = {
    ".pdf": Filtype.PDF,
    ".png": Filtype.PNG,
    ".jpg": Filtype.JPEG,
    ".jpeg": Filtype.JPEG,
}


def afgoer(indhold: bytes) -> Filtype | None:
    """The type that the first bytes of `indhold` show, or None for everything not allowed."""
    for begyndelse, filtype in BEGYNDELSER.items():
        if indhold.startswith(begyndelse):
            return filtype
    return None


def kontroller_upload(fil: "File[bytes]", maks_mb: int = MAKS_MB) -> Filtype:
    """The type of `fil` when it may be stored; the file is left at its beginning.

    Raises ValidationError when it is empty, larger than `maks_mb` megabytes (of 1024² bytes), of
    another type, or named as something it is not.
    """
    if not fil.size:
        raise ValidationError("Filen er tom. Vælg en anden fil.", code="tom")
    if fil.size > maks_mb * 1024 * 1024:
        raise ValidationError(
            f"Filen fylder mere end {maks_mb} MB. Gem den i en mindre udgave, og prøv igen.",
            code="for_stor",
        )
    fil.seek(0)
    filtype = afgoer(fil.read(max(map(len, BEGYNDELSER))))
    fil.seek(0)
    if filtype is None:
        raise ValidationError(
            "Filen er hverken PDF, PNG eller JPEG. Gem den som PDF, og prøv igen.", code="type"
        )
    if ENDELSER.get(PurePath(fil.name or "").suffix.lower()) != filtype:
        raise ValidationError(
            f"Filens navn passer ikke til indholdet, som er {filtype.label}. "
            "Åbn filen, gem den igen, og vælg den nye fil.",
            code="navn",
        )
    return filtype
