"""The general practices of the area: whom a LÆ 265 is asked of and a letter goes to."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from ressource.foldning import Foldet


class LaegepraksisQuerySet(models.QuerySet["Laegepraksis"]):
    def til_valg(self, nuvaerende: int | None = None) -> Self:
        """Those a citizen can be given, and the one the citizen has, closed or not."""
        return self.filter(Q(er_aktiv=True) | Q(pk=nuvaerende))

    def soeg(self, tekst: str) -> Self:
        """Every word of `tekst` found in name, town or the beginning of the number."""
        praksisser = self.alias(foldet=Foldet("navn"), foldet_by=Foldet("by"))
        for et in tekst.split():
            foldet = Foldet(models.Value(et))
            praksisser = praksisser.filter(
                Q(foldet__contains=foldet)
                | Q(foldet_by__contains=foldet)
                | Q(ydernummer__startswith=et)
            )
        return praksisser


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Laegepraksis(models.Model):
    """One practice. `ydernummer` is the number the regions know it by."""

    ydernummer = models.CharField("ydernummer", max_length=6, unique=True)
    navn = models.CharField("navn", max_length=120)
    adresse = models.CharField("adresse", max_length=200, blank=True)
    postnummer = models.CharField("postnummer", max_length=4, blank=True)
    by = models.CharField("by", max_length=60, blank=True)
    telefon = models.CharField("telefon", max_length=20, blank=True)
    # A practice that has closed stays where it is written, and cannot be chosen any more.
    er_aktiv = models.BooleanField("kan vælges", default=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = LaegepraksisQuerySet.as_manager()

    class Meta:
        verbose_name = "lægepraksis"
        verbose_name_plural = "lægepraksisser"
        ordering = ("navn", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ydernummer__regex=r"^[0-9]{6}$"),
                name="laegepraksis_ydernummer_seks_cifre",
                violation_error_message="Et ydernummer har 6 cifre.",
            ),
        )

    def __str__(self) -> str:
        return self.navn
