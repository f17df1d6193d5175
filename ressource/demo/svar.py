"""An answer from sparring where it was put, and a notice of a slot."""

from django.urls import reverse

from rehabilitering.models import Sparringsbooking, Svarindsaettelse
from ressource import beskeder, dansk
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok


def opret(scene: Scene) -> None:
    """Per's answer stands in two sections; Maja was told of Rie's slot."""
    per = scene.sager["Per"].sparringer.get(besvaret_den__isnull=False)
    del_ = per.sag.forberedende_dele.get()
    dage_siden = (scene.tid.i_dag - per.tid.start.date()).days
    indsat_den = klok(scene.tid.foer(dage_siden - 1), "9.40")
    for kode in ("helbred", "oensker_job_uddannelse"):
        indsat = gem(
            Svarindsaettelse(
                booking=per,
                forberedende_del=del_,
                kode=kode,
                indsat_af=per.booket_af,
                indsat_den=indsat_den,
            )
        )
        scene.haendelse(
            indsat, "sparring.svar_indsat", indsat_den, per.booket_af, sag=per.sag, afsnit=kode
        )
    _besked(scene.sager["Rie"].sparringer.select_related("tid", "sagsbehandler").get())


def _besked(booking: Sparringsbooking) -> None:
    start = booking.tid.start
    naar = f"{dansk.dato_lang(start)} kl. {dansk.klokkeslaet(start)}"
    besked = beskeder.udkast(
        booking.sagsbehandler,
        noegle=f"demo:{booking.pk}",
        emne=f"Sparring {dansk.dato(start)} kl. {dansk.klokkeslaet(start)} er booket",
        tekst=f"Sparringstiden {naar} ({booking.tid.sted}) er booket.",
        sti=reverse("rehabilitering:sparring_svar", args=[booking.pk]),
    )
    besked.oprettet_den = besked.sendt_den = booking.booket_den
    gem(besked)
