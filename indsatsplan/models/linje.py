"""What became of a line of the indstilling that no effort carries out."""

import pghistory
from django.db import models
from django.db.models import Q

from indsatsplan.models.forloeb import Ressourceforloeb
from indsatsplan.models.plan import Indsats
from rehabilitering.models import Indstillingslinje
from ressource.models import Bruger


class LinjeforklaringQuerySet(models.QuerySet["Linjeforklaring"]):
    def gaeldende(self) -> "LinjeforklaringQuerySet":
        """Those that have not been withdrawn."""
        return self.filter(fjernet_den=None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Linjeforklaring(models.Model):
    """Why a recommended effort is not carried out: replaced by another, or given up."""

    forloeb = models.ForeignKey(Ressourceforloeb, models.PROTECT, related_name="linjeforklaringer")
    linje = models.ForeignKey(Indstillingslinje, models.PROTECT, related_name="forklaringer")
    # None: given up, nothing comes instead.
    erstattet_af = models.ForeignKey(
        Indsats,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="erstatter",
        verbose_name="erstattet af",
    )
    begrundelse = models.CharField("hvorfor", max_length=250)
    noteret_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    noteret_den = models.DateTimeField("noteret den", auto_now_add=True)
    fjernet_den = models.DateTimeField("taget tilbage den", null=True, blank=True)

    objects = LinjeforklaringQuerySet.as_manager()

    class Meta:
        verbose_name = "forklaring til en linje"
        verbose_name_plural = "forklaringer til linjer"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["forloeb", "linje"],
                condition=Q(fjernet_den=None),
                name="linjeforklaring_en_pr_linje",
                violation_error_message="Linjen er allerede forklaret.",
            ),
            models.CheckConstraint(
                condition=~Q(begrundelse=""),
                name="linjeforklaring_begrundet",
                violation_error_message="Skriv, hvorfor linjen ikke gennemføres.",
            ),
        )

    def __str__(self) -> str:
        return f"Forklaring {self.pk}"
