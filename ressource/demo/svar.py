"""Answers from sparring where people have put them, and a notice of a slot."""

from datetime import datetime

from django.urls import reverse

from indsatsplan.models import Plansvar
from rehabilitering.models import Sparringsbooking, Svarindsaettelse
from ressource import beskeder, dansk
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok


def opret(scene: Scene) -> None:
    """Per's answer stands in two sections, Eva's in her plan; Maja was told of Rie's slot."""
    per, eva = _svar(scene, "Per"), _svar(scene, "Eva")
    del_ = per.sag.forberedende_dele.get()
    for kode in ("helbred", "oensker_job_uddannelse"):
        indsat = gem(
            Svarindsaettelse(
                booking=per,
                forberedende_del=del_,
                kode=kode,
                indsat_af=per.booket_af,
                indsat_den=_dagen_efter(scene, per),
            )
        )
        _noter(scene, indsat, "sparring.svar_indsat", per, afsnit=kode)
    plansvar = gem(
        Plansvar(
            forloeb=eva.sag.forloeb.get(),
            booking=eva,
            indsat_af=eva.booket_af,
            indsat_den=_dagen_efter(scene, eva),
        )
    )
    _noter(scene, plansvar, "plan.svar_indsat", eva)
    _besked(scene.sager["Rie"].sparringer.select_related("tid", "sagsbehandler").get())


def _svar(scene: Scene, fornavn: str) -> Sparringsbooking:
    return scene.sager[fornavn].sparringer.get(besvaret_den__isnull=False)


def _dagen_efter(scene: Scene, booking: Sparringsbooking) -> datetime:
    dage_siden = (scene.tid.i_dag - booking.tid.start.date()).days
    return klok(scene.tid.foer(dage_siden - 1), "9.40")


def _noter(
    scene: Scene,
    indsat: Svarindsaettelse | Plansvar,
    kode: str,
    booking: Sparringsbooking,
    **data: str,
) -> None:
    scene.haendelse(indsat, kode, indsat.indsat_den, indsat.indsat_af, sag=booking.sag, **data)


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
