"""Absences and closing days: nothing is laid out or booked there, and bookings hit are told at once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from rehabilitering.models import Fravaer, Sparringsbooking, Sparringstid
from rehabilitering.models.sparringsbooking import SparringsbookingQuerySet
from rehabilitering.models.sparringstid import SparringstidQuerySet
from rehabilitering.services.sparring import venteliste
from rehabilitering.services.sparring.tider import indeholder_personnummer, laas_koordinator
from rehabilitering.sparringsuge import tidspunkt
from ressource import beskeder, haendelser
from ressource.adgang import maa
from ressource.datoer import dage
from ressource.kalender import i_dag, lukkede_dage
from ressource.models import Bruger, Lukkedag

# How many other slots a booking that is hit is offered.
ANTAL_NYE_TIDER = 3
# Of how many free slots those are picked; there are seldom more in half a year.
_SET_IGENNEM = 300
FLEST_LUKKEDAGE = 62


@transaction.atomic
def meld_fravaer(
    bruger: Bruger, start: datetime, slut: datetime, *, aarsag: str, af: Bruger
) -> tuple[Fravaer, list[Sparringsbooking]]:
    """Register that a sundhedskoordinator is away from `start` to `slut`; gives the bookings hit.

    Those bookings stand until they are moved or cancelled; those who were to come and who booked
    are told, and offered other slots. An offer of a slot that cannot be held falls. Raises `ValidationError` when it ends before it begins, is over, or overlaps an
    absence registered before.
    """
    laas_koordinator(bruger)
    fravaer = Fravaer(bruger=bruger, start=start, slut=slut, aarsag=aarsag, oprettet_af=af)
    fravaer.clean_fields(exclude=["bruger", "oprettet_af"])
    if slut <= start:
        raise ValidationError({"til_dato": "Fraværet slutter, før det begynder."})
    if slut <= timezone.now():
        raise ValidationError({"til_dato": "Fraværet er forbi. Vælg en senere dato."})
    if Fravaer.objects.filter(bruger=bruger, start__lt=slut, slut__gt=start).exists():
        raise ValidationError(
            {"fra_dato": "Der er allerede fravær på det tidspunkt. Slet det gamle først."}
        )
    fravaer.save()
    haendelser.log(fravaer, "sparring.fravaer_meldt", af=af)
    ramte = Sparringstid.objects.filter(sundhedskoordinator=bruger, start__lt=slut, slut__gt=start)
    return fravaer, _fortael_ramte(ramte, f"fravaer-{fravaer.pk}")


@transaction.atomic
def slet_fravaer(fravaer: Fravaer, *, af: Bruger) -> None:
    """Remove an absence: the free slots in it can be booked, and are offered to those who wait."""
    fravaer = Fravaer.objects.select_for_update(of=("self",)).get(pk=fravaer.pk)
    tider = Sparringstid.objects.filter(
        sundhedskoordinator=fravaer.bruger_id, start__lt=fravaer.slut, slut__gt=fravaer.start
    )
    ids = list(tider.values_list("pk", flat=True))
    haendelser.log(fravaer, "sparring.fravaer_slettet", af=af)
    fravaer.delete()
    _tilbyd(ids)


@transaction.atomic
def luk_dage(
    fra: date, til: date, *, aarsag: str, af: Bruger
) -> tuple[list[Lukkedag], list[Sparringsbooking]]:
    """Close the municipality from `fra` to `til`; gives the closing days and the bookings hit.

    Weekends, holidays and days closed before get no row of their own. Bookings as in
    `meld_fravaer`. Raises `ValidationError` when no day is left to close, the stretch is longer
    than two months or begins in the past.
    """
    if til < fra:
        raise ValidationError({"til": "Slutdatoen ligger før den første dag."})
    if (til - fra).days >= FLEST_LUKKEDAGE:
        raise ValidationError({"til": "Luk højst to måneder ad gangen."})
    if fra < i_dag():
        raise ValidationError({"fra": "Dagen er gået. Vælg i dag eller senere."})
    if indeholder_personnummer(aarsag):
        raise ValidationError({"aarsag": "Skriv ikke personnumre i årsagen. Den vises for alle."})
    lukket = lukkede_dage(fra, til)
    nye = [Lukkedag(dato=dag, aarsag=aarsag) for dag in dage(fra, til) if dag not in lukket]
    if not nye:
        raise ValidationError({"fra": "Der er allerede lukket alle de dage."})
    for lukkedag in nye:
        lukkedag.full_clean()
    Lukkedag.objects.bulk_create(nye)
    haendelser.log_mange(
        "lukkedag.oprettet", [(dag, None, {"dato": dag.dato.isoformat()}) for dag in nye], af=af
    )
    ramte = Sparringstid.objects.filter(start__date__in=[dag.dato for dag in nye])
    return nye, _fortael_ramte(ramte, f"lukkedag-{nye[0].pk}")


@transaction.atomic
def aabn_dag(lukkedag: Lukkedag, *, af: Bruger) -> None:
    """Remove a closing day: the free slots on it can be booked, and are offered to those who wait."""
    lukkedag = Lukkedag.objects.select_for_update().get(pk=lukkedag.pk)
    tider = Sparringstid.objects.filter(start__date=lukkedag.dato)
    ids = list(tider.values_list("pk", flat=True))
    haendelser.log(lukkedag, "lukkedag.slettet", af=af, dato=lukkedag.dato.isoformat())
    lukkedag.delete()
    _tilbyd(ids)


def _tilbyd(tid_ids: list[int]) -> None:
    fri_igen = Sparringstid.objects.ledige(timezone.now()).filter(pk__in=tid_ids)
    venteliste.tilbyd_ledige(list(fri_igen))


def _fortael_ramte(tider: SparringstidQuerySet, kilde: str) -> list[Sparringsbooking]:
    """Tell those the slots to come among `tider` bring together, and offer others; gives the bookings.

    The slots are locked first, so that a booking made meanwhile either is seen here or sees why it
    cannot stand.
    """
    kommende = tider.filter(aflyst_den=None, start__gt=timezone.now())
    laaste = [tid.pk for tid in kommende.select_for_update(of=("self",)).order_by("pk")]
    venteliste.lad_falde(laaste)
    ramte = list(
        Sparringsbooking.objects.kommende()
        .filter(tid__in=laaste)
        .select_related("tid", "sag", "sagsbehandler", "booket_af", "fagperson")
        .order_by("tid__start", "pk")
    )
    nye = nye_tider(ramte)
    for booking in ramte:
        for modtager in {booking.sagsbehandler, booking.booket_af, booking.fagperson}:
            if modtager:
                _fortael(booking, modtager, nye[booking.pk], kilde)
    return ramte


def _fortael(
    booking: Sparringsbooking, modtager: Bruger, nye: list[Sparringstid], kilde: str
) -> None:
    """Write one notice; why the sundhedskoordinator is away is nobody's business."""
    hvornaar = tidspunkt(booking.tid)
    linjer = [f"Sparringstiden {hvornaar} kan ikke holdes, fordi der er lukket eller fravær.", ""]
    er_fagperson = modtager.pk == booking.fagperson_id
    if er_fagperson:
        linjer += [f"{booking.sagsbehandler.navn} finder en ny tid. Du får besked, når den er der."]
    elif nye:
        linjer += ["Flyt bookingen til en af disse ledige tider, eller aflys den:"]
        linjer += [f"– {tidspunkt(tid)} ({tid.sted})" for tid in nye]
        linjer += ["", "Tiderne holdes ikke for dig: den første, der booker, får dem."]
    else:
        linjer += ["Der er ingen ledige tider lige nu. Aflys bookingen, og skriv på ventelisten."]
    beskeder.opret(
        modtager,
        noegle=f"sparring:{booking.pk}:ramt:{kilde}:{modtager.pk}",
        emne="Din sparring skal have en ny tid",
        tekst="\n".join(linjer),
        sti=_sti(booking, modtager),
    )


