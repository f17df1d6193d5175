"""The general practices of the area: whom a LÆ 265 is asked of and a letter goes to."""

import pghistory
from django.db import models
from django.db.models import Q


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Laegepraksis(models.Model):
    """One practice. `ydernummer` is the number the regions know it by."""

    ydernummer = models.CharField("ydernummer", max_length=6, unique=True)
    navn = models.CharField("navn", max_length=120)
    adresse = models.CharField("adresse", max_length=200, blank=True)
    postnummer = models.CharField("postnummer", max_length=4, blank=True)
    by = models.CharField("by", max_length=60, blank=True)
    telefon = models.CharField("telefon", max_length=20, blank=True)
    er_aktiv = models.BooleanField("tager imod", default=True)

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
