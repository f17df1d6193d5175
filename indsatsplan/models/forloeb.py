"""The ressourceforløb itself: what was granted, from when to when."""

from datetime import date
from functools import cached_property
from typing import Self

import pghistory
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from borgere.models import Borger, Sag
from rehabilitering.models import Afgoerelse
from ressource.models import Bruger
from ressource.perioder import ingen_overlap


class RessourceforloebQuerySet(models.QuerySet["Ressourceforloeb"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def i_perioden(self, fra: date, til: date) -> Self:
        """Forløb with at least one day from `fra` to `til` (both included)."""
        return self.annotate(sidste_dag=Coalesce("afsluttet_dato", "slut_dato")).filter(
            start_dato__lte=til, sidste_dag__gte=fra
        )

    def loebende_foerst(self, dag: date) -> Self:
        """In order: the one that runs on `dag`, then the others, the newest first."""
        sidste_dag = Coalesce("afsluttet_dato", "slut_dato")
        loeber = Q(start_dato__lte=dag) & GreaterThanOrEqual(sidste_dag, dag)
        return self.order_by(Case(When(loeber, then=0), default=1), "-start_dato")

    def til_plan(self) -> Self:
        """With what the plan's pages show of where the forløb comes from."""
        return self.select_related("afgoerelse__indstilling", "afgoerelse__erstatter__indstilling")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Ressourceforloeb(models.Model):
    """One granted forløb. Two of the same citizen never overlap."""

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="forloeb")
    borger = models.ForeignKey(Borger, models.PROTECT, related_name="forloeb")
    afgoerelse = models.OneToOneField(Afgoerelse, models.PROTECT, related_name="forloeb")
    start_dato = models.DateField("start")
    slut_dato = models.DateField("bevilget til og med")
    # The last day of the forløb when it ended; why stands on the case.
    afsluttet_dato = models.DateField("afsluttet", null=True, blank=True)

    objects = RessourceforloebQuerySet.as_manager()

    class Meta:
        verbose_name = "ressourceforløb"
        verbose_name_plural = "ressourceforløb"
        ordering = ("-start_dato",)
        constraints = (
            models.CheckConstraint(
                condition=Q(slut_dato__gte=F("start_dato")),
                name="forloeb_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_dato=None) | Q(afsluttet_dato__gte=F("start_dato")),
                name="forloeb_afsluttet_efter_start",
                violation_error_message="Forløbet kan ikke slutte, før det er begyndt.",
            ),
            ingen_overlap(
                "forloeb_ingen_overlap",
                lige="borger",
                fra="start_dato",
                til=Coalesce("afsluttet_dato", "slut_dato"),
                besked="Borgeren har allerede et ressourceforløb i perioden.",
            ),
        )
        indexes = (models.Index(fields=["sag"], name="forloeb_sag"),)

    def __str__(self) -> str:
        return f"Ressourceforløb fra {self.start_dato.isoformat()}"

    @property
    def indstilling_id(self) -> int | None:
        """The indstilling it rests on, also through a changed decision; None without a meeting."""
        afgoerelse = self.afgoerelse
        while afgoerelse.indstilling_id is None and afgoerelse.erstatter:
            afgoerelse = afgoerelse.erstatter
        return afgoerelse.indstilling_id

    @cached_property
    def er_nyeste(self) -> bool:
        """Whether the case has no later forløb. One statement, the first time it is asked."""
        senere = Ressourceforloeb.objects.filter(sag=self.sag_id, start_dato__gt=self.start_dato)
        return not senere.exists()

    @property
    def gaelder_til(self) -> date:
        """The last day: when it ended, else the last day granted."""
        return self.afsluttet_dato or self.slut_dato
