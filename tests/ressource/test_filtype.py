"""A file is what its first bytes say."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ressource.filtype import Filtype, afgoer, kontroller_upload

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"


@pytest.mark.parametrize(
    ("indhold", "ventet"),
    [
        (PDF, Filtype.PDF),
        (PNG, Filtype.PNG),
        (JPEG, Filtype.JPEG),
        (b"", None),
        (b"%PDF", None),
        (b"\n" + PDF, None),
        (b"<html><script>alert(1)</script>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"GIF89a", None),
        (b"PK\x03\x04", None),
        (b"MZ\x90\x00", None),
    ],
)
def test_only_three_kinds_of_content_are_known(indhold, ventet):
    assert afgoer(indhold) is ventet


@pytest.mark.parametrize(
    ("navn", "indhold", "ventet"),
    [
        ("attest.pdf", PDF, Filtype.PDF),
        ("ATTEST.PDF", PDF, Filtype.PDF),
        ("foto.png", PNG, Filtype.PNG),
        ("foto.jpg", JPEG, Filtype.JPEG),
        ("foto.jpeg", JPEG, Filtype.JPEG),
    ],
)
def test_right_file_is_accepted_and_can_be_read_from_the_start(navn, indhold, ventet):
    fil = SimpleUploadedFile(navn, indhold)

    assert kontroller_upload(fil) is ventet
    assert fil.read() == indhold


@pytest.mark.parametrize(
    ("navn", "indhold", "kode", "besked"),
    [
        ("tom.pdf", b"", "tom", "Filen er tom. Vælg en anden fil."),
        ("brev.docx", b"PK\x03\x04", "type", "hverken PDF, PNG eller JPEG"),
        ("attest.pdf", b"MZ\x90\x00", "type", "hverken PDF, PNG eller JPEG"),
        ("attest.pdf", PNG, "navn", "passer ikke til indholdet, som er PNG"),
        ("attest.exe", PDF, "navn", "passer ikke til indholdet, som er PDF"),
        ("attest", PDF, "navn", "passer ikke til indholdet, som er PDF"),
        ("attest.pdf.html", PDF, "navn", "passer ikke til indholdet, som er PDF"),
    ],
)
def test_wrong_file_is_refused_in_danish(navn, indhold, kode, besked):
    with pytest.raises(ValidationError, match=besked) as fejl:
        kontroller_upload(SimpleUploadedFile(navn, indhold))

    assert fejl.value.code == kode


def test_limit_of_size_is_included():
    lige_paa = PDF + b"\0" * (1024 * 1024 - len(PDF))

    assert kontroller_upload(SimpleUploadedFile("a.pdf", lige_paa), maks_mb=1) is Filtype.PDF
    with pytest.raises(ValidationError, match="mere end 1 MB"):
        kontroller_upload(SimpleUploadedFile("a.pdf", lige_paa + b"\0"), maks_mb=1)
