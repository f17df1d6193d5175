"""Sparring slots with the sundhedskoordinator: one slot, one booking, whatever happens."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q

from borgere.models import Sag
from ressource.models import Bruger


class Sparringsspoergsmaal(models.Model):
    """The catalogue of questions to the sundhedskoordinator (guide, element 4)."""

    tekst = models.CharField("spørgsmål", max_length=200, unique=True)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=0)
    er_aktivt = models.BooleanField("kan vælges", default=True)

    class Meta:
        verbose_name = "sparringsspørgsmål"
        verbose_name_plural = "sparringsspørgsmål"
        ordering = ("raekkefoelge", "pk")

    def __str__(self) -> str:
        return self.tekst


class SparringstidQuerySet(models.QuerySet["Sparringstid"]):
    def udgivne(self) -> Self:
        """Slots that stand; those taken back are left out."""
        return self.filter(aflyst_den=None)

    def ledige(self, fra: datetime) -> Self:
        """Free slots that start at or after `fra`, soonest first."""
        return (
            self.udgivne()
            .filter(start__gte=fra)
            .exclude(Exists(Sparringsbooking.objects.aktive().filter(tid=OuterRef("pk"))))
            .order_by("start", "pk")
        )


class Sparringstid(models.Model):
    """One published slot."""

    class Form(models.TextChoices):
        SAGSBEHANDLER_ALENE = "alene", "sagsbehandler alene"
        MED_BORGER = "med_borger", "sammen med borgeren"
        BEGGE = "begge", "alene eller sammen med borgeren"

    class Anledning(models.TextChoices):
        FORBEREDELSE = "forberedelse", "forberedelse"
        UNDER_FORLOEB = "under_forloeb", "under forløbet"
        BEGGE = "begge", "forberedelse eller under forløbet"

    sundhedskoordinator = models.ForeignKey(
        Bruger, models.PROTECT, related_name="sparringstider", verbose_name="sundhedskoordinator"
    )
    start = models.DateTimeField("start")
    slut = models.DateTimeField("slut")
    sted = models.CharField("sted", max_length=120)
    er_video = models.BooleanField("på video", default=False)
    form = models.CharField("form", max_length=12, choices=Form, default=Form.BEGGE)
    anledning = models.CharField(
        "anledning", max_length=16, choices=Anledning, default=Anledning.BEGGE
    )
    udgivet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    udgivet_den = models.DateTimeField("udgivet den", auto_now_add=True)
    aflyst_den = models.DateTimeField("aflyst den", null=True, blank=True)

    objects = SparringstidQuerySet.as_manager()

    class Meta:
        verbose_name = "sparringstid"
        verbose_name_plural = "sparringstider"
        ordering = ("start", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(slut__gt=F("start")),
                name="sparringstid_slut_efter_start",
                violation_error_message="Tiden slutter, før den begynder.",
            ),
            ExclusionConstraint(
                name="sparringstid_ingen_overlap",
                expressions=(
                    ("sundhedskoordinator", RangeOperators.EQUAL),
                    (
                        Func(
                            "start",
                            "slut",
                            RangeBoundary(),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                condition=Q(aflyst_den=None),
                violation_error_message=(
                    "Sundhedskoordinatoren har allerede en tid, der overlapper."
                ),
            ),
        )
        indexes = (models.Index(fields=["start"], name="sparringstid_start"),)

    def __str__(self) -> str:
        return f"Sparring {self.start.isoformat()}"


class SparringsbookingQuerySet(models.QuerySet["Sparringsbooking"]):
    def aktive(self) -> Self:
        """Bookings that have not been cancelled."""
        return self.filter(aflyst_den=None)

    def synlige_for(self, bruger: Bruger) -> Self:
        """One's own bookings, those in one's cases, and those one is to answer."""
        return self.filter(
            Q(tid__sundhedskoordinator=bruger)
            | Q(booket_af=bruger)
            | Q(sag__in=Sag.objects.synlige_for(bruger))
        )


class Sparringsbooking(models.Model):
    """A case in a slot, with its questions and, afterwards, the answer."""

    tid = models.ForeignKey(Sparringstid, models.PROTECT, related_name="bookinger")
    sag = models.ForeignKey(Sag, models.PROTECT, related_name="sparringer")
    med_borger = models.BooleanField("sammen med borgeren", default=False)
    spoergsmaal = models.ManyToManyField(Sparringsspoergsmaal, blank=True, related_name="+")
    eget_spoergsmaal = models.TextField("eget spørgsmål", blank=True)
    booket_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    booket_den = models.DateTimeField("booket den", auto_now_add=True)
    aflyst_den = models.DateTimeField("aflyst den", null=True, blank=True)
    aflyst_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="aflyst af"
    )
    svar = models.TextField("svar", blank=True)
    er_afklaret = models.BooleanField("afklaret", null=True, blank=True)
    besvaret_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="besvaret af"
    )
    besvaret_den = models.DateTimeField("besvaret den", null=True, blank=True)

    objects = SparringsbookingQuerySet.as_manager()

    class Meta:
        verbose_name = "sparringsbooking"
        verbose_name_plural = "sparringsbookinger"
        constraints = (
            models.UniqueConstraint(
                fields=["tid"],
                condition=Q(aflyst_den=None),
                name="sparringsbooking_en_pr_tid",
                violation_error_message="Tiden er allerede booket.",
            ),
            models.CheckConstraint(
                condition=Q(aflyst_den=None, aflyst_af=None)
                | Q(aflyst_den__isnull=False, aflyst_af__isnull=False),
                name="sparringsbooking_aflysning_hel",
            ),
            models.CheckConstraint(
                condition=Q(svar="", er_afklaret=None, besvaret_af=None, besvaret_den=None)
                | (
                    ~Q(svar="")
                    & Q(
                        er_afklaret__isnull=False,
                        besvaret_af__isnull=False,
                        besvaret_den__isnull=False,
                        aflyst_den=None,
                    )
                ),
                name="sparringsbooking_svar_helt",
            ),
        )

    def __str__(self) -> str:
        return f"Booking {self.pk}"
