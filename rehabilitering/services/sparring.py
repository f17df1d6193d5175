"""Sparring slots: publish, take back, book, cancel, answer.

Locks are taken in one order everywhere: the case, the slot's place in the unique index, the slot's
own row. So two people can wait for each other's result but never for each other.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from borgere import deling
from borgere.models import Sag, Samtykke, Tildeling
from borgere.services import kraev_fase, laas_sag, tildel
from rehabilitering.models import Sparringsbooking, Sparringsspoergsmaal, Sparringstid
from ressource import dansk, haendelser
from ressource.adgang import maa
from ressource.kalender import i_dag, lukkede_dage
from ressource.models import Bruger, Haendelse, Lukkedag, Rolle

# How long after the slot the sundhedskoordinator still sees the case, to write the answer.
ADGANG_EFTER_TID = timedelta(days=30)
_REGIONEN = deling.Modtager(Samtykke.Modtager.REGION)
_OPLYSNINGER = deling.SKAL_DELES[Samtykke.Modtager.REGION]
# A slot's place is shown to everybody who may see the calendar.
_LIGNER_PERSONNUMMER = re.compile(r"\d{6}[\s-]?\d{4}")


class TidOptaget(ValidationError):  # noqa: N818 -- Danish names its own errors
    """Somebody else has booked the slot; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "Tiden er lige blevet booket af en anden. Din booking er ikke gemt. Vælg en anden tid.",
            code="optaget",
        )


@dataclass(frozen=True)
class Udgivelse:
    """What publishing gave: the slots, and the dates left out with the reason."""

    tider: list[Sparringstid]
    udeladte: list[tuple[date, str]]


@dataclass(frozen=True)
class Plan:
    """What to publish: `antal` slots of `minutter` from `klokken`, weekly for `uger` weeks."""

    dato: date
    klokken: time
    antal: int
    minutter: int
    uger: int = 1

    def datoer(self) -> list[date]:
        """The same weekday, week by week."""
        return [self.dato + timedelta(weeks=nr) for nr in range(self.uger)]

    def tidsrum(self, dato: date) -> list[tuple[datetime, datetime]]:
        """Start and end of each slot on `dato`, by the clock on the wall in Denmark.

        Raises `ValidationError` when the last one would end after midnight.
        """
        foerste = datetime.combine(dato, self.klokken)
        laengde = timedelta(minutes=self.minutter)
        if (foerste + self.antal * laengde - timedelta(minutes=1)).date() != dato:
            raise ValidationError(
                {"antal": "Tiderne går ud over midnat. Vælg færre eller kortere tider."}
            )
        starter = [timezone.make_aware(foerste + nr * laengde) for nr in range(self.antal)]
        return [(start, start + laengde) for start in starter]


@transaction.atomic
def udgiv_tider(
    sundhedskoordinator: Bruger,
    plan: Plan,
    *,
    sted: str,
    er_video: bool = False,
    form: str = Sparringstid.Form.BEGGE,
    anledning: str = Sparringstid.Anledning.BEGGE,
    af: Bruger,
) -> Udgivelse:
    """Publish the slots of `plan`; closed days are left out and named in the answer.

    All or nothing: raises `ValidationError` when one slot is in the past or overlaps another of the
    sundhedskoordinator's, or when no day is left.
    """
    _laas_koordinator(sundhedskoordinator)
    _kraev_uden_personnummer(sted)
    aabne, udeladte = _del_i_aabne_og_lukkede(plan.datoer())
    faelles = {
        "sundhedskoordinator": sundhedskoordinator,
        "sted": sted,
        "er_video": er_video,
        "form": form,
        "anledning": anledning,
        "oprettet_af": af,
        "udgivet_af": af,
        "udgivet_den": timezone.now(),
    }
    tider = [
        Sparringstid(**faelles, start=start, slut=slut)
        for dato in aabne
        for start, slut in plan.tidsrum(dato)
    ]
    _kraev_kan_udgives(sundhedskoordinator, tider, udeladte)
    for tid in tider:
        tid.clean_fields(exclude=["sundhedskoordinator", "udgivet_af"])
    Sparringstid.objects.bulk_create(tider)
    haendelser.log(tider[0], "sparring.udgivet", af=af, antal=len(tider))
    return Udgivelse(tider, udeladte)


def _laas_koordinator(sundhedskoordinator: Bruger) -> None:
    """Let one person at a time publish for the same sundhedskoordinator."""
    bruger = Bruger.objects.select_for_update(no_key=True).get(pk=sundhedskoordinator.pk)
    if not (bruger.is_active and bruger.har_rolle(Rolle.SUNDHEDSKOORDINATOR)):
        raise ValidationError(
            {"sundhedskoordinator": "Vælg en aktiv bruger, der er sundhedskoordinator."}
        )


