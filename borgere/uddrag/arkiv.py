"""Writing the ZIP: to a file on disk, piece by piece, with the sum of everything put in it."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from types import TracebackType
from typing import IO, Any, Self

# A ZIP cannot hold an earlier moment; a fixed one makes the same content the same bytes.
_TID = (1980, 1, 1, 0, 0, 0)


class Arkiv:
    """A ZIP being written. Closing it adds `manifest.json` and `SHA256SUMS` of all the others."""

    def __init__(self, fil: IO[bytes], om: dict[str, Any]) -> None:
        """`om` stands at the top of the manifest."""
        self._zip = zipfile.ZipFile(fil, "w", zipfile.ZIP_DEFLATED)
        self._om = om
        self.filer: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        slags: type[BaseException] | None,
        fejl: BaseException | None,
        spor: TracebackType | None,
    ) -> None:
        if fejl is None:
            self._skriv_manifest()
        self._zip.close()

    def skriv(self, navn: str, stykker: Iterable[bytes]) -> str:
        """Add one file from its pieces; answers its SHA-256."""
        sum_, antal = hashlib.sha256(), 0
        post = zipfile.ZipInfo(navn, _TID)
        post.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(post, "w") as fil:
            for stykke in stykker:
                sum_.update(stykke)
                antal += len(stykke)
                fil.write(stykke)
        self.filer.append({"fil": navn, "byte": antal, "sha256": sum_.hexdigest()})
        return sum_.hexdigest()

    def _skriv_manifest(self) -> None:
        manifest = json.dumps(self._om | {"filer": self.filer}, ensure_ascii=False, indent=2)
        self.skriv("manifest.json", [manifest.encode()])
        summer = "".join(f"{f['sha256']}  {f['fil']}\n" for f in self.filer)
        self.skriv("SHA256SUMS", [summer.encode()])
