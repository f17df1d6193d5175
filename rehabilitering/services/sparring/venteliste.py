"""The waiting list: who waits is offered a slot that comes free, and holds it until it expires.

Offers are made after commit, each in a transaction of its own, and by a job every five minutes for
what a killed process left (`fordel`); one that is refused passes on in the same transaction. All
follow one rule and are safe to run twice: a slot is
offered to the first in line whom it fits, who was waiting when it came free, and who has not been
offered it before. Locks come in one order: the slot, the place in line, the offer.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from borgere import deling
from borgere.models import Inhabilitet, Sag, Samtykke, Tildeling
from borgere.services import kraev_fase, laas_sag
from rehabilitering.models import (
    Sparringsbooking,
    Sparringsdeltager,
    Sparringsspoergsmaal,
    Sparringstid,
    Sparringstilbud,
    Venteplads,
)
from rehabilitering.models.sparringstid import FORBEREDELSESFASER, FORLOEBSFASER
from rehabilitering.models.venteliste import VentepladsQuerySet
from rehabilitering.services.sparring import varsler
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

# How long an offer holds its slot, and how long before the slot it ends at the latest.
HOLDES = timedelta(hours=24)
SENEST_FOER = timedelta(hours=2)
MIDDAG = time(12)
_REGION = Samtykke.Modtager.REGION


@transaction.atomic
def saet_paa(
    sag: Sag,
    *,
    fra_dato: date,
    til_dato: date,
    tidspunkt: str = Venteplads.Tidspunkt.ALLE,
    med_borger: bool = False,
    spoergsmaal: Collection[Sparringsspoergsmaal] = (),
    eget_spoergsmaal: str = "",
    af: Bruger,
) -> Venteplads:
    """Put the case in line for a slot from `fra_dato` to `til_dato`, with the questions it will ask.

    Raises `ValidationError` when the case is in another step or stands in line already, when the
    period is over, or when nothing is asked.
    """
    sag = laas_sag(sag.pk)
    kraev_fase(sag, *FORBEREDELSESFASER, *FORLOEBSFASER)
    if til_dato < i_dag():
        raise ValidationError({"til_dato": "Perioden er gået. Vælg en senere uge."})
    if not (spoergsmaal or eget_spoergsmaal.strip()):
        raise ValidationError(
            {"spoergsmaal": "Vælg mindst ét spørgsmål, eller skriv dit eget spørgsmål."}
        )
    plads = Venteplads(
        sag=sag,
        sagsbehandler=af,
        fra_dato=fra_dato,
        til_dato=til_dato,
        tidspunkt=tidspunkt,
        med_borger=med_borger,
        eget_spoergsmaal=eget_spoergsmaal.strip(),
    )
    plads.full_clean()
    plads.save()
    plads.spoergsmaal.set(spoergsmaal)
    haendelser.log(plads, "sparring.venter", af=af, sag_id=sag.pk)
    return plads


@transaction.atomic
def frameld(plads: Venteplads, *, af: Bruger) -> Venteplads:
    """Take the case off the list; a slot held for it passes on. Twice is as good as once.

    For those who see the case; others get `PermissionDenied`.
    """
    laas_sag(plads.sag_id)
    plads = Venteplads.objects.select_for_update(of=("self",), no_key=True).get(pk=plads.pk)
    if not Venteplads.objects.synlige_for(af).filter(pk=plads.pk).exists():
        raise PermissionDenied("Kun den, der har sagen, kan tage den af ventelisten.")
    if plads.afsluttet_den is None:
        _afslut(plads, Venteplads.Resultat.FRAMELDT, af=af)
    return plads


def forlad(sag_id: int | None, *, af: Bruger | None) -> None:
    """Take a case that has ended, or may not go to the region, off the list. It is locked."""
    aktive = Venteplads.objects.aktive().filter(sag=sag_id)
    for plads in aktive.select_for_update(of=("self",), no_key=True):
        _afslut(plads, Venteplads.Resultat.FRAMELDT, af=af)


def har_faaet(booking: Sparringsbooking) -> None:
    """The case has a slot, within its period or before: it waits no longer.

    An offer of that very slot is taken; one of another passes on. The case and the slot are locked.
    """
    plads = (
        Venteplads.objects.aktive()
        .filter(sag=booking.sag_id, til_dato__gte=timezone.localdate(booking.tid.start))
        .select_for_update(of=("self",), no_key=True)
        .first()
    )
    if plads is None:
        return
    tilbud = plads.tilbud.aabne().select_for_update(of=("self",)).filter(tid=booking.tid).first()
    if tilbud:
        _besvar(tilbud, Sparringstilbud.Svar.TAGET, booking)
    _afslut(plads, Venteplads.Resultat.BOOKET, af=booking.booket_af)


def _afslut(plads: Venteplads, resultat: str, *, af: Bruger | None) -> None:
    """End a locked place; the slot of an open offer passes on."""
    for tilbud in plads.tilbud.aabne().select_for_update(of=("self",)).select_related("tid"):
        _besvar(tilbud, Sparringstilbud.Svar.BORTFALDET)
        tilbyd_ledige([tilbud.tid])
    plads.afsluttet_den = timezone.now()
    plads.resultat = resultat
    plads.save(update_fields=["afsluttet_den", "resultat"])
    haendelser.log(
        plads, "sparring.venter_ikke", af=af, sag_id=plads.sag_id, resultat=str(resultat)
    )


def lad_falde(tid_ids: Collection[int]) -> None:
    """Let the open offers of slots that cannot be held fall; who waited is told, and still waits.

    The slots are locked.
    """
    aabne = Sparringstilbud.objects.aabne().filter(tid__in=tid_ids).order_by("pk")
    for tilbud in aabne.select_for_update(of=("self",)).select_related(
        "tid", "venteplads__sagsbehandler"
    ):
        _besvar(tilbud, Sparringstilbud.Svar.BORTFALDET)
        sag_id = tilbud.venteplads.sag_id
        haendelser.log(tilbud, "sparring.tilbud_bortfaldet", af=None, sag_id=sag_id)
        varsler.tilbud_bortfaldet(tilbud)


def _besvar(tilbud: Sparringstilbud, svar: str, booking: Sparringsbooking | None = None) -> None:
    tilbud.svar = svar
    tilbud.besvaret_den = timezone.now()
    tilbud.booking = booking
    tilbud.save(update_fields=["svar", "besvaret_den", "booking"])


# Offers


def tilbyd_ledige(tider: Iterable[Sparringstid]) -> None:
    """Offer those slots, when the running transaction has committed, to who waits for them.

    Call it with slots that were published or came free; one that is not free is left alone.
    """
    for tid_id in [tid.pk for tid in tider]:
        transaction.on_commit(partial(_tilbyd, tid_id, netop_ledig=True), robust=True)


def udloeber(tid: Sparringstid, nu: datetime) -> datetime:
    """When an offer of `tid` made at `nu` ends: after 24 hours, or two hours before the slot."""
    return min(nu + HOLDES, tid.start - SENEST_FOER)


def kan_tilbydes(plads: Venteplads, antal: int) -> list[Sparringstid]:
    """The first `antal` free slots that `tilbyd` would hold for `plads`, soonest first."""
    ledige = (
        Sparringstid.objects.egnede(plads.sag, med_borger=plads.med_borger)
        .uden_optagne(brugere=[plads.sagsbehandler], sag=plads.sag)
        .ledige(timezone.now() + SENEST_FOER)
        .filter(start__date__range=(plads.fra_dato, plads.til_dato))
        .exclude(tilbud__venteplads=plads)
        .select_related("sundhedskoordinator")
    )
    if plads.tidspunkt != Venteplads.Tidspunkt.ALLE:
        foer_middag = Q(start__time__lt=MIDDAG)
        formiddag = plads.tidspunkt == Venteplads.Tidspunkt.FORMIDDAG
        ledige = ledige.filter(foer_middag if formiddag else ~foer_middag)
    return list(ledige[:antal])


def i_koe(tid: Sparringstid) -> VentepladsQuerySet:
    """Who could be offered `tid`, the first in line first.

    The period, the time of day, the step and the consent fit; they have no open offer, have not
    been offered it before, and are free at the time.
    """
    lokal = timezone.localtime(tid.start)
    dato = lokal.date()
    tidspunkt = Venteplads.Tidspunkt
    del_af_dagen = tidspunkt.FORMIDDAG if lokal.time() < MIDDAG else tidspunkt.EFTERMIDDAG
    sager = Sag.objects.filter(
        deling.maa_faa(_REGION, deling.SKAL_DELES[_REGION], dato), fase__in=tid.faser
    )
    optaget = Sparringsdeltager.objects.filter(start__lt=tid.slut, slut__gt=tid.start).filter(
        Q(bruger=OuterRef("sagsbehandler")) | Q(sag=OuterRef("sag"))
    )
    former = {
        Sparringstid.Form.SAGSBEHANDLER_ALENE: Q(med_borger=False),
        Sparringstid.Form.MED_BORGER: Q(med_borger=True),
    }
    return (
        Venteplads.objects.aktive()
        .filter(
            former.get(Sparringstid.Form(tid.form), Q()),
            ~Exists(optaget),
            fra_dato__lte=dato,
            til_dato__gte=dato,
            tidspunkt__in=[tidspunkt.ALLE, del_af_dagen],
            sag__in=sager,
        )
        .exclude(tilbud__in=Sparringstilbud.objects.aabne())
        .exclude(tilbud__in=Sparringstilbud.objects.filter(tid=tid))
    )


@transaction.atomic
def _tilbyd(tid_id: int, *, netop_ledig: bool = False) -> Sparringstilbud | None:
    """Hold the slot for the first in line, if it is free still.

    Somebody who stood in line after it came free saw it in the calendar and did not want it.
    """
    tid = _laas_fri_tid(tid_id)
    if tid is None:
        return None
    koe = i_koe(tid)
    if not netop_ledig:
        koe = koe.filter(oprettet_den__lte=tid.ledig_siden)  # type: ignore[attr-defined]
    plads = koe.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    return _hold(tid, plads, af=None) if plads else None


def _laas_fri_tid(tid_id: int) -> Sparringstid | None:
    """The slot, locked, when it is free and far enough ahead to be offered."""
    tid = Sparringstid.objects.select_for_update(of=("self",)).filter(pk=tid_id).first()
    nu = timezone.now()
    if tid is None or udloeber(tid, nu) <= nu:
        return None
    # Asked after the lock, for whoever held it may have booked the slot or held it.
    return Sparringstid.objects.ledige(nu).med_ledig_siden().filter(pk=tid_id).first()


def _hold(tid: Sparringstid, plads: Venteplads, *, af: Bruger | None) -> Sparringstilbud:
    """Write the offer and tell of it; the slot and the place are locked."""
    nu = timezone.now()
    modtager = _hvem(plads)
    if modtager.pk != plads.sagsbehandler_id:
        plads.sagsbehandler = modtager
        plads.save(update_fields=["sagsbehandler"])
    tilbud = Sparringstilbud.objects.create(
        tid=tid, venteplads=plads, tilbudt_den=nu, udloeber_den=udloeber(tid, nu)
    )
    haendelser.log(tilbud, "sparring.tilbudt", af=af, sag_id=plads.sag_id, tid=tid.pk)
    varsler.tilbyd(tilbud, modtager)
    return tilbud


def _hvem(plads: Venteplads) -> Bruger:
    """Who is told: who stands in line, or today's responsible when the case has been handed over."""
    if Sag.objects.synlige_for(plads.sagsbehandler).filter(pk=plads.sag_id).exists():
        return plads.sagsbehandler
    ansvar = Tildeling.objects.gaeldende(i_dag()).ansvarlige().filter(sag=plads.sag_id)
    ansvarlig = ansvar.select_related("bruger").first()
    return ansvarlig.bruger if ansvarlig else plads.sagsbehandler


