"""Notices to colleagues by mail: written with the fact they tell of, sent once, kept to be read."""

from typing import Self

from django.db import models
from django.db.models import Q

from ressource.models.bruger import Bruger


class BeskedQuerySet(models.QuerySet["Besked"]):
    def til_afsendelse(self) -> Self:
        """Those not sent yet and not given up, oldest first."""
        return self.filter(sendt_den=None, opgivet_den=None).order_by("pk")


class Besked(models.Model):
    """One mail to one person about one fact. It holds no personal data: the address leads to it.

    `noegle` names the fact and the recipient, so that the same fact is told once however often the
    job that tells it runs.
    """

    modtager = models.ForeignKey(Bruger, models.PROTECT, related_name="beskeder")
    noegle = models.CharField("nøgle", max_length=120, unique=True)
    emne = models.CharField("emne", max_length=150)
    tekst = models.TextField("tekst")
    # A path of this house, put after its address in the mail.
    sti = models.CharField("sti", max_length=200, blank=True)
    kalender = models.TextField("kalenderfil", blank=True)
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    sendt_den = models.DateTimeField("sendt den", null=True, blank=True)
    opgivet_den = models.DateTimeField("opgivet den", null=True, blank=True)
    forsoeg = models.PositiveSmallIntegerField("forsøg", default=0)

    objects = BeskedQuerySet.as_manager()

    class Meta:
        verbose_name = "besked"
        verbose_name_plural = "beskeder"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(emne__regex=r"\d{6}[- ]?\d{4}") & ~Q(tekst__regex=r"\d{6}[- ]?\d{4}"),
                name="besked_uden_personnummer",
                violation_error_message="Skriv ikke personnumre i en besked.",
            ),
            models.CheckConstraint(
                condition=Q(sendt_den=None) | Q(opgivet_den=None), name="besked_sendt_eller_opgivet"
            ),
        )
        indexes = (
            models.Index(
                fields=["id"],
                condition=Q(sendt_den=None, opgivet_den=None),
                name="besked_til_afsendelse",
            ),
        )

    def __str__(self) -> str:
        return self.emne
