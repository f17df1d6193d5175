"""Reading a file that somebody made elsewhere: CSV in three encodings, or an Excel workbook."""

import codecs
import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File

from borgere.indlaesning.kolonner import FEJL, KOLONNER, LINJE, navne, noegle
from ressource import filtype
from ressource.filtype import MAKS_MB

MAKS_RAEKKER = 50_000
MAKS_KOLONNER = 100
# Excel has no more rows than this; a file that names a later one is not made by it.
MAKS_RAEKKENUMMER = 1_048_576
# A cell keeps no more than this; every column's own limit is lower.
MAKS_CELLE = 300
# A workbook unpacks to at most this much, so that a small file cannot fill the machine.
MAKS_UDPAKKET = 200 * 1024 * 1024
ENDELSER = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx"}
_ZIP = b"PK\x03\x04"
_GAMMEL_EXCEL = b"\xd0\xcf\x11\xe0"
_SKILLETEGN = (";", "\t", ",")
# What a spreadsheet would take for a formula.
FARLIGE = ("=", "+", "-", "@", "\t", "\r")


class UlaeseligFil(ValueError):  # noqa: N818 -- Danish names its own errors
    """The file cannot be understood. The message is Danish and says what to do."""


@dataclass(frozen=True, slots=True)
class Tabel:
    """The rows of a file: line number and text by column. `ubrugte` are headings nobody knows."""

    raekker: list[tuple[int, dict[str, str]]]
    ubrugte: list[str]


def kontroller_upload(fil: "File[bytes]") -> None:
    """Raise `ValidationError` unless `fil` is text or an Excel workbook of a size we take.

    Judged by its content; its name must agree. The file is left at its beginning.
    """
    if not fil.size:
        raise ValidationError("Filen er tom. Vælg en anden fil.", code="tom")
    if fil.size > MAKS_MB * 1024 * 1024:
        raise ValidationError(
            f"Filen fylder mere end {MAKS_MB} MB. Del den i flere filer, og prøv igen.",
            code="for_stor",
        )
    fil.seek(0)
    indhold = fil.read()
    fil.seek(0)
    if indhold.startswith(_GAMMEL_EXCEL):
        raise ValidationError(
            "Filen er i et gammelt Excel-format eller har adgangskode. Gem den som .xlsx uden "
            "adgangskode, og prøv igen.",
            code="gammel_excel",
        )
    slags = _slags(indhold)
    if slags is None:
        raise ValidationError(
            "Filen er hverken CSV eller Excel. Gem regnearket som .csv eller .xlsx, og prøv igen.",
            code="type",
        )
    if slags == "xlsx":
        # No macros and no embedded objects, as in every other file that is taken in.
        filtype.kontroller(indhold, (filtype.Filtype.XLSX,))
    if ENDELSER.get(PurePath(fil.name or "").suffix.lower()) != slags:
        raise ValidationError(
            f"Filens navn passer ikke til indholdet, som er {slags.upper()}. Åbn filen, gem den "
            "igen, og vælg den nye fil.",
            code="navn",
        )


def _slags(indhold: bytes) -> str | None:
    if indhold.startswith(_ZIP):
        try:
            with zipfile.ZipFile(io.BytesIO(indhold)) as arkiv:
                return "xlsx" if "xl/workbook.xml" in arkiv.namelist() else None
        except zipfile.BadZipFile:
            return None
    try:
        _tekst(indhold)
    except UlaeseligFil:
        return None
    return "csv"


def laes(indhold: bytes, art: str) -> Tabel:
    """The rows under the heading line, blank ones left out. Raises `UlaeseligFil`."""
    linjer = _excel(indhold) if indhold.startswith(_ZIP) else _csv(indhold, art)
    kendte = navne(art)
    hoved: list[str] = []
    ubrugte: list[str] = []
    raekker: list[tuple[int, dict[str, str]]] = []
    for nr, celler in linjer:
        if not any(celler):
            continue
        if not hoved:
            hoved = [kendte.get(noegle(celle), "") for celle in celler]
            ubrugte = [
                celle
                for celle, navn in zip(celler, hoved, strict=True)
                if celle and not navn and noegle(celle) not in (LINJE, FEJL)
            ]
            _kontroller_hoved(art, hoved)
            continue
        if len(raekker) == MAKS_RAEKKER:
            raise UlaeseligFil(
                f"Filen har mere end {MAKS_RAEKKER:_} rækker. Del den i flere filer.".replace(
                    "_", "."
                )
            )
        raekker.append((nr, {k: v for k, v in zip(hoved, celler, strict=False) if k}))
    if not raekker:
        raise UlaeseligFil("Filen har ingen rækker under overskrifterne.")
    return Tabel(raekker, ubrugte)


def _kontroller_hoved(art: str, hoved: list[str]) -> None:
    brugte = [navn for navn in hoved if navn]
    mangler = [k.overskrift for k in KOLONNER[art] if k.er_kraevet and k.navn not in brugte]
    if mangler:
        raise UlaeseligFil(
            f"Filens første linje mangler overskriften {' og '.join(mangler)}. Hent skabelonen, og "
            "brug dens overskrifter."
        )
    if len(brugte) != len(set(brugte)):
        raise UlaeseligFil("En overskrift står to gange i filens første linje. Slet den ene.")


