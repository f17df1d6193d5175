"""The team meeting, who sits in it, and its agenda."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from borgere.models import Sag
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle, Stedfortraeder


class TeammoedeQuerySet(models.QuerySet["Teammoede"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """The mødekoordinator: all. Others: those they sit in or have a case on.

        Which cases on the agenda one may see is still `Sag.objects.synlige_for`'s to say.
        """
        if bruger.har_rolle(Rolle.MOEDEKOORDINATOR):
            return self.all()
        sidder_i = Moededeltager.objects.for_bruger(bruger).filter(moede=OuterRef("pk"))
        har_sag = Dagsordenspunkt.objects.synlige_for(bruger).filter(moede=OuterRef("pk"))
        return self.filter(Exists(sidder_i) | Exists(har_sag))

    def for_deltager(self, bruger: Bruger) -> Self:
        """Meetings the user sits in, or stands in for somebody who does."""
        sidder_i = Moededeltager.objects.for_bruger(bruger).filter(moede=OuterRef("pk"))
        return self.filter(Exists(sidder_i))

    def kommende(self, dato: date) -> Self:
        """On `dato` and later, soonest first."""
        return self.filter(dato__gte=dato).order_by("dato", "start", "pk")

    def tidligere(self, dato: date) -> Self:
        """Before `dato`, latest first."""
        return self.filter(dato__lt=dato).order_by("-dato", "-start", "-pk")

    def med_antal(self) -> Self:
        """With `antal_sager`: how many places of the agenda are taken."""
        punkter = Dagsordenspunkt.objects.aktive().filter(moede=OuterRef("pk")).order_by()
        antal = punkter.values("moede").annotate(antal=models.Count("pk")).values("antal")
        return self.annotate(
            antal_sager=models.functions.Coalesce(
                models.Subquery(antal), 0, output_field=models.IntegerField()
            )
        )


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


class MoededeltagerQuerySet(models.QuerySet["Moededeltager"]):
    def for_bruger(self, bruger: Bruger) -> Self:
        """The user's own seats, and today those of the people the user stands in for."""
        vikar_for = Stedfortraeder.objects.gaeldende(i_dag()).filter(vikar=bruger)
        return self.filter(Q(bruger=bruger) | Q(bruger__in=vikar_for.values("for_bruger")))


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

    objects = MoededeltagerQuerySet.as_manager()

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

    def aabne(self) -> Self:
        """On an agenda and not dealt with yet; a case has at most one."""
        return self.aktive().filter(behandlet_den=None)

    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def behandlet_med(self, bruger: Bruger) -> Self:
        """Dealt with at a meeting the user sat in and was not marked absent from."""
        med = Moededeltager.objects.filter(bruger=bruger).exclude(var_til_stede=False)
        return self.filter(behandlet_den__isnull=False, moede__in=med.values("moede"))


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
