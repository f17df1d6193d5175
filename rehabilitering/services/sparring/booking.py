"""Book a sparring slot: for one's own case, for a colleague, with a second professional.

Locks are taken in one order everywhere: the case, the people who are to be there by their ids, the
slot's place in the unique index, the slot's own row, then the waiting list. So two people can wait
for each other's result but never for each other.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from borgere import deling
from borgere.models import Inhabilitet, Sag, Tildeling
from borgere.models.sag import SagQuerySet
from borgere.services import kraev_fase, laas_sag, tildel
from rehabilitering.models import (
    Fravaer,
    Sparringsbooking,
    Sparringsdeltager,
    Sparringsspoergsmaal,
    Sparringstid,
)
from rehabilitering.services.sparring import varsler, venteliste
from rehabilitering.services.sparring.adgang import adgang_til, kraev_samtykke
from rehabilitering.services.sparring.tider import kraev_staar_ved_magt, laas_tid
from ressource import haendelser
from ressource.adgang import maa
from ressource.kalender import i_dag
from ressource.models import Bruger, Kalenderdag, Lukkedag

KLOKKEN_FOR_SPOERGSMAAL = time(12)
_PAAMIND_FOER = timedelta(hours=24)
# The deadline is at most a week before the slot, whatever holidays lie between.
_LAENGST_FREM = timedelta(days=10)


class TidOptaget(ValidationError):  # noqa: N818 -- Danish names its own errors
    """Somebody else has the slot, booked or held; nothing was changed."""

    def __init__(
        self,
        besked: str = "Tiden er lige blevet booket af en anden. Din booking er ikke gemt. "
        "Vælg en anden tid.",
    ) -> None:
        super().__init__(besked, code="optaget")


class DeltagerOptaget(ValidationError):  # noqa: N818 -- Danish names its own errors
    """Somebody would be in two places at once; nothing was changed."""

    def __init__(self, hvem: str = "En af deltagerne") -> None:
        super().__init__(
            "%(hvem)s er allerede optaget af en anden sparring på det tidspunkt. "
            "Bookingen er ikke gemt. Vælg en anden tid.",
            code="to_steder",
            params={"hvem": hvem},
        )


def book(
    tid: Sparringstid,
    sag: Sag,
    *,
    spoergsmaal: Collection[Sparringsspoergsmaal] = (),
    eget_spoergsmaal: str = "",
    med_borger: bool = False,
    fagperson: Bruger | None = None,
    sagsbehandler: Bruger | None = None,
    af: Bruger,
) -> Sparringsbooking:
    """Book `tid` for `sag`; the sundhedskoordinator sees the case until 30 days after the slot.

    No longer, though, than the consent that it rests on holds. `fagperson` joins and gets no access
    to the case. With `sagsbehandler` the mødekoordinator books for a colleague who answers for the
    case; the questions may then wait (`stil_spoergsmaal`).

    Of any number of people at the same moment exactly one succeeds; the others get `TidOptaget`,
    and who would be in two places gets `DeltagerOptaget`: both may be offered `alternativer`.
    Raises `ValidationError` when the case is in another step, no question is asked, the citizen has
    not consented to sharing with the region (RSL § 11 a), or the slot is begun, taken back, on a
    closing day or not of that kind. Raises `PermissionDenied` for somebody else's case.
    """
    booking = Sparringsbooking(
        tid=tid,
        sag=sag,
        med_borger=med_borger,
        eget_spoergsmaal=eget_spoergsmaal.strip(),
        sagsbehandler=sagsbehandler or af,
        fagperson=fagperson,
        booket_af=af,
    )
    with et_sted_ad_gangen(), deling.afvisning_logges(sag.pk, af=af):
        # Most who come too late need not wait in line to hear it.
        if tid.bookinger.aktive().exists():
            raise _optaget(booking)
        booking.sag = laas_sag(sag.pk)
        _kraev_deltagere(booking)
        _kraev_spoergsmaal(booking, spoergsmaal)
        gem_booking(booking, spoergsmaal)
        varsler.fortael(booking, varsler.BOOKET, af=af)
    return booking


def _optaget(booking: Sparringsbooking) -> TidOptaget:
    """By whom the slot is taken: another, or the case itself, whose booking can be changed."""
    if booking.tid.bookinger.aktive().filter(sag=booking.sag_id).exists():
        return TidOptaget(
            "Tiden er allerede booket til sagen. Vil du ændre noget, så ret den booking, der er."
        )
    return TidOptaget()


def book_en_gang(
    tid: Sparringstid,
    sag: Sag,
    *,
    spoergsmaal: Collection[Sparringsspoergsmaal] = (),
    eget_spoergsmaal: str = "",
    med_borger: bool = False,
    fagperson: Bruger | None = None,
    sagsbehandler: Bruger | None = None,
    af: Bruger,
) -> Sparringsbooking:
    """As `book`, and the same twice is once: a form that is sent again gives the booking it made."""
    felter: dict[str, Any] = {
        "eget_spoergsmaal": eget_spoergsmaal.strip(),
        "med_borger": med_borger,
        "fagperson": fagperson,
        "sagsbehandler": sagsbehandler or af,
    }
    try:
        return book(tid, sag, spoergsmaal=spoergsmaal, af=af, **felter)
    except TidOptaget:
        foer = tid.bookinger.aktive().filter(sag=sag, booket_af=af, **felter).first()
        if foer is None or set(foer.spoergsmaal.all()) != set(spoergsmaal):
            raise
        return foer


@contextmanager
def et_sted_ad_gangen() -> Iterator[None]:
    """Put the database's refusal of somebody in two places into words."""
    try:
        yield
    except IntegrityError as fejl:
        aarsag = getattr(getattr(fejl.__cause__, "diag", None), "constraint_name", None) or ""
        if not aarsag.startswith("sparringsdeltager_"):
            raise
        raise DeltagerOptaget from fejl


