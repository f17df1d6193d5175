"""Looking in the register of companies: what is found, and how much goes on in each."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from indsatsplan.models import Indsats, Virksomhed
from indsatsplan.models.virksomhed import VirksomhedQuerySet

# So many fit under the search field where a praktik gets its company.
FORSLAG = 8


@dataclass(frozen=True, slots=True)
class Praktiktal:
    """How many praktikker of a company go on, are to come, and have been there in all."""

    i_gang: int
    kommende: int
    i_alt: int


def brancher() -> list[str]:
    """The trades in the register, in order. One statement."""
    alle = Virksomhed.objects.exclude(branche="").order_by("branche")
    return list(alle.values_list("branche", flat=True).distinct())


def find(q: str = "", branche: str = "", vis: str = "") -> VirksomhedQuerySet:
    """The companies a filter asks for, fixed partners first; without any, those to choose from."""
    fundne = Virksomhed.objects.soeg(q).order_by("-er_fast", "navn", "pk")
    if branche:
        fundne = fundne.filter(branche=branche)
    if vis == "faste":
        return fundne.filter(er_fast=True, er_aktiv=True)
    return fundne if vis == "alle" else fundne.filter(er_aktiv=vis != "lukkede")


def forslag(q: str) -> list[Virksomhed]:
    """The first companies a praktik could be made with, for a name or number typed. One statement."""
    return list(Virksomhed.objects.valgbare().soeg(q)[:FORSLAG])


def praktiktal(virksomheder: Collection[int]) -> dict[int, Praktiktal]:
    """The counts of each company by pk; praktikker that came to nothing are not counted.

    Of every case, for a number says nothing about whom. One statement.
    """
    status = "praktikker__indsats__status"
    blev_til = ~Q(**{status: Indsats.Status.BORTFALDET})
    raekker = (
        Virksomhed.objects.filter(pk__in=virksomheder)
        .order_by()
        .annotate(
            i_gang=Count("praktikker", filter=Q(**{f"{status}__in": Indsats.LOEBENDE})),
            kommende=Count("praktikker", filter=Q(**{f"{status}__in": Indsats.IKKE_BEGYNDT})),
            i_alt=Count("praktikker", filter=blev_til),
        )
        .values_list("pk", "i_gang", "kommende", "i_alt")
    )
    return {pk: Praktiktal(*tal) for pk, *tal in raekker}
