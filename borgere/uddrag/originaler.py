"""The documents in an archive: their neutral names, and their bytes one document at a time."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from borgere.models import Dokument
from borgere.uddrag.raekker import Indhold
from ressource import filtype


@dataclass(frozen=True)
class Original:
    """One stored document: `fil` is its name in the archive and tells nothing about the citizen."""

    pk: int
    sag_id: int
    fil: str
    titel: str
    art: str
    dato: date
    antal_byte: int
    sha256: str


def i_orden(indhold: Indhold) -> list[Original]:
    """The documents of the archive, oldest first, numbered."""
    raekker = sorted(indhold.data("borgere.Dokument"), key=lambda r: (r["dato"], r["id"]))
    return [
        Original(
            r["id"],
            r["sag_id"],
            f"originaler/{nr:04d}-{r['dato'].isoformat()}-{r['art']}"
            f".{filtype.endelse(r['indholdstype'])}",
            r["titel"],
            Dokument.Art(r["art"]).label,
            r["dato"],
            r["antal_byte"],
            r["sha256"],
        )
        for nr, r in enumerate(raekker, start=1)
    ]


def indhold_af(original: Original) -> Iterator[bytes]:
    """The document's bytes. Documents are append-only, so they are those of the snapshot."""
    yield bytes(Dokument.objects.values_list("indhold", flat=True).get(pk=original.pk))


def passer_ikke(originaler: list[Original]) -> list[str]:
    """What is wrong with stored bytes: those that do not have the sum they were stored with."""
    return [
        f"Dokumentet «{o.titel}» af {o.dato:%d.%m.%Y} er ikke de byte, der blev lagt på sagen."
        for o in originaler
        if hashlib.sha256(b"".join(indhold_af(o))).hexdigest() != o.sha256
    ]
