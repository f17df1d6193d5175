"""The municipality's own targets, with the period they hold."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from ressource.perioder import ingen_overlap


class MaaltalQuerySet(models.QuerySet["Maaltal"]):
    def gaeldende(self, dato: date) -> Self:
        """Targets in force on `dato`."""
        return self.filter(Q(gyldig_til=None) | Q(gyldig_til__gte=dato), gyldig_fra__lte=dato)


class Maaltal(models.Model):
    """A target for one key figure."""

    class Retning(models.TextChoices):
        MINDST = "mindst", "mindst"
        HOEJST = "hoejst", "højst"

    noegletal = models.CharField("nøgletal", max_length=40)
    vaerdi = models.DecimalField("mål", max_digits=8, decimal_places=2)
    retning = models.CharField("retning", max_length=8, choices=Retning, default=Retning.MINDST)
    ejer = models.CharField("ejer", max_length=120)
    gyldig_fra = models.DateField("gyldig fra")
    gyldig_til = models.DateField("gyldig til", null=True, blank=True)

    objects = MaaltalQuerySet.as_manager()

    class Meta:
        verbose_name = "måltal"
        verbose_name_plural = "måltal"
        ordering = ("noegletal", "gyldig_fra")
        constraints = (
            models.CheckConstraint(
                condition=Q(gyldig_til=None) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="maaltal_slut_efter_start",
            ),
            ingen_overlap(
                "maaltal_et_ad_gangen",
                lige="noegletal",
                fra="gyldig_fra",
                til="gyldig_til",
                besked="Der er allerede et mål for nøgletallet i perioden.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.noegletal} {self.vaerdi}"