def _sti(booking: Sparringsbooking, modtager: Bruger) -> str:
    """Where `modtager` finds another time: the booking's page, or all that were hit."""
    if modtager.pk == booking.fagperson_id:
        return reverse("rehabilitering:sparring") if maa(modtager, "sparring.se") else ""
    if modtager.pk != booking.sagsbehandler_id and maa(modtager, "sparring.udgiv"):
        return reverse("rehabilitering:sparring_ramte")
    return reverse("rehabilitering:sparring_flyt", args=[booking.pk])


def ramte_bookinger() -> SparringsbookingQuerySet:
    """Standing bookings to come on a closing day or in an absence, soonest first.

    Each has `.lukket`: true on a closing day, false in an absence.
    """
    fravaer = Fravaer.objects.filter(
        bruger=OuterRef("tid__sundhedskoordinator"),
        start__lt=OuterRef("tid__slut"),
        slut__gt=OuterRef("tid__start"),
    )
    lukket = Lukkedag.objects.filter(dato=OuterRef("tid__start__date"))
    return (
        Sparringsbooking.objects.kommende()
        .annotate(lukket=Exists(lukket))
        .filter(Q(lukket=True) | Exists(fravaer))
        .select_related("tid__sundhedskoordinator", "sag", "sagsbehandler")
        .order_by("tid__start", "pk")
    )


def nye_tider(bookinger: Iterable[Sparringsbooking]) -> dict[int, list[Sparringstid]]:
    """By booking, the free slots it can be moved to: after its own first, then earlier ones.

    One statement however many bookings; their `tid` and `sag` are read.
    """
    bookinger = list(bookinger)
    if not bookinger:
        return {}
    ledige = list(
        Sparringstid.objects.ledige(timezone.now()).select_related("sundhedskoordinator")[
            :_SET_IGENNEM
        ]
    )
    return {booking.pk: _egnede(booking, ledige) for booking in bookinger}


def _egnede(booking: Sparringsbooking, ledige: list[Sparringstid]) -> list[Sparringstid]:
    passende = [tid for tid in ledige if _passer(booking, tid)]
    # `ledige` is in order of time; sorting is stable.
    passende.sort(key=lambda tid: tid.start < booking.tid.start)
    return passende[:ANTAL_NYE_TIDER]


def _passer(booking: Sparringsbooking, tid: Sparringstid) -> bool:
    """Whether the slot is of a kind the booking's case may have, as `egnede` asks the database."""
    former = Sparringstid.Form
    passende = former.MED_BORGER if booking.med_borger else former.SAGSBEHANDLER_ALENE
    return booking.sag.fase in tid.faser and tid.form in {former.BEGGE, passende}
