"""Files that may lie on a case, and files made to look like one."""

import io
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from ressource.generator import TOM_PDF

ODT_TYPE = "application/vnd.oasis.opendocument.text"
HTML = b"<html><script>alert(1)</script></html>"
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def pakke(dele: dict[str, str | bytes], *, type_foerst: str = "") -> bytes:
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as zip_:
        if type_foerst:
            zip_.writestr("mimetype", type_foerst, zipfile.ZIP_STORED)
        for navn, indhold in dele.items():
            zip_.writestr(navn, indhold)
    return ud.getvalue()


def docx(**flere: str | bytes) -> bytes:
    """`docx(word__vbaProject_bin=b"…")` adds `word/vbaProject.bin`."""
    dele = {navn.replace("__", "/").replace("_", "."): indhold for navn, indhold in flere.items()}
    return pakke({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"} | dele)


def docx_med_relation(relation: str, *, del_: str = "settings.xml", kode: str = "utf-8") -> bytes:
    """A Word document with one relation more, by its attributes."""
    return pakke(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": "<w:document/>",
            f"word/_rels/{del_}.rels": f"<R><Relationship {relation}/></R>".encode(kode),
        }
    )


def typer(indholdstype: str, *, foran: int = 0) -> str:
    """A Word document's list of types, with so many signs of something else before the type."""
    return f'<Types><!--{"a" * foran}--><Override ContentType="{indholdstype}"/></Types>'


def xlsx() -> bytes:
    return pakke({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})


def odt(**flere: str | bytes) -> bytes:
    dele = {navn.replace("__", "/"): indhold for navn, indhold in flere.items()}
    return pakke({"content.xml": "<office:document-content/>"} | dele, type_foerst=ODT_TYPE)


def zip_() -> bytes:
    return pakke({"noget.txt": "hej"})


def billede(formatnavn: str = "PNG", bredde: int = 40, hoejde: int = 30) -> bytes:
    ud = io.BytesIO()
    Image.new("RGB", (bredde, hoejde), "teal").save(ud, formatnavn)
    return ud.getvalue()


def stort_billede() -> bytes:
    """A PNG of 49 million points in a few kilobytes."""
    ud = io.BytesIO()
    Image.new("1", (7000, 7000)).save(ud, "PNG")
    return ud.getvalue()


def ogsaa_zip(indhold: bytes) -> bytes:
    """`indhold` with a zip behind it, as a GIFAR is made; the zip's places are counted from 0."""
    ud = io.BytesIO(indhold)
    with zipfile.ZipFile(ud, "a") as zip_:
        zip_.writestr("Evil.class", "hej")
    return ud.getvalue()


def _skriv(ret) -> bytes:
    skriver = PdfWriter()
    skriver.add_blank_page(595, 842)
    ret(skriver)
    ud = io.BytesIO()
    skriver.write(ud)
    return ud.getvalue()


def pdf() -> bytes:
    return _skriv(lambda skriver: None)


def pdf_med_javascript() -> bytes:
    return pdf_med_handling("/JavaScript", felt="/JS")


def pdf_med_vedhaeftet() -> bytes:
    return _skriv(lambda skriver: skriver.add_attachment("a.exe", b"MZ"))


def pdf_laast(adgangskode: str = "hemmelig") -> bytes:
    return _skriv(lambda skriver: skriver.encrypt(adgangskode, "ejer", algorithm="RC4-128"))


def pdf_med_handling(slags: str, *, felt: str = "/F") -> bytes:
    """Opening it does `slags`."""

    def ret(skriver):
        handling = DictionaryObject(
            {NameObject("/S"): NameObject(slags), NameObject(felt): TextStringObject("cmd.exe")}
        )
        skriver._root_object[NameObject("/OpenAction")] = skriver._add_object(handling)

    return _skriv(ret)


def pdf_der_aabner() -> bytes:
    """A PDF that opens at a page of its own, and asks to be printed when it is closed."""
    handling = b"/Catalog/OpenAction[3 0 R/Fit]/AA<</WC<</S/Named/N/Print>>>>"
    return TOM_PDF.replace(b"/Catalog", handling)


def i_objektstroem(slags: str, *, flere: tuple[bytes, ...] = ()) -> bytes:
    """The smallest PDF whose catalogue and action only can be seen when a stream is unpacked.

    `flere` are objects from number 5 on; the streams come after them.
    """
    objekter = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        f"<</S {slags}/F(cmd.exe)>>".encode(),
        *flere,
    ]
    antal = len(objekter)
    steder, krop = [], b""
    for nr, objekt in enumerate(objekter, 1):
        steder.append(f"{nr} {len(krop)}")
        krop += objekt + b" "
    hoved = (" ".join(steder) + " ").encode()
    pakket = zlib.compress(hoved + krop)
    ud = b"%PDF-1.5\n"
    sted_stroem = len(ud)
    ud += (
        (
            f"{antal + 1} 0 obj<</Type/ObjStm/N {antal}/First {len(hoved)}/Filter/FlateDecode/Length {len(pakket)}>>"
        ).encode()
        + b"stream\n"
        + pakket
        + b"\nendstream endobj\n"
    )
    sted_xref = len(ud)
    raekker = (
        b"\x00\x00\x00\xff"
        + b"".join(b"\x02\x00" + bytes([antal + 1, nr]) for nr in range(antal))
        + b"\x01"
        + sted_stroem.to_bytes(2)
        + b"\x00"
        + b"\x01"
        + sted_xref.to_bytes(2)
        + b"\x00"
    )
    xref = zlib.compress(raekker)
    ud += (
        (
            f"{antal + 2} 0 obj<</Type/XRef/Size {antal + 3}/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length {len(xref)}>>"
        ).encode()
        + b"stream\n"
        + xref
        + b"\nendstream endobj\n"
    )
    return ud + f"startxref\n{sted_xref}\n%%EOF\n".encode()


def pdf_med_html() -> bytes:
    return TOM_PDF.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + HTML + b"\n")


def pdf_med_html_midt_i() -> bytes:
    fyld = b"".join(b"%% linje %d\n" % nr for nr in range(200))
    return TOM_PDF.replace(b"xref\n0 4", fyld + b"%" + HTML + b"\nxref\n0 4", 1)