def gem_booking(
    booking: Sparringsbooking, spoergsmaal: Collection[Sparringsspoergsmaal]
) -> Sparringsbooking:
    """Insert a booking with its access and its event, in the caller's transaction; see `book`.

    Who comes and what is asked is settled, and nobody is told of it here. The case's place on the
    waiting list has got what it waited for.
    """
    af = booking.booket_af
    sag = booking.sag = laas_sag(booking.sag_id)
    samtykket_til = kraev_samtykke(sag, booking.tid)
    booking.full_clean(validate_constraints=False)
    laas_deltagere([booking])
    _kraev_ledige_deltagere(booking)
    if not Sparringsbooking.objects.indsaet_hvis_ledig(booking):
        raise _optaget(booking)
    # Locked after the insert; a slot being taken back meanwhile shows itself here, and the insert
    # is rolled back.
    tid = booking.tid = laas_tid(booking.tid_id)
    _kraev_kan_bookes(tid, sag, med_borger=booking.med_borger)
    _kraev_ikke_holdt(tid, sag)
    booking.spoergsmaal.set(spoergsmaal)
    til_dato = min(adgang_til(tid), samtykket_til)
    tildel(sag, tid.sundhedskoordinator, Tildeling.Art.SPARRING, af=af, til_dato=til_dato)
    haendelser.log(booking, "sparring.booket", af=af, sag_id=sag.pk, tid=tid.pk)
    venteliste.har_faaet(booking)
    return booking


def _kraev_spoergsmaal(
    booking: Sparringsbooking, spoergsmaal: Collection[Sparringsspoergsmaal]
) -> None:
    """Raise `ValidationError` unless something is asked, or a colleague is to ask it."""
    if booking.sagsbehandler_id != booking.booket_af_id:
        return
    if not (spoergsmaal or booking.eget_spoergsmaal):
        raise ValidationError(
            {"spoergsmaal": "Vælg mindst ét spørgsmål, eller skriv dit eget spørgsmål."}
        )


def sager_for_kollega(kollega: Bruger, *, af: Bruger) -> SagQuerySet:
    """The cases `af` may book for `kollega`: those the colleague answers for.

    None of a citizen `af` is inhabil towards (FVL § 3), though `af` sees the number alone.
    """
    ansvar = Tildeling.objects.gaeldende(i_dag()).ansvarlige().filter(bruger=kollega)
    inhabil = Inhabilitet.objects.gaeldende().filter(bruger=af)
    sager = Sag.objects.synlige_for(kollega).filter(pk__in=ansvar.values("sag"))
    return sager.exclude(borger__in=inhabil.values("borger"))


