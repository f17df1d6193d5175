"""The whole case file, or everything about a citizen, put together as one archive by a job."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from borgere.models.sag import Sag
from ressource.models import Bruger


class UddragQuerySet(models.QuerySet["Uddrag"]):
    def synlige_for(self, bruger: Bruger, dato: date | None = None) -> Self:
        """Archives of the cases `bruger` may see on `dato` (default today)."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger, dato))


class Uddrag(models.Model):
    """One ordered archive: a ZIP with a PDF and its index, the data as JSON, and the originals."""

    class Art(models.TextChoices):
        SAGSMAPPE = "sagsmappe", "hele sagen (aktindsigt, klage)"
        INDSIGT = "indsigt", "borgerens indsigt (GDPR artikel 15)"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="uddrag")
    art = models.CharField("art", max_length=10, choices=Art)
    bestilt_den = models.DateTimeField("bestilt den", auto_now_add=True)
    bestilt_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    # How far the job is, 0-100, and what it is doing.
    fremdrift = models.PositiveSmallIntegerField("fremdrift", default=0)
    trin = models.CharField("trin", max_length=80, blank=True)
    faerdig_den = models.DateTimeField("færdig den", null=True, blank=True)
    indhold = models.BinaryField("indhold", null=True, blank=True)
    antal_byte = models.PositiveBigIntegerField("størrelse i byte", default=0)
    sha256 = models.CharField("sha-256", max_length=64, blank=True)
    fejl = models.CharField("fejl", max_length=200, blank=True)

    objects = UddragQuerySet.as_manager()

    class Meta:
        verbose_name = "uddrag"
        verbose_name_plural = "uddrag"
        ordering = ("-bestilt_den", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(art__in=["sagsmappe", "indsigt"]), name="uddrag_art_kendt"
            ),
            models.CheckConstraint(
                condition=Q(fremdrift__lte=100), name="uddrag_fremdrift_hoejst_100"
            ),
            models.CheckConstraint(
                condition=Q(faerdig_den=None) | Q(indhold__isnull=False),
                name="uddrag_faerdigt_har_indhold",
            ),
            models.UniqueConstraint(
                fields=["sag", "art"],
                condition=Q(faerdig_den=None, fejl=""),
                name="uddrag_et_ad_gangen",
                violation_error_message="Uddraget er allerede bestilt og er på vej.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_art_display()} {self.pk}"
