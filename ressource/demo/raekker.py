"""Writing rows as they would have been written at the time."""

from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def gem(raekke: M) -> M:
    """Insert `raekke` with exactly the values it has, also where a service would stamp the present.

    Fields are validated; relations and constraints are the database's to judge.
    """
    raekke.clean_fields(exclude=[f.name for f in raekke._meta.concrete_fields if f.is_relation])
    raekke.save_base(raw=True, force_insert=True)
    return raekke
