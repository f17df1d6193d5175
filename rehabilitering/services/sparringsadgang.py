"""What a withdrawn consent to the region ends: the coming slots, and the sight of the case."""

from django.utils import timezone

from borgere.models import Sag, Samtykke, Tildeling
from borgere.services import afslut_tildeling
from rehabilitering.models import Sparringsbooking
from rehabilitering.services.sparring import aflys, maa_til_regionen
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


def _slut(sag: Sag, haendelse: Haendelse) -> None:
    kommende = Sparringsbooking.objects.aktive().filter(
        sag=sag, besvaret_den=None, tid__start__gt=timezone.now()
    )
    for booking in kommende.select_for_update(of=("self",)).order_by("pk"):
        aflys(booking, haendelse.af, Sparringsbooking.Aflysning.SAMTYKKE)
    pladser = sag.tildelinger.filter(art=Tildeling.Art.SPARRING, til_dato__gte=i_dag())
    for plads in pladser.order_by("pk"):
        afslut_tildeling(plads, af=haendelse.af)
