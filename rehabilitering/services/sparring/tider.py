"""Single sparring slots: publish, move and take back.

Locks are taken in one order everywhere: the case, the slot's place in the unique index, the slot's
own row. So two people can wait for each other's result but never for each other.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from rehabilitering.models import Fravaer, Sparringstid, Sparringstilbud
from rehabilitering.services.sparring import venteliste
from rehabilitering.services.sparring.pladser import (
    Optaget,
    Plads,
    Udeladt,
    fordel,
    overlapper,
)
from ressource import dansk, haendelser
from ressource.kalender import lukkede_dage
from ressource.models import Bruger, Rolle

# A slot's place is shown to everybody who may see the calendar.
_LIGNER_PERSONNUMMER = re.compile(r"\d{6}[\s-]?\d{4}")


@dataclass(frozen=True)
class Udgivelse:
    """What publishing gave: the slots, and the dates left out with the reason."""

    tider: list[Sparringstid]
    udeladte: list[Udeladt]


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

    def tidsrum(self, dato: date) -> list[Plads]:
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
        return [Plads(start, start + laengde) for start in starter]


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
    """Publish the slots of `plan`; closed days and absences are left out and named in the answer.

    All or nothing: raises `ValidationError` when one slot is in the past or overlaps another of the
    sundhedskoordinator's, or when no day is left.
    """
    laas_koordinator(sundhedskoordinator)
    kraev_uden_personnummer(sted)
    pladser = [plads for dato in plan.datoer() for plads in plan.tidsrum(dato)]
    gode, udeladte = fordel(
        pladser,
        lukket=lukkede_dage(pladser[0].dato, pladser[-1].dato),
        optaget=fravaer(sundhedskoordinator, pladser[0].start, pladser[-1].slut),
    )
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
    tider = [Sparringstid(**faelles, start=plads.start, slut=plads.slut) for plads in gode]
    _kraev_kan_udgives(sundhedskoordinator, tider, udeladte)
    for tid in tider:
        tid.clean_fields(exclude=["sundhedskoordinator", "udgivet_af"])
    Sparringstid.objects.bulk_create(tider)
    haendelser.log(tider[0], "sparring.udgivet", af=af, antal=len(tider))
    venteliste.tilbyd_ledige(tider)
    return Udgivelse(tider, udeladte)


def laas_koordinator(sundhedskoordinator: Bruger) -> None:
    """Let one person at a time publish for the same sundhedskoordinator."""
    bruger = Bruger.objects.select_for_update(no_key=True).get(pk=sundhedskoordinator.pk)
    if not (bruger.is_active and bruger.har_rolle(Rolle.SUNDHEDSKOORDINATOR)):
        raise ValidationError(
            {"sundhedskoordinator": "Vælg en aktiv bruger, der er sundhedskoordinator."}
        )


def indeholder_personnummer(tekst: str) -> bool:
    """Whether `tekst` holds ten digits that may be a personnummer."""
    return bool(_LIGNER_PERSONNUMMER.search(tekst))


def kraev_uden_personnummer(sted: str) -> None:
    """Raise `ValidationError` when the place holds what may be a personnummer."""
    if indeholder_personnummer(sted):
        raise ValidationError({"sted": "Skriv ikke personnumre i stedet. Det vises for alle."})


def fravaer(sundhedskoordinator: Bruger, fra: datetime, til: datetime) -> list[Optaget]:
    """When the sundhedskoordinator is away between `fra` and `til`, and why. One statement."""
    fundne = Fravaer.objects.filter(bruger=sundhedskoordinator, start__lt=til, slut__gt=fra)
    return [Optaget(f.start, f.slut, f.get_aarsag_display()) for f in fundne]


def staaende(sundhedskoordinator: Bruger, fra: datetime, til: datetime) -> list[Optaget]:
    """The slots, drafts too, that the sundhedskoordinator has between `fra` and `til`."""
    tider = Sparringstid.objects.filter(
        sundhedskoordinator=sundhedskoordinator, aflyst_den=None, start__lt=til, slut__gt=fra
    ).order_by("start")
    return [Optaget(tid.start, tid.slut, "har allerede tid") for tid in tider]


def _kraev_kan_udgives(
    sundhedskoordinator: Bruger, tider: list[Sparringstid], udeladte: list[Udeladt]
) -> None:
    """Raise `ValidationError` unless there are slots, all to come, that overlap no other."""
    if not tider:
        dage = ", ".join(f"{dansk.dato_lang(dato)} ({grund})" for dato, grund in udeladte)
        raise ValidationError(
            {"dato": f"Ingen tider er udgivet. Der er lukket eller fravær {dage}."}
        )
    if tider[0].er_begyndt:
        raise ValidationError({"dato": "Tiden ligger i fortiden. Vælg en senere dato."})
    optaget = staaende(sundhedskoordinator, tider[0].start, tider[-1].slut)
    for tid in tider:
        _kraev_intet_overlap(Plads(tid.start, tid.slut), optaget, sundhedskoordinator)


def _kraev_intet_overlap(plads: Plads, optaget: list[Optaget], sundhedskoordinator: Bruger) -> None:
    """Raise `ValidationError` when the sundhedskoordinator has another slot at the time."""
    if any(overlapper(plads, anden) for anden in optaget):
        raise ValidationError(
            "Intet er ændret. %(navn)s har allerede en tid, der overlapper %(dato)s kl. %(kl)s. "
            "Vælg et andet tidspunkt, eller tag den gamle tid tilbage.",
            code="overlap",
            params={
                "navn": sundhedskoordinator.navn,
                "dato": dansk.dato_lang(plads.start),
                "kl": dansk.klokkeslaet(plads.start),
            },
        )


@transaction.atomic
def tag_tilbage(tid: Sparringstid, *, af: Bruger) -> Sparringstid:
    """Take back a free slot or a draft; one of a series keeps its place there, so it stays away.

    Raises `ValidationError` when it is booked, on offer, begun or already back.
    """
    tid = laas_tid(tid.pk)
    kraev_staar_ved_magt(tid)
    kraev_ubooket(tid, "tager tiden tilbage")
    tid.aflyst_den = timezone.now()
    tid.save(update_fields=["aflyst_den"])
    haendelser.log(tid, "sparring.taget_tilbage", af=af)
    return tid


@transaction.atomic
def flyt_tid(tid: Sparringstid, start: datetime, *, sted: str, af: Bruger) -> Sparringstid:
    """Give a free slot or a draft another time of the same length; the rest of its series stays.

    Raises `ValidationError` when it is booked, on offer, begun or taken back, and when the new time
    is past, on a closed day, in an absence or overlaps another of the sundhedskoordinator's.
    """
    laas_koordinator(tid.sundhedskoordinator)
    tid = laas_tid(tid.pk)
    kraev_staar_ved_magt(tid)
    kraev_ubooket(tid, "flytter tiden")
    kraev_uden_personnummer(sted)
    plads = Plads(start, start + (tid.slut - tid.start))
    _kraev_brugbar(plads, tid)
    gammel = tid.start
    tid.start, tid.slut, tid.sted = plads.start, plads.slut, sted
    tid.sekvens += 1
    tid.rettet_den = timezone.now()
    tid.clean_fields(exclude=["sundhedskoordinator", "udgivet_af"])
    tid.save(update_fields=["start", "slut", "sted", "sekvens", "rettet_den"])
    haendelser.log(tid, "sparring.tid_flyttet", af=af, fra=gammel.isoformat())
    return tid


def _kraev_brugbar(plads: Plads, tid: Sparringstid) -> None:
    """Raise `ValidationError` unless the slot can stand at `plads`."""
    if plads.start <= timezone.now():
        raise ValidationError({"dato": "Tiden ligger i fortiden. Vælg en senere dato."})
    _, udeladte = fordel(
        [plads],
        lukket=lukkede_dage(plads.dato, plads.dato),
        optaget=fravaer(tid.sundhedskoordinator, plads.start, plads.slut),
    )
    for udeladt in udeladte:
        raise ValidationError(
            {"dato": f"Den dag kan ikke bruges ({udeladt.grund}). Vælg en anden dag."}
        )
    andre = [
        stykke
        for stykke in staaende(tid.sundhedskoordinator, plads.start, plads.slut)
        if (stykke.start, stykke.slut) != (tid.start, tid.slut)
    ]
    _kraev_intet_overlap(plads, andre, tid.sundhedskoordinator)


def kraev_ubooket(tid: Sparringstid, foer: str) -> None:
    """Raise `ValidationError` when the locked slot is booked or held for somebody who waits."""
    if tid.bookinger.aktive().exists():
        raise ValidationError(f"Tiden er booket. Aflys eller flyt bookingen, før du {foer}.")
    if Sparringstilbud.objects.aabne().filter(tid=tid).exists():
        raise ValidationError(
            f"Tiden er tilbudt en på ventelisten. Vent på svaret, før du {foer}.", code="tilbudt"
        )


def laas_tid(tid_id: int) -> Sparringstid:
    """The slot, locked until the transaction ends, with its sundhedskoordinator."""
    return (
        Sparringstid.objects.select_for_update(of=("self",))
        .select_related("sundhedskoordinator")
        .get(pk=tid_id)
    )


def kraev_staar_ved_magt(tid: Sparringstid) -> None:
    """Raise `ValidationError` when the slot has been taken back or has begun."""
    if tid.aflyst_den:
        raise ValidationError("Tiden er taget tilbage. Vælg en anden tid.", code="taget_tilbage")
    if tid.er_begyndt:
        raise ValidationError("Tiden er begyndt eller gået. Vælg en anden tid.", code="gaaet")