@transaction.atomic
def tilbyd(tid: Sparringstid, plads: Venteplads, *, af: Bruger) -> Sparringstilbud:
    """Hold a free slot for one who waits, out of turn or one that was free all along.

    Raises `ValidationError` when the slot is not free, too near, or does not fit who waits, and for
    a citizen `af` is inhabil towards: turns are not given out by somebody close (FVL § 3).
    """
    if Inhabilitet.objects.gaeldende().filter(bruger=af, borger=plads.sag.borger_id).exists():
        raise ValidationError("Du er inhabil i sagen. Bed en kollega om at tilbyde tiden.")
    fri = _laas_fri_tid(tid.pk)
    if fri is None:
        raise ValidationError(
            "Tiden er ikke ledig længere, eller den er for tæt på. Vælg en anden."
        )
    koe = i_koe(fri).filter(pk=plads.pk)
    fundet = koe.select_for_update(of=("self",), no_key=True).first()
    if fundet is None:
        raise ValidationError(
            "Tiden passer ikke til den plads på ventelisten, eller den er allerede tilbudt. "
            "Vælg en anden tid."
        )
    return _hold(fri, fundet, af=af)


@transaction.atomic
def afslaa(tilbud: Sparringstilbud, *, af: Bruger) -> Sparringstilbud:
    """Say no to the slot: the next in line is offered it, and the place in line is kept.

    Raises `ValidationError` when the offer is answered or over, and `PermissionDenied` for somebody
    who does not see the case.
    """
    tilbud = laas_tilbud(tilbud)
    kraev_eget(tilbud, af)
    kraev_aabent(tilbud)
    _besvar(tilbud, Sparringstilbud.Svar.AFSLAAET)
    haendelser.log(tilbud, "sparring.tilbud_afslaaet", af=af, sag_id=tilbud.venteplads.sag_id)
    # At once, while the slot is locked: else somebody who stands in no line could come between.
    _tilbyd(tilbud.tid_id, netop_ledig=True)
    return tilbud


