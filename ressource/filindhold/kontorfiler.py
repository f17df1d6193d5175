"""Word, Excel and OpenDocument: zips whose register says what they are, without macros."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from struct import unpack_from
from xml.parsers import expat

from django.core.exceptions import ValidationError

from ressource.filindhold import fremmed

MAKS_DELE = 2000
MAKS_UDPAKKET = 60 * 1024 * 1024
_BID = 64 * 1024

DOCX, XLSX, ODT = "docx", "xlsx", "odt"
_HOVEDDEL = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml", ODT: "content.xml"}
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_MAKROER = re.compile(
    r"(^|/)(vbaProject.*\.bin|vbaData\.xml|activeX\d*\.(bin|xml)|oleObject\d*\.bin)$"
    r"|^(Basic|Scripts)/|^xl/(macrosheets|dialogsheets)/"
    r"|(^|/)embeddings/.*(?<!\.docx)(?<!\.xlsx)(?<!\.pptx)$",
    re.IGNORECASE,
)
# What the list of parts calls programs, whatever the parts themselves are called.
_MAKROTYPE = re.compile(r"macroEnabled|vbaProject|vbaData|activeX", re.IGNORECASE)
# Relations, by the last word of their type: to programs and to web pages inside the document; and
# to what lies elsewhere and is fetched, with its macros, when the document is opened.
_FARLIG = {"vbaproject", "wordvbadata", "oleobject", "control", "afchunk"}
_FARLIG_UDEFRA = {"attachedtemplate", "frame", "subdocument"}

_SKADET = (
    "Filen er skadet og kan ikke åbnes. Åbn den i det program, den er lavet i, gem den igen, og "
    "vælg den nye fil."
)


def art(indhold: bytes) -> str | None:
    """`docx`, `xlsx` or `odt` by the names in the zip's register; None for every other zip."""
    if indhold[30:38] == b"mimetype" and indhold[38 : 38 + len(_ODT_TYPE)] == _ODT_TYPE:
        # Templates, sheets and master documents begin with the same words; none ends there.
        return ODT if indhold[38 + len(_ODT_TYPE) : 40 + len(_ODT_TYPE)] == b"PK" else None
    try:
        with _aabn(indhold) as pakke:
            navne = set(pakke.namelist())
    except ValidationError:
        return None
    if "[Content_Types].xml" not in navne:
        return None
    return next((a for a in (DOCX, XLSX) if _HOVEDDEL[a] in navne), None)


def kontroller(indhold: bytes, *, art: str) -> None:
    """Refuse what is not a whole document of `art`, or holds more than a document.

    Raises `ValidationError`: `skadet`, `for_mange_dele`, `udpakket` (unpacks to too much),
    `makroer`, or `flere_formater`.
    """
    fremmed.kontroller(indhold, er_zip=True)
    with _aabn(indhold) as pakke:
        dele = pakke.infolist()
        navne = [del_.filename for del_ in dele]
        if _HOVEDDEL[art] not in navne or len(set(navne)) != len(navne):
            raise ValidationError(_SKADET, code="skadet")
        if any(del_.flag_bits & 1 for del_ in dele):
            raise ValidationError(
                "Filen er låst med en adgangskode. Gem den uden, og vælg den nye fil.", code="laast"
            )
        _kontroller_navne(navne)
        _pak_ud(pakke, dele)
        _kontroller_makroer(pakke, navne)


def _aabn(indhold: bytes) -> zipfile.ZipFile:
    """The zip, when its register fills exactly the space between its parts and its end.

    The register's own count is read first: a long one costs memory before anything is opened.
    """
    slut = len(indhold) - 22
    if slut < 0 or indhold[slut : slut + 4] != b"PK\x05\x06":
        raise ValidationError(_SKADET, code="skadet")
    antal, byte, fra = unpack_from("<HII", indhold, slut + 10)
    if antal > MAKS_DELE or byte > MAKS_DELE * 1024:
        raise ValidationError(
            "Filen består af for mange dele. Gem den som PDF, og vælg den nye fil.",
            code="for_mange_dele",
        )
    if fra + byte != slut:
        raise ValidationError(_SKADET, code="skadet")
    try:
        return zipfile.ZipFile(io.BytesIO(indhold))
    except (zipfile.BadZipFile, ValueError, RuntimeError) as fejl:
        raise ValidationError(_SKADET, code="skadet") from fejl


def _kontroller_navne(navne: Iterable[str]) -> None:
    for navn in navne:
        if navn.startswith("/") or "\\" in navn or ".." in navn.split("/"):
            raise ValidationError(_SKADET, code="skadet")
        if _MAKROER.search(navn):
            raise ValidationError(
                "Filen indeholder programmer (makroer) eller indlejrede filer. "
                "Gem den som PDF, og vælg den nye fil.",
                code="makroer",
            )


def _pak_ud(pakke: zipfile.ZipFile, dele: Iterable[zipfile.ZipInfo]) -> None:
    """Unpack every part, keeping nothing: whole, right by its checksum, and within the limit."""
    rest = MAKS_UDPAKKET
    for del_ in dele:
        try:
            with pakke.open(del_) as fil:
                while bid := fil.read(_BID):
                    rest -= len(bid)
                    if rest < 0:
                        raise ValidationError(
                            "Filen fylder for meget, når den pakkes ud. "
                            "Gem den som PDF, og vælg den nye fil.",
                            code="udpakket",
                        )
        except ValidationError:
            raise
        # zlib, lzma and the zip itself each complain in their own words.
        except Exception as fejl:
            raise ValidationError(_SKADET, code="skadet") from fejl


def _kontroller_makroer(pakke: zipfile.ZipFile, navne: list[str]) -> None:
    """What the parts themselves say of macros and of what is fetched from elsewhere.

    They are read as XML: the same words can be written in many ways.
    """
    for navn in navne:
        if navn == "[Content_Types].xml":
            _laes_xml(pakke, navn, _kontroller_type)
        elif navn.lower().endswith(".rels"):
            _laes_xml(pakke, navn, _kontroller_relation)


def _laes_xml(
    pakke: zipfile.ZipFile, navn: str, kontrol: Callable[[str, dict[str, str]], None]
) -> None:
    """Give `kontrol` each element's name and attributes. A part with a DOCTYPE is not read."""
    laeser = expat.ParserCreate()
    laeser.StartElementHandler = kontrol
    laeser.StartDoctypeDeclHandler = _afvis_doctype
    try:
        with pakke.open(navn) as fil:
            laeser.ParseFile(fil)
    except expat.ExpatError as fejl:
        raise ValidationError(_SKADET, code="skadet") from fejl


def _afvis_doctype(*_: object) -> None:
    raise ValidationError(_SKADET, code="skadet")


def _kontroller_type(_: str, felter: dict[str, str]) -> None:
    if any(_MAKROTYPE.search(vaerdi) for vaerdi in felter.values()):
        raise _makroer()


def _kontroller_relation(_: str, felter: dict[str, str]) -> None:
    art = felter.get("Type", "").rstrip("/").rpartition("/")[2].lower()
    er_udefra = felter.get("TargetMode", "").strip().lower() == "external"
    if art in _FARLIG or (er_udefra and art in _FARLIG_UDEFRA):
        raise _makroer()


def _makroer() -> ValidationError:
    return ValidationError(
        "Filen indeholder programmer (makroer) eller henter en skabelon udefra. "
        "Gem den som PDF, og vælg den nye fil.",
        code="makroer",
    )
