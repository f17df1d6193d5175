"""Periods in the database: two of the same kind never cover the same day."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db.models import Func, Q


def ingen_overlap(
    navn: str, *, fra: str, til: Any, besked: str, lige: str | None = None, hvis: Q | None = None
) -> ExclusionConstraint:
    """Constraint: rows with the same `lige` have no day in common, both ends included.

    `til` is a field or an expression; NULL is open. `hvis` restricts it to some rows. `besked` is
    what the user reads.
    """
    dage = Func(
        fra,
        til,
        RangeBoundary(inclusive_upper=True),
        function="DATERANGE",
        output_field=DateRangeField(),
    )
    udtryk = [(lige, RangeOperators.EQUAL)] if lige else []
    return ExclusionConstraint(
        name=navn,
        expressions=(*udtryk, (dage, RangeOperators.OVERLAPS)),
        condition=hvis,
        violation_error_message=besked,
    )