def laas_tilbud(tilbud: Sparringstilbud) -> Sparringstilbud:
    """The offer, locked after its slot."""
    Sparringstid.objects.select_for_update(of=("self",)).get(pk=tilbud.tid_id)
    return (
        Sparringstilbud.objects.select_for_update(of=("self",))
        .select_related("tid__sundhedskoordinator", "venteplads__sag")
        .get(pk=tilbud.pk)
    )


def kraev_eget(tilbud: Sparringstilbud, af: Bruger) -> None:
    """Raise `PermissionDenied` unless `af` has the case that waits, by more than break-glass."""
    egne = Venteplads.objects.filter(sag__in=Sag.objects.uden_noedadgang(af))
    if not egne.filter(pk=tilbud.venteplads_id).exists():
        raise PermissionDenied("Kun den, der har sagen, kan svare på tilbuddet.")


def kraev_aabent(tilbud: Sparringstilbud) -> None:
    """Raise `ValidationError` when the offer is answered or its time is up."""
    if tilbud.svar == Sparringstilbud.Svar.TAGET:
        raise ValidationError("Tilbuddet gælder ikke længere: tiden er taget og booket.")
    if tilbud.svar or tilbud.udloeber_den <= timezone.now():
        raise ValidationError(
            "Tilbuddet gælder ikke længere. Du beholder din plads på ventelisten, eller du kan "
            "vælge en ledig tid i kalenderen.",
            code="udloebet",
        )


