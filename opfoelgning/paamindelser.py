"""The figure beside «Påmindelser»: deadlines one has been told of, and one's own reminders due."""

from borgere.models import Huskeseddel
from opfoelgning.models import Paamindelse
from ressource.kalender import i_dag
from ressource.models import Bruger


def antal(bruger: Bruger) -> int:
    """Unread reminders of deadlines, and own ones for today or before on open cases. One statement."""
    dato = i_dag()
    ulaeste = Paamindelse.objects.for_bruger(bruger).ulaeste()
    sedler = Huskeseddel.objects.for_bruger(bruger, dato).forfaldne(dato)
    return ulaeste.order_by().values("pk").union(sedler.order_by().values("pk"), all=True).count()
