"""Periods in the database: two of the same kind never cover the same day."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db.models import Func, Q


def ingen_overlap(
    navn: str,
    *,
    fra: str,
    til: Any,
    besked: str,
    lige: str | tuple[str, ...] = (),
    hvis: Q | None = None,
) -> ExclusionConstraint:
    """Constraint: rows with the same `lige` have no day in common, both ends included.

    `lige` is one field, or several that must all be the same; without any, no two rows overlap.
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
    felter = (lige,) if isinstance(lige, str) else lige
    udtryk = [(felt, RangeOperators.EQUAL) for felt in felter]
    return ExclusionConstraint(
        name=navn,
        expressions=(*udtryk, (dage, RangeOperators.OVERLAPS)),
        condition=hvis,
        violation_error_message=besked,
    )