def _tekst(indhold: bytes) -> str:
    """The text of a file from Excel or anywhere else; Windows' own encoding is tried last."""
    if indhold.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        koder: tuple[str, ...] = ("utf-16",)
    else:
        koder = ("utf-8-sig", "cp1252")
    for kode in koder:
        try:
            tekst = indhold.decode(kode)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:
            return tekst
    raise UlaeseligFil("Filen er ikke tekst. Gem regnearket som .csv eller .xlsx, og prøv igen.")


def _csv(indhold: bytes, art: str) -> Iterator[tuple[int, list[str]]]:
    tekst = _tekst(indhold)
    laeser = csv.reader(
        io.StringIO(tekst, newline=""), delimiter=_skilletegn(tekst, art), strict=True
    )
    foer = 0
    try:
        for celler in laeser:
            yield foer + 1, [celletekst(celle) for celle in celler[:MAKS_KOLONNER]]
            foer = laeser.line_num
    except csv.Error:
        raise UlaeseligFil(
            f"Filen kan ikke læses fra linje {foer + 1}: et anførselstegn mangler sin mage."
        ) from None


def _skilletegn(tekst: str, art: str) -> str:
    """The separator that makes most known headings of the first line with anything in it."""
    linje = next((linje for linje in tekst.splitlines() if linje.strip()), "")
    kendte = navne(art)

    def fundne(tegn: str) -> int:
        return sum(noegle(celle) in kendte for celle in linje.split(tegn))

    return max(_SKILLETEGN, key=fundne)


def _excel(indhold: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows of the workbook's first sheet, as Excel last showed them: values, not formulas."""
    import openpyxl  # noqa: PLC0415 -- langsom

    fejl = UlaeseligFil(
        "Excel-filen kan ikke læses. Åbn den i Excel, gem den igen som .xlsx, og prøv igen."
    )
    try:
        with zipfile.ZipFile(io.BytesIO(indhold)) as arkiv:
            if sum(del_.file_size for del_ in arkiv.infolist()) > MAKS_UDPAKKET:
                raise UlaeseligFil("Excel-filen er for stor, når den pakkes ud. Del den i flere.")
        with warnings.catch_warnings():
            # Styles and drop-downs that openpyxl passes over are nothing to us.
            warnings.simplefilter("ignore")
            bog = openpyxl.load_workbook(io.BytesIO(indhold), read_only=True, data_only=True)
            try:
                ark = bog.worksheets[0]
                ark.reset_dimensions()
                # Rows that are not there are filled in up to the next, so the number has an end.
                alle = ark.iter_rows(
                    values_only=True, max_col=MAKS_KOLONNER, max_row=MAKS_RAEKKENUMMER
                )
                for nr, celler in enumerate(alle, start=1):
                    if any(celle is not None for celle in celler):
                        yield nr, [celletekst(celle) for celle in celler]
            finally:
                bog.close()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, SyntaxError) as aarsag:
        raise fejl from aarsag
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as aarsag:
        # openpyxl's answers to a workbook that is not put together as one.
        if isinstance(aarsag, UlaeseligFil):
            raise
        raise fejl from aarsag


def celletekst(celle: Any) -> str:
    """A cell as one line of text; numbers without decimals, dates as 24.12.2026."""
    if celle is None:
        return ""
    if isinstance(celle, bool):
        return "ja" if celle else "nej"
    if isinstance(celle, datetime | date):
        return f"{celle:%d.%m.%Y}"
    if isinstance(celle, float):
        celle = int(celle) if celle.is_integer() else str(celle).replace(".", ",")
    tekst = " ".join("".join(t if t.isprintable() else " " for t in str(celle)).split())
    # The mark our own lists put before what a spreadsheet could run.
    if len(tekst) > 1 and tekst[0] == "'" and tekst[1] in FARLIGE:
        tekst = tekst[1:]
    return tekst[:MAKS_CELLE]


def ufarlig(tekst: str) -> str:
    """`tekst` for a list that will be opened in a spreadsheet: never a formula."""
    return f"'{tekst}" if tekst.startswith(FARLIGE) else tekst


def som_csv(raekker: list[list[str]]) -> bytes:
    """Rows as Danish Excel opens them at a double click: semicolons, UTF-8 with its mark."""
    ud = io.StringIO(newline="")
    csv.writer(ud, delimiter=";").writerows([ufarlig(celle) for celle in r] for r in raekker)
    return ud.getvalue().encode("utf-8-sig")


def skabelon(art: str, endelse: str) -> bytes:
    """A file with the headings and one example row; in Excel every cell is text.

    As text a personnummer keeps its leading zero.
    """
    hoved = [kolonne.overskrift for kolonne in KOLONNER[art]]
    eksempel = [kolonne.eksempel for kolonne in KOLONNER[art]]
    if endelse == "csv":
        return som_csv([hoved, eksempel])
    import openpyxl  # noqa: PLC0415 -- langsom

    bog = openpyxl.Workbook()
    ark: Any = bog.active
    ark.append(hoved)
    ark.append(eksempel)
    for raekke in ark.iter_rows(min_row=1, max_row=1000, max_col=len(hoved)):
        for celle in raekke:
            celle.number_format = "@"
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()
