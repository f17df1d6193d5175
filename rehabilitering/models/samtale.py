"""The talks in which the forberedende del is made: when, who took part, which topics."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from borgere.models import Netvaerksperson
from rehabilitering.models.forberedelse import ForberedendeDel
from ressource.models import Bruger


class SamtaleQuerySet(models.QuerySet["Samtale"]):
    def gaeldende(self) -> Self:
        """Those not taken back as a mistake."""
        return self.filter(annulleret_den=None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Samtale(models.Model):
    """One talk. A mistake is taken back with a reason; it is never erased."""

    class Form(models.TextChoices):
        PERSONLIGT = "personligt", "personligt"
        VIDEO = "video", "video"
        TELEFON = "telefon", "telefon"

    forberedende_del = models.ForeignKey(
        ForberedendeDel, models.PROTECT, related_name="samtaler", verbose_name="forberedende del"
    )
    dato = models.DateField("dato")
    form = models.CharField("form", max_length=12, choices=Form, default=Form.PERSONLIGT)
    med_borger = models.BooleanField("borgeren deltog", default=True)
    netvaerk = models.ManyToManyField(
        Netvaerksperson, blank=True, related_name="+", verbose_name="fra netværket"
    )
    kolleger = models.ManyToManyField(Bruger, blank=True, related_name="+", verbose_name="kolleger")
    andre = models.CharField("andre", max_length=200, blank=True)
    # Codes of the rule set's talk topics.
    emner = ArrayField(models.CharField(max_length=40), verbose_name="emner", default=list)
    notat = models.TextField("notat", blank=True)
    foert_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("registreret den", auto_now_add=True)
    annulleret_den = models.DateTimeField("taget tilbage den", null=True, blank=True)
    annulleret_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="af"
    )
    annulleret_begrundelse = models.CharField("hvorfor", max_length=200, blank=True)

    objects = SamtaleQuerySet.as_manager()

    class Meta:
        verbose_name = "samtale"
        verbose_name_plural = "samtaler"
        ordering = ("-dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(annulleret_den=None, annulleret_af=None, annulleret_begrundelse="")
                | (
                    Q(annulleret_den__isnull=False, annulleret_af__isnull=False)
                    & ~Q(annulleret_begrundelse="")
                ),
                name="samtale_annullering_hel",
                violation_error_message="Skriv, hvorfor samtalen tages tilbage.",
            ),
            models.CheckConstraint(
                condition=Q(form__in=["personligt", "video", "telefon"]), name="samtale_form_kendt"
            ),
        )
        indexes = (models.Index(F("forberedende_del"), F("dato").desc(), name="samtale_nyeste"),)

    def __str__(self) -> str:
        return f"Samtale {self.dato.isoformat()}"
