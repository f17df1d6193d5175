"""How an effort goes: pauses, steps of hours, hours actually worked, and absence.

Steps and hours worked are step functions: each holds from its first day until the next one's, or
until the effort ends. So two can never overlap, and a new one is one date and one number.
"""

from decimal import Decimal
from typing import Self, TypeVar

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Sag
from indsatsplan.models.plan import Indsats
from ressource.models import Bruger
from ressource.perioder import ingen_overlap

M = TypeVar("M", bound=models.Model)


class EfterIndsats(models.QuerySet[M]):
    """Rows of an effort; those entered by mistake are taken out and kept."""

    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(indsats__forloeb__sag__in=Sag.objects.synlige_for(bruger))

    def gaeldende(self) -> Self:
        """Those that were not taken out, in order of time."""
        return self.filter(fjernet_den=None).order_by("fra_dato", "pk")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Indsatspause(models.Model):
    """Days in which an effort stood still, both included; without `til_dato` it still does.

    A paused day is not a day in progress: it counts as passive when nothing else goes on.
    """

    indsats = models.ForeignKey(Indsats, models.PROTECT, related_name="pauser")
    fra_dato = models.DateField("pause fra")
    til_dato = models.DateField("pause til og med", null=True, blank=True)
    begrundelse = models.CharField("hvorfor", max_length=250)
    fjernet_den = models.DateTimeField("taget ud den", null=True, blank=True)

    objects = EfterIndsats.as_manager()

    class Meta:
        verbose_name = "pause i en indsats"
        verbose_name_plural = "pauser i indsatser"
        ordering = ("fra_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="indsatspause_slut_efter_start",
                violation_error_message="Pausens sidste dag ligger før den første.",
            ),
            models.CheckConstraint(
                condition=~Q(begrundelse=""),
                name="indsatspause_begrundet",
                violation_error_message="Skriv, hvorfor indsatsen er på pause.",
            ),
            ingen_overlap(
                "indsatspause_ingen_overlap",
                lige="indsats",
                fra="fra_dato",
                til="til_dato",
                hvis=Q(fjernet_den=None),
                besked="Der er allerede en pause i de dage.",
            ),
        )

    def __str__(self) -> str:
        return f"Pause fra {self.fra_dato.isoformat()}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Indsatstrin(models.Model):
    """A planned step: hours, tasks and support from a day until the next step."""

    class Kompleksitet(models.TextChoices):
        ENKEL = "enkel", "enkle opgaver"
        FLERE = "flere", "flere slags opgaver"
        SAMMENSAT = "sammensat", "sammensatte opgaver"
        ANSVAR = "ansvar", "eget ansvarsområde"

    class Stoette(models.TextChoices):
        TAET = "taet", "en ved siden af hele tiden"
        JAEVNLIG = "jaevnlig", "støtte jævnligt"
        EFTER_BEHOV = "efter_behov", "støtte efter behov"
        INGEN = "ingen", "klarer sig selv"

    indsats = models.ForeignKey(Indsats, models.PROTECT, related_name="trin")
    fra_dato = models.DateField("fra")
    dage_pr_uge = models.PositiveSmallIntegerField("dage om ugen")
    timer_pr_dag = models.DecimalField("timer om dagen", max_digits=4, decimal_places=2)
    ugedage = models.CharField("hvilke dage", max_length=60, blank=True)
    opgaver = models.CharField("opgaver", max_length=250)
    kompleksitet = models.CharField(
        "hvor svært", max_length=12, choices=Kompleksitet, default=Kompleksitet.ENKEL
    )
    stoette = models.CharField("støtte", max_length=12, choices=Stoette, default=Stoette.TAET)
    er_skitse = models.BooleanField("skitse", default=False)
    fjernet_den = models.DateTimeField("taget ud den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = EfterIndsats.as_manager()

    class Meta:
        verbose_name = "trin"
        verbose_name_plural = "trin"
        ordering = ("fra_dato", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["indsats", "fra_dato"],
                condition=Q(fjernet_den=None),
                name="indsatstrin_et_pr_dag",
                violation_error_message="Der begynder allerede et trin den dag.",
            ),
            models.CheckConstraint(
                condition=Q(dage_pr_uge__gte=1, dage_pr_uge__lte=7)
                & Q(timer_pr_dag__gt=0, timer_pr_dag__lte=12),
                name="indsatstrin_timer_mulige",
                violation_error_message="Skriv 1-7 dage om ugen og højst 12 timer om dagen.",
            ),
            models.CheckConstraint(
                condition=Q(kompleksitet__in=["enkel", "flere", "sammensat", "ansvar"])
                & Q(stoette__in=["taet", "jaevnlig", "efter_behov", "ingen"]),
                name="indsatstrin_valg_kendte",
            ),
        )

    def __str__(self) -> str:
        return f"Trin fra {self.fra_dato.isoformat()}"

    @property
    def timer_pr_uge(self) -> Decimal:
        """Planned hours in a whole week."""
        return self.dage_pr_uge * self.timer_pr_dag


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class FaktiskTimetal(models.Model):
    """Hours a week as they came to be, from a day until the next such row."""

    indsats = models.ForeignKey(Indsats, models.PROTECT, related_name="faktiske_timer")
    fra_dato = models.DateField("fra")
    timer_pr_uge = models.DecimalField("timer om ugen", max_digits=4, decimal_places=1)
    bemaerkning = models.CharField("bemærkning", max_length=150, blank=True)
    fjernet_den = models.DateTimeField("taget ud den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = EfterIndsats.as_manager()

    class Meta:
        verbose_name = "faktisk timetal"
        verbose_name_plural = "faktiske timetal"
        ordering = ("fra_dato", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["indsats", "fra_dato"],
                condition=Q(fjernet_den=None),
                name="faktisktimetal_et_pr_dag",
                violation_error_message="Der er allerede skrevet et timetal fra den dag.",
            ),
            models.CheckConstraint(
                condition=Q(timer_pr_uge__gte=0, timer_pr_uge__lte=84),
                name="faktisktimetal_muligt",
                violation_error_message="Skriv mellem 0 og 84 timer om ugen.",
            ),
        )

    def __str__(self) -> str:
        return f"Timer fra {self.fra_dato.isoformat()}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Indsatsfravaer(models.Model):
    """Days away from the effort, both included; without `til_dato` they go on.

    The effort goes on meanwhile: absence is no pause, but no hours are counted.
    """

    class Art(models.TextChoices):
        SYG = "syg", "syg"
        FERIE = "ferie", "ferie"
        ANDET = "andet", "andet"

    indsats = models.ForeignKey(Indsats, models.PROTECT, related_name="fravaer")
    art = models.CharField("grund", max_length=10, choices=Art)
    fra_dato = models.DateField("væk fra")
    til_dato = models.DateField("til og med", null=True, blank=True)
    bemaerkning = models.CharField("bemærkning", max_length=150, blank=True)
    fjernet_den = models.DateTimeField("taget ud den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = EfterIndsats.as_manager()

    class Meta:
        verbose_name = "fravær fra en indsats"
        verbose_name_plural = "fravær fra indsatser"
        ordering = ("fra_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="indsatsfravaer_slut_efter_start",
                violation_error_message="Den sidste dag ligger før den første.",
            ),
            models.CheckConstraint(
                condition=Q(art__in=["syg", "ferie", "andet"]), name="indsatsfravaer_art_kendt"
            ),
            ingen_overlap(
                "indsatsfravaer_ingen_overlap",
                lige="indsats",
                fra="fra_dato",
                til="til_dato",
                hvis=Q(fjernet_den=None),
                besked="Der er allerede skrevet fravær i de dage.",
            ),
        )

    def __str__(self) -> str:
        return f"Fravær fra {self.fra_dato.isoformat()}"
