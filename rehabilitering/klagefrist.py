"""When a decision has reached the citizen, and the deadlines that run from a receipt.

The only place that counts them: pages, letters and complaints ask here, and the derived deadlines
of `opfoelgning` give the same days (a test holds them together). Counted as VEJ 9533 af 26/6/2018
says: weeks as weeks, the day of receipt not counted, and a deadline that ends on a closed day moves
to the next working day.
"""

from datetime import date, timedelta

from ressource.datoer import Enhed, naeste_arbejdsdag, tilfoej
from ressource.models import Regelsaet


def modtaget(sendt: date, regelsaet: Regelsaet, *, fritaget_digital_post: bool) -> date:
    """The day a letter sent on `sendt` has reached the citizen. It may be any day of the week."""
    return sendt + postgang(regelsaet, fritaget_digital_post=fritaget_digital_post)


def postgang(regelsaet: Regelsaet, *, fritaget_digital_post: bool) -> timedelta:
    """How long a letter takes: Digital Post is there the same day, an ordinary one after the set's
    `postgang_dage`.
    """
    return timedelta(days=regelsaet.postgang_dage if fritaget_digital_post else 0)


def klagefrist(modtaget_dato: date, regelsaet: Regelsaet) -> date:
    """The last day to appeal a decision that the citizen got on `modtaget_dato` (RSL § 67)."""
    return uger_efter(modtaget_dato, regelsaet.klagefrist_uger)


def genvurderingsfrist(modtaget_dato: date, regelsaet: Regelsaet) -> date:
    """The last day to reconsider after a complaint received on `modtaget_dato` (RSL § 66)."""
    return uger_efter(modtaget_dato, regelsaet.genvurdering_uger)


def uger_efter(modtaget_dato: date, uger: int) -> date:
    """The working day on which a deadline of `uger` weeks from a receipt ends."""
    return naeste_arbejdsdag(tilfoej(modtaget_dato, uger, Enhed.UGER))
