"""Reading files from Excel and elsewhere."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from borgere.indlaesning import filer
from borgere.indlaesning.kolonner import KOLONNER

HOVED = ["Personnummer", "Fornavn", "Efternavn", "Sagsbehandler"]
RAEKKE = ["740387-1235", "Bjørn", "Ærø", "maja"]


def excel(*raekker, **ark):
    bog = openpyxl.Workbook()
    for raekke in raekker:
        bog.active.append(raekke)
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()


def svulmende():
    ud = io.BytesIO(excel(HOVED, RAEKKE))
    with zipfile.ZipFile(ud, "a", zipfile.ZIP_DEFLATED) as arkiv:
        arkiv.writestr("xl/media/stor.bin", bytes(61 * 1024 * 1024))
    return ud.getvalue()


def csv(skilletegn=";", kode="utf-8"):
    return "\r\n".join(skilletegn.join(r) for r in (HOVED, RAEKKE)).encode(kode)


@pytest.mark.parametrize("kode", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("skilletegn", [";", ",", "\t"])
def test_text_in_every_encoding_and_separator_reads_the_same(kode, skilletegn):
    tabel = filer.laes(csv(skilletegn, kode), "borgere")

    assert tabel.raekker == [
        (
            2,
            {
                "personnummer": "740387-1235",
                "fornavn": "Bjørn",
                "efternavn": "Ærø",
                "sagsbehandler": "maja",
            },
        )
    ]


def test_line_numbers_are_the_files_own():
    tekst = 'personnummer;fornavn;efternavn;sagsbehandler\n\n1;"Bo\nB";S;m\n;;;\n2;Bo;S;m\n'

    raekker = filer.laes(tekst.encode(), "borgere").raekker

    assert [(nr, r["fornavn"]) for nr, r in raekker] == [(3, "Bo B"), (6, "Bo")]


def test_workbook_gives_values_dates_and_whole_numbers():
    indhold = excel(
        [*HOVED, "Fødselsdato", "Telefon"],
        [104909995, "Bo", "S", "maja", datetime.fromisoformat("1990-04-01"), 10203040.0],
        [],
        ["740387-1235", "Eva", "=1+1", "maja", date(1987, 3, 14), None],
    )

    raekker = filer.laes(indhold, "borgere").raekker

    assert [nr for nr, _ in raekker] == [2, 4]
    assert raekker[0][1]["personnummer"] == "104909995"
    assert raekker[0][1]["foedselsdato"] == "01.04.1990"
    assert raekker[0][1]["telefon"] == "10203040"
    # A formula nobody has computed has no value.
    assert raekker[1][1]["efternavn"] == ""


@pytest.mark.parametrize(
    ("indhold", "ord_"),
    [
        (b"navn\nBo\n", "mangler overskriften"),
        (b"personnummer;cpr;fornavn;efternavn;sagsbehandler\n", "to gange"),
        (b"personnummer;fornavn;efternavn;sagsbehandler\n", "ingen rækker"),
        (b"", "ingen rækker"),
        (b'personnummer;fornavn;efternavn;sagsbehandler\n1;"Bo;S;m\n', "linje 2"),
        (b"a\0b", "ikke tekst"),
        (b"PK\x03\x04 in truth nothing", "kan ikke læses"),
    ],
)
def test_file_that_cannot_be_understood_says_why(indhold, ord_):
    with pytest.raises(filer.UlaeseligFil, match=ord_):
        filer.laes(indhold, "borgere")


def test_broken_workbook_says_so():
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w") as arkiv:
        arkiv.writestr("xl/workbook.xml", "<workbook")
        arkiv.writestr("[Content_Types].xml", "<Types/>")

    with pytest.raises(filer.UlaeseligFil, match="kan ikke læses"):
        filer.laes(ud.getvalue(), "borgere")


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(filer, "MAKS_RAEKKER", 2)
    tekst = "personnummer;herkomst\n" + "1;x\n" * 3

    with pytest.raises(filer.UlaeseligFil, match="mere end 2 rækker"):
        filer.laes(tekst.encode(), "herkomst")


def test_workbook_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr(filer, "MAKS_UDPAKKET", 100)

    with pytest.raises(filer.UlaeseligFil, match="for stor"):
        filer.laes(excel(HOVED, RAEKKE), "borgere")


def test_row_number_no_spreadsheet_has_does_not_keep_the_reader_busy(monkeypatch):
    monkeypatch.setattr(filer, "MAKS_RAEKKENUMMER", 100)
    raekke = '<row r="101"><c r="A101"><v>1</v></c></row></sheetData>'
    ud = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(excel(HOVED, RAEKKE))) as god,
        zipfile.ZipFile(ud, "w") as arkiv,
    ):
        for navn in god.namelist():
            del_ = god.read(navn).decode()
            if navn == "xl/worksheets/sheet1.xml":
                del_ = del_.replace("</sheetData>", raekke)
            arkiv.writestr(navn, del_)

    tabel = filer.laes(ud.getvalue(), "borgere")

    assert [nr for nr, _ in tabel.raekker] == [2]


@pytest.mark.parametrize(
    ("navn", "indhold", "kode"),
    [
        ("tom.csv", b"", "tom"),
        ("b.csv", b"x" * (10 * 1024 * 1024 + 1), "for_stor"),
        ("b.xls", b"\xd0\xcf\x11\xe0 gammel", "gammel_excel"),
        ("b.csv", b"\x00\x01\x02", "type"),
        ("b.zip", b"PK\x03\x04 zip", "type"),
        ("b.xlsx", csv(), "navn"),
        ("b.exe", csv(), "navn"),
        ("b.xlsx", svulmende(), "udpakket"),
    ],
)
def test_upload_is_judged_by_its_content(navn, indhold, kode):
    with pytest.raises(ValidationError) as fejl:
        filer.kontroller_upload(SimpleUploadedFile(navn, indhold))

    assert fejl.value.code == kode


def test_honest_uploads_pass():
    filer.kontroller_upload(SimpleUploadedFile("b.csv", csv()))
    filer.kontroller_upload(SimpleUploadedFile("B.XLSX", excel(HOVED, RAEKKE)))


@pytest.mark.parametrize("art", ["borgere", "herkomst"])
@pytest.mark.parametrize("endelse", ["csv", "xlsx"])
def test_template_reads_back_with_every_column_and_its_example_is_no_citizen(art, endelse):
    tabel = filer.laes(filer.skabelon(art, endelse), art)

    [(nr, felter)] = tabel.raekker
    assert nr == 2
    assert set(felter) == {kolonne.navn for kolonne in KOLONNER[art]}
    assert felter["personnummer"] == "ddmmåå-xxxx"
    assert tabel.ubrugte == []


@pytest.mark.parametrize("farlig", ["=1+1", "+45 10203040", "-1", "@SUM(A1)"])
def test_cell_that_would_run_is_quoted_and_read_back(farlig):
    skrevet = filer.som_csv([[farlig]]).decode("utf-8-sig").strip()

    assert skrevet == f"'{farlig}"
    assert filer.celletekst(skrevet) == farlig