# The job


def fordel() -> int:
    """Pass on what has expired and offer what is free; how many offers were made.

    Safe to run twice and at the same time: each step takes its own lock and looks again.
    """
    nu = timezone.now()
    for tilbud_id in list(Sparringstilbud.objects.udloebne(nu).values_list("pk", flat=True)):
        _udloeb(tilbud_id)
    udlevet = Venteplads.objects.aktive().filter(til_dato__lt=i_dag())
    for plads_id in list(udlevet.values_list("pk", flat=True)):
        _udlev(plads_id)
    return sum(_tilbyd(tid_id) is not None for tid_id in _maaske_ventede(nu))


def _maaske_ventede(nu: datetime) -> list[int]:
    """Free slots within the period of anybody who waits; few, for few wait."""
    perioder = Q(pk__in=[])
    uden_tilbud = Venteplads.objects.aktive().exclude(tilbud__in=Sparringstilbud.objects.aabne())
    for fra, til in uden_tilbud.order_by().values_list("fra_dato", "til_dato").distinct():
        perioder |= Q(start__date__range=(fra, til))
    return list(Sparringstid.objects.ledige(nu).filter(perioder).values_list("pk", flat=True))


@transaction.atomic
def _udloeb(tilbud_id: int) -> None:
    """End an offer nobody answered, unless somebody did meanwhile."""
    tilbud = laas_tilbud(Sparringstilbud.objects.get(pk=tilbud_id))
    if tilbud.svar:
        return
    _besvar(tilbud, Sparringstilbud.Svar.UDLOEBET)
    haendelser.log(tilbud, "sparring.tilbud_udloebet", af=None, sag_id=tilbud.venteplads.sag_id)
    varsler.tilbud_udloebet(tilbud)


@transaction.atomic
def _udlev(plads_id: int) -> None:
    """End a place whose period is over, unless it has ended."""
    plads = Venteplads.objects.select_for_update(of=("self",), no_key=True).get(pk=plads_id)
    if plads.afsluttet_den is None:
        _afslut(plads, Venteplads.Resultat.UDLOEBET, af=None)
