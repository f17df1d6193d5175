"""The six-month guarantee: what stops its clock, and presenting the case to the team again."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Sag
from indsatsplan.models.forloeb import Ressourceforloeb
from ressource.models import Bruger
from ressource.perioder import ingen_overlap


class FritagelseQuerySet(models.QuerySet["Fritagelse"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(forloeb__sag__in=Sag.objects.synlige_for(bruger))

    def gaeldende(self) -> Self:
        """Those that were not taken out, in order of time."""
        return self.filter(fjernet_den=None).order_by("fra_dato", "pk")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Fritagelse(models.Model):
    """Days that count neither in the guarantee's months nor as passive time, both included.

    BEK 2408 § 17: exempted from being available, or without any contact. Without `til_dato` it
    goes on.
    """

    class Art(models.TextChoices):
        FRITAGET = "fritaget", "fritaget for at stå til rådighed"
        UDEN_KONTAKT = "uden_kontakt", "uden kontakt"

    forloeb = models.ForeignKey(Ressourceforloeb, models.PROTECT, related_name="fritagelser")
    art = models.CharField("grund", max_length=14, choices=Art)
    fra_dato = models.DateField("fra")
    til_dato = models.DateField("til og med", null=True, blank=True)
    begrundelse = models.CharField("hvorfor", max_length=250)
    fjernet_den = models.DateTimeField("taget ud den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = FritagelseQuerySet.as_manager()

    class Meta:
        verbose_name = "fritagelse"
        verbose_name_plural = "fritagelser"
        ordering = ("fra_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="fritagelse_slut_efter_start",
                violation_error_message="Den sidste dag ligger før den første.",
            ),
            models.CheckConstraint(
                condition=Q(art__in=["fritaget", "uden_kontakt"]), name="fritagelse_art_kendt"
            ),
            models.CheckConstraint(
                condition=~Q(begrundelse=""),
                name="fritagelse_begrundet",
                violation_error_message="Skriv, hvorfor borgeren er fritaget.",
            ),
            ingen_overlap(
                "fritagelse_ingen_overlap",
                lige="forloeb",
                fra="fra_dato",
                til="til_dato",
                hvis=Q(fjernet_den=None),
                besked="Der er allerede en fritagelse i de dage.",
            ),
        )

    def __str__(self) -> str:
        return f"Fritagelse fra {self.fra_dato.isoformat()}"

    @property
    def noegle(self) -> str:
        """What it is known by inside the plan page."""
        return f"fritagelse-{self.pk}"


class GenforelaeggelseQuerySet(models.QuerySet["Genforelaeggelse"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(forloeb__sag__in=Sag.objects.synlige_for(bruger))

    def aabne(self) -> Self:
        """Drafts that have led to nothing yet."""
        return self.filter(afgjort_den=None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Genforelaeggelse(models.Model):
    """The draft that tells the team why nothing has begun (LAB § 113 stk. 2).

    Ends in a new round, or in the special reasons for which the team need not see the case.
    """

    forloeb = models.ForeignKey(Ressourceforloeb, models.PROTECT, related_name="genforelaeggelser")
    tekst = models.TextField("til teamet")
    saerlige_grunde = models.TextField("særlige grunde til ikke at forelægge sagen", blank=True)
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    er_forelagt = models.BooleanField("ny runde er begyndt", default=False)
    afgjort_den = models.DateTimeField("afgjort den", null=True, blank=True)
    afgjort_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="afgjort af"
    )
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = GenforelaeggelseQuerySet.as_manager()

    class Meta:
        verbose_name = "genforelæggelse"
        verbose_name_plural = "genforelæggelser"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["forloeb"],
                condition=Q(afgjort_den=None),
                name="genforelaeggelse_en_aaben",
                violation_error_message="Der ligger allerede et udkast.",
            ),
            models.CheckConstraint(
                condition=Q(afgjort_den=None, afgjort_af=None, er_forelagt=False)
                | (
                    Q(afgjort_den__isnull=False, afgjort_af__isnull=False)
                    & (Q(er_forelagt=True) | ~Q(saerlige_grunde=""))
                ),
                name="genforelaeggelse_afgjort_helt",
                violation_error_message="Skriv de særlige grunde, eller begynd en ny runde.",
            ),
        )

    def __str__(self) -> str:
        return f"Genforelæggelse {self.pk}"
