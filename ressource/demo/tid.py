"""Days and moments relative to the day the demo is loaded."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from ressource.datoer import EN_DAG, er_arbejdsdag
from ressource.kalender import lukkede_dage


@dataclass(frozen=True)
class Tid:
    """The demo's clock: it never moves on, so that a story holds together."""

    i_dag: date

    def foer(self, dage: int) -> date:
        """The working day at or before the day `dage` days ago; never today."""
        dag = self.i_dag - timedelta(days=max(dage, 1))
        while not er_arbejdsdag(dag):
            dag -= EN_DAG
        return dag

    def om(self, dage: int) -> date:
        """The open day at or after the day `dage` days ahead."""
        fra = self.i_dag + timedelta(days=dage)
        lukket = lukkede_dage(fra, fra + timedelta(days=30))
        while fra in lukket:
            fra += EN_DAG
        return fra


def klok(dag: date, tidspunkt: str = "10.00") -> datetime:
    """`13.30` on `dag` in Denmark."""
    timer, minutter = tidspunkt.split(".")
    return timezone.make_aware(datetime.combine(dag, time(int(timer), int(minutter))))
