"""The sundhedskoordinator's answers that the plan builds on."""

from typing import Self

from django.db import models
from django.db.models import Q

from indsatsplan.models.forloeb import Ressourceforloeb
from indsatsplan.models.plan import Indsatsplan
from rehabilitering.models import Sparringsbooking
from ressource.models import Bruger


class PlansvarQuerySet(models.QuerySet["Plansvar"]):
    def gaeldende(self) -> Self:
        """Those that have not been removed again."""
        return self.filter(fjernet_den=None)

    def i_version(self, plan: Indsatsplan) -> Self:
        """Those that stood in the plan when `plan` was approved; for a draft, those that stand."""
        egne = self.filter(forloeb=plan.forloeb_id)
        if plan.godkendt_den is None:
            return egne.gaeldende()
        endnu = Q(fjernet_den=None) | Q(fjernet_den__gt=plan.godkendt_den)
        return egne.filter(endnu, indsat_den__lte=plan.godkendt_den)


class Plansvar(models.Model):
    """An answer put into the plan, with its source: a link, for an answer never changes."""

    forloeb = models.ForeignKey(Ressourceforloeb, models.PROTECT, related_name="indsatte_svar")
    booking = models.ForeignKey(Sparringsbooking, models.PROTECT, related_name="i_planer")
    indsat_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    indsat_den = models.DateTimeField("indsat den", auto_now_add=True)
    fjernet_den = models.DateTimeField("fjernet den", null=True, blank=True)
    fjernet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fjernet af"
    )

    objects = PlansvarQuerySet.as_manager()

    class Meta:
        verbose_name = "svar i planen"
        verbose_name_plural = "svar i planen"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["forloeb", "booking"],
                condition=Q(fjernet_den=None),
                name="plansvar_et_pr_booking",
            ),
            models.CheckConstraint(
                condition=Q(fjernet_den=None, fjernet_af=None)
                | Q(fjernet_den__isnull=False, fjernet_af__isnull=False),
                name="plansvar_fjernet_helt",
            ),
        )

    def __str__(self) -> str:
        return f"Svar {self.booking_id}"