def _kraev_deltagere(booking: Sparringsbooking) -> None:
    """Raise unless those who are to come may: the colleague has the case, nobody is inhabil."""
    if booking.sagsbehandler_id != booking.booket_af_id:
        if not maa(booking.booket_af, "sparring.book_for_kollega"):
            raise PermissionDenied("Kun mødekoordinator kan booke for en kollega.")
        kollegaens = sager_for_kollega(booking.sagsbehandler, af=booking.booket_af)
        if not kollegaens.filter(pk=booking.sag_id).exists():
            raise ValidationError({"sag": "Kollegaen har ikke den sag. Vælg en anden sag."})
    fagperson = booking.fagperson
    if fagperson is None:
        return
    if fagperson.pk in {booking.sagsbehandler_id, booking.tid.sundhedskoordinator_id}:
        raise ValidationError({"fagperson": "Vælg en anden fagperson: den valgte er allerede med."})
    inhabile = Inhabilitet.objects.gaeldende().filter(borger=booking.sag.borger_id)
    if not fagperson.is_active or inhabile.filter(bruger=fagperson).exists():
        raise ValidationError({"fagperson": "Den valgte fagperson kan ikke deltage i sagen."})


def laas_deltagere(bookinger: Collection[Sparringsbooking]) -> None:
    """Lock everybody the bookings bring together, by their ids.

    Without it two bookings of the same person could each insert and then wait for the other: the
    exclusion constraint would refuse one by breaking a deadlock, after a second.
    """
    brugere = {bruger for booking in bookinger for bruger in _bruger_id(booking)}
    list(Bruger.objects.select_for_update(no_key=True).filter(pk__in=brugere).order_by("pk"))


def _bruger_id(booking: Sparringsbooking) -> set[int]:
    alle = {
        booking.sagsbehandler_id,
        booking.fagperson_id,
        booking.tid.sundhedskoordinator_id,
    }
    return {bruger for bruger in alle if bruger}


def _kraev_ledige_deltagere(booking: Sparringsbooking) -> None:
    """Raise `DeltagerOptaget` with the name when somebody is at another sparring then.

    `ValidationError` when somebody would sit on both sides of the table.
    """
    if booking.tid.sundhedskoordinator_id in {booking.sagsbehandler_id, booking.fagperson_id}:
        raise ValidationError(
            "Sundhedskoordinatoren kan ikke selv være den, der spørger. Vælg en tid hos en anden."
        )
    samtidige = Sparringsdeltager.objects.filter(
        start__lt=booking.tid.slut, slut__gt=booking.tid.start
    ).exclude(booking__tid=booking.tid_id)
    optaget = samtidige.filter(bruger__in=_bruger_id(booking)).select_related("bruger").first()
    if optaget and optaget.bruger:
        er_selv = optaget.bruger_id == booking.booket_af_id
        raise DeltagerOptaget("Du" if er_selv else optaget.bruger.navn)
    if booking.med_borger and samtidige.filter(sag=booking.sag_id).exists():
        raise DeltagerOptaget("Borgeren")


def _kraev_kan_bookes(tid: Sparringstid, sag: Sag, *, med_borger: bool) -> None:
    """Raise `ValidationError` unless the slot stands and is of the kind that is asked for."""
    kraev_staar_ved_magt(tid)
    if tid.er_kladde:
        raise ValidationError("Tiden er ikke udgivet endnu. Vælg en anden tid.", code="kladde")
    # Weekends and holidays were left out when the slot was published; a closing day may be newer.
    if lukkedag := Lukkedag.objects.filter(dato=timezone.localdate(tid.start)).first():
        raise ValidationError(
            "Der er lukket den dag (%(aarsag)s). Vælg en anden tid.",
            code="lukket",
            params={"aarsag": lukkedag.aarsag},
        )
    if Fravaer.objects.filter(
        bruger=tid.sundhedskoordinator_id, start__lt=tid.slut, slut__gt=tid.start
    ).exists():
        raise ValidationError(
            "Sundhedskoordinatoren er ikke til stede på det tidspunkt. Vælg en anden tid.",
            code="fravaer",
        )
    kraev_fase(sag, *tid.faser)
    if med_borger and tid.form == Sparringstid.Form.SAGSBEHANDLER_ALENE:
        raise ValidationError({"med_borger": "Tiden er kun for sagsbehandleren alene."})
    if not med_borger and tid.form == Sparringstid.Form.MED_BORGER:
        raise ValidationError({"med_borger": "Tiden er kun for sagsbehandler sammen med borgeren."})


