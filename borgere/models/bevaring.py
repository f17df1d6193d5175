"""How long things are kept, and the protocol of what has been deleted."""

from datetime import date
from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from ressource.models import Bruger


class BevaringsregelQuerySet(models.QuerySet["Bevaringsregel"]):
    def gaeldende(self, dato: date) -> Self:
        """Rules in force on `dato`."""
        return self.filter(Q(gyldig_til=None) | Q(gyldig_til__gte=dato), gyldig_fra__lte=dato)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Bevaringsregel(models.Model):
    """How long one kind of thing is kept (arkivloven and kassation; domain.md 5.4 and 5.5)."""

    class Gaelder(models.TextChoices):
        SAG = "sag", "sager, efter de er afsluttet"
        OPSLAG = "opslag", "opslag i loggen"
        UDDRAG = "uddrag", "bestilte uddrag af sager"
        INDLAESNING = "indlaesning", "indlæste filer"
        BESKED = "besked", "beskeder til kolleger"
        SAGSPAKKE = "sagspakke", "sagspakker som PDF, efter teammødet"

    class Enhed(models.TextChoices):
        DAGE = "dage", "dage"
        MAANEDER = "maaneder", "måneder"
        AAR = "aar", "år"

    gaelder = models.CharField("gælder", max_length=12, choices=Gaelder)
    antal = models.PositiveSmallIntegerField("bevares i")
    enhed = models.CharField("enhed", max_length=10, choices=Enhed)
    varsel_dage = models.PositiveSmallIntegerField("varsel (dage)", default=30)
    # People born on the 1st of a month are the archive's sample: their cases are never deleted.
    undtag_foedt_den_foerste = models.BooleanField("bevar borgere født den 1.", default=True)
    kilde = models.CharField("kilde", max_length=200)
    gyldig_fra = models.DateField("gyldig fra")
    gyldig_til = models.DateField("gyldig til", null=True, blank=True)

    objects = BevaringsregelQuerySet.as_manager()

    class Meta:
        verbose_name = "bevaringsregel"
        verbose_name_plural = "bevaringsregler"
        ordering = ("gaelder", "-gyldig_fra")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    gaelder__in=["sag", "opslag", "uddrag", "indlaesning", "besked", "sagspakke"]
                )
                & Q(enhed__in=["dage", "maaneder", "aar"]),
                name="bevaringsregel_valg_kendte",
            ),
            models.CheckConstraint(
                condition=Q(antal__gt=0),
                name="bevaringsregel_antal",
                violation_error_message="Skriv et tal større end 0.",
            ),
            models.CheckConstraint(
                condition=Q(gyldig_til=None) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="bevaringsregel_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.UniqueConstraint(
                fields=["gaelder"],
                condition=Q(gyldig_til=None),
                name="bevaringsregel_en_gaeldende",
                violation_error_message="Der gælder allerede en regel. Giv den en slutdato først.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_gaelder_display()}: {self.antal} {self.get_enhed_display()}"


class SletningQuerySet(models.QuerySet["Sletning"]):
    def varslede(self) -> Self:
        """Warned of, not stopped and not carried out."""
        return self.filter(slettet_den=None, standset_den=None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Sletning(models.Model):
    """One case's way out: warned of, then deleted or stopped. The protocol stays, without a name.

    `sag_id` is a plain number, for the row outlives the case.
    """

    regel = models.ForeignKey(Bevaringsregel, models.PROTECT, related_name="sletninger")
    sag_id = models.BigIntegerField("sag")
    sagsnummer = models.CharField("sagsnummer", max_length=20)
    varslet_den = models.DateTimeField("varslet den", auto_now_add=True)
    tidligst_dato = models.DateField("slettes tidligst")
    slettet_den = models.DateTimeField("slettet den", null=True, blank=True)
    # How many rows of each table went, and that the citizen went too or why not.
    protokol = models.JSONField("protokol", default=dict, blank=True)
    standset_den = models.DateTimeField("standset den", null=True, blank=True)
    standset_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="standset af"
    )
    standset_grund = models.CharField("hvorfor standset", max_length=200, blank=True)

    objects = SletningQuerySet.as_manager()

    class Meta:
        verbose_name = "sletning"
        verbose_name_plural = "sletninger"
        ordering = ("tidligst_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(standset_den=None, standset_grund="")
                | (Q(standset_den__isnull=False, slettet_den=None) & ~Q(standset_grund="")),
                name="sletning_standset_hel",
                violation_error_message="Skriv, hvorfor sletningen standses.",
            ),
            models.UniqueConstraint(
                fields=["sag_id"],
                condition=Q(slettet_den=None, standset_den=None),
                name="sletning_en_varslet",
            ),
        )
        triggers = (pgtrigger.Protect(name="slettes_ikke", operation=pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.sagsnummer} {self.tidligst_dato.isoformat()}"
