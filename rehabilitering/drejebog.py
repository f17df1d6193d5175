"""Reading a case's drejebog: what the municipality does to get the citizen ready, and what is done."""

from dataclasses import dataclass

from borgere.models import Sag
from rehabilitering.models import Drejebogspunkt, Flueben
from ressource.kalender import i_dag


@dataclass(frozen=True)
class Linje:
    """One point, and its tick when it is done; the words are those it was ticked with."""

    punkt: Drejebogspunkt
    flueben: Flueben | None

    @property
    def tekst(self) -> str:
        """The point as it was ticked, else as it stands now."""
        return (self.flueben.punkt if self.flueben else self.punkt).tekst


@dataclass(frozen=True)
class Drejebog:
    """The points in force in their order, then those ticked here that are no longer in force."""

    linjer: list[Linje]
    fjernede: list[Flueben]

    @property
    def antal(self) -> int:
        """How many points there are."""
        return len(self.linjer)

    @property
    def gjort(self) -> int:
        """How many of them are ticked."""
        return sum(linje.flueben is not None for linje in self.linjer)

    @property
    def er_gjort(self) -> bool:
        """Whether nothing is left; so also where the municipality has no points."""
        return self.gjort == self.antal


def drejebog(sag: Sag) -> Drejebog:
    """The case's drejebog as of today. Two statements, whatever the rows.

    A tick belongs to a point's code: a point that got new words meanwhile is still done.
    """
    alle = list(sag.flueben.select_related("punkt", "sat_af", "fjernet_af").order_by("pk"))
    sat = {f.punkt.kode: f for f in alle if f.fjernet_den is None}
    linjer = [
        Linje(punkt, sat.pop(punkt.kode, None))
        for punkt in Drejebogspunkt.objects.gaeldende(i_dag())
    ]
    linjer += [Linje(flueben.punkt, flueben) for flueben in sat.values()]
    return Drejebog(linjer, [f for f in reversed(alle) if f.fjernet_den])