def _kraev_ikke_holdt(tid: Sparringstid, sag: Sag) -> None:
    """Raise `TidOptaget` when the slot is held for somebody else on the waiting list."""
    if tid.tilbud.aabne().exclude(venteplads__sag=sag).exists():
        raise TidOptaget(
            "Tiden er tilbudt en anden, der står på venteliste. Din booking er ikke gemt. "
            "Vælg en anden tid."
        )


def alternativer(booking: Sparringsbooking, antal: int = 3) -> list[Sparringstid]:
    """The next free slots that fit the case and are free for everybody who is to come."""
    ledige = (
        Sparringstid.objects.egnede(booking.sag, med_borger=booking.med_borger)
        .uden_optagne(
            brugere=[b for b in (booking.sagsbehandler, booking.fagperson) if b],
            sag=booking.sag if booking.med_borger else None,
        )
        .naeste_ledige(booking.tid, antal)
    )
    return list(ledige)


def frist_for_spoergsmaal(tid: Sparringstid) -> datetime:
    """When the sundhedskoordinator must have the questions: the last working day before, at 12."""
    dagen_foer = timezone.localdate(tid.start) - timedelta(days=1)
    arbejdsdag = Kalenderdag.objects.get(dato=dagen_foer).forrige_arbejdsdag
    return timezone.make_aware(datetime.combine(arbejdsdag, KLOKKEN_FOR_SPOERGSMAAL))


def mind_om_spoergsmaal() -> int:
    """Remind those whose booking has no questions a day before they are due; how many were found.

    Safe to run twice: one notice per booking.
    """
    nu = timezone.now()
    mangler = Sparringsbooking.objects.mangler_spoergsmaal().filter(
        tid__start__lt=nu + _LAENGST_FREM
    )
    fundne = 0
    for booking in mangler.select_related("tid", "sagsbehandler").order_by("pk"):
        frist = frist_for_spoergsmaal(booking.tid)
        if frist - _PAAMIND_FOER <= nu < booking.tid.start:
            varsler.mind_om_spoergsmaal(booking, frist)
            fundne += 1
    return fundne


@transaction.atomic
def stil_spoergsmaal(
    booking: Sparringsbooking,
    *,
    spoergsmaal: Collection[Sparringsspoergsmaal] = (),
    eget_spoergsmaal: str = "",
    af: Bruger,
) -> Sparringsbooking:
    """Put the questions of a booking, or other ones, until the slot begins.

    For those who see the case and whose own the booking is (`egne`); others get `PermissionDenied`.
    Raises `ValidationError` when nothing is asked or the booking is cancelled, begun or answered.
    """
    laas_sag(booking.sag_id)
    booking = (
        Sparringsbooking.objects.select_for_update(of=("self",))
        .select_related("tid")
        .get(pk=booking.pk)
    )
    egne = Sparringsbooking.objects.egne(af).synlige_for(af)
    if not egne.filter(pk=booking.pk).exists():
        raise PermissionDenied("Kun den, der har sagen, kan stille spørgsmålene.")
    if not booking.er_aaben or booking.tid.er_begyndt:
        raise ValidationError(
            "Tiden er begyndt, besvaret eller aflyst. Spørgsmålene kan ikke rettes."
        )
    booking.eget_spoergsmaal = eget_spoergsmaal.strip()
    if not (spoergsmaal or booking.eget_spoergsmaal):
        raise ValidationError(
            {"spoergsmaal": "Vælg mindst ét spørgsmål, eller skriv dit eget spørgsmål."}
        )
    booking.full_clean(validate_constraints=False)
    booking.save(update_fields=["eget_spoergsmaal"])
    booking.spoergsmaal.set(spoergsmaal)
    haendelser.log(booking, "sparring.spoergsmaal", af=af, sag_id=booking.sag_id)
    return booking
