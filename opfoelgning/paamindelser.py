"""The figure beside «Påmindelser»: deadlines one has been told of, and one's own reminders due."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q
from django.db.models.lookups import IsNull

from borgere.models import Huskeseddel, Sag
from opfoelgning.models import Paamindelse
from ressource.kalender import i_dag
from ressource.models import Bruger


def antal(bruger: Bruger) -> int:
    """Unread reminders that still hold, and own ones due on open cases. One statement.

    Every page asks, so it must not hang on the planner's figures: just after thousands of cases have
    come in, it would find the visible cases anew for each of them. As an array they are found once,
    and only when there is a reminder to look up.
    """
    dato = i_dag()
    synlige = ArraySubquery(Sag.objects.synlige_for(bruger, dato).order_by().values("pk"))

    def paa_synlig(sag: str) -> IsNull:
        plads = Func(synlige, F(sag), function="array_position", output_field=BooleanField())
        return IsNull(plads, False)

    egne = Paamindelse.objects.hos(bruger, dato, synlig=Q(paa_synlig("frist__sag_id")))
    ulaeste = egne.ulaeste(dato)
    sedler = Huskeseddel.objects.aabne().hos(bruger, dato).forfaldne(dato)
    sedler = sedler.filter(paa_synlig("sag_id"))
    return ulaeste.order_by().values("pk").union(sedler.order_by().values("pk"), all=True).count()
