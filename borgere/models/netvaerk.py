"""The people around the citizen, and the kinds of information that may be shared."""

from typing import Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from borgere.models.borger import Borger


class Informationstype(models.TextChoices):
    """What may be told to somebody: the unit of a consent, a fuldmagt and a dispatch."""

    KONTAKT = "kontakt", "navn og kontaktoplysninger"
    MOEDER = "moeder", "mødeindkaldelser og mødetider"
    FORBEREDENDE_DEL = "forberedende_del", "den forberedende del"
    HELBRED = "helbred", "helbredsoplysninger"
    INDSTILLING = "indstilling", "teamets indstilling"
    AFGOERELSE = "afgoerelse", "afgørelser"
    PLAN = "plan", "indsatsplan og opfølgninger"
    SKAANEHENSYN = "skaanehensyn", "skånehensyn på arbejdspladsen"


def informationstyper(navn: str, **valg: Any) -> "ArrayField[list[str], list[str]]":
    """An array of `Informationstype` codes; the table's constraint keeps unknown ones out."""
    return ArrayField(
        models.CharField(max_length=20, choices=Informationstype), verbose_name=navn, **valg
    )


class NetvaerkspersonQuerySet(models.QuerySet["Netvaerksperson"]):
    def nuvaerende(self) -> Self:
        """Those who are still around the citizen."""
        return self.filter(udgaaet_dato=None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Netvaerksperson(models.Model):
    """A relative or other person in the citizen's network (guide, element 3)."""

    class Holdning(models.TextChoices):
        MEDSPILLER = "medspiller", "medspiller"
        MODSPILLER = "modspiller", "modspiller"
        UAFKLARET = "uafklaret", "uafklaret"

    class Deltagelse(models.TextChoices):
        SAMTALER = "samtaler", "samtaler"
        TEAMMOEDE = "teammoede", "teammødet"
        OPFOELGNING = "opfoelgning", "opfølgningsmøder"

    borger = models.ForeignKey(Borger, models.PROTECT, related_name="netvaerk")
    navn = models.CharField("navn", max_length=120)
    relation = models.CharField("relation", max_length=60)
    holdning = models.CharField(
        "holdning", max_length=12, choices=Holdning, default=Holdning.UAFKLARET
    )
    barrierer = models.TextField("barrierer", blank=True)
    telefon = models.CharField("telefon", max_length=20, blank=True)
    # What the citizen says they may know. The consent sheet prints it; only a signed consent
    # (`Samtykke`) lets anything be sent.
    oensket_deling = informationstyper("må få at vide", default=list, blank=True, db_default=[])
    deltager_i = ArrayField(
        models.CharField(max_length=12, choices=Deltagelse),
        verbose_name="deltager i",
        default=list,
        blank=True,
        db_default=[],
    )
    udgaaet_dato = models.DateField("ikke længere i netværket fra", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = NetvaerkspersonQuerySet.as_manager()

    class Meta:
        verbose_name = "netværksperson"
        verbose_name_plural = "netværkspersoner"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["borger", "navn", "relation"],
                condition=Q(udgaaet_dato=None),
                name="netvaerksperson_en_gang",
                violation_error_message="Personen står allerede i netværket.",
            ),
            models.CheckConstraint(
                condition=Q(holdning__in=["medspiller", "modspiller", "uafklaret"]),
                name="netvaerksperson_holdning_kendt",
            ),
            models.CheckConstraint(
                condition=Q(oensket_deling__contained_by=Informationstype.values)
                & Q(deltager_i__contained_by=["samtaler", "teammoede", "opfoelgning"]),
                name="netvaerksperson_lister_kendte",
            ),
        )

    def __str__(self) -> str:
        return f"{self.navn}, {self.relation}"
