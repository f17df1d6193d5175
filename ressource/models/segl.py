"""Seals on batches of log and history rows, so that a change behind the triggers is found."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Segl(models.Model):
    """One sealed batch of one table. `kaede` binds it to the batch before (architecture.md).

    `ider` and `fingeraftryk` (SHA-256 of each row's `kolonner`, in the same order) name the row that
    has been changed, taken out or put in; `kaede` is keyed, so that whoever can rewrite the table
    cannot also rewrite the seals.
    """

    tabel = models.CharField("tabel", max_length=63)
    nr = models.PositiveIntegerField("nr")
    kolonner = ArrayField(models.CharField(max_length=63), verbose_name="kolonner")
    ider = ArrayField(models.BigIntegerField(), verbose_name="rækkernes id")
    fingeraftryk = ArrayField(models.BinaryField(), verbose_name="fingeraftryk")
    forrige = models.CharField("forrige kæde", max_length=64, blank=True)
    kaede = models.CharField("kæde", max_length=64)
    tidspunkt = models.DateTimeField("tidspunkt", auto_now_add=True)

    class Meta:
        verbose_name = "segl"
        verbose_name_plural = "segl"
        ordering = ("tabel", "nr")
        constraints = (models.UniqueConstraint(fields=["tabel", "nr"], name="segl_nr_entydigt"),)
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.tabel} {self.nr}"
