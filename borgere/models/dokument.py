"""Documents and journal notes: what is on the case, never overwritten."""

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q

from borgere.models.sag import Sag
from ressource.models import Bruger


class DokumentQuerySet(models.QuerySet["Dokument"]):
    def synlige_for(self, bruger: Bruger, dato: date | None = None) -> Self:
        """Documents of the cases `bruger` may see on `dato` (default today)."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger, dato))


class Dokument(models.Model):
    """Stored bytes with their hash: an upload, or a letter exactly as it was made.

    Append-only: a correction is a new row whose `erstatter` names the old one.
    """

    class Art(models.TextChoices):
        LAEGEATTEST = "laegeattest", "lægeattest LÆ 265"
        HELBRED = "helbred", "andre helbredsoplysninger"
        SAMTYKKE = "samtykke", "samtykke"
        AFGOERELSE = "afgoerelse", "afgørelse"
        INDSTILLING = "indstilling", "indstilling"
        PLAN = "plan", "indsatsplan"
        ANDET = "andet", "andet"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="dokumenter")
    art = models.CharField("art", max_length=20, choices=Art)
    titel = models.CharField("titel", max_length=150)
    dato = models.DateField("dato")
    indholdstype = models.CharField("indholdstype", max_length=60)
    indhold = models.BinaryField("indhold")
    antal_byte = models.PositiveIntegerField("størrelse i byte")
    sha256 = models.CharField("sha-256", max_length=64)
    er_dannet = models.BooleanField("dannet af systemet", default=False)
    erstatter = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="erstattet_af"
    )
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    oprettet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, related_name="+", verbose_name="oprettet af"
    )

    objects = DokumentQuerySet.as_manager()

    class Meta:
        verbose_name = "dokument"
        verbose_name_plural = "dokumenter"
        ordering = ("-dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(indholdstype__in=["application/pdf", "image/png", "image/jpeg"]),
                name="dokument_type_tilladt",
                violation_error_message="Filen skal være PDF, PNG eller JPEG.",
            ),
        )
        indexes = (models.Index(fields=["sag", "-dato"], name="dokument_sag_nyeste"),)
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.titel


class Journalnotat(models.Model):
    """One note in the journal, internal or shared with the citizen."""

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="notater")
    dato = models.DateField("dato")
    overskrift = models.CharField("overskrift", max_length=150)
    tekst = models.TextField("tekst")
    er_delt = models.BooleanField("deles med borgeren", default=False)
    forfatter = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)

    class Meta:
        verbose_name = "journalnotat"
        verbose_name_plural = "journalnotater"
        ordering = ("-dato", "-pk")
        indexes = (models.Index(fields=["sag", "-dato"], name="journalnotat_sag_nyeste"),)
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.overskrift
