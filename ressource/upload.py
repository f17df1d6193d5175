"""Uploads are kept in memory up to the limit; what is beyond it is counted and thrown away.

No upload touches the disk. A file over the limit is read to its end, so that the form's other
fields arrive and the page can say what is wrong; it reaches the form with its real size and without
its content, and `filtype.kontroller_upload` refuses it by the size.
"""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from ressource.filtype import MAKS_MB

MAKS_BYTE = MAKS_MB * 1024 * 1024


class BegraensetUpload(FileUploadHandler):
    """The only upload handler: at most `MAKS_BYTE` of each file is ever held."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._indhold = io.BytesIO()
        self._antal = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep `raw_data` while there is room; drop everything when there no longer is."""
        self._antal += len(raw_data)
        if self._antal <= MAKS_BYTE:
            self._indhold.write(raw_data)
        elif self._indhold.tell():
            self._indhold = io.BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file as it came, or its size alone. The size is counted, never believed."""
        self._indhold.seek(0)
        return InMemoryUploadedFile(
            file=self._indhold,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=self._antal,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
