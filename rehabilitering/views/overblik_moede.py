"""The mødekoordinator's Overblik: meetings with free places, cases that wait, sparring this week."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rehabilitering import dagsorden, indkaldelser, moedetal
from rehabilitering.models import Sparringsbooking, Sparringstid, Teammoede
from rehabilitering.sagspakke import status
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.kalender import i_dag, ugens_mandag

ANTAL_MOEDER = 10
ANTAL_SAGER = 25


@dataclass(frozen=True)
class Sparringsuge:
    """How many of the week's published slots are taken, and how many bookings await an answer."""

    antal: int
    booket: int
    venter_paa_svar: int

    @property
    def ledige(self) -> int:
        """Slots nobody has booked, past ones included."""
        return self.antal - self.booket


@require_safe
@kraever("moede.planlaeg")
def overblik(request: Anmodning) -> HttpResponse:
    """Names, case numbers and flags only: the role is in no case circle (domain.md 3)."""
    opslag.log(request, "overblik_moede")
    moeder: list[Any] = list(
        Teammoede.objects.kommende(i_dag()).med_antal().select_related("moedeleder")[:ANTAL_MOEDER]
    )
    naeste = next((m for m in moeder if m.antal_sager < m.kapacitet), None)
    dato = naeste.dato if naeste else i_dag()
    venter = dagsorden.venter_paa_dagsorden(dato)
    kontekst = {
        "i_dag": i_dag(),
        "moeder": moeder,
        "naeste": naeste,
        "dato": dato,
        "sager": dagsorden.kandidatraekker(venter[:ANTAL_SAGER], dato),
        "antal_sager": venter.count(),
        "sparring": _sparring(),
        "mangler_indkaldelse": indkaldelser.mangler(moeder, request.user),
        "uudgivne": status.uudgivne(moeder),
        "forgaeves": indkaldelser.uden_moede(request.user),
        "moedetal": moedetal.tal(moedetal.siden()),
    }
    return render(request, "rehabilitering/overblik_moede.html", kontekst)


def _sparring() -> Sparringsuge:
    """This week's slots, Monday to Sunday. Two statements."""
    mandag = timezone.make_aware(datetime.combine(ugens_mandag(i_dag()), time.min))
    booking = Sparringsbooking.objects.aktive().filter(tid=OuterRef("pk"))
    tal = (
        Sparringstid.objects.udgivne()
        .filter(start__gte=mandag, start__lt=mandag + timedelta(weeks=1))
        .annotate(er_booket=Exists(booking))
        .aggregate(antal=Count("pk"), booket=Count("pk", filter=Q(er_booket=True)))
    )
    venter = Sparringsbooking.objects.venter_paa_svar().count()
    return Sparringsuge(tal["antal"], tal["booket"], venter)
