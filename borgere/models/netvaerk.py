"""The people around the citizen, and what the citizen has agreed may be shared."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models.borger import Borger
from ressource.models import Bruger


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Netvaerksperson(models.Model):
    """A relative or other person in the citizen's network (guide, element 3)."""

    class Holdning(models.TextChoices):
        MEDSPILLER = "medspiller", "medspiller"
        MODSPILLER = "modspiller", "modspiller"
        UAFKLARET = "uafklaret", "uafklaret"

    borger = models.ForeignKey(Borger, models.PROTECT, related_name="netvaerk")
    navn = models.CharField("navn", max_length=120)
    relation = models.CharField("relation", max_length=60)
    holdning = models.CharField(
        "holdning", max_length=12, choices=Holdning, default=Holdning.UAFKLARET
    )
    barrierer = models.TextField("barrierer", blank=True)
    telefon = models.CharField("telefon", max_length=20, blank=True)

    class Meta:
        verbose_name = "netværksperson"
        verbose_name_plural = "netværkspersoner"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.navn}, {self.relation}"


class SamtykkeQuerySet(models.QuerySet["Samtykke"]):
    def gaeldende(self, dato: date) -> Self:
        """Consents that hold on `dato`: begun, not expired, not withdrawn."""
        return self.filter(fra_dato__lte=dato, til_dato__gte=dato).filter(
            Q(trukket_dato=None) | Q(trukket_dato__gt=dato)
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Samtykke(models.Model):
    """Consent to obtain from, or share with, one recipient (RSL § 11 a; domain.md 2.7)."""

    class Modtager(models.TextChoices):
        EGEN_LAEGE = "egen_laege", "egen læge"
        REGION = "region", "regionen (klinisk funktion)"
        NETVAERK = "netvaerk", "netværksperson"
        MENTOR = "mentor", "mentor"
        VIRKSOMHED = "virksomhed", "virksomhed"
        ANDEN = "anden", "anden myndighed"

    borger = models.ForeignKey(Borger, models.PROTECT, related_name="samtykker")
    modtager = models.CharField("modtager", max_length=12, choices=Modtager)
    netvaerksperson = models.ForeignKey(
        Netvaerksperson, models.PROTECT, null=True, blank=True, related_name="samtykker"
    )
    oplysninger = models.CharField("hvilke oplysninger", max_length=200)
    fra_dato = models.DateField("fra")
    til_dato = models.DateField("til")
    givet_hvordan = models.CharField("givet hvordan", max_length=120)
    registreret_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    trukket_dato = models.DateField("trukket tilbage", null=True, blank=True)

    objects = SamtykkeQuerySet.as_manager()

    class Meta:
        verbose_name = "samtykke"
        verbose_name_plural = "samtykker"
        ordering = ("-fra_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato__gte=F("fra_dato")),
                name="samtykke_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.CheckConstraint(
                condition=Q(modtager="netvaerk", netvaerksperson__isnull=False)
                | (~Q(modtager="netvaerk") & Q(netvaerksperson=None)),
                name="samtykke_netvaerksperson_naevnt",
                violation_error_message="Vælg den person i netværket, samtykket gælder.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_modtager_display()} til {self.til_dato.isoformat()}"

    def status(self, dato: date) -> str:
        """`gaelder`, `trukket`, `udloebet` or `kommende` on `dato`, as `gaeldende` sees it."""
        if self.trukket_dato and self.trukket_dato <= dato:
            return "trukket"
        if self.til_dato < dato:
            return "udloebet"
        return "kommende" if self.fra_dato > dato else "gaelder"