def _kraev_uden_personnummer(sted: str) -> None:
    """Raise `ValidationError` when the place holds what may be a personnummer."""
    if _LIGNER_PERSONNUMMER.search(sted):
        raise ValidationError({"sted": "Skriv ikke personnumre i stedet. Det vises for alle."})


def _del_i_aabne_og_lukkede(datoer: list[date]) -> tuple[list[date], list[tuple[date, str]]]:
    """The days one can meet on, and the others with the reason. `datoer` is in order."""
    lukket = lukkede_dage(datoer[0], datoer[-1])
    aabne = [dato for dato in datoer if dato not in lukket]
    return aabne, [(dato, lukket[dato]) for dato in datoer if dato in lukket]


def _kraev_kan_udgives(
    sundhedskoordinator: Bruger, tider: list[Sparringstid], udeladte: list[tuple[date, str]]
) -> None:
    """Raise `ValidationError` unless there are slots, all to come, that overlap no other."""
    if not tider:
        dage = ", ".join(f"{dansk.dato_lang(dato)} ({grund})" for dato, grund in udeladte)
        raise ValidationError({"dato": f"Ingen tider er udgivet. Der er lukket {dage}."})
    if tider[0].er_begyndt:
        raise ValidationError({"dato": "Tiden ligger i fortiden. Vælg en senere dato."})
    staaende = list(
        Sparringstid.objects.udgivne()
        .filter(
            sundhedskoordinator=sundhedskoordinator,
            slut__gt=tider[0].start,
            start__lt=tider[-1].slut,
        )
        .order_by("start")
    )
    for tid in tider:
        if any(anden.start < tid.slut and tid.start < anden.slut for anden in staaende):
            raise ValidationError(
                "Ingen tider er udgivet. %(navn)s har allerede en tid, der overlapper "
                "%(dato)s kl. %(kl)s. Vælg et andet tidspunkt, eller tag den gamle tid tilbage.",
                code="overlap",
                params={
                    "navn": sundhedskoordinator.navn,
                    "dato": dansk.dato_lang(tid.start),
                    "kl": dansk.klokkeslaet(tid.start),
                },
            )


@transaction.atomic
def tag_tilbage(tid: Sparringstid, *, af: Bruger) -> Sparringstid:
    """Take back a free slot. Raises `ValidationError` when it is booked, begun or already back."""
    tid = _laas_tid(tid.pk)
    _kraev_staar_ved_magt(tid)
    if tid.bookinger.aktive().exists():
        raise ValidationError("Tiden er booket. Aflys bookingen, før du tager tiden tilbage.")
    tid.aflyst_den = timezone.now()
    tid.save(update_fields=["aflyst_den"])
    haendelser.log(tid, "sparring.taget_tilbage", af=af)
    return tid


def book(
    tid: Sparringstid,
    sag: Sag,
    *,
    spoergsmaal: Collection[Sparringsspoergsmaal] = (),
    eget_spoergsmaal: str = "",
    med_borger: bool = False,
    af: Bruger,
) -> Sparringsbooking:
    """Book `tid` for `sag`; the sundhedskoordinator sees the case until 30 days after the slot.

    No longer, though, than the consent that it rests on holds.

    Of any number of people at the same moment exactly one succeeds; the others get `TidOptaget`.
    Raises `ValidationError` when the case is in another step, no question is asked, the citizen has
    not consented to sharing with the region (RSL § 11 a), or the slot is begun, taken back, on a
    closing day or not of that kind.
    """
    booking = Sparringsbooking(
        tid=tid,
        sag=sag,
        med_borger=med_borger,
        eget_spoergsmaal=eget_spoergsmaal.strip(),
        sagsbehandler=af,
        booket_af=af,
    )
    with deling.afvisning_logges(sag.pk, af=af):
        return _book(booking, tid, spoergsmaal, af)


