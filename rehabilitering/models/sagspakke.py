"""The case package that the team reads before the meeting (domain.md 1.2 row 10)."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from borgere.models import Sag
from rehabilitering.models.moede import Dagsordenspunkt
from ressource.models import Bruger


class SagspakkeQuerySet(models.QuerySet["Sagspakke"]):
    def gaeldende(self) -> Self:
        """Published, and neither taken back nor replaced."""
        return self.filter(trukket_den=None)

    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(punkt__sag__in=Sag.objects.synlige_for(bruger))


class Sagspakke(models.Model):
    """One publication of a case to those who sit in its meeting; they read it from then."""

    punkt = models.ForeignKey(Dagsordenspunkt, models.PROTECT, related_name="pakker")
    nr = models.PositiveSmallIntegerField("nummer")
    # Ids of the case's documents in it, as they were chosen then. They are never changed, and go
    # with the case.
    dokumenter = ArrayField(
        models.BigIntegerField(), verbose_name="dokumenter", default=list, db_default=[], blank=True
    )
    udgivet_den = models.DateTimeField("udgivet den", auto_now_add=True)
    udgivet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    trukket_den = models.DateTimeField("trukket den", null=True, blank=True)

    objects = SagspakkeQuerySet.as_manager()

    class Meta:
        verbose_name = "sagspakke"
        verbose_name_plural = "sagspakker"
        ordering = ("-nr",)
        constraints = (
            models.UniqueConstraint(fields=["punkt", "nr"], name="sagspakke_nr"),
            models.UniqueConstraint(
                fields=["punkt"],
                condition=Q(trukket_den=None),
                name="sagspakke_en_gaeldende",
                violation_error_message="Sagspakken er allerede udgivet.",
            ),
        )

    def __str__(self) -> str:
        return f"Sagspakke {self.nr}, punkt {self.punkt_id}"


class Sagspakkeudgave(models.Model):
    """The package as one PDF, as those with the same rights read it; may be deleted before the case."""

    class Udgave(models.TextChoices):
        FULD = "fuld", "hele pakken"
        UDEN_HELBRED = "uden_helbred", "uden helbredsoplysninger"
        UDDANNELSE = "uddannelse", "det om uddannelse"

    pakke = models.ForeignKey(Sagspakke, models.PROTECT, related_name="udgaver")
    udgave = models.CharField("udgave", max_length=14, choices=Udgave)
    indhold = models.BinaryField("indhold")
    sha256 = models.CharField("sha-256", max_length=64)
    sider = models.PositiveIntegerField("sider")
    dannet_den = models.DateTimeField("dannet den", auto_now_add=True)

    class Meta:
        verbose_name = "udgave af sagspakken"
        verbose_name_plural = "udgaver af sagspakken"
        constraints = (
            models.UniqueConstraint(fields=["pakke", "udgave"], name="sagspakkeudgave_en_af_hver"),
        )

    def __str__(self) -> str:
        return f"{self.get_udgave_display()} af pakke {self.pakke_id}"
