"""A month, frozen: what was reported stays what was reported."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Maanedsrapport(models.Model):
    """The figures of one month as they were when it was frozen, and the PDF made of them.

    Append-only: a late correction is a new version that names what changed.
    """

    # The first day of the month.
    maaned = models.DateField("måned")
    version = models.PositiveSmallIntegerField("version", default=1)
    tal = models.JSONField("tal")
    definitionsversion = models.PositiveSmallIntegerField("definitionsversion")
    # SHA-256 of `tal` and the version of the definitions: shows whether a re-run changes anything.
    aftryk = models.CharField("aftryk", max_length=64)
    pdf = models.BinaryField("pdf")
    frosset_den = models.DateTimeField("frosset den", default=timezone.now)

    class Meta:
        verbose_name = "månedsrapport"
        verbose_name_plural = "månedsrapporter"
        ordering = ("-maaned", "-version")
        constraints = (
            models.UniqueConstraint(fields=["maaned", "version"], name="maanedsrapport_version"),
            models.CheckConstraint(
                condition=Q(maaned__day=1), name="maanedsrapport_foerste_i_maaneden"
            ),
        )
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.maaned:%Y-%m}, version {self.version}"
