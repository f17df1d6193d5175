"""A teamleder's spot checks of what the team has looked at."""

from datetime import date
from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Count, F, Q

from ressource.models.bruger import Bruger, Rolle, Team
from ressource.models.log import Opslag

# Of a concluded sample no line is added, judged again or taken out.
_AFSLUTTET_ER_UROERT = """
    IF EXISTS (SELECT 1 FROM ressource_stikproeve s WHERE s.afsluttet_den IS NOT NULL AND s.id IN (
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.stikproeve_id END,
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.stikproeve_id END
    )) THEN
        RAISE EXCEPTION 'Stikprøven er afsluttet.';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class StikproeveQuerySet(models.QuerySet["Stikproeve"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the team that `bruger` leads."""
        if not bruger.har_rolle(Rolle.TEAMLEDER):
            return self.none()
        return self.filter(team=bruger.team_id)

    def til_liste(self) -> Self:
        """The open ones first, then the newest; with the figures of their lines."""
        return (
            self.select_related("udtaget_af", "team")
            .annotate(
                antal=Count("linjer"),
                antal_vurderede=Count("linjer", ~Q(linjer__vurdering="")),
                antal_spoerges=Count("linjer", Q(linjer__vurdering="spoerges")),
                antal_uberettigede=Count("linjer", Q(linjer__vurdering="uberettiget")),
            )
            .order_by(F("afsluttet_den").desc(nulls_first=True), "-pk")
        )

    def udtaget_siden(self, dato: date) -> Self:
        """Those drawn on `dato` or later."""
        return self.filter(udtaget_den__date__gte=dato)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Stikproeve(models.Model):
    """A random sample of the look-ups of one team's people in a period, judged one by one."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="stikproever")
    fra_dato = models.DateField("fra")
    til_dato = models.DateField("til")
    udtaget_den = models.DateTimeField("udtaget den", auto_now_add=True)
    udtaget_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    # How many there were to choose among: a check of 20 in 20 says more than 20 in 2,000.
    antal_opslag = models.PositiveIntegerField("opslag i perioden")
    afsluttet_den = models.DateTimeField("afsluttet den", null=True, blank=True)
    konklusion = models.TextField("konklusion", blank=True)

    objects = StikproeveQuerySet.as_manager()

    class Meta:
        verbose_name = "stikprøve"
        verbose_name_plural = "stikprøver"
        ordering = ("-udtaget_den", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato__gte=F("fra_dato")),
                name="stikproeve_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_den=None) | ~Q(konklusion=""),
                name="stikproeve_afsluttet_har_konklusion",
                violation_error_message="Skriv, hvad stikprøven viste.",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(afsluttet_den=None),
                name="stikproeve_en_aaben",
                violation_error_message="Teamet har allerede en åben stikprøve. Afslut den først.",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="afsluttet_uroert",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__afsluttet_den__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"stikprøve {self.pk}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Stikproevelinje(models.Model):
    """One look-up in a sample, and what the teamleder makes of it."""

    class Vurdering(models.TextChoices):
        BEGRUNDET = "begrundet", "begrundet i opgaven"
        SPOERGES = "spoerges", "skal forklares"
        UBERETTIGET = "uberettiget", "uberettiget"

    stikproeve = models.ForeignKey(Stikproeve, models.PROTECT, related_name="linjer")
    opslag = models.ForeignKey(Opslag, models.PROTECT, related_name="+")
    vurdering = models.CharField("vurdering", max_length=12, choices=Vurdering, blank=True)
    bemaerkning = models.CharField("bemærkning", max_length=200, blank=True)

    class Meta:
        verbose_name = "stikprøvelinje"
        verbose_name_plural = "stikprøvelinjer"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["stikproeve", "opslag"], name="stikproevelinje_opslag_en_gang"
            ),
            models.CheckConstraint(
                condition=Q(vurdering__in=["", "begrundet", "spoerges", "uberettiget"]),
                name="stikproevelinje_vurdering_kendt",
            ),
            models.CheckConstraint(
                condition=Q(vurdering__in=["", "begrundet"]) | ~Q(bemaerkning=""),
                name="stikproevelinje_bemaerkning",
                violation_error_message="Skriv, hvad der skal forklares, eller hvad der er galt.",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="afsluttet_uroert",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_AFSLUTTET_ER_UROERT,
            ),
        )

    def __str__(self) -> str:
        return f"linje {self.pk}"
