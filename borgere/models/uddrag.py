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
    antal_byte = models.PositiveBigIntegerField("størrelse i byte", default=0)
    sha256 = models.CharField("sha-256", max_length=64, blank=True)
    fejl = models.CharField("fejl", max_length=200, blank=True)
    # How often a worker has begun: one that dies each time is given up, not begun for ever.
    forsoeg = models.PositiveSmallIntegerField("forsøg", default=0)
    # When the retention rule took the bytes; the row stays and says that it was made.
    toemt_den = models.DateTimeField("slettet den", null=True, blank=True)

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
                condition=Q(faerdig_den=None)
                | Q(antal_byte__gt=0, sha256__regex=r"^[0-9a-f]{64}$", fejl=""),
                name="uddrag_faerdigt_har_aftryk",
            ),
            models.CheckConstraint(
                condition=Q(toemt_den=None) | Q(faerdig_den__isnull=False),
                name="uddrag_toemt_efter_faerdigt",
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

    @property
    def er_undervejs(self) -> bool:
        """Ordered, and neither finished nor given up."""
        return self.faerdig_den is None and not self.fejl

    @property
    def kan_hentes(self) -> bool:
        """Finished, and its bytes still there."""
        return self.faerdig_den is not None and self.toemt_den is None


class Uddragsdel(models.Model):
    """One piece of an archive's bytes, so that neither the job nor a download holds it whole."""

    uddrag = models.ForeignKey(Uddrag, models.PROTECT, related_name="dele")
    nr = models.PositiveIntegerField("nummer")
    indhold = models.BinaryField("indhold")

    class Meta:
        verbose_name = "uddragsdel"
        verbose_name_plural = "uddragsdele"
        ordering = ("uddrag", "nr")
        constraints = (
            models.UniqueConstraint(fields=["uddrag", "nr"], name="uddragsdel_nr_entydigt"),
        )

    def __str__(self) -> str:
        return f"del {self.nr} af {self.uddrag_id}"