def _book(
    booking: Sparringsbooking,
    tid: Sparringstid,
    spoergsmaal: Collection[Sparringsspoergsmaal],
    af: Bruger,
) -> Sparringsbooking:
    sag = booking.sag = laas_sag(booking.sag_id)
    _kraev_spoergsmaal(booking, spoergsmaal)
    samtykket_til = _kraev_deling(sag, tid)
    booking.full_clean(validate_constraints=False)
    if not Sparringsbooking.objects.indsaet_hvis_ledig(booking):
        raise TidOptaget
    # Locked after the insert, so that losers never queue for it; a slot being taken back meanwhile
    # shows itself here, and the insert is rolled back.
    tid = _laas_tid(tid.pk)
    _kraev_kan_bookes(tid, sag, med_borger=booking.med_borger)
    booking.spoergsmaal.set(spoergsmaal)
    til_dato = min(_adgang_til(tid), samtykket_til)
    tildel(sag, tid.sundhedskoordinator, Tildeling.Art.SPARRING, af=af, til_dato=til_dato)
    haendelser.log(booking, "sparring.booket", af=af, sag_id=sag.pk, tid=tid.pk)
    return booking


def _kraev_spoergsmaal(
    booking: Sparringsbooking, spoergsmaal: Collection[Sparringsspoergsmaal]
) -> None:
    """Raise `ValidationError` unless something is asked."""
    if not (spoergsmaal or booking.eget_spoergsmaal):
        raise ValidationError(
            {"spoergsmaal": "Vælg mindst ét spørgsmål, eller skriv dit eget spørgsmål."}
        )


def _laas_tid(tid_id: int) -> Sparringstid:
    return (
        Sparringstid.objects.select_for_update(of=("self",))
        .select_related("sundhedskoordinator")
        .get(pk=tid_id)
    )


def _kraev_staar_ved_magt(tid: Sparringstid) -> None:
    """Raise `ValidationError` when the slot has been taken back or has begun."""
    if tid.aflyst_den:
        raise ValidationError("Tiden er taget tilbage. Vælg en anden tid.", code="taget_tilbage")
    if tid.er_begyndt:
        raise ValidationError("Tiden er begyndt eller gået. Vælg en anden tid.", code="gaaet")


def _kraev_kan_bookes(tid: Sparringstid, sag: Sag, *, med_borger: bool) -> None:
    """Raise `ValidationError` unless the slot stands and is of the kind that is asked for."""
    _kraev_staar_ved_magt(tid)
    # Weekends and holidays were left out when the slot was published; a closing day may be newer.
    if lukkedag := Lukkedag.objects.filter(dato=timezone.localdate(tid.start)).first():
        raise ValidationError(
            "Der er lukket den dag (%(aarsag)s). Vælg en anden tid.",
            code="lukket",
            params={"aarsag": lukkedag.aarsag},
        )
    kraev_fase(sag, *tid.faser)
    if med_borger and tid.form == Sparringstid.Form.SAGSBEHANDLER_ALENE:
        raise ValidationError({"med_borger": "Tiden er kun for sagsbehandleren alene."})
    if not med_borger and tid.form == Sparringstid.Form.MED_BORGER:
        raise ValidationError({"med_borger": "Tiden er kun for sagsbehandler sammen med borgeren."})


def maa_til_regionen(sag: Sag) -> deling.Svar:
    """Whether the region may have what sparring needs today, and by what. Two statements."""
    return deling.aftaler(sag.borger_id, sag_id=sag.pk).svar_alle(_REGIONEN, _OPLYSNINGER)


def _kraev_deling(sag: Sag, tid: Sparringstid) -> date:
    """The last day the region may have the case, counted from the slot's day.

    Raises `ValidationError` unless it may today and on that day.
    """
    for dato in (i_dag(), timezone.localdate(tid.start)):
        try:
            svar = deling.kraev_deling(sag, _REGIONEN, *_OPLYSNINGER, dato=dato)
        except deling.DelingAfvist as fejl:
            raise ValidationError({"sag": fejl}) from fejl
    return svar.slutter


def _adgang_til(tid: Sparringstid) -> date:
    """The last day the sundhedskoordinator sees the case because of the slot."""
    return timezone.localdate(tid.start) + ADGANG_EFTER_TID


@transaction.atomic
def aflys_booking(booking: Sparringsbooking, *, af: Bruger) -> Sparringsbooking:
    """Cancel the booking: the slot is free again and the sundhedskoordinator's access ends.

    For who booked it, who answers for the case today, who stands in for either, and the
    mødekoordinator; others get `PermissionDenied`. Raises `ValidationError` when it is cancelled, begun or answered already.
    """
    laas_sag(booking.sag_id)
    booking = (
        Sparringsbooking.objects.select_for_update(of=("self",))
        .select_related("tid")
        .get(pk=booking.pk)
    )
    _kraev_kan_aflyse(booking, af)
    if booking.aflyst_den:
        raise ValidationError("Bookingen er allerede aflyst.")
    if booking.besvaret_den:
        raise ValidationError("Der er svaret på bookingen. Den kan ikke aflyses.")
    if booking.tid.er_begyndt:
        raise ValidationError("Tiden er begyndt eller gået. Den kan ikke aflyses.")
    _afslut_adgang(booking)
    aflys(booking, af)
    return booking


