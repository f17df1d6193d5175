"""Who is reminded of a deadline, and when: one statement over the open ones.

An event is that a date comes near or is passed; each recipient is told once of each. Whoever takes
over a deadline is told as its first owner was. Running it again changes nothing.
"""

from collections.abc import Collection
from datetime import date

from django.db import connection

_PAAMIND = """
    INSERT INTO opfoelgning_paamindelse (frist_id, bruger_id, art, forfald_dato, oprettet_den)
    SELECT f.id, f.ejer_id, CASE WHEN f.forfald_dato < %(dato)s THEN 'overskredet' ELSE 'varsel' END,
           f.forfald_dato, now()
      FROM opfoelgning_frist f
      JOIN opfoelgning_fristregel r ON r.id = f.regel_id
     WHERE f.opfyldt_dato IS NULL AND f.bortfaldet_dato IS NULL AND f.ejer_id IS NOT NULL
       AND (f.forfald_dato < %(dato)s OR (r.varsel_dage > 0 AND f.varsel_dato <= %(dato)s))
       AND {kun_sager}
        ON CONFLICT (frist_id, bruger_id, art, forfald_dato) DO NOTHING
"""


def paamind(dato: date, sager: Collection[int] | None) -> int:
    """Remind of the open deadlines of `sager`, or of all, as of `dato`; give how many were made."""
    kun = "TRUE" if sager is None else "f.sag_id = ANY(%(sager)s)"
    with connection.cursor() as markoer:
        markoer.execute(
            _PAAMIND.format(kun_sager=kun),
            {"dato": dato, "sager": list(sager) if sager is not None else None},
        )
        return markoer.rowcount
