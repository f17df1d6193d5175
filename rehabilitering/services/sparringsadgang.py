"""Who must not be at a slot any longer: the region without a consent, and whoever is inhabil."""

from django.utils import timezone

from borgere.models import Inhabilitet, Sag, Samtykke, Tildeling
from borgere.services import afslut_tildeling
from rehabilitering.models import Sparringsbooking
from rehabilitering.services.sparring import aflys, maa_til_regionen, varsler
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Haendelse


def slut_ved_tilbagekald(haendelse: Haendelse) -> None:
    """Reaction to `samtykke.trukket`: the region is told nothing new (RSL § 11 a).

    On the citizen's open cases, where no other consent lets the region have what sparring needs,
    the coming bookings are cancelled and the sundhedskoordinator no longer sees the case. An answer
    given stays. `traek_samtykke` holds the cases. Team meetings rest on law and are left alone.
    """
    samtykke = Samtykke.objects.get(pk=haendelse.objekt_id)
    if samtykke.modtager != Samtykke.Modtager.REGION:
        return
    for sag in Sag.objects.filter(borger=samtykke.borger_id).aabne().order_by("pk"):
        if not maa_til_regionen(sag).maa:
            _slut(sag, haendelse)


def slip_inhabil(haendelse: Haendelse) -> None:
    """Reaction to `adgang.inhabil`: the second professional hears nothing of the citizen (FVL § 3).

    They are taken out of the coming slots of the citizen's cases and told; the booking stands.
    Whose case it was is the teamleder's to hand over.
    """
    inhabilitet = Inhabilitet.objects.get(pk=haendelse.objekt_id)
    kommende = Sparringsbooking.objects.kommende().filter(
        sag__borger=inhabilitet.borger_id, fagperson=inhabilitet.bruger_id
    )
    bookinger = kommende.select_for_update(of=("self",)).select_related(
        "tid__sundhedskoordinator", "fagperson"
    )
    for booking in bookinger.order_by("pk"):
        booking.sekvens += 1
        varsler.fagperson_slippes(booking)
        booking.fagperson = None
        booking.save(update_fields=["fagperson", "sekvens"])
        haendelser.log(booking, "sparring.fagperson_fri", af=haendelse.af, sag_id=booking.sag_id)


def _slut(sag: Sag, haendelse: Haendelse) -> None:
    kommende = Sparringsbooking.objects.aktive().filter(
        sag=sag, besvaret_den=None, tid__start__gt=timezone.now()
    )
    for booking in kommende.select_for_update(of=("self",)).order_by("pk"):
        aflys(booking, haendelse.af, Sparringsbooking.Aflysning.SAMTYKKE)
    pladser = sag.tildelinger.filter(art=Tildeling.Art.SPARRING, til_dato__gte=i_dag())
    for plads in pladser.order_by("pk"):
        afslut_tildeling(plads, af=haendelse.af)
