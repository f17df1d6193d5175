"""However much somebody sends, little of it is kept, none of it on the disk, and the form says why."""

import io
import tempfile
import tracemalloc

import pytest
from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.handlers.wsgi import WSGIRequest

from ressource.filtype import MAKS_MB, kontroller_upload
from ressource.generator import TOM_PDF

MB = 1024 * 1024
GRAENSE = "----graense"


class Stroem:
    """A multipart body that is made while it is read: a file of `antal` bytes between two fields."""

    def __init__(self, antal: int, *, navn: str = "stor.pdf", begyndelse: bytes = TOM_PDF) -> None:
        hoved = (
            f'--{GRAENSE}\r\nContent-Disposition: form-data; name="titel"\r\n\r\nEpikrise\r\n'
            f'--{GRAENSE}\r\nContent-Disposition: form-data; name="fil"; filename="{navn}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode()
        hale = (
            f'\r\n--{GRAENSE}\r\nContent-Disposition: form-data; name="art"\r\n\r\nhelbred\r\n'
            f"--{GRAENSE}--\r\n"
        ).encode()
        self._dele = [hoved, begyndelse[:antal], hale]
        self._fyld = antal - len(self._dele[1])
        self.laengde = sum(map(len, self._dele)) + self._fyld
        self.laest = 0

    def read(self, antal: int = -1) -> bytes:
        if antal < 0:
            antal = 64 * 1024
        ud = b""
        while len(ud) < antal and self._dele:
            if len(self._dele) == 1 and self._fyld:
                bid = b"\0" * min(self._fyld, antal - len(ud))
                self._fyld -= len(bid)
            else:
                bid = self._dele[0][: antal - len(ud)]
                self._dele[0] = self._dele[0][len(bid) :]
                if not self._dele[0]:
                    del self._dele[0]
            ud += bid
        self.laest += len(ud)
        return ud

    readline = read


def anmodning(stroem, laengde=None):
    """The request as a WSGI server hands it over; `laengde` is what the browser claims."""
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": f"multipart/form-data; boundary={GRAENSE}",
            "CONTENT_LENGTH": str(stroem.laengde if laengde is None else laengde),
            "wsgi.input": stroem,
        }
    )


@pytest.fixture
def ingen_disk(monkeypatch):
    """Whoever makes a temporary file breaks the test."""

    def nej(*_, **__):
        raise AssertionError("En upload rørte disken.")

    for navn in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, navn, nej)
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", nej)


def test_one_handler_takes_every_upload():
    assert settings.FILE_UPLOAD_HANDLERS == ["ressource.upload.BegraensetUpload"]


@pytest.mark.usefixtures("ingen_disk")
def test_200_mb_take_little_memory_and_the_other_fields_arrive():
    request = anmodning(Stroem(200 * MB))
    tracemalloc.start()

    felter, filer = request.POST, request.FILES
    _, hoejest = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert felter.dict() == {"titel": "Epikrise", "art": "helbred"}
    assert filer["fil"].size == 200 * MB
    assert filer["fil"].read() == b""
    # 10 MB kept until the limit was passed, the buffer's own growth, and the parser's pieces.
    assert hoejest < 25 * MB
    with pytest.raises(Exception, match=f"Filen fylder mere end {MAKS_MB} MB"):
        kontroller_upload(filer["fil"])


@pytest.mark.usefixtures("ingen_disk")
def test_file_at_the_limit_is_kept_whole():
    fil = anmodning(Stroem(MAKS_MB * MB)).FILES["fil"]

    assert fil.size == MAKS_MB * MB
    assert fil.read().startswith(TOM_PDF)
    assert anmodning(Stroem(MAKS_MB * MB + 1)).FILES["fil"].read() == b""


def test_length_that_says_too_little_cuts_the_file_off():
    """The server reads what was promised; a file that never ended is none, and is asked for."""
    stroem = Stroem(200 * MB)
    request = anmodning(stroem, laengde=5000)

    assert request.POST.dict() == {"titel": "Epikrise"}
    assert not request.FILES
    assert stroem.laest == 5000


@pytest.mark.parametrize("laengde", [0, ""])
def test_without_a_length_there_is_no_body_and_nothing_is_read(laengde):
    stroem = Stroem(200 * MB)
    request = anmodning(stroem, laengde=laengde)

    assert not request.POST
    assert not request.FILES
    assert stroem.laest == 0


def test_many_files_at_once_are_refused():
    dele = "".join(
        f'--{GRAENSE}\r\nContent-Disposition: form-data; name="f{nr}"; filename="a"\r\n\r\nx\r\n'
        for nr in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)
    )
    krop = (dele + f"--{GRAENSE}--\r\n").encode()
    request = anmodning(io.BytesIO(krop), laengde=len(krop))

    with pytest.raises(Exception, match="number of files"):
        _ = request.FILES
