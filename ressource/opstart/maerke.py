"""Marks of finished steps, so that the second start skips what has not changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingeraftryk(filer: Iterable[Path], *ekstra: str) -> str:
    """Hash of the names and contents of `filer`, in any order, and of `ekstra`."""
    sum_ = hashlib.sha256("\0".join(ekstra).encode())
    for fil in sorted(filer):
        sum_.update(f"\0{fil}\0".encode())
        sum_.update(fil.read_bytes())
    return sum_.hexdigest()


def filer_i(*mapper: Path) -> list[Path]:
    """Every file under `mapper`, except compiled Python."""
    return [
        fil
        for mappe in mapper
        for fil in mappe.rglob("*")
        if fil.suffix != ".pyc" and fil.is_file()
    ]


def er_sat(maerke: Path, vaerdi: str) -> bool:
    """Whether `maerke` says that the step was finished for exactly `vaerdi`."""
    try:
        return maerke.read_text(encoding="utf-8") == vaerdi
    except FileNotFoundError:
        return False


def saet(maerke: Path, vaerdi: str) -> None:
    """Write `maerke`; call it only when the step is finished."""
    maerke.parent.mkdir(parents=True, exist_ok=True)
    maerke.write_text(vaerdi, encoding="utf-8")
