"""A list as a spreadsheet: xlsx with typed cells, or CSV the way a Danish Excel opens it.

A cell that begins like a formula is text, in both: what a citizen wrote is never reckoned.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ressource import dansk

# A list is a page of work, not the register: more is asked for by filter.
HOEJST = 5000
# What a list asks the database for: one more than is shown, to know whether there are more.
HENT_HOEJST = HOEJST + 1
AFKORTET = f"Der er flere end {HOEJST}. Vælg færre med et filter, og hent igen."
FORMATER = {"xlsx": "regneark", "csv": "CSV-fil"}
_TYPER = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_FORMELTEGN = ("=", "+", "-", "@", "\t", "\r", "\n")
_BREDDE = 12, 48

Celle = str | int | Decimal | bool | date | datetime | None


@dataclass(frozen=True)
class Regneark:
    """What is fetched: one row of `raekker` per case, a cell per heading.

    Of more than `HOEJST` the rest is left out, and the last line says so.
    """

    titel: str
    overskrifter: Sequence[str]
    raekker: Iterable[Sequence[Celle]]

    @property
    def linjer(self) -> Iterable[Sequence[Celle]]:
        """The rows that are shown, and last the note when there were more."""
        for nr, raekke in enumerate(self.raekker):
            if nr == HOEJST:
                yield [AFKORTET]
                return
            yield raekke


def svar(ark: Regneark, slags: str) -> HttpResponse:
    """The file as a download. `slags` is a key of `FORMATER`; any other raises `KeyError`."""
    indhold = {"xlsx": _xlsx, "csv": _csv}[slags](ark)
    response = HttpResponse(indhold, content_type=_TYPER[slags])
    navn = ark.titel.lower().translate(_TIL_FILNAVN)
    response["Content-Disposition"] = f'attachment; filename="{navn}.{slags}"'
    return response


_TIL_FILNAVN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "-"})


def _xlsx(ark: Regneark) -> bytes:
    bog = Workbook(write_only=True)
    bog.properties.creator = "Ressource"
    side = bog.create_sheet(ark.titel[:31])
    side.freeze_panes = "A2"
    for nr, navn in enumerate(ark.overskrifter, 1):
        bredde = min(max(len(navn) + 4, _BREDDE[0]), _BREDDE[1])
        side.column_dimensions[get_column_letter(nr)].width = bredde * 1.4
    hoved = [WriteOnlyCell(side, navn) for navn in ark.overskrifter]
    for celle in hoved:
        celle.font = Font(bold=True)
    side.append(hoved)
    for raekke in ark.linjer:
        side.append([_typet(side, vaerdi) for vaerdi in raekke])
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()


def _typet(side: object, vaerdi: Celle) -> WriteOnlyCell:
    if isinstance(vaerdi, bool):
        vaerdi = _ja_nej(vaerdi=vaerdi)
    if isinstance(vaerdi, str):
        celle = WriteOnlyCell(side, ILLEGAL_CHARACTERS_RE.sub(" ", vaerdi))
        celle.data_type = "s"
        return celle
    if isinstance(vaerdi, datetime):
        # A spreadsheet knows no time zone: the clock on the wall in Denmark.
        celle = WriteOnlyCell(side, timezone.make_naive(vaerdi))
        celle.number_format = "dd.mm.yyyy hh:mm"
        return celle
    celle = WriteOnlyCell(side, vaerdi)
    if isinstance(vaerdi, date):
        celle.number_format = "dd.mm.yyyy"
    return celle


def _csv(ark: Regneark) -> bytes:
    ud = io.StringIO(newline="")
    skriver = csv.writer(ud, delimiter=";", lineterminator="\r\n")
    skriver.writerow(ark.overskrifter)
    skriver.writerows([_i_ord(vaerdi) for vaerdi in raekke] for raekke in ark.linjer)
    # The mark at the front is what makes Excel read æ, ø and å.
    return ud.getvalue().encode("utf-8-sig")


def _i_ord(vaerdi: Celle) -> str:
    match vaerdi:
        case None:
            return ""
        case bool():
            return _ja_nej(vaerdi=vaerdi)
        case datetime():
            return f"{timezone.localtime(vaerdi):%d.%m.%Y %H:%M}"
        case date():
            return dansk.dato(vaerdi)
        case Decimal():
            return f"{vaerdi:f}".replace(".", ",")
        case int():
            return str(vaerdi)
    return f"'{vaerdi}" if vaerdi.startswith(_FORMELTEGN) else vaerdi


def _ja_nej(*, vaerdi: bool) -> str:
    return "ja" if vaerdi else "nej"
