"""The team's recommendation and its lines (domain.md 2.2). It is not a decision (LOB § 9)."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from borgere.models import Sag
from rehabilitering.models.katalog import Indsatstype, Maalart, Udfald
from rehabilitering.models.moede import Dagsordenspunkt
from ressource.models import Bruger


class IndstillingQuerySet(models.QuerySet["Indstilling"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def afsluttede(self) -> Self:
        """Finalised ones only."""
        return self.filter(afsluttet_den__isnull=False)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Indstilling(models.Model):
    """What the team recommends in one case at one meeting."""

    class Enighed(models.TextChoices):
        ENIGE = "enige", "alle enige"
        DISSENS = "dissens", "der er dissens"

    punkt = models.OneToOneField(Dagsordenspunkt, models.PROTECT, related_name="indstilling")
    sag = models.ForeignKey(Sag, models.PROTECT, related_name="indstillinger")
    # The meeting's date, kept here because deadlines count from it.
    moede_dato = models.DateField("teammøde")
    udfald = models.CharField("teamet indstiller til", max_length=30, choices=Udfald, blank=True)
    begrundelse = models.TextField("begrundelse", blank=True)
    varighed_maaneder = models.PositiveSmallIntegerField(
        "varighed i måneder", null=True, blank=True
    )
    maal = models.CharField("første job- eller uddannelsesmål", max_length=200, blank=True)
    maal_art = models.CharField("målet handler om", max_length=12, choices=Maalart, blank=True)
    enighed = models.CharField("enighed", max_length=10, choices=Enighed, default=Enighed.ENIGE)
    dissens = models.TextField("dissens", blank=True)
    mentor_formaal = models.TextField("mentors formål", blank=True)
    mentor_opgaver = models.TextField("mentors opgaver", blank=True)
    uden_praktik_begrundelse = models.TextField("hvorfor ingen praktik", blank=True)
    uden_mentor_begrundelse = models.TextField("hvorfor ingen mentor", blank=True)
    noter = models.TextField("noter fra mødet", blank=True)
    afsluttet_den = models.DateTimeField("afsluttet den", null=True, blank=True)
    afsluttet_af = models.ForeignKey(
        Bruger,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afsluttet af",
    )
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = IndstillingQuerySet.as_manager()

    class Meta:
        verbose_name = "indstilling"
        verbose_name_plural = "indstillinger"
        ordering = ("-moede_dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(afsluttet_den=None, afsluttet_af=None)
                | (
                    Q(afsluttet_den__isnull=False, afsluttet_af__isnull=False)
                    & ~Q(udfald="")
                    & ~Q(begrundelse="")
                ),
                name="indstilling_afslutning_hel",
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_den=None)
                | ~Q(udfald="ressourceforloeb")
                | (~Q(maal="") & ~Q(maal_art="") & Q(varighed_maaneder__isnull=False)),
                name="indstilling_forloeb_har_maal",
                violation_error_message=(
                    "En indstilling til ressourceforløb skal have et job- eller uddannelsesmål "
                    "og en varighed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_den=None) | ~Q(enighed="dissens") | ~Q(dissens=""),
                name="indstilling_dissens_beskrevet",
                violation_error_message="Beskriv uenigheden.",
            ),
        )
        indexes = (models.Index(fields=["sag", "-moede_dato"], name="indstilling_sag_nyeste"),)

    def __str__(self) -> str:
        return f"Indstilling {self.moede_dato.isoformat()}"

    @property
    def er_afsluttet(self) -> bool:
        """Whether the chair has finalised it."""
        return self.afsluttet_den is not None


class Indstillingslinje(models.Model):
    """One recommended effort."""

    indstilling = models.ForeignKey(Indstilling, models.PROTECT, related_name="linjer")
    nr = models.PositiveSmallIntegerField("nummer")
    indsatstype = models.ForeignKey(Indsatstype, models.PROTECT, related_name="+")
    beskrivelse = models.CharField("indsats", max_length=150, blank=True)
    formaal = models.CharField("formål", max_length=250, blank=True)
    betydning_for_maal = models.CharField("betydning for målet", max_length=250, blank=True)
    start_dato = models.DateField("start", null=True, blank=True)
    ansvarlig = models.CharField("ansvarlig", max_length=120, blank=True)

    class Meta:
        verbose_name = "indstillingslinje"
        verbose_name_plural = "indstillingslinjer"
        ordering = ("nr",)
        constraints = (
            models.UniqueConstraint(
                fields=["indstilling", "nr"],
                name="indstillingslinje_nr",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        return f"Linje {self.nr}"
