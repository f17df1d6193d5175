"""How two spellings of one name are made alike: in the database, for columns and searches.

`ressource_fold` is made by the ground's migration: small letters, «æøå» as «ae», «oe» and «aa», and
every other accent gone. So «Søren Åboe», «soeren aaboe» and «SØREN ÅBOE» are one name.
"""

from typing import Any

from django.db.models import Func, TextField, Value
from django.db.models.expressions import Combinable


class Foldet(Func):
    """The text folded for comparison. Immutable, so it may be stored and indexed."""

    function = "ressource_fold"
    output_field = TextField()


class Sammensat(Func):
    """Texts put together with `||`; `concat` would not be immutable."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


class KunTegn(Func):
    """Letters and digits alone, the letters large: `12 34-ab` becomes `1234AB`."""

    function = "upper"
    output_field = TextField()

    def __init__(self, udtryk: str | Combinable, **ekstra: Any) -> None:
        renset = Func(
            udtryk,
            Value("[^0-9A-Za-z]"),
            Value(""),
            Value("g"),
            function="regexp_replace",
            output_field=TextField(),
        )
        super().__init__(renset, **ekstra)
