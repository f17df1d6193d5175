"""`data.json`: every row of every table, as the database has it, table by table."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from borgere.uddrag.originaler import Original
from borgere.uddrag.raekker import IKKE_I_UDDRAG, Indhold, Tabeldata

# Raised when the shape changes, so that a reader can tell.
FORMAT = 1


def stykker(indhold: Indhold, originaler: list[Original]) -> Iterator[bytes]:
    """The file in pieces, one table at a time. Tables parents first, rows by number, ISO dates.

    A document's bytes are the file that `original` of its row names.
    """
    hoved = {
        "format": FORMAT,
        "art": indhold.uddrag.art,
        "sager": [s.sagsnummer for s in indhold.sager],
        "uden": sorted(IKKE_I_UDDRAG),
        "navne": _brugte_navne(indhold),
    }
    yield _json(hoved)[:-2].encode() + b',\n  "tabeller": [\n'
    filer = {o.pk: o.fil for o in originaler}
    for nr, data in enumerate(indhold.tabeller):
        yield (",\n" if nr else "").encode() + _json(_tabel(data, filer)).encode()
    yield b"\n  ]\n}\n"


def _tabel(data: Tabeldata, filer: dict[int, str]) -> dict[str, Any]:
    raekker = data.raekker
    if data.label == "borgere.Dokument":
        raekker = [{**r, "original": filer[r["id"]]} for r in raekker]
    return {
        "tabel": data.tabel.navn,
        "navn": str(data.model._meta.verbose_name_plural),
        "felter": data.felter,
        "raekker": raekker,
    }


def _brugte_navne(indhold: Indhold) -> dict[str, dict[str, str]]:
    """What numbers of other tables stand for, without those that were left out of the rows."""
    brugte: dict[str, set[int]] = {}
    for data in indhold.tabeller:
        for felt in data.model._meta.concrete_fields:
            if felt.related_model and felt.attname in data.felter:
                ider = brugte.setdefault(felt.related_model._meta.label, set())
                ider.update(r[felt.attname] for r in data.raekker)
    navne: dict[str, dict[str, str]] = {}
    for (label, pk), navn in sorted(indhold.navne.items()):
        if pk in brugte.get(label, ()):
            navne.setdefault(label, {})[str(pk)] = navn
    return navne


def _json(vaerdi: Any) -> str:
    return json.dumps(vaerdi, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
