"""Seals on batches of log and history rows, so that a change behind the triggers is found."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

_KUN_TILFOEJ = pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete)


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
    # Not `auto_now_add`: the moment is part of what `kaede` covers, so it is set before that.
    tidspunkt = models.DateTimeField("tidspunkt", default=timezone.now)

    class Meta:
        verbose_name = "segl"
        verbose_name_plural = "segl"
        ordering = ("tabel", "nr")
        constraints = (models.UniqueConstraint(fields=["tabel", "nr"], name="segl_nr_entydigt"),)
        triggers = (_KUN_TILFOEJ,)

    def __str__(self) -> str:
        return f"{self.tabel} {self.nr}"


class Seglfrigivelse(models.Model):
    """Rows of a sealed table that were deleted under a rule: their seals stay, and hold no more.

    `kode` is keyed like `Segl.kaede`, so that nobody can excuse a row they took out.
    """

    tabel = models.CharField("tabel", max_length=63)
    ider = ArrayField(models.BigIntegerField(), verbose_name="rækkernes id")
    foerste_id = models.BigIntegerField("første id")
    sidste_id = models.BigIntegerField("sidste id")
    regel = models.CharField("regel", max_length=200)
    tidspunkt = models.DateTimeField("tidspunkt", default=timezone.now)
    kode = models.CharField("kode", max_length=64)

    class Meta:
        verbose_name = "frigivelse"
        verbose_name_plural = "frigivelser"
        ordering = ("tabel", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(sidste_id__gte=F("foerste_id")), name="seglfrigivelse_id_orden"
            ),
            models.CheckConstraint(
                condition=~Q(regel=""),
                name="seglfrigivelse_har_regel",
                violation_error_message="Skriv, efter hvilken regel rækkerne slettes.",
            ),
        )
        indexes = (models.Index(fields=["tabel", "sidste_id"], name="seglfrigivelse_tabel_id"),)
        triggers = (_KUN_TILFOEJ,)

    def __str__(self) -> str:
        return f"{self.tabel} {self.foerste_id}–{self.sidste_id}"
