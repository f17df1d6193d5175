"""The team meeting, who sits in it, and its agenda."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from borgere.models import Sag
from ressource.models import Bruger


class TeammoedeQuerySet(models.QuerySet["Teammoede"]):
    def for_deltager(self, bruger: Bruger) -> Self:
        """Meetings the user sits in."""
        return self.filter(deltagere__bruger=bruger)


class Teammoede(models.Model):
    """One meeting of the rehabiliteringsteam."""

    dato = models.DateField("dato")
    start = models.TimeField("start")
    slut = models.TimeField("slut")
    sted = models.CharField("sted", max_length=120)
    kapacitet = models.PositiveSmallIntegerField("antal sager", default=5)
    minutter_pr_sag = models.PositiveSmallIntegerField("minutter pr. sag", default=40)
    moedeleder = models.ForeignKey(
        Bruger, models.PROTECT, related_name="+", verbose_name="mødeleder"
    )
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)

    objects = TeammoedeQuerySet.as_manager()

    class Meta:
        verbose_name = "teammøde"
        verbose_name_plural = "teammøder"
        ordering = ("dato", "start")
        constraints = (
            models.CheckConstraint(
                condition=Q(slut__gt=F("start")),
                name="teammoede_slut_efter_start",
                violation_error_message="Mødet slutter, før det begynder.",
            ),
            models.CheckConstraint(
                condition=Q(kapacitet__gte=1) & Q(minutter_pr_sag__gte=5),
                name="teammoede_plads",
                violation_error_message="Der skal være plads til mindst én sag på 5 minutter.",
            ),
        )
        indexes = (models.Index(fields=["dato"], name="teammoede_dato"),)

    def __str__(self) -> str:
        return f"Teammøde {self.dato.isoformat()}"


class Moededeltager(models.Model):
    """A member of the team at one meeting, with area and mandate."""

    class Fagomraade(models.TextChoices):
        BESKAEFTIGELSE = "beskaeftigelse", "beskæftigelse"
        SOCIAL = "social", "social"
        SUNDHED = "sundhed", "sundhed"
        REGION = "region", "sundhedskoordinator"
        VIRKSOMHED = "virksomhed", "virksomhedskonsulent"
        UNDERVISNING = "undervisning", "uddannelsesvejleder"
        FAMILIE = "familie", "familieafdeling"

    moede = models.ForeignKey(Teammoede, models.PROTECT, related_name="deltagere")
    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="moededeltagelser")
    fagomraade = models.CharField("fagområde", max_length=16, choices=Fagomraade)
    mandat = models.CharField("mandat", max_length=120, blank=True)
    # None: not registered yet.
    var_til_stede = models.BooleanField("til stede", null=True, blank=True)

    class Meta:
        verbose_name = "mødedeltager"
        verbose_name_plural = "mødedeltagere"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["moede", "bruger"],
                name="moededeltager_en_gang",
                violation_error_message="Personen deltager allerede i mødet.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.bruger_id} i møde {self.moede_id}"


class DagsordenspunktQuerySet(models.QuerySet["Dagsordenspunkt"]):
    def aktive(self) -> Self:
        """Items that were not taken off the agenda."""
        return self.filter(taget_af_den=None)


class Dagsordenspunkt(models.Model):
    """One case on one meeting's agenda."""

    moede = models.ForeignKey(Teammoede, models.PROTECT, related_name="punkter")
    sag = models.ForeignKey(Sag, models.PROTECT, related_name="dagsordenspunkter")
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge")
    sat_paa_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    sat_paa_den = models.DateTimeField("sat på den", auto_now_add=True)
    taget_af_den = models.DateTimeField("taget af den", null=True, blank=True)
    # Set when the meeting has dealt with the case: the indstilling is finalised or the case put off.
    behandlet_den = models.DateTimeField("behandlet den", null=True, blank=True)

    objects = DagsordenspunktQuerySet.as_manager()

    class Meta:
        verbose_name = "dagsordenspunkt"
        verbose_name_plural = "dagsordenspunkter"
        ordering = ("raekkefoelge", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["sag"],
                condition=Q(taget_af_den=None, behandlet_den=None),
                name="dagsordenspunkt_et_aabent_pr_sag",
                violation_error_message="Sagen står allerede på en dagsorden.",
            ),
            models.UniqueConstraint(
                fields=["moede", "raekkefoelge"],
                condition=Q(taget_af_den=None),
                name="dagsordenspunkt_raekkefoelge",
            ),
        )

    def __str__(self) -> str:
        return f"Punkt {self.raekkefoelge}"
