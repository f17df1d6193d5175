"""Citizens, or their origin, brought in from a file: read, checked, repaired, then taken in whole."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from ressource.models import Bruger


class IndlaesningQuerySet(models.QuerySet["Indlaesning"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """One's own only: the rows are people nobody else has to do with yet."""
        return self.filter(bestilt_af=bruger)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), exclude=["fil"])
class Indlaesning(models.Model):
    """One file on its way in. Nothing reaches the citizens before all rows are right or left out."""

    class Art(models.TextChoices):
        BORGERE = "borgere", "borgere og sager"
        HERKOMST = "herkomst", "herkomst fra Danmarks Statistik"

    class Status(models.TextChoices):
        LAESES = "laeses", "læses"
        KONTROLLERET = "kontrolleret", "klar til gennemsyn"
        INDLAESES = "indlaeses", "indlæses"
        INDLAEST = "indlaest", "indlæst"
        FORTRUDT = "fortrudt", "fortrudt"
        FEJLET = "fejlet", "kunne ikke læses"

    art = models.CharField("art", max_length=10, choices=Art)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.LAESES)
    filnavn = models.CharField("filnavn", max_length=150)
    # The file itself until it has been read; nothing afterwards.
    fil = models.BinaryField("fil", null=True, blank=True)
    bestilt_den = models.DateTimeField("bestilt den", auto_now_add=True)
    bestilt_af = models.ForeignKey(Bruger, models.PROTECT, related_name="indlaesninger")
    antal = models.PositiveIntegerField("rækker", default=0)
    fremdrift = models.PositiveIntegerField("behandlede rækker", default=0)
    afsluttet_den = models.DateTimeField("afsluttet den", null=True, blank=True)
    # What became of it, in figures: made, updated, left out.
    rapport = models.JSONField("rapport", default=dict, blank=True)
    besked = models.CharField("besked", max_length=200, blank=True)

    objects = IndlaesningQuerySet.as_manager()

    class Meta:
        verbose_name = "indlæsning"
        verbose_name_plural = "indlæsninger"
        ordering = ("-bestilt_den", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(art__in=["borgere", "herkomst"])
                & Q(
                    status__in=[
                        "laeses",
                        "kontrolleret",
                        "indlaeses",
                        "indlaest",
                        "fortrudt",
                        "fejlet",
                    ]
                ),
                name="indlaesning_valg_kendte",
            ),
            models.CheckConstraint(
                condition=Q(fil=None) | Q(status="laeses"),
                name="indlaesning_fil_kun_mens_den_laeses",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_art_display()} {self.pk}"

    @property
    def er_i_gang(self) -> bool:
        """Whether a job is at work on it, or will be."""
        return self.status in (self.Status.LAESES, self.Status.INDLAESES)


class IndlaesningsraekkeQuerySet(models.QuerySet["Indlaesningsraekke"]):
    def med_fejl(self) -> Self:
        """Rows that must be mended or left out."""
        return self.filter(er_udeladt=False).exclude(fejl={})

    def klar(self) -> Self:
        """Rows that will be taken in."""
        return self.filter(er_udeladt=False, fejl={})

    def rettet_undervejs(self) -> Self:
        """Rows that the reading put something right in."""
        return self.filter(er_udeladt=False, data__has_key="_noter")

    def udeladte(self) -> Self:
        """Rows that stay out."""
        return self.filter(er_udeladt=True)


class Indlaesningsraekke(models.Model):
    """One row of a file, as it was read or mended. Emptied when the file has been taken in."""

    indlaesning = models.ForeignKey(Indlaesning, models.PROTECT, related_name="raekker")
    nr = models.PositiveIntegerField("linje i filen")
    data = models.JSONField("data", default=dict)
    # By column: what is wrong and what to do about it.
    fejl = models.JSONField("fejl", default=dict, blank=True)
    er_udeladt = models.BooleanField("udeladt", default=False)

    objects = IndlaesningsraekkeQuerySet.as_manager()

    class Meta:
        verbose_name = "indlæsningsrække"
        verbose_name_plural = "indlæsningsrækker"
        ordering = ("nr",)
        constraints = (
            models.UniqueConstraint(
                fields=["indlaesning", "nr"], name="indlaesningsraekke_nr_entydigt"
            ),
        )

    def __str__(self) -> str:
        return f"linje {self.nr}"
