"""Events of no single case that move deadlines or who is told of them: the calendar, a rule set, the
day of a meeting, a deputy.
"""

from django.db import connection, transaction

from opfoelgning.models import Paamindelse
from opfoelgning.paamind import paamind
from opfoelgning.udledning import udled_ved_commit
from rehabilitering.models import Dagsordenspunkt
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Haendelse, Stedfortraeder

# Every case may be touched: the job does it, shortly after the commit.
ALLE_SAGER = ("lukkedag.oprettet", "lukkedag.slettet", "regelsaet.gennemfoert")


def registrer() -> None:
    """Listen to them. Called once, by the app's `ready`."""
    for kode in ALLE_SAGER:
        haendelser.reager(kode, alle_sager)
    haendelser.reager("moede.rettet", moedets_sager)
    haendelser.reager("stedfortraeder.sat", vikarens_sager)


def alle_sager(_haendelse: Haendelse) -> None:
    """Have all deadlines derived after the commit; once, however many days were closed."""
    # Django empties the list on commit and on rollback, so what is in it belongs to this one.
    if not any(raekke[1] is _bestil for raekke in connection.run_on_commit):
        transaction.on_commit(_bestil, robust=True)


def moedets_sager(haendelse: Haendelse) -> None:
    """The package of each case on the agenda is due as long before the meeting's new day."""
    moede_id = haendelse.objekt_id

    def udled_dem() -> None:
        punkter = Dagsordenspunkt.objects.filter(moede=moede_id)
        if sager := set(punkter.values_list("sag", flat=True)):
            udled_ved_commit(sager)

    transaction.on_commit(udled_dem, robust=True)


def vikarens_sager(haendelse: Haendelse) -> None:
    """A deputy from today on is told today what the other has been told: they may be here one day."""
    vikariat = Stedfortraeder.objects.get(pk=haendelse.objekt_id)
    if vikariat.fra_dato > i_dag():
        return
    staaende = Paamindelse.objects.filter(bruger=vikariat.for_bruger_id).staaende(i_dag())
    paamind(i_dag(), set(staaende.values_list("frist__sag", flat=True)))


def _bestil() -> None:
    from opfoelgning.tasks import udled_frister  # noqa: PLC0415 -- blad

    udled_frister.delay()
