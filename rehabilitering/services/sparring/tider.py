"""Single sparring slots: publish and take back.

Locks are taken in one order everywhere: the case, the slot's place in the unique index, the slot's
own row. So two people can wait for each other's result but never for each other.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from rehabilitering.models import Sparringstid
from ressource import dansk, haendelser
from ressource.kalender import lukkede_dage
from ressource.models import Bruger, Rolle

# A slot's place is shown to everybody who may see the calendar.
_LIGNER_PERSONNUMMER = re.compile(r"\d{6}[\s-]?\d{4}")


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
    laas_koordinator(sundhedskoordinator)
    kraev_uden_personnummer(sted)
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


def laas_koordinator(sundhedskoordinator: Bruger) -> None:
    """Let one person at a time publish for the same sundhedskoordinator."""
    bruger = Bruger.objects.select_for_update(no_key=True).get(pk=sundhedskoordinator.pk)
    if not (bruger.is_active and bruger.har_rolle(Rolle.SUNDHEDSKOORDINATOR)):
        raise ValidationError(
            {"sundhedskoordinator": "Vælg en aktiv bruger, der er sundhedskoordinator."}
        )


def kraev_uden_personnummer(sted: str) -> None:
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
    tid = laas_tid(tid.pk)
    kraev_staar_ved_magt(tid)
    if tid.bookinger.aktive().exists():
        raise ValidationError("Tiden er booket. Aflys bookingen, før du tager tiden tilbage.")
    tid.aflyst_den = timezone.now()
    tid.save(update_fields=["aflyst_den"])
    haendelser.log(tid, "sparring.taget_tilbage", af=af)
    return tid


def laas_tid(tid_id: int) -> Sparringstid:
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
