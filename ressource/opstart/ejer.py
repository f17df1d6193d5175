"""Who the servers run as: PostgreSQL refuses root, so as root it runs as `nobody`."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict


class Koersel(TypedDict, total=False):
    """The arguments of `subprocess` that change user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Ejer:
    """A user of the machine."""

    uid: int
    gid: int

    @classmethod
    def mig(cls) -> "Ejer":
        """The user that runs this process."""
        return cls(os.geteuid(), os.getegid())

    @classmethod
    def uden_rettigheder(cls) -> "Ejer":
        """The user itself, or `nobody` when it is root."""
        if os.geteuid() != 0:
            return cls.mig()
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)

    @property
    def navn(self) -> str:
        """Name in the user database; PostgreSQL compares it with who connects."""
        return pwd.getpwuid(self.uid).pw_name

    def koersel(self) -> Koersel:
        """What `subprocess` needs to run something as this user."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def kan(self, *kommando: str | Path) -> bool:
        """Whether `kommando` succeeds as this user. Tried, not reckoned: rights have many sources."""
        try:
            svar = subprocess.run(
                kommando, cwd="/", capture_output=True, check=False, **self.koersel()
            )
        except OSError:
            return False
        return svar.returncode == 0

    def kan_naa(self, mappe: Path) -> bool:
        """Whether this user can go through `mappe` to what lies in it."""
        return self.kan("/usr/bin/test", "-x", mappe)
