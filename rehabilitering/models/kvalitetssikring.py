"""Quality assurance: the faglig konsulent's judgement before the team sees a case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

import pghistory
from django.db import models
from django.db.models import Avg, Count, F, Q

from borgere.models import Sag
from rehabilitering.models.forberedelse import ForberedendeDel
from ressource.models import Bruger


@dataclass(frozen=True)
class Kvalitetstal:
    """Cases judged in a period, those of them that were returned, and how long each round waited."""

    antal: int
    retur: int
    # From hand-in to judgement, on average; `None` when nothing was judged.
    ventetid: timedelta | None

    @property
    def pct(self) -> float | None:
        """The share returned at least once, in per cent; `None` when no case was judged."""
        return 100 * self.retur / self.antal if self.antal else None

    @property
    def ventetid_dage(self) -> float | None:
        """`ventetid` in days of 24 hours."""
        return self.ventetid / timedelta(days=1) if self.ventetid is not None else None


class KvalitetssikringQuerySet(models.QuerySet["Kvalitetssikring"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def venter(self) -> Self:
        """Handed in and not yet judged, oldest first."""
        return self.filter(afgjort_den=None).order_by("indsendt_den")

    def tal(self, fra: datetime, til: datetime | None = None) -> Kvalitetstal:
        """The figures of what was judged from `fra` until before `til` (default now). One statement."""
        afgjorte = self.filter(afgjort_den__gte=fra)
        if til:
            afgjorte = afgjorte.filter(afgjort_den__lt=til)
        return Kvalitetstal(
            **afgjorte.aggregate(
                antal=Count("sag", distinct=True),
                retur=Count("sag", filter=Q(resultat="retur"), distinct=True),
                ventetid=Avg(F("afgjort_den") - F("indsendt_den")),
            )
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Kvalitetssikring(models.Model):
    """The faglig konsulent's judgement of one forberedende del (seed 002)."""

    class Resultat(models.TextChoices):
        GODKENDT = "godkendt", "godkendt"
        RETUR = "retur", "retur"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="kvalitetssikringer")
    forberedende_del = models.ForeignKey(
        ForberedendeDel, models.PROTECT, related_name="kvalitetssikringer"
    )
    indsendt_den = models.DateTimeField("indsendt den")
    indsendt_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    # The computed checklist as it looked when judged: [{"kode", "tekst", "opfyldt"}].
    tjekliste = models.JSONField("tjekliste", default=list, blank=True)
    resultat = models.CharField("resultat", max_length=10, choices=Resultat, blank=True)
    begrundelse = models.TextField("begrundelse", blank=True)
    # The consultant's remarks by section code, shown where they are to be mended.
    bemaerkninger = models.JSONField("bemærkninger", default=dict, blank=True, db_default={})
    afgjort_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="afgjort af"
    )
    afgjort_den = models.DateTimeField("afgjort den", null=True, blank=True)

    objects = KvalitetssikringQuerySet.as_manager()

    class Meta:
        verbose_name = "kvalitetssikring"
        verbose_name_plural = "kvalitetssikringer"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(resultat="", afgjort_af=None, afgjort_den=None)
                | Q(
                    resultat__in=["godkendt", "retur"],
                    afgjort_af__isnull=False,
                    afgjort_den__isnull=False,
                ),
                name="kvalitetssikring_afgoerelse_hel",
            ),
            models.CheckConstraint(
                condition=~Q(resultat="retur") | ~Q(begrundelse=""),
                name="kvalitetssikring_retur_har_grund",
                violation_error_message="Skriv, hvad der skal rettes, før sagen kan godkendes.",
            ),
            models.CheckConstraint(
                condition=Q(afgjort_af=None) | ~Q(afgjort_af=F("indsendt_af")),
                name="kvalitetssikring_af_anden",
                violation_error_message="Den, der har sendt sagen ind, kan ikke selv godkende den.",
            ),
            models.UniqueConstraint(
                fields=["sag"], condition=Q(resultat=""), name="kvalitetssikring_en_aaben"
            ),
        )

    def __str__(self) -> str:
        return f"Kvalitetssikring {self.pk}"
