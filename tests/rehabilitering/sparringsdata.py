"""Rows that the sparring tests share."""

from datetime import date, time, timedelta

from borgere.models import Samtykke
from rehabilitering.services.sparring import Plan
from ressource.kalender import i_dag


def giv_samtykke(sag, *, modtager=Samtykke.Modtager.REGION, fra=None, til=None):
    return Samtykke.objects.create(
        borger=sag.borger,
        modtager=modtager,
        informationstyper=["helbred", "forberedende_del"],
        fra_dato=fra or i_dag() - timedelta(days=10),
        til_dato=til or i_dag() + timedelta(days=300),
        registreret_af=sag.oprettet_af,
    )


def plan_for(dato: date, *, kl=(9, 0), antal=2, uger=1) -> Plan:
    return Plan(dato, time(*kl), antal, 30, uger)
