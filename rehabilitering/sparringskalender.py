"""Sparring in people's own calendars: what, when and where, and never who it is about.

The sundhedskoordinator's entry is the slot, booked or free; everybody else's is the booking. So an
attachment and the feed speak of the same entry, and a calendar that has both shows it once.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from rehabilitering.models import Sparringsbooking, Sparringstid
from rehabilitering.models.sparringsbooking import SparringsbookingQuerySet
from rehabilitering.models.sparringstid import SparringstidQuerySet
from ressource.adgang import maa
from ressource.kalenderfil import Aftale
from ressource.kalenderfil.fil import enkelt
from ressource.models import Bruger

BAGUD = timedelta(days=90)
# Longer than anybody's calendar is away; one that has not looked since keeps what was cancelled.
AFLYST_VISES = timedelta(days=30)


def aftaler(bruger: Bruger) -> Iterator[Aftale]:
    """The user's sparring for the feed (`ressource.kalenderfil.bidrag`). Two statements."""
    yield from map(_tidens, _med_aendringer(_egne_tider(bruger)))
    for booking in _egne_bookinger(bruger):
        yield _bookingens(booking, bruger, er_aflyst=bool(booking.aflyst_den))


def fil(booking: Sparringsbooking, bruger: Bruger, *, er_aflyst: bool = False) -> str:
    """The calendar file for a notice about `booking` to `bruger`; one statement at most.

    With `er_aflyst` the entry is taken out again, also where the cancelling is yet to be stored.
    """
    if booking.tid.sundhedskoordinator_id == bruger.pk:
        tider = Sparringstid.objects.filter(pk=booking.tid_id)
        return enkelt(_tidens(_med_aendringer(tider).get(), er_aflyst=er_aflyst))
    return enkelt(_bookingens(booking, bruger, er_aflyst=er_aflyst))


def sti(booking: Sparringsbooking, bruger: Bruger, *, er_aflyst: bool = False) -> str:
    """Where `bruger` reads more: the booking if it stands and is theirs to read, else the calendar."""
    if (
        booking.pk
        and not er_aflyst
        and bruger.pk != booking.fagperson_id
        and maa(bruger, "sparring.se_booking")
    ):
        return reverse("rehabilitering:sparring_svar", args=[booking.pk])
    return reverse("rehabilitering:sparring") if maa(bruger, "sparring.se") else ""


def _staar_eller_nylig_aflyst() -> Q:
    return Q(aflyst_den=None) | Q(aflyst_den__gte=timezone.now() - AFLYST_VISES)


def _egne_tider(bruger: Bruger) -> SparringstidQuerySet:
    return Sparringstid.objects.filter(
        _staar_eller_nylig_aflyst(),
        sundhedskoordinator=bruger,
        udgivet_den__isnull=False,
        start__gte=timezone.now() - BAGUD,
    )


def _egne_bookinger(bruger: Bruger) -> SparringsbookingQuerySet:
    return Sparringsbooking.objects.filter(
        _staar_eller_nylig_aflyst(),
        Q(sagsbehandler=bruger) | Q(fagperson=bruger),
        tid__start__gte=timezone.now() - BAGUD,
    ).select_related("tid")


def _med_aendringer(tider: SparringstidQuerySet) -> SparringstidQuerySet:
    """Annotate what a slot's bookings have done to its entry: how often, when last, and if it is booked."""
    return tider.annotate(
        aendringer=F("sekvens") + Count("bookinger") + Coalesce(Sum("bookinger__sekvens"), 0),
        aendret=Greatest(
            "udgivet_den",
            "aflyst_den",
            "rettet_den",
            Max("bookinger__booket_den"),
            Max("bookinger__aflyst_den"),
        ),
        er_booket=Count("bookinger", filter=Q(bookinger__isnull=False, bookinger__aflyst_den=None)),
    )


def _tidens(tid: Sparringstid, *, er_aflyst: bool = False) -> Aftale:
    """A slot of `_med_aendringer` as its sundhedskoordinator's entry."""
    return Aftale(
        uid=f"sparringstid-{tid.pk}",
        titel="Sparring" if tid.er_booket or er_aflyst else "Sparring, ledig tid",  # type: ignore[attr-defined]
        start=tid.start,
        slut=tid.slut,
        sted=tid.sted,
        sti=reverse("rehabilitering:sparring"),
        sekvens=tid.aendringer + bool(tid.aflyst_den),  # type: ignore[attr-defined]
        aendret=tid.aendret,  # type: ignore[attr-defined]
        er_aflyst=er_aflyst or bool(tid.aflyst_den),
        er_optaget=bool(tid.er_booket),  # type: ignore[attr-defined]
    )


def _bookingens(booking: Sparringsbooking, bruger: Bruger, *, er_aflyst: bool) -> Aftale:
    return Aftale(
        uid=f"sparring-{booking.pk}",
        titel="Sparring",
        start=booking.tid.start,
        slut=booking.tid.slut,
        sted=booking.tid.sted,
        sti=sti(booking, bruger, er_aflyst=er_aflyst),
        sekvens=booking.sekvens,
        aendret=booking.aflyst_den or booking.booket_den,
        er_aflyst=er_aflyst,
    )
