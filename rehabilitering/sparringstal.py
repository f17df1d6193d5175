"""How long one waits for a sparring slot, and how well the slots are used."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from ressource.datoer import maanedens_dage

# A booking that was moved, or that came from the waiting list, was asked for when the first was.
_VENTETID = """
WITH RECURSIVE spurgt (booking_id, nu_id, den) AS (
    SELECT b.id, b.id, LEAST(b.booket_den, v.oprettet_den)
      FROM rehabilitering_sparringsbooking b
      JOIN rehabilitering_sparringstid t ON t.id = b.tid_id
      LEFT JOIN rehabilitering_sparringstilbud o ON o.booking_id = b.id
      LEFT JOIN rehabilitering_venteplads v ON v.id = o.venteplads_id
     WHERE b.aflyst_den IS NULL AND t.start >= %(fra)s AND t.start < %(til)s
    UNION ALL
    SELECT s.booking_id, f.id, LEAST(f.booket_den, v.oprettet_den)
      FROM spurgt s
      JOIN rehabilitering_sparringsbooking f ON f.flyttet_til_id = s.nu_id
      LEFT JOIN rehabilitering_sparringstilbud o ON o.booking_id = f.id
      LEFT JOIN rehabilitering_venteplads v ON v.id = o.venteplads_id
)
SELECT avg(EXTRACT(EPOCH FROM ventet) / 86400), count(*)
  FROM (SELECT t.start - min(s.den) AS ventet
          FROM spurgt s
          JOIN rehabilitering_sparringsbooking b ON b.id = s.booking_id
          JOIN rehabilitering_sparringstid t ON t.id = b.tid_id
         GROUP BY b.id, t.start) alle
"""
_BRUG = """
SELECT count(*), count(b.id), count(*) FILTER (WHERE b.udeblevet <> ''),
       (SELECT count(*) FROM rehabilitering_sparringsbooking a
          JOIN rehabilitering_sparringstid s ON s.id = a.tid_id
         WHERE a.aflysning = 'aflyst' AND s.start >= %(fra)s AND s.start < %(til)s)
  FROM rehabilitering_sparringstid t
  LEFT JOIN rehabilitering_sparringsbooking b ON b.tid_id = t.id AND b.aflyst_den IS NULL
 WHERE t.udgivet_den IS NOT NULL AND t.aflyst_den IS NULL
   AND t.start >= %(fra)s AND t.start < %(til)s
"""


@dataclass(frozen=True, slots=True)
class Brug:
    """A month's published slots: how many, booked, where somebody stayed away; bookings cancelled."""

    tider: int
    booket: int
    udeblevet: int
    aflyst: int

    @property
    def andel(self) -> Decimal | None:
        """Booked of published, in per cent with one decimal; None when none was published."""
        if not self.tider:
            return None
        return (Decimal(100) * self.booket / self.tider).quantize(Decimal("0.1"))


def ventetid(maaned: date) -> Decimal | None:
    """Average days from asking to the slot, for slots held in `maaned`; None when there are none.

    Asked is when the case came on the waiting list, else when it was first booked: moving a booking
    does not shorten the wait. One statement.
    """
    raekke = _hent(_VENTETID, maaned)
    return Decimal(raekke[0]).quantize(Decimal("0.1")) if raekke[1] else None


def brug(maaned: date) -> Brug:
    """How the slots of `maaned` were used. One statement."""
    return Brug(*_hent(_BRUG, maaned))


def _hent(sql: str, maaned: date) -> tuple[int, int, int, int]:
    foerste, sidste = maanedens_dage(maaned)
    graenser = {
        "fra": timezone.make_aware(datetime.combine(foerste, time.min)),
        "til": timezone.make_aware(datetime.combine(sidste, time.max)),
    }
    with connection.cursor() as markoer:
        markoer.execute(sql, graenser)
        raekke: tuple[int, int, int, int] = markoer.fetchone()
    return raekke
