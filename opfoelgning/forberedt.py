"""A statement the database plans once for each connection.

Planning the derivation costs four times what it costs to run it for one case, and it runs each time
a case gets an event. `PREPARE` is of the session and outlives transactions, so each connection is
asked once.
"""

from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

# Prepared under these names on that connection; both go together.
_KENDT: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()

# One plan for any parameters, until the transaction ends: the point is not to plan again. Such a
# plan takes the cases one by one through their indexes, which is right for few and for many.
EN_PLAN = "set_config('plan_cache_mode', 'force_generic_plan', TRUE)"


def forbered(navn: str, sql: str, parametre: dict[str, str]) -> str:
    """Have `sql` ready under `navn`, and give the statement that runs it.

    `parametre` are the names in `sql` with their types. The name stands for the text: another text
    needs another name.
    """
    forbindelse = connection.connection
    kendte = _KENDT.setdefault(forbindelse, set())
    if navn not in kendte:
        pladser = {parameter: f"${nr}" for nr, parameter in enumerate(parametre, start=1)}
        with connection.wrap_database_errors:
            forbindelse.execute(
                f"PREPARE {navn} ({', '.join(parametre.values())}) AS {sql % pladser}"
            )
        kendte.add(navn)
    return f"EXECUTE {navn} ({', '.join(f'%({parameter})s' for parameter in parametre)})"
