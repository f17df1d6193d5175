"""Who waits for a sparring slot, one offer that is open, and a booking without questions."""

from datetime import datetime, timedelta

from django.utils import timezone

from borgere.models import Sag, Tildeling
from rehabilitering.models import Sparringsbooking, Sparringstid, Sparringstilbud, Venteplads
from rehabilitering.services.sparring import ADGANG_EFTER_TID, venteliste
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

PERIODE = timedelta(days=18)


def opret(scene: Scene) -> None:
    """Jan is offered the second free slot, Eva waits, and Nanna has booked the third for Lene."""
    fra = timezone.now() + timedelta(days=2)
    _foerste, anden, tredje = Sparringstid.objects.ledige(fra)[:3]
    jan = _vent(scene, scene.sager["Jan"], 3, "Hvor længe kan han stå op i løbet af en dag?")
    eva = _vent(scene, scene.sager["Eva"], 2, "Er fire dage om ugen forsvarligt?")
    # They wait in that order, and Eva has no offer: she wants an afternoon.
    Venteplads.objects.filter(pk=eva.pk).update(tidspunkt=Venteplads.Tidspunkt.EFTERMIDDAG)
    nu = timezone.now()
    tilbud = gem(
        Sparringstilbud(
            tid=anden, venteplads=jan, tilbudt_den=nu, udloeber_den=venteliste.udloeber(anden, nu)
        )
    )
    scene.haendelse(tilbud, "sparring.tilbudt", nu, None, sag=jan.sag, tid=anden.pk)
    _book_for_lene(scene, tredje, scene.sager["Omar"], nu)


def _vent(scene: Scene, sag: Sag, dage_siden: int, spoergsmaal: str) -> Venteplads:
    den = klok(scene.tid.foer(dage_siden), "10.20")
    af = sag.tildelinger.gaeldende(scene.tid.i_dag).ansvarlige().get().bruger
    plads = gem(
        Venteplads(
            sag=sag,
            sagsbehandler=af,
            fra_dato=scene.tid.i_dag,
            til_dato=scene.tid.i_dag + PERIODE,
            eget_spoergsmaal=spoergsmaal,
            oprettet_den=den,
        )
    )
    scene.haendelse(plads, "sparring.venter", den, af, sag=sag)
    return plads


def _book_for_lene(scene: Scene, tid: Sparringstid, sag: Sag, nu: datetime) -> None:
    nanna = scene.hold["moedekoordinator"]
    booking = gem(
        Sparringsbooking(
            tid=tid,
            sag=sag,
            sagsbehandler=scene.hold["koordinerende"],
            booket_af=nanna,
            booket_den=nu,
        )
    )
    gem(
        Tildeling(
            sag=sag,
            bruger=tid.sundhedskoordinator,
            art=Tildeling.Art.SPARRING,
            fra_dato=scene.tid.i_dag,
            til_dato=timezone.localdate(tid.start) + ADGANG_EFTER_TID,
        )
    )
    scene.haendelse(booking, "sparring.booket", nu, nanna, sag=sag, tid=tid.pk)
