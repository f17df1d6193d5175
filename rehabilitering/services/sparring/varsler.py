"""Notices about a booking: who is told, in words that name no citizen and no case."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from rehabilitering import sparringskalender
from rehabilitering.models import Sparringsbooking, Sparringstilbud
from rehabilitering.sparringsuge import tidspunkt
from ressource import beskeder, dansk
from ressource.models import Besked, Bruger

AFLYST, BOOKET = "aflyst", "booket"
_AARSAGER = {
    Sparringsbooking.Aflysning.TID_VAEK: "Tiden kan ikke holdes. Book en ny i kalenderen.",
    Sparringsbooking.Aflysning.LUKKET_SAG: "Sagen er afsluttet.",
    Sparringsbooking.Aflysning.SAMTYKKE: "Borgerens samtykke gælder ikke længere.",
}


def fortael(booking: Sparringsbooking, hvad: str, *, af: Bruger | None) -> None:
    """Tell everybody the booking brings together, with a calendar file. In the caller's transaction.

    `hvad` is `BOOKET` or `AFLYST`. Who did it is told too, when they are to be there: the file is
    theirs as well. The same fact is told once, however often this is called.
    """
    for besked in udkast(booking, hvad, af=af):
        beskeder.opret(
            besked.modtager,
            noegle=besked.noegle,
            emne=besked.emne,
            tekst=besked.tekst,
            sti=besked.sti,
            kalender=besked.kalender,
        )


def udkast(booking: Sparringsbooking, hvad: str, *, af: Bruger | None) -> list[Besked]:
    """The notices `fortael` would send, not stored: what a page shows before it happens."""
    tid = booking.tid
    linjer = [f"Sparringstiden {tidspunkt(tid)} ({tid.sted}) er {hvad}."]
    if af:
        linjer.append(f"{'Aflyst' if hvad == AFLYST else 'Booket'} af {af.navn}.")
    if hvad == AFLYST and booking.aflysning in _AARSAGER:
        linjer.append(_AARSAGER[Sparringsbooking.Aflysning(booking.aflysning)])
    emne = f"Sparring {dansk.dato(tid.start)} kl. {dansk.klokkeslaet(tid.start)} er {hvad}"
    return [
        beskeder.udkast(
            bruger,
            noegle=f"sparring:{booking.pk}:{hvad}:{bruger.pk}",
            emne=emne,
            tekst=" ".join(linjer),
            sti=sparringskalender.sti(booking, bruger, er_aflyst=hvad == AFLYST),
            kalender=sparringskalender.fil(booking, bruger, er_aflyst=hvad == AFLYST),
        )
        for bruger in _modtagere(booking)
    ]


def _modtagere(booking: Sparringsbooking) -> Iterator[Bruger]:
    """Each person once: who comes, and who meets them."""
    set_foer: set[int] = set()
    for bruger in (booking.sagsbehandler, booking.fagperson, booking.tid.sundhedskoordinator):
        if bruger and bruger.pk not in set_foer:
            set_foer.add(bruger.pk)
            yield bruger


def fagperson_slippes(booking: Sparringsbooking) -> None:
    """Tell the second professional that they are not to come, and take it out of their calendar."""
    fagperson = booking.fagperson
    if fagperson is None:
        return
    beskeder.opret(
        fagperson,
        noegle=f"sparring:{booking.pk}:fri:{booking.sekvens}",
        emne=f"Du skal ikke med til sparring {dansk.dato(booking.tid.start)}",
        tekst=f"Du er ikke længere med til sparringstiden {tidspunkt(booking.tid)}.",
        sti=sparringskalender.sti(booking, fagperson, er_aflyst=True),
        kalender=sparringskalender.fil(booking, fagperson, er_aflyst=True),
    )


def mind_om_spoergsmaal(booking: Sparringsbooking, frist: datetime) -> None:
    """Ask who comes for the questions, due at `frist`; once per booking."""
    senest = f"{dansk.dato_lang(frist)} kl. {dansk.klokkeslaet(frist)}"
    beskeder.opret(
        booking.sagsbehandler,
        noegle=f"sparring:{booking.pk}:spoergsmaal",
        emne="Din sparring mangler spørgsmål",
        tekst=(
            f"Sparringstiden {tidspunkt(booking.tid)} er booket uden spørgsmål. "
            f"Sundhedskoordinatoren skal have dem senest {senest}."
        ),
        sti=reverse("rehabilitering:sparring_spoergsmaal", args=[booking.pk]),
    )


def tilbyd(tilbud: Sparringstilbud, modtager: Bruger) -> None:
    """Tell who waits that a slot is held for them, and until when."""
    frist = f"{dansk.dato_lang(tilbud.udloeber_den)} kl. {dansk.klokkeslaet(tilbud.udloeber_den)}"
    beskeder.opret(
        modtager,
        noegle=f"sparringstilbud:{tilbud.pk}",
        emne="En sparringstid er blevet ledig",
        tekst=(
            f"Sparringstiden {tidspunkt(tilbud.tid)} ({tilbud.tid.sted}) holdes for dig til "
            f"{frist}. Svarer du ikke inden da, får den næste på ventelisten den."
        ),
        sti=reverse("rehabilitering:sparringstilbud", args=[tilbud.pk]),
    )


def tilbud_udloebet(tilbud: Sparringstilbud) -> None:
    """Tell who waits that the offer has passed on; their place in line is kept."""
    beskeder.opret(
        tilbud.venteplads.sagsbehandler,
        noegle=f"sparringstilbud:{tilbud.pk}:udloebet",
        emne="Tilbuddet om en sparringstid er udløbet",
        tekst=(
            f"Du svarede ikke på tilbuddet om sparringstiden {tidspunkt(tilbud.tid)}. "
            "Du beholder din plads på ventelisten."
        ),
        sti=reverse("rehabilitering:sparring"),
    )


def tilbud_bortfaldet(tilbud: Sparringstilbud) -> None:
    """Tell who waits that the slot held for them cannot be held; their place in line is kept."""
    beskeder.opret(
        tilbud.venteplads.sagsbehandler,
        noegle=f"sparringstilbud:{tilbud.pk}:bortfaldet",
        emne="En tilbudt sparringstid kan ikke holdes",
        tekst=(
            f"Sparringstiden {tidspunkt(tilbud.tid)} blev holdt for dig, men der er nu lukket "
            "eller fravær. Du beholder din plads på ventelisten."
        ),
        sti=reverse("rehabilitering:sparring"),
    )
