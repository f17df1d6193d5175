"""What each member writes down at the meeting: each has a sheet of their own, so nobody collides."""

from typing import Self

import pghistory
from django.db import models

from rehabilitering.models.moede import Dagsordenspunkt
from ressource.models import Bruger


class MoedenoteQuerySet(models.QuerySet["Moedenote"]):
    def laesbare_for(self, bruger: Bruger) -> Self:
        """The shared ones and one's own."""
        return self.filter(models.Q(er_faelles=True) | models.Q(forfatter=bruger))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Moedenote(models.Model):
    """One member's notes of one case: the shared ones, which all read, or the member's own."""

    punkt = models.ForeignKey(Dagsordenspunkt, models.PROTECT, related_name="noter")
    forfatter = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    er_faelles = models.BooleanField("kan læses af de andre")
    tekst = models.TextField("noter", blank=True)
    rettet_den = models.DateTimeField("rettet den", auto_now=True)
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = MoedenoteQuerySet.as_manager()

    class Meta:
        verbose_name = "note fra mødet"
        verbose_name_plural = "noter fra mødet"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["punkt", "forfatter", "er_faelles"], name="moedenote_et_ark"
            ),
        )

    def __str__(self) -> str:
        return f"Note {self.pk}"
