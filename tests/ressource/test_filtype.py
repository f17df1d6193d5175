"""A file is what its content says, from the first byte to the last, and never two things."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ressource.filindhold import kontorfiler
from ressource.filtype import VISES, Filtype, afgoer, endelse, kontroller, kontroller_upload
from ressource.generator import TOM_PDF
from tests.ressource import filer

GODE = {
    "attest.pdf": (filer.pdf(), Filtype.PDF),
    "ATTEST.PDF": (TOM_PDF, Filtype.PDF),
    "skannet.pdf": (TOM_PDF + b"\r\n\0\0", Filtype.PDF),
    "pakket.pdf": (filer.i_objektstroem("/GoTo"), Filtype.PDF),
    "foto.png": (filer.billede("PNG"), Filtype.PNG),
    "foto.jpg": (filer.billede("JPEG"), Filtype.JPEG),
    "foto.jpeg": (filer.billede("JPEG"), Filtype.JPEG),
    # Newer phones put a second picture, for bright screens, right behind the first.
    "telefon.jpg": (filer.billede("JPEG") + filer.billede("JPEG", 20, 10), Filtype.JPEG),
    "aabner.pdf": (filer.pdf_der_aabner(), Filtype.PDF),
    "brev.docx": (filer.docx(), Filtype.DOCX),
    "henviser.docx": (
        filer.docx_med_relation('Type="x/hyperlink" Target="x" TargetMode="External"'),
        Filtype.DOCX,
    ),
    "diagram.docx": (filer.docx(word__embeddings__tal_xlsx=b"PK"), Filtype.DOCX),
    "tal.xlsx": (filer.xlsx(), Filtype.XLSX),
    "brev.odt": (filer.odt(), Filtype.ODT),
}


@pytest.mark.parametrize("navn", GODE)
def test_right_file_is_accepted_and_can_be_read_from_the_start(navn):
    indhold, ventet = GODE[navn]
    fil = SimpleUploadedFile(navn, indhold)

    assert kontroller_upload(fil) is ventet
    assert afgoer(indhold) is ventet
    assert fil.read() == indhold


def test_pdfs_of_this_house_pass_their_own_check():
    from datetime import UTC, datetime

    from ressource.pdf import PdfUtilgaengelig, skriv_pdf

    try:
        pdf = skriv_pdf("<h1>Brev</h1>", titel="Brev", tidspunkt=datetime.now(UTC))
    except PdfUtilgaengelig as fejl:
        pytest.skip(str(fejl))

    assert kontroller(pdf) is Filtype.PDF


def slut(indhold, byte):
    return indhold[: len(indhold) - byte]


SLEMME = {
    # Another thing than its name says
    "html named pdf": ("a.pdf", filer.HTML, "webside", "Filen er en webside."),
    "svg with script": ("a.svg", filer.SVG, "svg", "SVG-tegning"),
    "svg named png": ("a.png", filer.SVG, "svg", "SVG-tegning"),
    "program": ("a.pdf", b"MZ\x90\x00", "program", "Filen er et program"),
    "script": ("a.pdf", b"#!/bin/sh\n", "program", "Filen er et program"),
    "zip": ("a.zip", filer.zip_(), "pakket", "pakket mappe"),
    "gif": ("a.png", filer.GIF, "andet_billede", "Gem det som PNG, JPEG eller PDF"),
    "gifar": ("a.jpg", filer.ogsaa_zip(filer.GIF), "andet_billede", "Gem det som PNG"),
    "tiff": ("a.tif", b"II*\0" + bytes(8), "andet_billede", "Gem det som PNG"),
    "heic": ("a.jpg", b"\0\0\0\x18ftypheic", "heic", "HEIC"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "aeldre_kontorfil", "ældre Word"),
    "text": ("a.txt", b"hej", "type", "hverken PDF, PNG, JPEG"),
    "empty": ("a.pdf", b"", "tom", "Filen er tom."),
    "png named pdf": ("a.pdf", filer.billede(), "navn", "indholdet, som er PNG"),
    "pdf named exe": ("a.exe", TOM_PDF, "navn", "indholdet, som er PDF"),
    "pdf without ending": ("a", TOM_PDF, "navn", "indholdet, som er PDF"),
    "pdf named html": ("a.pdf.html", TOM_PDF, "navn", "indholdet, som er PDF"),
    "docx named odt": ("a.odt", filer.docx(), "navn", "indholdet, som er Word"),
    # Two things at once
    "pdf and html": ("a.pdf", filer.pdf_med_html(), "flere_formater", "en webside"),
    "pdf with html inside": ("a.pdf", filer.pdf_med_html_midt_i(), "flere_formater", "en webside"),
    "html before pdf": ("a.pdf", filer.HTML + TOM_PDF, "flere_formater", "noget andet foran"),
    "pdf and zip": ("a.pdf", filer.ogsaa_zip(TOM_PDF), "flere_formater", "en pakket mappe"),
    "zip whose comment is a pdf's end": (
        "a.pdf",
        TOM_PDF[:-6] + filer.zip_()[:-2] + b"\x06\0%%EOF\n",
        "flere_formater",
        "en pakket mappe",
    ),
    "jpeg and zip": ("a.jpg", filer.ogsaa_zip(filer.billede("JPEG")), "flere_formater", "pakket"),
    "png and zip": ("a.png", filer.ogsaa_zip(filer.billede()), "flere_formater", "pakket"),
    "png and html": (
        "a.png",
        filer.billede()[:33] + b"\0\0\0\x40tEXtComment\0" + filer.HTML + filer.billede()[33:],
        "flere_formater",
        "en webside",
    ),
    "jpeg and pdf": (
        "a.jpg",
        b"\xff\xd8\xff\xfe\x00\x20%PDF-1.4 hej" + bytes(20) + filer.billede("JPEG")[2:],
        "flere_formater",
        "en PDF",
    ),
    # Something behind the end, or the end is missing
    "pdf with tail": ("a.pdf", TOM_PDF + b"MZ\x90 mere", "hale", "Efter PDF'ens slutning"),
    "pdf cut short": ("a.pdf", slut(TOM_PDF, 8), "hale", "Efter PDF'ens slutning"),
    "png with tail": ("a.png", filer.billede() + b"mere", "hale", "Efter billedet"),
    "jpeg with tail": ("a.jpg", filer.billede("JPEG") + b"mere", "hale", "Efter billedet"),
    "png cut short": ("a.png", slut(filer.billede(), 9), "skadet", "skadet"),
    "jpeg cut short": ("a.jpg", slut(filer.billede("JPEG"), 9), "skadet", "skadet"),
    "only a png's beginning": ("a.png", b"\x89PNG\r\n\x1a\n", "skadet", "skadet"),
    "only a jpeg's beginning": ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "skadet", "skadet"),
    "png with wrong checksum": (
        "a.png",
        filer.billede().replace(b"IDAT", b"IDAT\0", 1),
        "skadet",
        "skadet",
    ),
    "pdf without pages": ("a.pdf", b"%PDF-1.7\n%%EOF", "skadet", "kan ikke læses som PDF"),
    "docx cut short": ("a.docx", slut(filer.docx(), 10), "pakket", "pakket mappe"),
    "docx with tail": ("a.docx", filer.docx() + b"mere", "pakket", "pakket mappe"),
    # It does something, or carries something
    "pdf with javascript": ("a.pdf", filer.pdf_med_javascript(), "aktiv", "programmer, handlinger"),
    "pdf with file": ("a.pdf", filer.pdf_med_vedhaeftet(), "aktiv", "vedhæftede filer"),
    "pdf that launches": ("a.pdf", filer.pdf_med_handling("/Launch"), "aktiv", "handlinger"),
    "pdf that sends": ("a.pdf", filer.pdf_med_handling("/SubmitForm"), "aktiv", "handlinger"),
    "pdf with packed action": ("a.pdf", filer.i_objektstroem("/Launch"), "aktiv", "handlinger"),
    "pdf with written round": (
        "a.pdf",
        TOM_PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/J#61vaScript>>"),
        "aktiv",
        "handlinger",
    ),
    "pdf that opens an address": (
        "a.pdf",
        TOM_PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/URI/URI(http://x)>>"),
        "aktiv",
        "handlinger",
    ),
    "pdf that opens an address after something": (
        "a.pdf",
        TOM_PDF.replace(
            b"/Catalog", b"/Catalog/AA<</WC<</S/Named/Next[<</S/URI/URI(http://x)>>]>>>>"
        ),
        "aktiv",
        "handlinger",
    ),
    "pdf whose action is named elsewhere": (
        "a.pdf",
        filer.i_objektstroem("5 0 R", flere=(b"/Launch",)),
        "aktiv",
        "handlinger",
    ),
    "locked pdf": ("a.pdf", filer.pdf_laast(), "laast", "låst med en adgangskode"),
    "pdf locked against changes": ("a.pdf", filer.pdf_laast(""), "laast", "forbud mod at ændre"),
    "docx with macros": ("a.docx", filer.docx(word__vbaProject_bin=b"x"), "makroer", "makroer"),
    "docx with object": (
        "a.docx",
        filer.docx(word__embeddings__oleObject1_bin=b"x"),
        "makroer",
        "makroer",
    ),
    "docx that is a docm": (
        "a.docx",
        filer.pakke(
            {
                "[Content_Types].xml": filer.typer(
                    "application/vnd.ms-word.document.macroEnabled.main+xml"
                ),
                "word/document.xml": "",
            }
        ),
        "makroer",
        "makroer",
    ),
    "docx with template elsewhere": (
        "a.docx",
        filer.docx_med_relation('Type="x/attachedTemplate" TargetMode="External"'),
        "makroer",
        "henter en skabelon",
    ),
    "docx with template, written backwards": (
        "a.docx",
        filer.docx_med_relation('TargetMode="External" Type="x/attachedTemplate"', del_="a.xml"),
        "makroer",
        "henter en skabelon",
    ),
    "docx with template, written in signs": (
        "a.docx",
        filer.docx_med_relation('Type="x/attached&#84;emplate" TargetMode="&#69;xternal"'),
        "makroer",
        "henter en skabelon",
    ),
    "docx with template, written in two bytes": (
        "a.docx",
        filer.docx_med_relation('Type="x/attachedTemplate" TargetMode="External"', kode="utf-16"),
        "makroer",
        "henter en skabelon",
    ),
    "docx with an object elsewhere": (
        "a.docx",
        filer.docx_med_relation('Type="x/oleObject" Target="mhtml:x" TargetMode="External"'),
        "makroer",
        "makroer",
    ),
    "docx with a web page inside": (
        "a.docx",
        filer.docx_med_relation('Type="x/aFChunk" Target="a.html"'),
        "makroer",
        "makroer",
    ),
    "docx with entities": (
        "a.docx",
        filer.pakke(
            {
                "[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "macroEnabled">]><a c="&b;"/>',
                "word/document.xml": "",
            }
        ),
        "skadet",
        "skadet",
    ),
    "docx with macros by another name": (
        "a.docx",
        filer.pakke(
            {
                "[Content_Types].xml": filer.typer("application/vnd.ms-office.vbaProject"),
                "word/document.xml": "",
                "word/billede.xml": "x",
            }
        ),
        "makroer",
        "makroer",
    ),
    "docm behind much else": (
        "a.docx",
        filer.pakke(
            {
                "[Content_Types].xml": filer.typer("x.macroEnabled.main+xml", foran=300_000),
                "word/document.xml": "",
            }
        ),
        "makroer",
        "makroer",
    ),
    "docx with program inside": (
        "a.docx",
        filer.docx(word__embeddings__spil_exe=b"MZ"),
        "makroer",
        "indlejrede filer",
    ),
    "odt with macros": ("a.odt", filer.odt(Basic__Standard="x"), "makroer", "makroer"),
    "docx that climbs out": (
        "a.docx",
        filer.pakke({"[Content_Types].xml": "<a/>", "word/document.xml": "", "../a": ""}),
        "skadet",
        "skadet",
    ),
    # Too much
    "picture of 49 million points": (
        "a.png",
        filer.stort_billede(),
        "for_mange_pixels",
        "7000 gange 7000",
    ),
}


@pytest.mark.parametrize("slags", SLEMME)
def test_wrong_file_is_refused_with_its_own_sentence(slags):
    navn, indhold, kode, besked = SLEMME[slags]

    with pytest.raises(ValidationError) as fejl:
        kontroller_upload(SimpleUploadedFile(navn, indhold))

    assert (fejl.value.code, besked in fejl.value.messages[0]) == (kode, True), fejl.value.messages


def test_no_two_kinds_of_refusal_read_the_same():
    saetninger = {}
    for navn, indhold, kode, _ in SLEMME.values():
        with pytest.raises(ValidationError) as fejl:
            kontroller_upload(SimpleUploadedFile(navn, indhold))
        saetninger.setdefault(fejl.value.messages[0], set()).add(kode)

    assert all(len(koder) == 1 for koder in saetninger.values())


def test_zip_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(kontorfiler, "MAKS_UDPAKKET", 1000)
    bombe = filer.docx(word__media__a_xml="0" * 2000)

    with pytest.raises(ValidationError, match="pakkes ud"):
        kontroller(bombe)


def test_zip_of_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(kontorfiler, "MAKS_DELE", 1)

    with pytest.raises(ValidationError, match="for mange dele"):
        kontorfiler.kontroller(filer.docx(), art=kontorfiler.DOCX)


@pytest.mark.parametrize(
    "indhold",
    [
        b"%PDF-1.7\n" + b"stream\n" * 300_000 + b"%%EOF",
        b"%PDF-1.7\n" + b"1 0 obj<<>>endobj " * 100_000 + b"%%EOF",
        b"%PDF-1.7\n1 0 obj" + b"[" * 1_000_000 + b" trailer<</Root 1 0 R>>\n%%EOF",
        b"%PDF-1.7\n" + b"trailer<<" * 200_000 + b"%%EOF",
        b"\xff\xd8\xff" + b"\xff" * 1_000_000,
        b"\xff\xd8\xff\xda\x00\x02" + b"\xff\x00" * 500_000,
        b"PK\x03\x04" + b"PK\x05\x06" * 200_000,
    ],
    ids=["streams", "objects", "arrays", "trailers", "fill", "pixels", "zip ends"],
)
def test_file_made_to_keep_us_busy_is_refused_soon(indhold):
    from time import process_time

    begyndt = process_time()
    with pytest.raises(ValidationError):
        kontroller(indhold)

    assert process_time() - begyndt < 5


def test_page_may_allow_fewer_types():
    with pytest.raises(ValidationError, match="Filen er Word, og her kan kun bruges PDF"):
        kontroller(filer.docx(), VISES)


def test_limit_of_size_is_included():
    lige_paa = TOM_PDF + b"\0" * (1024 * 1024 - len(TOM_PDF))

    assert kontroller_upload(SimpleUploadedFile("a.pdf", lige_paa), maks_mb=1) is Filtype.PDF
    with pytest.raises(ValidationError, match="mere end 1 MB"):
        kontroller_upload(SimpleUploadedFile("a.pdf", lige_paa + b"\0"), maks_mb=1)


def test_every_type_has_the_ending_people_know():
    assert [endelse(f) for f in Filtype] == ["pdf", "png", "jpg", "docx", "xlsx", "odt"]
