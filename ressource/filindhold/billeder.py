"""PNG and JPEG that really are pictures, from the first byte to the last."""

import io
import re
import struct
import threading
import warnings

from django.core.exceptions import ValidationError

from ressource.filindhold import fremmed

# An A4 page scanned at 600 dots per inch is 35 million; decoded, each takes up to four bytes.
MAKS_PIXELS = 40_000_000
_PNG_HOVED = 8
# A marker may be filled up in front. In packed pixels FF is followed by 00 or a restart.
_MAERKE = re.compile(rb"\xff+([^\xff])", re.DOTALL)
_EFTER_PIXELS = re.compile(rb"\xff[^\x00\xd0-\xd7]", re.DOTALL)
_SLUTMAERKE, _PIXELMAERKE = 0xD9, 0xDA
_UDEN_LAENGDE = {0x01, *range(0xD0, 0xD8)}
# One picture is decoded at a time: together they would fill the memory.
_en_ad_gangen = threading.Lock()

_SKADET = (
    "Billedet er skadet eller ikke helt. Åbn det, gem det igen som PNG eller JPEG, og vælg den "
    "nye fil."
)


def kontroller(indhold: bytes, *, formatnavn: str) -> None:
    """Refuse what is not one whole picture in `formatnavn` (`PNG` or `JPEG`) of a sane size.

    Raises `ValidationError`: `skadet`, `for_mange_pixels`, `hale` (data after the picture), or
    `flere_formater`.
    """
    fremmed.kontroller(indhold)
    try:
        slut = _png_slut(indhold) if formatnavn == "PNG" else _jpeg_slut(indhold)
    except (struct.error, IndexError) as fejl:
        raise ValidationError(_SKADET, code="skadet") from fejl
    if slut < 0:
        raise ValidationError(_SKADET, code="skadet")
    if indhold[slut:].strip(b"\0\r\n \t"):
        raise ValidationError(
            "Efter billedet ligger der andre data i filen, for eksempel en lille film fra "
            "telefonen. Tag et skærmbillede, eller gem billedet som PDF, og vælg den nye fil.",
            code="hale",
        )
    _afkod(indhold, formatnavn)


def _afkod(indhold: bytes, formatnavn: str) -> None:
    """Decode every pixel, after reading how many there are."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 -- langsom

    try:
        # Our own limit is below Pillow's warning; what it warns of else is about metadata.
        with warnings.catch_warnings(), _en_ad_gangen:
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(indhold), formats=[formatnavn]) as billede:
                bredde, hoejde = billede.size
                if bredde * hoejde > MAKS_PIXELS:
                    raise ValidationError(
                        f"Billedet har {bredde} gange {hoejde} punkter, og det er for mange. "
                        "Gem det i en mindre udgave, og prøv igen.",
                        code="for_mange_pixels",
                    )
                billede.load()
    except ValidationError:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        struct.error,
        MemoryError,
        Image.DecompressionBombError,
    ) as fejl:
        raise ValidationError(_SKADET, code="skadet") from fejl


def _png_slut(indhold: bytes) -> int:
    """Where the PNG ends: after the chunk IEND. -1 when it never does."""
    sted = _PNG_HOVED
    while sted + 12 <= len(indhold):
        laengde, slags = struct.unpack_from(">I4s", indhold, sted)
        sted += 12 + laengde
        if slags == b"IEND":
            return sted if sted <= len(indhold) else -1
    return -1


def _jpeg_slut(indhold: bytes) -> int:
    """Where the last of the file's JPEG pictures ends; -1 when one never does.

    Phones put two in one file (a small one, or one for bright screens) right after each other.
    """
    slut = 0
    while indhold.startswith(b"\xff\xd8\xff", slut):
        slut = _et_jpeg_slut(indhold, slut)
        if slut < 0:
            break
    return slut


def _et_jpeg_slut(indhold: bytes, fra: int) -> int:
    """Follow the markers of the picture at `fra` to the one that ends it."""
    sted = fra + 2
    while fundet := _MAERKE.match(indhold, sted):
        maerke, sted = fundet[1][0], fundet.end()
        if maerke == _SLUTMAERKE:
            return sted
        if maerke in _UDEN_LAENGDE:
            continue
        (laengde,) = struct.unpack_from(">H", indhold, sted)
        sted += laengde
        if maerke == _PIXELMAERKE:
            naeste = _EFTER_PIXELS.search(indhold, sted)
            sted = naeste.start() if naeste else len(indhold)
    return -1