def _kraev_kan_aflyse(booking: Sparringsbooking, af: Bruger) -> None:
    egne = Sparringsbooking.objects.egne(af)
    if not (maa(af, "sparring.udgiv") or egne.filter(pk=booking.pk).exists()):
        raise PermissionDenied(
            "Kun den, der har booket, sagens ansvarlige og mødekoordinator kan aflyse tiden."
        )


def aflys(
    booking: Sparringsbooking,
    af: Bruger | None,
    aflysning: str = Sparringsbooking.Aflysning.AFLYST,
) -> None:
    """Cancel a locked booking, with its event; who may, and the access, are the caller's."""
    booking.aflysning = aflysning
    booking.sekvens += 1
    booking.aflyst_den = timezone.now()
    booking.aflyst_af = af
    booking.save(update_fields=["aflyst_den", "aflyst_af", "aflysning", "sekvens"])
    haendelser.log(booking, "sparring.aflyst", af=af, sag_id=booking.sag_id, tid=booking.tid_id)


def aflys_ved_afslutning(haendelse: Haendelse) -> None:
    """Reaction to `sag.afsluttet`: the case's coming bookings are cancelled and the slots free.

    What is answered or begun stays, as in `aflys_booking`. `afslut_sag` holds the case and has
    ended the access.
    """
    kommende = Sparringsbooking.objects.aktive().filter(
        sag=haendelse.sag_id, besvaret_den=None, tid__start__gt=timezone.now()
    )
    for booking in kommende.select_for_update(of=("self",)).order_by("pk"):
        aflys(booking, haendelse.af, Sparringsbooking.Aflysning.LUKKET_SAG)


def _afslut_adgang(booking: Sparringsbooking) -> None:
    """End the assignment that the booking gave; it may have ended with the consent, before the slot's.

    Two of the same period are as good as each other. One that began today has no day to end on and
    is removed; the event log still tells that it was given and when it ended.
    """
    givne = Tildeling.objects.filter(
        sag_id=booking.sag_id,
        bruger_id=booking.tid.sundhedskoordinator_id,
        art=Tildeling.Art.SPARRING,
        fra_dato=timezone.localdate(booking.booket_den),
        til_dato__lte=_adgang_til(booking.tid),
    )
    tildeling = givne.order_by("-til_dato").first()
    if tildeling is None:
        return
    i_gaar = i_dag() - timedelta(days=1)
    if tildeling.fra_dato > i_gaar:
        tildeling.delete()
    else:
        tildeling.til_dato = i_gaar
        tildeling.save(update_fields=["til_dato"])


@transaction.atomic
def svar(booking: Sparringsbooking, *, tekst: str, afklaret: bool, af: Bruger) -> Sparringsbooking:
    """Store the sundhedskoordinator's answer, once, with author and time.

    Raises `PermissionDenied` for anybody but the slot's own sundhedskoordinator, and
    `ValidationError` when the answer is empty, given already, or the booking is cancelled.
    """
    # Not joined with who answered: after waiting for the lock only the locked row is read anew.
    booking = (
        Sparringsbooking.objects.select_for_update(of=("self",))
        .select_related("tid")
        .get(pk=booking.pk)
    )
    if booking.tid.sundhedskoordinator_id != af.pk:
        raise PermissionDenied("Kun tidens sundhedskoordinator kan svare.")
    if booking.aflyst_den:
        raise ValidationError("Bookingen er aflyst. Der kan ikke svares på den.")
    if booking.besvaret_den:
        raise ValidationError(
            "Der er allerede svaret %(den)s. Et svar kan ikke ændres.",
            code="besvaret",
            params={"den": dansk.tidspunkt(booking.besvaret_den)},
        )
    booking.svar = tekst.strip()
    if not booking.svar:
        raise ValidationError({"svar": "Skriv svaret."})
    booking.er_afklaret = afklaret
    booking.besvaret_af = af
    booking.besvaret_den = timezone.now()
    booking.full_clean(validate_constraints=False)
    booking.save(update_fields=["svar", "er_afklaret", "besvaret_af", "besvaret_den"])
    haendelser.log(
        booking, "sparring.besvaret", af=af, sag_id=booking.sag_id, afklaret=bool(afklaret)
    )
    return booking
